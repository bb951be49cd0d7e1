// Goal: a file that is wrong anywhere is refused whole, in one line that names the place. Method: a right file bent in
// one place per case.
#include "sync-server/office/import_file.h"
#include "tests/unit/sync-server/office/office_fixture.h"

#include <nlohmann/json.hpp>

using namespace zhicha;
using namespace zhicha::test;
using nlohmann::json;

namespace {
json good() {
    return json::parse(R"({"units":[{"id":"u1","name":"甲","group":"county","vice_mayor":"王"}],
      "sites":[{"id":"s1","name":"工地","unit":"u1","lat":34.5,"lon":111.5,"radius_m":100}],
      "items":[{"id":"i1","number":"1","title":"t","source":1,"kind":"general","lead":"u1","cooperating":[],
                "issued_on":"2026-01-01","due_on":"2026-02-01","responsible_person":"p","supervisor":"s"},
               {"id":"i2","number":"2","title":"t","source":5,"kind":"planning","lead":"u1","cooperating":["u1"],
                "issued_on":"2026-01-01","due_on":"2026-02-01","responsible_person":"p","supervisor":"s",
                "completed_on":"2026-01-31","awarded":20,
                "extensions":[{"approved_on":"2026-01-20","approved_by":"x","new_due_on":"2026-03-01"}],
                "transfers":[{"on":"2026-01-20","to":"u1","signed_from":"x","signed_to":""}],
                "withdrawal":{"on":"2026-01-20","reviewed_by":"x","agreed_by":"y"},
                "exemptions":[{"from":"2026-01-20","until":"2026-01-25","approved_by":"x"}]}],
      "events":[{"id":"e1","unit":"u1","rule":"criticism.city","on":"2026-01-20","item":"i1","document":"d",
                 "reported_by":"u1"}],
      "reports":[{"id":"r1","item":"i1","unit":"u1","due_on":"2026-01-20","submitted_on":null,
                  "returned_on":"2026-01-22"}],
      "ladder":[{"item":"i1","step":3,"on":"2026-02-20","commitment_due_on":"2026-03-01"}],
      "published_rankings":[{"month":"2026-01","published_on":"2026-02-03","winners":["u1"]}]})");
}

struct Case {
    const char *place;   ///< that the refusal must name
    const char *pointer; ///< what is replaced
    const char *value;   ///< by what; nullptr = removed
};

