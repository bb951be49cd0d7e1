#include "sync-server/office/amend.h"

#include "sync-server/office/check_view.h"
#include "sync-server/office/conflicts.h"
#include "sync-server/office/review.h"

#include <nlohmann/json.hpp>

namespace zhicha {

namespace {
Status checkReason(const std::string &reason) {
    return !reason.empty() && reason.size() <= 4000 && isUtf8(reason)
               ? Status()
               : fail(Code::InvalidArgument, "a reason is 1 to 4000 bytes of text");
}

Result<Digest> write(Intake &intake, ServerOperation operation) {
    ZHICHA_ASSIGN(const std::unique_ptr<IntakeTransaction> transaction, intake.open());
    ZHICHA_ASSIGN(const Digest d, transaction->append(std::move(operation)));
    const auto committed = transaction->commit();
    ZHICHA_TRY(committed ? Status() : Status(committed.error()));
    return d;
}

std::vector<Digest> standing(const EntityRow &row, std::string_view field) {
    const FieldRow *found = row.field(field);
    return found != nullptr ? found->writes : std::vector<Digest>();
}

/** Who may hide it; nullptr for what has commands of its own. */
const char *rolesToVoid(EntityType type) {
    switch (type) {
    case EntityType::Unknown:
    case EntityType::Ledger:
    case EntityType::Key:
    case EntityType::LogStart:
    case EntityType::Backup:
    case EntityType::Claim:
    case EntityType::AuditHead:
    case EntityType::Device:
    case EntityType::Scope:
    case EntityType::CheckNumber:
    case EntityType::Received:
    case EntityType::Mismatch:
        return nullptr;
    case EntityType::Person:
    case EntityType::Role:
        return "administrator";
    case EntityType::Unit:
        return "chief";
    default:
        return "reviewer";
    }
}
} // namespace

Result<nlohmann::json> amendFinding(Intake &intake, const Actor &actor, const FindingAmendment &amendment) {
    LedgerWriter &ledger = intake.ledger();
    ZHICHA_TRY(requireRole(ledger, actor, "reviewer"));
    ZHICHA_TRY(checkReason(amendment.reason));
    ZHICHA_ASSIGN(const Uuid finding, findAnyEntity(ledger, amendment.finding));
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(finding));
    if (row->type != EntityType::Finding)
        return fail(Code::NotFound, "no finding " + amendment.finding);
    if (row->check)
        ZHICHA_TRY(requireNotOfCheck(ledger, actor, *row->check));
    ServerOperation operation{"finding.amend", finding, {{"reason", amendment.reason}}, {}, actor.person};
    nlohmann::json fields = nlohmann::json::array();
    const auto add = [&](const std::string &field, const std::optional<std::string> &text) -> Status {
        if (!text)
            return {};
        ZHICHA_ASSIGN(const cbor::Value value, fieldValue(ledger, EntityType::Finding, field, *text));
        const cbor::Value *now = row->value(field);
        if (now != nullptr ? *now == value : value.isNull() && row->field(field) == nullptr)
            return {};
        operation.fields[field] = value;
        operation.base[field] = standing(*row, field);
        fields.push_back(field);
        return {};
    };
    ZHICHA_TRY(add("text", amendment.text));
    ZHICHA_TRY(add("severity", amendment.severity));
    ZHICHA_TRY(add("item", amendment.item));
    if (fields.empty())
        return fail(Code::AlreadyDone, "the finding says that already");
    ZHICHA_ASSIGN(const Digest d, write(intake, std::move(operation)));
    return nlohmann::json{{"finding", toText(finding)}, {"operation", toHex(d)}, {"fields", std::move(fields)}};
}

Result<nlohmann::json> voidEntity(Intake &intake, const Actor &actor, std::string_view text, const std::string &reason,
                                  bool undo) {
    LedgerWriter &ledger = intake.ledger();
    ZHICHA_TRY(checkReason(reason));
    ZHICHA_ASSIGN(const Uuid entity, findAnyEntity(ledger, text));
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(entity));
    const char *roles = rolesToVoid(row->type);
    if (roles == nullptr)
        return fail(Code::WrongUsage, "a " + std::string(entityTypeName(row->type)) + " is not made void");
    ZHICHA_TRY(requireRole(ledger, actor, roles));
    const std::optional<Uuid> check = row->type == EntityType::Check ? std::optional(entity) : row->check;
    if (check)
        ZHICHA_TRY(requireNotOfCheck(ledger, actor, *check));
    const FieldRow *now = row->field("void");
    const bool contested = now != nullptr && now->values.size() > 1;
    if (!contested && row->isVoid() != undo)
        return fail(Code::AlreadyDone, undo ? "it is not void" : "it is void already");
    ServerOperation operation{"entity.void", entity, {{"void", !undo}, {"reason", reason}}, {}, actor.person};
    operation.base["void"] = standing(*row, "void");
    ZHICHA_ASSIGN(const Digest d, write(intake, std::move(operation)));
    return nlohmann::json{{"entity", toText(entity)}, {"void", !undo}, {"operation", toHex(d)}};
}

} // namespace zhicha
