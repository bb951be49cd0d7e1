#include "sync-server/http/resources/console/enrol_answer.h"

#include "shared/base/instant.h"
#include "shared/protocol/paths.h"
#include "sync-server/intake/enrolment.h"
#include "sync-server/office/people.h"
#include "sync-server/office/qr_code.h"

namespace zhicha {

using nlohmann::json;

namespace {
/** Whom the code is for; an administrator may name somebody who is not there yet. */
Result<Uuid> holderOf(ConsoleCall &call, const std::string &inspector) {
    if (!call.roles.contains("administrator"))
        return call.access.look<Uuid>([&](LedgerReader &reader) { return findPerson(reader, inspector); });
    const Uuid fresh = newUuid(call.access.clock(), call.access.random());
    call.audit = {"person_add", "person", toText(fresh)};
    const auto found = call.access.ask<json>(
        [&](Intake &intake) { return findOrCreateInspector(intake, call.actor(), inspector, fresh); });
    call.audit = {"enrol_code", "person", ""};
    ZHICHA_TRY(found ? Status() : Status(found.error()));
    return *uuidFromText((*found)["person"].get<std::string>());
}
} // namespace

Result<json> makeEnrolAnswer(ConsoleCall &call, const std::string &inspector) {
    call.audit = {"enrol_code", "person", ""};
    ZHICHA_ASSIGN(const Uuid person, holderOf(call, inspector));
    call.audit = {"enrol_code", "person", toText(person)};
    return call.access.ask<json>([&](Intake &intake) -> Result<json> {
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, intake.ledger().rowOf(person));
        const std::string name = row ? row->text("name") : "";
        ZHICHA_ASSIGN(const std::string code, makeEnrolCode(intake, person));
        ZHICHA_ASSIGN(const PublicKey root, claimedRootKey(intake.keys().signedNote));
        const std::string fingerprint = toHex(fingerprintOf(root));
        std::string bare;
        for (const char c : code)
            if (c != '-')
                bare.push_back(c);
        json groups = json::array();
        for (std::size_t at = 0; at < bare.size(); at += 4)
            groups.push_back(bare.substr(at, 4));
        const json content{{"server", call.context.serverUrl}, {"code", code}, {"fingerprint", fingerprint}};
        ZHICHA_ASSIGN(const std::string picture, qrCodeSvg(content.dump()));
        return json{{"code", code},
                    {"code_groups", std::move(groups)},
                    {"server", call.context.serverUrl},
                    {"fingerprint", fingerprint},
                    {"expires_at", toRfc3339(intake.clock().nowMs() + protocol::kCodeLifeMs)},
                    {"qr", picture},
                    {"inspector", {{"id", toText(person)}, {"name", name}}}};
    });
}

} // namespace zhicha
