// Goal: an office and prepared runs for the benchmarks. Method: the product's own ledger, keys and listener.
#include "tests/bench/bench_office.h"

#include "shared/oplog/cbor.h"
#include "sync-server/intake/sessions.h"
#include "sync-server/office/init.h"
#include "sync-server/store/sqlite/sqlite_ledger.h"
#include "tests/bench/figures.h"

#include <zstd.h>

namespace zhicha::bench {

namespace {
constexpr int kCompressionLevel = 3; // what mobile/platform/qt_transport.cpp sends with
constexpr std::uint64_t kFindingsOfCheck = 5;
constexpr std::uint64_t kSites = 500;
constexpr std::uint64_t kUnits = 100;
constexpr const char *kSeverities[] = {"minor", "major", "critical"};

cbor::Map fixOf(const FindingRow &row) {
    return {
        {"t", row.createdMs},          {"lat", row.latE7}, {"lon", row.lonE7},      {"accuracy_mm", std::int64_t{4200}},
        {"age_ms", std::int64_t{350}}, {"source", "nmea"}, {"flags", cbor::Array{}}};
}
} // namespace

BenchOffice::BenchOffice(std::size_t tablets)
    : m_clock(systemClock().nowMs()), m_root(SigningKey::generate(systemRandom())),
      m_tls(need(makeTlsIdentity("localhost", systemClock()))),
      m_keys(makeServerKeys(newUuid(systemClock(), systemRandom()), "bench", m_root, 1, {m_tls.tlsKeyDigest},
                            systemClock(), systemRandom())) {
    m_options.path = m_folder / "ledger.db";
    m_options.key = systemRandom().array<32>();
    m_options.mustExist = false;
    const auto ledger = openWriter();
    done(openFreshLedger(*ledger, m_keys, m_root, systemClock(), systemRandom()));
    Intake intake(*ledger, m_keys, systemClock(), systemRandom());
    auto transaction = need(intake.open());
    for (std::size_t i = 0; i < tablets; ++i) {
        m_persons.push_back(newUuid(systemClock(), systemRandom()));
        done(transaction->append({"person.put", m_persons.back(), {{"name", "督查员" + std::to_string(i + 1)}}}));
    }
    done(transaction->commit());
    for (const Uuid &person : m_persons)
        enrolTablet(intake, person);
}

void BenchOffice::enrolTablet(Intake &intake, const Uuid &person) {
    test::TestDevice tablet(m_keys.ledger, 1000 + m_tablets.size(), m_clock);
    EnrolRequest request;
    request.code = need(makeEnrolCode(intake, person));
    request.device = tablet.id();
    request.signKey = tablet.key().publicKey();
    request.boxKey = tablet.boxKey();
    request.name = "tablet";
    request.signature =
        tablet.key().signFor("enrol", enrolSignedContent(m_keys.ledger, fingerprintOf(m_root.publicKey()), request));
    done(enrol(intake, request));
    m_tablets.push_back(std::move(tablet));
}

std::unique_ptr<LedgerWriter> BenchOffice::openWriter() const {
    return need(openSqliteLedger(m_options));
}

std::string BenchOffice::token(LedgerWriter &ledger, std::size_t tablet) {
    const test::TestDevice &device = m_tablets[tablet];
    const Bytes challenge = makeChallenge(m_keys, device.id(), systemClock(), systemRandom());
    const Signature signature =
        device.key().signFor("session", sessionSignedContent(m_keys.ledger, device.id(), challenge));
    return need(openSession(ledger, ledger, m_keys, systemClock(), device.id(), challenge, signature)).token;
}

std::vector<Bytes> BenchOffice::makeRuns(std::size_t tablet, std::uint64_t firstRow, std::size_t count, bool photos) {
    test::TestDevice &device = m_tablets[tablet];
    std::vector<Bytes> runs;
    std::size_t inRun = 0;
    const auto cut = [&] {
        runs.push_back(need(encodeRun(device.cutRun())));
        inRun = 0;
    };
    for (std::uint64_t number = firstRow; number < firstRow + count; ++number) {
        const FindingRow row = makeRow(number);
        m_clock.advanceMs(1000);
        const Uuid check = *uuidFromText(row.check);
        const Uuid finding = device.newId();
        device.make("finding.record", finding,
                    {{"check", check},
                     {"item", *uuidFromText(row.item)},
                     {"severity", kSeverities[row.severity - 1]},
                     {"text", row.text},
                     {"fix", fixOf(row)}});
        ++inRun;
        if (photos) {
            device.make("photo.add", device.newId(),
                        {{"check", check},
                         {"sha256", *digestFromHex(row.photo)},
                         {"size", std::int64_t{2'000'000} + row.severity},
                         {"type", "image/jpeg"},
                         {"how_taken", "public"},
                         {"origin", "camera"},
                         {"shot_at", row.createdMs},
                         {"fix", fixOf(row)},
                         {"to", finding},
                         {"rank", "a"}});
            ++inRun;
        }
        if (inRun + (photos ? 2 : 1) > kMaxRunOperations)
            cut();
    }
    if (inRun > 0)
        cut();
    return runs;
}

Uuid BenchOffice::siteOf(std::uint64_t row) const {
    return derivedId(m_keys.ledger, "site", "s" + std::to_string(row / kFindingsOfCheck % kSites));
}

void BenchOffice::putPlaces(Intake &intake) const {
    auto transaction = need(intake.open());
    for (std::uint64_t i = 0; i < kUnits; ++i) {
        const std::string code = "u" + std::to_string(i);
        done(transaction->append(
            {"unit.put",
             derivedId(m_keys.ledger, "unit", code),
             {{"code", code}, {"name", "单位" + code}, {"group", "county"}, {"vice_mayor", "张"}}}));
    }
    for (std::uint64_t i = 0; i < kSites; ++i) {
        const std::string code = "s" + std::to_string(i);
        done(transaction->append({"site.put",
                                  derivedId(m_keys.ledger, "site", code),
                                  {{"code", code},
                                   {"name", "现场" + code},
                                   {"unit", derivedId(m_keys.ledger, "unit", "u" + std::to_string(i % kUnits))},
                                   {"lat", std::int64_t{347'000'000} + static_cast<std::int64_t>(i) * 1000},
                                   {"lon", std::int64_t{1'111'000'000}},
                                   {"radius_mm", std::int64_t{100'000}},
                                   {"crs", "WGS-84"}}}));
    }
    done(transaction->commit());
}

std::vector<Bytes> BenchOffice::makeChecks(std::size_t tablet, std::uint64_t firstRow, std::size_t count) {
    test::TestDevice &device = m_tablets[tablet];
    std::vector<Bytes> runs;
    std::size_t inRun = 0;
    for (std::uint64_t first = firstRow; first < firstRow + count; first += kFindingsOfCheck) {
        const Uuid check = *uuidFromText(makeRow(first).check);
        device.make("check.start", check,
                    {{"site", siteOf(first)}, {"items", cbor::Array{}}, {"no_fix_reason", "室内"}});
        for (std::uint64_t number = first; number < first + kFindingsOfCheck; ++number) {
            const FindingRow row = makeRow(number);
            m_clock.advanceMs(1000);
            device.make("finding.record", device.newId(),
                        {{"check", check},
                         {"item", *uuidFromText(row.item)},
                         {"severity", kSeverities[row.severity - 1]},
                         {"text", row.text},
                         {"fix", fixOf(row)}});
        }
        inRun += kFindingsOfCheck + 2;
        if (first / kFindingsOfCheck % 20 != 0)
            device.make("check.finish", device.newId(), {{"check", check}});
        if (inRun + kFindingsOfCheck + 2 > kMaxRunOperations) {
            runs.push_back(need(encodeRun(device.cutRun())));
            inRun = 0;
        }
    }
    if (inRun > 0)
        runs.push_back(need(encodeRun(device.cutRun())));
    return runs;
}

Bytes requestBody(const std::vector<Bytes> &runs) {
    Bytes body;
    cbor::Writer out(body);
    out.array(runs.size());
    for (const Bytes &run : runs)
        out.bytes(run);
    return body;
}

Bytes packed(ByteView body) {
    Bytes out(ZSTD_compressBound(body.size()));
    const std::size_t size = ZSTD_compress(out.data(), out.size(), body.data(), body.size(), kCompressionLevel);
    needed(ZSTD_isError(size) == 0, "zstd");
    out.resize(size);
    return out;
}

} // namespace zhicha::bench
