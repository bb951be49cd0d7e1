// geo: sites, tracks and findings as GeoJSON, as far as the lists show them.
#include "sync-server/http/resources/console/list_query.h"
#include "sync-server/http/resources/console/resources.h"
#include "sync-server/office/console/geo_export.h"

namespace zhicha {

using nlohmann::json;

namespace {
Response geoFile(const json &collection, const char *layer) {
    Response response = jsonResponse(200, collection);
    response.mediaType = "application/geo+json";
    response.headers.emplace_back("Content-Disposition", std::string("attachment; filename=\"") + layer + ".geojson\"");
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

Result<Response> getGeoFindings(ConsoleCall &call) {
    call.audit = {"geo_export", "findings", ""};
    ZHICHA_ASSIGN(const json out, call.access.look<json>([&](LedgerReader &reader) -> Result<json> {
        ZHICHA_ASSIGN(const ReadFindingQuery asked, readFindingQuery(call, reader));
        return findingsGeoJson(reader, asked.query, kMostFeatures);
    }));
    return geoFile(out, "findings");
}

Result<Response> getGeoTracks(ConsoleCall &call) {
    call.audit = {"geo_export", "tracks", ""};
    ZHICHA_ASSIGN(const json out, call.access.look<json>([&](LedgerReader &reader) -> Result<json> {
        ZHICHA_ASSIGN(ReadQuery asked, readCheckQuery(call, reader));
        if (call.query("view").empty())
            asked.query.view = CheckListQuery::View::All;
        return tracksGeoJson(reader, asked.query, kMostFeatures);
    }));
    return geoFile(out, "tracks");
}

Result<Response> getGeoSites(ConsoleCall &call) {
    call.audit = {"geo_export", "sites", ""};
    ZHICHA_ASSIGN(const std::optional<Uuid> unit, call.queryId("unit"));
    ZHICHA_ASSIGN(const json out, call.access.look<json>([&](LedgerReader &reader) -> Result<json> {
        ZHICHA_ASSIGN(const ReadQuery asked, readCheckQuery(call, reader));
        return sitesGeoJson(reader, unit, asked.query.among, kMostFeatures);
    }));
    return geoFile(out, "sites");
}
} // namespace

void addGeoRoutes(ConsoleGate &gate) {
    gate.add("GET", "/geo/findings", {Resource::Findings, Verb::Read}, getGeoFindings);
    gate.add("GET", "/geo/tracks", {Resource::Checks, Verb::Read}, getGeoTracks);
    gate.add("GET", "/geo/sites", {Resource::Checks, Verb::Read}, getGeoSites);
}

} // namespace zhicha
