// Goal: what the evidence desk shows as measured, signed or under a checkpoint is computed from what was recorded, and
// says so where it cannot be. Method: checks of a real tablet with tracks that go straight, stop, miss the fence or are
// missing, and words that a tablet wrote beside them.
#include "shared/sqlite/database.h"
#include "sync-server/office/console/check_chains.h"
#include "sync-server/office/console/check_detail.h"
#include "sync-server/office/console/check_list.h"
#include "sync-server/office/console/check_measure.h"
#include "sync-server/office/console/index_refresh.h"
#include "sync-server/store/sqlite/index_query.h"
#include "tests/unit/sync-server/office/office_fixture.h"

using namespace zhicha;
using namespace zhicha::test;
using nlohmann::json;

namespace {
class Facts : public OfficeFixture {
protected:
    Facts() {
        append({{"unit.put",
                 m_unit,
                 {{"code", "u1"},
                  {"name", "市城管局"},
                  {"group", "department"},
                  {"vice_mayor", "张"},
                  {"seat", cbor::Map{{"lat", kSeatLat}, {"lon", kLon}}}}},
                {"site.put",
                 m_site,
                 {{"code", "s1"},
                  {"name", "青龙公园"},
                  {"unit", m_unit},
                  {"lat", kLat},
                  {"lon", kLon},
                  {"radius_mm", std::int64_t{100'000}},
                  {"crs", "WGS-84"}}}});
    }

    /** A track from `fromLat` north to `toLat`, staying `stopMs` at `stopLat` if that lies on it. */
    void track(const Uuid &check, std::int64_t fromLat, std::int64_t toLat, std::int64_t stopLat = 0,
               std::int64_t stopMs = 0) {
        cbor::Array points;
        std::int64_t t = m_clock.nowMs();
        for (std::int64_t lat = fromLat; lat <= toLat; lat += kStep, t += 10'000) {
            points.push_back(cbor::Array{t, lat, kLon, std::int64_t{5000}, cbor::Array{}});
            if (stopMs > 0 && lat >= stopLat && lat < stopLat + kStep) {
                t += stopMs;
                points.push_back(cbor::Array{t, lat, kLon, std::int64_t{5000}, cbor::Array{}});
            }
        }
        m_tablet.make("track.append", m_tablet.newId(), {{"check", check}, {"source", "nmea"}, {"points", points}});
    }
    void say(const Uuid &check, std::int64_t clause, const std::string &said) {
        m_tablet.make("attestation.say", attestationId(m_keys.ledger, check, clause),
                      {{"check", check},
                       {"clause", clause},
                       {"said", said},
                       {"measured", cbor::Map{}},
                       {"basis", cbor::Array{}}});
    }
    CheckFile file(const Uuid &check) {
        auto loaded = loadCheckFile(ledger(), check);
        EXPECT_TRUE(loaded);
        return loaded ? std::move(*loaded) : CheckFile();
    }
    std::array<Measured, 6> measured(const Uuid &check) {
        const auto out = measureCheck(ledger(), file(check));
        EXPECT_TRUE(out);
        return out ? *out : std::array<Measured, 6>();
    }
    std::vector<std::string> cells(const Uuid &check) {
        const auto out = attestationCells(ledger(), file(check));
        EXPECT_TRUE(out);
        return out ? *out : std::vector<std::string>();
    }

    static constexpr std::int64_t kLat = 347'730'000;
    static constexpr std::int64_t kLon = 1'112'000'000;
    static constexpr std::int64_t kStep = 9000; // about 100 m
    static constexpr std::int64_t kSeatLat = kLat - 50 * kStep;
    Uuid m_unit = derivedId(m_keys.ledger, "unit", "u1");
    Uuid m_site = derivedId(m_keys.ledger, "site", "s1");
    Uuid m_zhou = person("周文博", "inspector");
    TestDevice m_tablet = enrolled(m_zhou, 1);
};

TEST_F(Facts, measureAStraightWayAndAnArrivalFromTheTrackAlone) {
    const Uuid check = startCheck(m_tablet, m_site);
    track(check, kLat - 30 * kStep, kLat);
    for (std::int64_t clause = 1; clause <= 6; ++clause)
        say(check, clause, "kept"); // without a figure beside it, as the field program writes it
    send(m_tablet);
    const auto all = measured(check);
    EXPECT_EQ(all[4].mark, MeasuredMark::Supports);
    EXPECT_EQ(all[4].figures["stops"], 0);
    EXPECT_NEAR(all[4].figures["track_mm"].get<double>(), 3e6, 3e4);
    EXPECT_EQ(all[5].mark, MeasuredMark::Supports);
    EXPECT_EQ(all[5].figures["inside"], true);
    EXPECT_EQ(all[5].basis.size(), 1u);
    EXPECT_EQ(all[0].mark, MeasuredMark::Impossible);
    EXPECT_TRUE(all[0].figures.empty());
    EXPECT_EQ(cells(check),
              (std::vector<std::string>{"unmeasured", "unmeasured", "unmeasured", "unmeasured", "kept", "kept"}));
}

TEST_F(Facts, speakAgainstTheWordWhereTheTrackDoes) {
    const Uuid check = startCheck(m_tablet, m_site);
    track(check, kLat - 60 * kStep, kLat - 10 * kStep, kSeatLat, 14 * 60'000); // stops at the unit, never arrives
    say(check, 5, "kept");
    say(check, 6, "kept");
    say(check, 1, "explain");
    send(m_tablet);
    const auto all = measured(check);
    EXPECT_EQ(all[4].mark, MeasuredMark::Against);
    EXPECT_EQ(all[4].figures["stops_near_unit"], 1);
    EXPECT_EQ(all[4].figures["stop_ms"], 14 * 60'000);
    EXPECT_EQ(all[5].mark, MeasuredMark::Against);
    EXPECT_NEAR(all[5].figures["distance_mm"].get<double>(), 900e3, 20e3);
    EXPECT_EQ(cells(check),
              (std::vector<std::string>{"explain", "missing", "missing", "missing", "against", "against"}));
}

TEST_F(Facts, takeTheFixOfTheStartAndOfThePhotosWhereThereIsNoTrack) {
    const cbor::Map fix{{"t", m_clock.nowMs()},
                        {"lat", kLat},
                        {"lon", kLon},
                        {"accuracy_mm", std::int64_t{8000}},
                        {"age_ms", std::int64_t{100}},
                        {"source", "nmea"},
                        {"flags", cbor::Array{"few_satellites"}}};
    const Uuid check = m_tablet.newId();
    m_tablet.make(
        "check.start", check,
        {{"site", m_site}, {"items", cbor::Array{}}, {"arrival", cbor::Map{{"fix", fix}, {"inside", false}}}});
    m_tablet.make("photo.add", m_tablet.newId(),
                  {{"check", check},
                   {"sha256", Digest{7}},
                   {"size", std::int64_t{10}},
                   {"type", "image/jpeg"},
                   {"how_taken", "public"},
                   {"origin", "camera"},
                   {"shot_at", m_clock.nowMs() + 240'000},
                   {"to", check},
                   {"rank", "a"}});
    send(m_tablet);
    const auto all = measured(check);
    EXPECT_EQ(all[5].figures["inside"], true); // by the fix and the fence, whatever was written beside it
    EXPECT_EQ(all[5].mark, MeasuredMark::Partly);
    EXPECT_EQ(all[2].figures["first_photo_ms"], 240'000);
    EXPECT_EQ(all[4].mark, MeasuredMark::Impossible);
}

TEST_F(Facts, sayNothingWhereNothingWasRecorded) {
    const Uuid check = startCheck(m_tablet, m_site);
    send(m_tablet);
    for (const Measured &each : measured(check)) {
        EXPECT_EQ(each.mark, MeasuredMark::Impossible);
        EXPECT_TRUE(each.figures.empty());
        EXPECT_FALSE(each.words.empty());
    }
}

TEST_F(Facts, proveSignatureChainAndCheckpoint) {
    const Uuid check = startCheck(m_tablet, m_site);
    addFinding(m_tablet, check, "路灯不亮");
    send(m_tablet);
    const CheckFile loaded = file(check);
    Names names(ledger());
    json out = json::object();
    ASSERT_TRUE(addChainsJson(ledger(), names, loaded, out));
    EXPECT_EQ(out["receipt"]["in_checkpoint"], true);
    EXPECT_EQ(out["chains"][0]["gaps"], 0);
    EXPECT_EQ(out["chain"]["standing"], "trusted");
    const FileOperation *start = loaded.birth(*loaded.view.check);
    ASSERT_NE(start, nullptr);
    EXPECT_TRUE(isSigned(ledger(), *start).value());
    FileOperation other = *start;
    other.d[0] ^= 1;
    EXPECT_FALSE(isSigned(ledger(), other).value());
    ASSERT_TRUE(ledger().begin());
    ASSERT_TRUE(ledger().putSetting("checkpoint", "zhicha.log/nothing"));
    ASSERT_TRUE(ledger().commit());
    EXPECT_EQ(provenSize(ledger()).value(), 0);
    ASSERT_TRUE(addChainsJson(ledger(), names, loaded, out));
    EXPECT_EQ(out["receipt"]["in_checkpoint"], false);
}

TEST_F(Facts, standInTheListToo) {
    const Uuid check = startCheck(m_tablet, m_site);
    addPhoto(m_tablet, check, check, Digest{3}, 10);
    send(m_tablet);
    for (bool more = true; more;)
        more = refreshConsoleIndex(ledger(), 100)->more;
    CheckListQuery all;
    all.view = CheckListQuery::View::All;
    const auto page = listChecks(ledger(), all, "q", "", 10);
    ASSERT_TRUE(page);
    const json &row = page->rows.at(0);
    EXPECT_TRUE(row["span"].contains("to"));
    EXPECT_EQ(row["photos"], (json{{"declared", 1}, {"arrived", 0}, {"matching", 0}}));
    EXPECT_EQ(row["devices"], json::array({toText(m_tablet.id())}));
}

/** The plan of a list's page, one step a line. */
std::string planOf(Database &database, const std::string &sql) {
    auto plan = database.prepare("EXPLAIN QUERY PLAN " + sql);
    EXPECT_TRUE(plan) << sql;
    std::string steps;
    EXPECT_TRUE(plan->forEach([&](Statement &row) -> Status {
        steps += std::string(row.text(3)) + "\n";
        return {};
    }));
    return steps;
}

TEST_F(Facts, noPageOfAListReadsAWholeTable) {
    auto database = fileByHand();
    ASSERT_TRUE(database);
    std::vector<std::string> pages;
    const auto checks = [&](auto set) {
        for (const auto view : {CheckListQuery::View::Todo, CheckListQuery::View::Replied, CheckListQuery::View::All})
            for (const bool marked : {false, true}) {
                CheckListQuery query;
                query.view = view;
                query.order =
                    view == CheckListQuery::View::All ? CheckListQuery::Order::New : CheckListQuery::Order::Wait;
                set(query);
                for (const Narrowed narrowed : {Narrowed::Much, Narrowed::Little}) {
                    pages.push_back(checkPageSql(query, narrowed, marked, true));
                    pages.push_back(checkCountSql(query, narrowed));
                }
            }
    };
    const auto findings = [&](auto set) {
        for (const bool marked : {false, true}) {
            FindingListQuery query;
            set(query);
            pages.push_back(findingPageSql(query, marked));
            pages.push_back(findingCountSql(query));
        }
    };
    for (const auto &set : std::vector<std::function<void(CheckListQuery &)>>{
             [](auto &) {}, [](auto &q) { q.unit = Uuid{{1}}; }, [](auto &q) { q.site = Uuid{{1}}; },
             [](auto &q) { q.item = Uuid{{1}}; }, [](auto &q) { q.person = Uuid{{1}}; },
             [](auto &q) {
                 q.among = std::vector<Uuid>{Uuid{{1}}, Uuid{{2}}};
             },
             [](auto &q) { q.severity = 3; }, [](auto &q) { q.exception = true; }, [](auto &q) { q.imported = true; },
             [](auto &q) { q.fromMs = 5; }, [](auto &q) { q.state = CheckState::Accepted; },
             [](auto &q) { q.text = "路灯"; }})
        checks(set);
    for (const auto &set : std::vector<std::function<void(FindingListQuery &)>>{
             [](auto &) {}, [](auto &q) { q.unit = Uuid{{1}}; }, [](auto &q) { q.site = Uuid{{1}}; },
             [](auto &q) { q.item = Uuid{{1}}; }, [](auto &q) { q.check = Uuid{{1}}; },
             [](auto &q) {
                 q.among = std::vector<Uuid>{Uuid{{1}}, Uuid{{2}}};
             },
             [](auto &q) { q.severity = 3; }, [](auto &q) { q.state = "void"; }, [](auto &q) { q.imported = true; },
             [](auto &q) { q.fromMs = 5; }, [](auto &q) { q.text = "路灯"; }})
        findings(set);
    for (const std::string &sql : pages) {
        const std::string plan = planOf(*database, sql);
        for (const char *scan : {"SCAN c\n", "SCAN f\n", "SCAN p\n"})
            EXPECT_EQ(plan.find(scan), std::string::npos) << sql << "\n" << plan;
    }
    // Without a filter a page is read off its index: nothing is sorted.
    EXPECT_EQ(planOf(*database, findingPageSql({}, true)).find("TEMP B-TREE"), std::string::npos);
    EXPECT_EQ(planOf(*database, checkPageSql({}, Narrowed::Little, true, true)).find("TEMP B-TREE"), std::string::npos);
}
} // namespace
