// Goal: positions leave as RFC 7946 says it (longitude first, closed rings, WGS-84), whatever system a site was written
// in, and nobody gets more of them than their lists show. Method: a site in GCJ-02, one as a polygon and one without a
// place, a track with a gap, findings with and without a fix; asked by every kind of role.
#include "sync-server/office/console/geo_export.h"

#include "shared/geo/gcj02.h"
#include "sync-server/office/import_file.h"
#include "tests/unit/sync-server/http/console_fixture.h"

using namespace zhicha;
using namespace zhicha::test;
using nlohmann::json;

namespace {
class ConsoleGeo : public ConsoleFixture {
protected:
    ConsoleGeo() {
        const auto done = importLedgerFile(intake(), {}, R"json({
 "units":[{"id":"u1","name":"甲县","group":"county","vice_mayor":"李副"}],
 "sites":[{"id":"s1","name":"桥","unit":"u1","lat":34.7736,"lon":111.2,"radius_m":150},
          {"id":"s2","name":"库","unit":"u1","lat":34.78,"lon":111.21,"radius_m":80,"crs":"GCJ-02"}]})json",
                                           false);
        EXPECT_TRUE(done) << (done ? "" : done.error().detail);
        const std::int64_t t = m_clock.nowMs();
        m_check = startCheck(m_tablet, derivedId(m_keys.ledger, "site", "s1"));
        const auto point = [&](std::int64_t at, std::int64_t lat, std::int64_t lon) {
            return cbor::Value(cbor::Array{at, lat, lon, std::int64_t{5000}, cbor::Array{}});
        };
        m_tablet.make(
            "track.append", m_tablet.newId(),
            {{"check", m_check},
             {"source", "nmea"},
             {"points", cbor::Array{point(t, 347736000, 1112000000), point(t + 1000, 347737000, 1112001000)}}});
        m_tablet.make("track.append", m_tablet.newId(),
                      {{"check", m_check},
                       {"source", "nmea"},
                       {"gap_before_ms", std::int64_t{90'000}},
                       {"points", cbor::Array{point(t + 99'000, 347740000, 1112010000)}}});
        addFinding(m_tablet, m_check, "护栏缺失", "major");
        finish(m_tablet, m_check);
        send(m_tablet);
        EXPECT_TRUE(m_keeper.catchUp());
    }
    json layer(const Uuid &who, const std::string &name) {
        const Answer answer = ask(who, "GET", "/geo/" + name);
        EXPECT_EQ(answer.status, 200) << answer.body;
        EXPECT_EQ(answer.body["type"], "FeatureCollection");
        EXPECT_EQ(answer.body["zhicha"]["crs"], "WGS-84");
        EXPECT_EQ(answer.body["zhicha"]["count"], answer.body["features"].size());
        EXPECT_EQ(trail().back().act + " " + trail().back().objectKind + " " + trail().back().result,
                  "geo_export " + name + " ok");
        m_bbox = answer.body.contains("bbox") ? answer.body["bbox"] : json();
        return answer.body["features"];
    }
    static const json *named(const json &features, const std::string &name) {
        for (const json &feature : features)
            if (feature["properties"]["name"] == name)
                return &feature;
        return nullptr;
    }

    /** A site as an older office or a foreign program may have written it. */
    void putSite(std::uint8_t id, const std::string &name, std::int64_t lat, std::int64_t lon, cbor::Array corners) {
        cbor::Map fields{{"code", name}, {"name", name}, {"unit", derivedId(m_keys.ledger, "unit", "u1")},
                         {"lat", lat},   {"lon", lon},   {"crs", "WGS-84"}};
        if (!corners.empty())
            fields["polygon"] = std::move(corners);
        append({{"site.put", Uuid{{id}}, std::move(fields)}});
        EXPECT_TRUE(m_keeper.catchUp());
    }
    static cbor::Array corners(std::initializer_list<std::pair<std::int64_t, std::int64_t>> places) {
        cbor::Array list;
        for (const auto &[lat, lon] : places)
            list.push_back(cbor::Value(cbor::Array{lat, lon}));
        return list;
    }

    json m_bbox;
    Uuid m_zhou = person("周文博", "inspector", "一组");
    TestDevice m_tablet = enrolled(m_zhou, 7);
    Uuid m_check;
    Uuid m_lin = signedIn("林晓东", "reviewer");
    Uuid m_other = signedIn("别的督查员", "inspector", "二组");
    Uuid m_lead = signedIn("组长", "team_lead", "一组");
};

TEST_F(ConsoleGeo, sitesAreInOneSystemAndTheirRingsAreClosed) {
    const json sites = layer(m_lin, "sites");
    const json *bridge = named(sites, "桥"), *store = named(sites, "库");
    ASSERT_NE(bridge, nullptr);
    ASSERT_NE(store, nullptr);
    const json &ring = (*bridge)["geometry"]["coordinates"][0];
    EXPECT_EQ((*bridge)["geometry"]["type"], "Polygon");
    EXPECT_EQ(ring.front(), ring.back());
    EXPECT_EQ((*bridge)["properties"]["centre"], json::parse("[111.2,34.7736]"));
    EXPECT_FALSE((*bridge)["properties"].contains("converted_from"));
    const LatLon at = convertTo(Datum::Wgs84, {{347800000, 1112100000}, Datum::Gcj02}).at;
    EXPECT_EQ((*store)["properties"]["centre"], json::array({at.lon / 1e7, at.lat / 1e7}));
    EXPECT_NE((*store)["properties"]["centre"], json::parse("[111.21,34.78]"));
    EXPECT_EQ((*store)["properties"]["converted_from"], "GCJ-02");
}

TEST_F(ConsoleGeo, aPolygonRunsAgainstTheClockAndTheBoxHoldsEverything) {
    putSite(31, "北向", 347000000, 1110000000,
            corners({{347000000, 1110000000}, {347100000, 1110000000}, {347100000, 1110200000}})); // with the clock
    const json sites = layer(m_lin, "sites");
    const json *north = named(sites, "北向");
    ASSERT_NE(north, nullptr);
    EXPECT_EQ(
        (*north)["geometry"],
        json::parse(R"({"type":"Polygon","coordinates":[[[111.0,34.7],[111.02,34.71],[111.0,34.71],[111.0,34.7]]]})"));
    ASSERT_EQ(m_bbox.size(), 4u);
    EXPECT_EQ(m_bbox[0], 111.0);
    EXPECT_EQ(m_bbox[1], 34.7);
    EXPECT_GT(m_bbox[2], 111.2); // the fence of the store, east of its centre
    EXPECT_LT(m_bbox[3], 34.79);
}

TEST_F(ConsoleGeo, whatMakesNoPolygonIsThePlaceAlone) {
    putSite(32, "两角", 347000000, 1110000000, corners({{347000000, 1110000000}, {347100000, 1110000000}}));
    putSite(33, "远角", 347000000, 1110000000,
            corners({{347000000, 1110000000}, {-347000000, -110000000}, {0, 0}})); // beyond any fence
    putSite(34, "无处", 2000000000, 1110000000, {});
    const json sites = layer(m_lin, "sites");
    for (const char *name : {"两角", "远角"}) {
        const json *site = named(sites, name);
        ASSERT_NE(site, nullptr) << name;
        EXPECT_EQ((*site)["geometry"], json::parse(R"({"type":"Point","coordinates":[111.0,34.7]})")) << name;
    }
    const json *nowhere = named(sites, "无处");
    ASSERT_NE(nowhere, nullptr);
    EXPECT_TRUE((*nowhere)["geometry"].is_null());
    EXPECT_FALSE((*nowhere)["properties"].contains("centre"));
}

TEST_F(ConsoleGeo, aTrackIsALineForEachPieceBetweenGaps) {
    const json tracks = layer(m_lin, "tracks");
    ASSERT_EQ(tracks.size(), 1u);
    EXPECT_EQ(tracks[0]["id"], toText(m_check));
    EXPECT_EQ(tracks[0]["geometry"]["type"], "MultiLineString");
    EXPECT_EQ(tracks[0]["geometry"]["coordinates"],
              json::parse("[[[111.2,34.7736],[111.2001,34.7737]],[[111.201,34.774],[111.201,34.774]]]"));
    EXPECT_EQ(tracks[0]["properties"]["points"], 3);
    EXPECT_EQ(tracks[0]["properties"]["site"], "桥");
}

TEST_F(ConsoleGeo, aFindingWithoutAPositionHasNoneMadeUp) {
    const json findings = layer(m_lin, "findings");
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_TRUE(findings[0]["geometry"].is_null());
    EXPECT_TRUE(m_bbox.is_null());
    EXPECT_EQ(findings[0]["properties"]["text"], "护栏缺失");
    EXPECT_EQ(findings[0]["properties"]["severity"], "major");
    EXPECT_EQ(findings[0]["properties"]["unit"], "甲县");
}

TEST_F(ConsoleGeo, aFindingStandsWhereItWasRecordedLongitudeFirst) {
    const Uuid check = startCheck(m_tablet, derivedId(m_keys.ledger, "site", "s1"));
    m_tablet.make("finding.record", m_tablet.newId(),
                  {{"check", check},
                   {"severity", "minor"},
                   {"text", "路面破损"},
                   {"fix", cbor::Map{{"t", m_clock.nowMs()},
                                     {"lat", std::int64_t{347736123}},
                                     {"lon", std::int64_t{1112000456}},
                                     {"accuracy_mm", std::int64_t{8000}},
                                     {"age_ms", std::int64_t{100}},
                                     {"source", "nmea"},
                                     {"flags", cbor::Array{}}}}});
    send(m_tablet);
    EXPECT_TRUE(m_keeper.catchUp());
    const json findings = layer(m_lin, "findings");
    ASSERT_EQ(findings.size(), 2u);
    const auto placed =
        std::find_if(findings.begin(), findings.end(), [](const json &f) { return f["geometry"].is_object(); });
    ASSERT_NE(placed, findings.end());
    EXPECT_EQ((*placed)["geometry"], json::parse(R"({"type":"Point","coordinates":[111.2000456,34.7736123]})"));
    EXPECT_EQ((*placed)["properties"]["text"], "路面破损");
    EXPECT_EQ(m_bbox, json::parse("[111.2000456,34.7736123,111.2000456,34.7736123]"));
}

TEST_F(ConsoleGeo, isRefusedBeforeAnythingIsReadWhereItWouldBeTooMuch) {
    CheckListQuery checks;
    checks.view = CheckListQuery::View::All;
    for (const std::int64_t most : {0, 1}) {
        const auto tracks = tracksGeoJson(ledger(), checks, most);
        const auto findings = findingsGeoJson(ledger(), {}, most);
        EXPECT_EQ(tracks.has_value(), most == 1);
        EXPECT_EQ(findings.has_value(), most == 1);
        if (most == 0) {
            EXPECT_EQ(tracks.error().code, Code::TooLarge);
            EXPECT_EQ(findings.error().code, Code::TooLarge);
            EXPECT_EQ(sitesGeoJson(ledger(), std::nullopt, std::nullopt, most).error().code, Code::TooLarge);
        }
    }
    EXPECT_EQ((*sitesGeoJson(ledger(), std::nullopt, std::nullopt, std::nullopt))["features"].size(),
              layer(m_lin, "sites").size());
}

TEST_F(ConsoleGeo, nobodyGetsMoreThanTheirListsShow) {
    for (const char *name : {"sites", "tracks", "findings"}) {
        EXPECT_EQ(layer(m_other, name).size(), 0u) << name; // made none of these checks
        EXPECT_EQ(layer(m_lead, name).size(), 1u) << name;  // the own team's: one check, its site, its finding
        for (const char *role : {"unit_clerk", "mayor", "vice_mayor", "administrator", "security", "auditor"})
            EXPECT_EQ(ask(signedIn(std::string(role) + name, role), "GET", std::string("/geo/") + name).code(),
                      "not_yours")
                << role << name;
    }
    EXPECT_EQ(trail().back().result, "refused");
    EXPECT_EQ(ask(m_lin, "GET", "/geo/people").status, 404);
    EXPECT_EQ(ask(m_lin, "GET", "/geo/findings?sev=huge").status, 400);
}
} // namespace
