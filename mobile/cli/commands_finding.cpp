// finding add, amend, void; void; site propose.
#include "mobile/cli/photos.h"
#include "mobile/cli/resolve.h"

namespace zhicha::cli {

Result<nlohmann::json> runFindingAdd(Session &session, const Arguments &arguments) {
    ZHICHA_ASSIGN(const Uuid check, resolve(session.store(), arguments.positional(0), {EntityType::Check}));
    ZHICHA_ASSIGN(const std::vector<Bytes> pictures, readPhotos(arguments));
    FindingRecorded finding;
    finding.check = check;
    ZHICHA_ASSIGN(finding.id, uuidArgument(arguments.optional("id")));
    if (arguments.has("item")) {
        ZHICHA_ASSIGN(finding.item, resolve(session.store(), arguments.value("item"), {EntityType::Item}));
    }
    finding.severity = arguments.value("severity");
    finding.text = arguments.value("text");
    ZHICHA_ASSIGN(const Uuid id, session.recorder().recordFinding(finding));
    ZHICHA_ASSIGN(const nlohmann::json photos, addPhotos(session, arguments, pictures, check, id));
    return nlohmann::json{{"finding", toText(id)}, {"photos", photos}};
}

Result<nlohmann::json> runFindingAmend(Session &session, const Arguments &arguments) {
    ZHICHA_ASSIGN(const Uuid finding, resolve(session.store(), arguments.positional(0), {EntityType::Finding}));
    FindingAmended amended;
    if (arguments.has("item")) {
        ZHICHA_ASSIGN(amended.item, resolve(session.store(), arguments.value("item"), {EntityType::Item}));
    }
    amended.severity = arguments.optional("severity");
    amended.text = arguments.optional("text");
    amended.reason = arguments.optional("reason");
    ZHICHA_ASSIGN(const Uuid id, session.recorder().amendFinding(finding, amended));
    return nlohmann::json{{"finding", toText(id)}};
}

Result<nlohmann::json> runVoid(Session &session, const Arguments &arguments) {
    ZHICHA_ASSIGN(const Uuid entity, resolve(session.store(), arguments.positional(0), {}));
    const bool isVoid = !arguments.has("undo");
    ZHICHA_ASSIGN(const Uuid id, session.recorder().voidEntity(entity, isVoid, arguments.value("reason")));
    return nlohmann::json{{"entity", toText(id)}, {"void", isVoid}};
}

Result<nlohmann::json> runSitePropose(Session &session, const Arguments &arguments) {
    SiteProposal proposal;
    ZHICHA_ASSIGN(proposal.id, uuidArgument(arguments.optional("id")));
    proposal.name = arguments.value("name");
    proposal.note = arguments.optional("note");
    if (arguments.has("lat")) {
        ZHICHA_ASSIGN(proposal.lat, arguments.degrees("lat", 90));
    }
    if (arguments.has("lon")) {
        ZHICHA_ASSIGN(proposal.lon, arguments.degrees("lon", 180));
    }
    ZHICHA_ASSIGN(const Uuid id, session.recorder().proposeSite(proposal));
    return nlohmann::json{{"site", toText(id)}};
}

} // namespace zhicha::cli