const Case kCases[] = {
    {"units: ", "/units", "{}"},
    {"units[0]", "/units/0", "7"},
    {"units[0].id", "/units/0/id", nullptr},
    {"units[0].id", "/units/0/id", "\"\""},
    {"units[0].id", "/units/0/id", "5"},
    {"units[0].id", "/units/0/id", "\"018f0000-0000-7000-8000-000000000000\""},
    {"units[0].name", "/units/0/name", nullptr},
    {"units[0].name", "/units/0/name", "null"},
    {"units[0].group", "/units/0/group", "\"village\""},
    {"units[0].group", "/units/0/group", "\"county department\""},
    {"units[0].vice_mayor", "/units/0/vice_mayor", "[]"},
    {"units[1].id", "/units/1", R"({"id":"u1","name":"乙","group":"county","vice_mayor":"x"})"},
    {"sites[0].unit", "/sites/0/unit", "\"u9\""},
    {"sites[0].unit", "/sites/0/unit", nullptr},
    {"sites[0].lat", "/sites/0/lat", "90.1"},
    {"sites[0].lat", "/sites/0/lat", "\"34.5\""},
    {"sites[0].lon", "/sites/0/lon", "-180.5"},
    {"sites[0].lon", "/sites/0/lon", "1e2"},
    {"sites[0].radius_m", "/sites/0/radius_m", "0"},
    {"sites[0].radius_m", "/sites/0/radius_m", "-5"},
    {"sites[0].radius_m", "/sites/0/radius_m", "99999999999999999999"},
    {"sites[0].crs", "/sites/0/crs", "\"mars\""},
    {"items[0].number", "/items/0/number", "1"},
    {"items[0].title", "/items/0/title", nullptr},
    {"items[0].source", "/items/0/source", "0"},
    {"items[0].source", "/items/0/source", "6"},
    {"items[0].source", "/items/0/source", "1.5"},
    {"items[0].source", "/items/0/source", "\"1\""},
    {"items[0].kind", "/items/0/kind", "\"special\""},
    {"items[0].lead", "/items/0/lead", "\"nobody\""},
    {"items[0].cooperating", "/items/0/cooperating", nullptr},
    {"items[0].cooperating", "/items/0/cooperating", "\"u1\""},
    {"items[0].cooperating[1]", "/items/0/cooperating", "[\"u1\",\"u2\"]"},
    {"items[0].cooperating[0]", "/items/0/cooperating", "[[]]"},
    {"items[0].due_on", "/items/0/due_on", "\"2026-02-30\""},
    {"items[0].due_on", "/items/0/due_on", "\"2026-2-3\""},
    {"items[0].due_on", "/items/0/due_on", "20260203"},
    {"items[0].issued_on", "/items/0/issued_on", nullptr},
    {"items[1].completed_on", "/items/1/completed_on", "\"yesterday\""},
    {"items[1].awarded", "/items/1/awarded", "20.01"},
    {"items[1].awarded", "/items/1/awarded", "12.505"},
    {"items[1].awarded", "/items/1/awarded", "-1"},
    {"items[1].awarded", "/items/1/awarded", "\"20\""},
    {"items[1].awarded", "/items/1/completed_on", nullptr},
    {"items[1].id", "/items/1/id", "\"i1\""},
    {"items[1].extensions", "/items/1/extensions", "7"},
    {"items[1].extensions[0]", "/items/1/extensions/0", "null"},
    {"items[1].extensions[0].new_due_on", "/items/1/extensions/0/new_due_on", "\"2026-02-30\""},
    {"items[1].extensions[0].approved_on", "/items/1/extensions/0/approved_on", nullptr},
    {"items[1].extensions[0].approved_by", "/items/1/extensions/0/approved_by", "{}"},
    {"items[1].extensions[1].approved_on", "/items/1/extensions/1", "{}"},
    {"items[1].transfers[0].to", "/items/1/transfers/0/to", "\"u9\""},
    {"items[1].transfers[0].on", "/items/1/transfers/0/on", "20260120"},
    {"items[1].transfers[0].signed_to", "/items/1/transfers/0/signed_to", "null"},
    {"items[1].withdrawal", "/items/1/withdrawal", "[]"},
    {"items[1].withdrawal.agreed_by", "/items/1/withdrawal/agreed_by", nullptr},
    {"items[1].withdrawal.on", "/items/1/withdrawal/on", "\"\""},
    {"items[1].exemptions[0].until", "/items/1/exemptions/0/until", "\"2026-13-01\""},
    {"items[1].exemptions[0].reason", "/items/1/exemptions/0/reason", "5"},
    {"events: ", "/events", "{\"a\":1}"},
    {"events[0]", "/events/0", "\"e1\""},
    {"events[0].id", "/events/0/id", "\"018f0000-0000-7000-8000-000000000000\""},
    {"events[0].unit", "/events/0/unit", "\"u9\""},
    {"events[0].rule", "/events/0/rule", "3"},
    {"events[0].on", "/events/0/on", "\"2025-02-29\""},
    {"events[0].item", "/events/0/item", "[\"i1\"]"},
    {"events[0].document", "/events/0/document", nullptr},
    {"events[0].reported_by", "/events/0/reported_by", "\"u9\""},
    {"events[1].id", "/events/1", R"({"id":"e1"})"},
    {"reports[0].item", "/reports/0/item", "\"i9\""},
    {"reports[0].unit", "/reports/0/unit", nullptr},
    {"reports[0].due_on", "/reports/0/due_on", "\"soon\""},
    {"reports[0].submitted_on", "/reports/0/submitted_on", nullptr},
    {"reports[0].submitted_on", "/reports/0/submitted_on", "false"},
    {"reports[0].returned_on", "/reports/0/returned_on", "\"2026-01-32\""},
    {"reports[1].id", "/reports/1", R"({"id":"r1"})"},
    {"ladder: ", "/ladder", "\"\""},
    {"ladder[0].item", "/ladder/0/item", "\"i9\""},
    {"ladder[0].step", "/ladder/0/step", "5"},
    {"ladder[0].step", "/ladder/0/step", "0"},
    {"ladder[0].step", "/ladder/0/step", "1.5"},
    {"ladder[0].step", "/ladder/0/step", "\"1\""},
    {"ladder[0].on", "/ladder/0/on", "null"},
    {"ladder[0].commitment_due_on", "/ladder/0/commitment_due_on", "\"x\""},
    {"ladder[0].commitment_met_on", "/ladder/0/commitment_met_on", "1"},
    {"published_rankings: ", "/published_rankings", "1"},
    {"published_rankings[0].month", "/published_rankings/0/month", "\"2026-13\""},
    {"published_rankings[0].month", "/published_rankings/0/month", "\"2026-1\""},
    {"published_rankings[0].published_on", "/published_rankings/0/published_on", nullptr},
    {"published_rankings[0].winners", "/published_rankings/0/winners", "\"u1\""},
    {"published_rankings[0].winners[0]", "/published_rankings/0/winners/0", "\"u9\""},
    {"published_rankings[1].month", "/published_rankings/1", R"({"month":"2026-01","published_on":"2026-02-04"})"},
};

class ImportHostile : public OfficeFixture {};

TEST_F(ImportHostile, theFileItselfIsFine) {
    const auto answer = importLedgerFile(intake(), {}, good().dump(), false);
    EXPECT_TRUE(answer) << answer.error().detail;
}

TEST_F(ImportHostile, oneWrongPlaceRefusesTheWholeFileAndIsNamed) {
    const std::size_t before = log().size();
    for (const Case &bent : kCases) {
        json file = good();
        const json::json_pointer pointer(bent.pointer);
        if (bent.value != nullptr)
            file[pointer] = json::parse(bent.value);
        else
            file[pointer.parent_pointer()].erase(pointer.back());
        std::string text = file.dump();
        if (std::string_view(bent.value != nullptr ? bent.value : "") == "1e2") // nlohmann would write 100.0
            text.replace(text.find("100.0"), 5, "1e2");
        const auto answer = importLedgerFile(intake(), {}, text, false);
        ASSERT_FALSE(answer) << bent.pointer << ' ' << (bent.value != nullptr ? bent.value : "removed");
        EXPECT_EQ(answer.error().detail.rfind(bent.place, 0), 0u) << answer.error().detail;
        EXPECT_EQ(answer.error().detail.find('\n'), std::string::npos);
        EXPECT_EQ(answer.error().code, Code::InvalidArgument);
    }
    EXPECT_EQ(log().size(), before);
}

TEST_F(ImportHostile, refusesWhatIsNoLedgerFile) {
    for (const std::string &text : {std::string(), std::string("[]"), std::string("7"), std::string("{\"units\":[}"),
                                    std::string("{\"units\":[],\"units\":[]}"), std::string(1000, '{'),
                                    std::string(5'000'000, '['), std::string(100'000'000, ' ')}) {
        const auto answer = importLedgerFile(intake(), {}, text, false);
        EXPECT_FALSE(answer) << text.substr(0, 40);
    }
}
} // namespace
