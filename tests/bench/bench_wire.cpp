// Row 3: bytes on the wire of a run of 500 operations, chain and envelope included, packed as the tablet packs it.
#include "tests/bench/bench_office.h"
#include "tests/bench/figures.h"

namespace {
using namespace zhicha;
using namespace zhicha::bench;

/** Bytes of the request's body for one finding. */
double bytesPerFinding(BenchOffice &office, std::size_t findings, bool photos, bool pack) {
    const Bytes body = requestBody(office.makeRuns(0, 0, findings, photos));
    return static_cast<double>(pack ? packed(body).size() : body.size()) / static_cast<double>(findings);
}
} // namespace

int main() {
    title("3 bytes on the wire, a run of 500 operations");
    BenchOffice office(1);
    std::string json;
    for (std::uint64_t i = 0; i < 500; ++i) {
        const FindingRow row = makeRow(i);
        for (const std::string *text : {&row.id, &row.item, &row.site, &row.check, &row.inspector, &row.device,
                                        &row.category, &row.text, &row.status, &row.photo})
            json += '"' + *text + "\",";
        for (const std::int64_t number :
             {row.severity, row.latE7, row.lonE7, row.createdMs, row.updatedMs, row.revision})
            json += std::to_string(number) + ",";
    }
    line("baseline: the same rows as lines of text, packed alike",
         static_cast<double>(packed(viewOf(json)).size()) / 500, "B");
    line("finding, not packed", bytesPerFinding(office, 500, false, false), "B");
    verdict("finding", bytesPerFinding(office, 500, false, true), "B", 135, false);
    verdict("finding with its photo's operation", bytesPerFinding(office, 250, true, true), "B", 265, false);
    return 0;
}
