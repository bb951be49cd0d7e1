#include "sync-server/office/conflicts.h"

#include "shared/base/instant.h"
#include "sync-server/office/check_view.h"
#include "sync-server/office/review.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace zhicha {

namespace {

/** The operation by which the office writes a decided field of an entity of this type; nullptr if there is none. */
const KindInfo *decidingKind(EntityType type, std::string_view field) {
    if (field == "void")
        return findKind("entity.void");
    const KindInfo *kind = nullptr;
    if (type == EntityType::Finding)
        kind = findKind("finding.amend");
    else if (type == EntityType::Answer)
        kind = findKind("answer.give");
    else if (type == EntityType::Attestation)
        kind = findKind("attestation.say");
    else if (type == EntityType::Check)
        kind = findKind("check.correct");
    const FieldInfo *info = kind != nullptr ? kind->field(field) : nullptr;
    return info != nullptr && info->merge == Merge::Decided ? kind : nullptr;
}

/** Fields of a derived entity's kind that make up its id, or that it cannot be without. */
void copyFacts(cbor::Map &fields, const KindInfo &kind, const EntityRow &row) {
    for (const FieldInfo &field : kind.fields)
        if (field.merge == Merge::Fact && field.name != "reason")
            if (const cbor::Value *value = row.value(field.name))
                fields[std::string(field.name)] = *value;
}

Result<nlohmann::json> contestedJson(LedgerReader &ledger, CheckLoader &names, const Uuid &entity, const EntityRow &row,
                                     const FieldRow &field) {
    nlohmann::json values = nlohmann::json::array();
    for (const Digest &d : field.writes) {
        ZHICHA_ASSIGN(const std::optional<LogOperation> stored, ledger.operationByDigest(entity, d));
        if (!stored || !stored->operation.bytes.body)
            continue;
        const auto envelope = decodeEnvelope(stored->operation.bytes.envelope);
        const auto body = decodeBody(*stored->operation.bytes.body);
        if (!envelope || !body || !body->fields.contains(field.name))
            continue;
        ZHICHA_ASSIGN(std::optional<Uuid> person, names.personOf(envelope->device));
        if (!person)
            person = envelope->actor;
        std::string by = "operator";
        if (person) {
            ZHICHA_ASSIGN(by, names.personName(*person));
        }
        values.push_back({{"value", valueJson(ledger, body->fields.find(field.name)->second)},
                          {"by", by},
                          {"at", toRfc3339(envelope->time.estimateMs)},
                          {"device", toText(envelope->device)},
                          {"write", toHex(d)}});
    }
    nlohmann::json out{{"entity", toText(entity)},
                       {"type", std::string(entityTypeName(row.type))},
                       {"field", field.name},
                       {"values", std::move(values)}};
    if (row.check)
        out["check"] = toText(*row.check);
    return out;
}

Result<cbor::Value> siteValue(LedgerReader &ledger, const std::string &text) {
    ZHICHA_ASSIGN(const Uuid ledgerId, ledgerIdOf(ledger));
    ZHICHA_ASSIGN(const Uuid site, findEntity(ledger, ledgerId, "site", text));
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(site));
    if (row->type != EntityType::Site && row->type != EntityType::SiteProposal)
        return fail(Code::NotFound, "no site " + text);
    return cbor::Value(site);
}

Result<cbor::Value> itemValue(LedgerReader &ledger, const std::string &text) {
    ZHICHA_ASSIGN(const Uuid ledgerId, ledgerIdOf(ledger));
    ZHICHA_ASSIGN(const Uuid item, findEntity(ledger, ledgerId, "item", text));
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(item));
    if (row->type != EntityType::Item)
        return fail(Code::NotFound, "no item " + text);
    return cbor::Value(item);
}

Result<cbor::Value> itemsValue(LedgerReader &ledger, const std::string &text) {
    cbor::Array items;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        std::string code = text.substr(at, end - at);
        code.erase(0, code.find_first_not_of(' '));
        code.erase(code.find_last_not_of(' ') + 1);
        ZHICHA_ASSIGN(cbor::Value item, itemValue(ledger, code));
        items.push_back(std::move(item));
        at = end + 1;
    }
    return cbor::Value(std::move(items));
}
} // namespace

nlohmann::json valueJson(const cbor::Value &value, const std::function<std::string(const Uuid &)> &idText) {
    if (value.isNull())
        return nullptr;
    if (value.boolean() != nullptr)
        return *value.boolean();
    if (value.integer() != nullptr)
        return *value.integer();
    if (value.text() != nullptr)
        return *value.text();
    if (const auto id = value.uuid())
        return idText(*id);
    if (value.bytes() != nullptr)
        return toHex(*value.bytes());
    if (value.array() != nullptr) {
        nlohmann::json out = nlohmann::json::array();
        for (const cbor::Value &element : *value.array())
            out.push_back(valueJson(element, idText));
        return out;
    }
    nlohmann::json out = nlohmann::json::object();
    for (const auto &[name, element] : *value.map())
        out[name] = valueJson(element, idText);
    return out;
}

nlohmann::json valueJson(LedgerReader &ledger, const cbor::Value &value) {
    return valueJson(value, [&](const Uuid &id) { return codeOf(ledger, id); });
}

Result<cbor::Value> fieldValue(LedgerReader &ledger, EntityType type, std::string_view field, const std::string &text) {
    const KindInfo *kind = decidingKind(type, field);
    if (kind == nullptr)
        return fail(Code::InvalidArgument, "nobody decides the field " + std::string(field));
    const bool mayBeNone = (type == EntityType::Finding && field == "item") || field == "value" || field == "said";
    if (text.empty() && mayBeNone)
        return cbor::Value();
    if (field == "void") {
        if (text != "true" && text != "false")
            return fail(Code::InvalidArgument, "void: true or false");
        return cbor::Value(text == "true");
    }
    if (field == "site")
        return siteValue(ledger, text);
    if (field == "items")
        return itemsValue(ledger, text);
    if (field == "item")
        return itemValue(ledger, text);
    if (text.empty() || !isUtf8(text))
        return fail(Code::InvalidArgument, std::string(field) + ": a text");
    const std::string words = " " + std::string(kind->field(field)->allowed) + " ";
    if (words.size() > 2 && (words.find(" " + text + " ") == std::string::npos || text.find(' ') != std::string::npos))
        return fail(Code::InvalidArgument, std::string(field) + ": one of" + words);
    return cbor::Value(text);
}

Result<nlohmann::json> listConflicts(LedgerReader &ledger) {
    std::vector<RowRecord> rows;
    ZHICHA_TRY(ledger.forEachRow(std::nullopt, [&](const RowRecord &record) -> Status {
        if (record.row.contested())
            rows.push_back(record);
        return {};
    }));
    CheckLoader names(ledger);
    nlohmann::json conflicts = nlohmann::json::array();
    for (const RowRecord &record : rows)
        for (const FieldRow &field : record.row.fields) {
            if (field.values.size() < 2)
                continue;
            ZHICHA_ASSIGN(nlohmann::json entry, contestedJson(ledger, names, record.entity, record.row, field));
            conflicts.push_back(std::move(entry));
        }
    return nlohmann::json{{"conflicts", std::move(conflicts)}};
}

Result<nlohmann::json> decideConflict(Intake &intake, const Actor &actor, const Decision &decision) {
    LedgerWriter &ledger = intake.ledger();
    ZHICHA_TRY(requireRole(ledger, actor, "reviewer"));
    if (decision.reason.empty() || !isUtf8(decision.reason))
        return fail(Code::InvalidArgument, "a decision takes a reason");
    ZHICHA_ASSIGN(const Uuid entity, findAnyEntity(ledger, decision.entity));
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(entity));
    const std::optional<Uuid> check = row->type == EntityType::Check ? std::optional(entity) : row->check;
    if (check)
        ZHICHA_TRY(requireNotOfCheck(ledger, actor, *check));
    ZHICHA_ASSIGN(const cbor::Value value, fieldValue(ledger, row->type, decision.field, decision.value));
    const FieldRow *field = row->field(decision.field);
    if (field == nullptr || field->values.size() < 2)
        return fail(Code::WrongUsage, "the field " + decision.field + " has no several values to decide between");
    if (decision.seen) {
        std::vector<Digest> seen = *decision.seen;
        std::sort(seen.begin(), seen.end());
        if (seen != field->writes)
            return fail(Code::Conflict, "other values stand than were shown: look again", Retry::AfterUser);
    }
    const KindInfo &kind = *decidingKind(row->type, decision.field);
    ServerOperation operation{std::string(kind.name), entity, {}, {{decision.field, field->writes}}, actor.person};
    if (kind.idRole == IdRole::Derived)
        copyFacts(operation.fields, kind, *row);
    operation.fields[decision.field] = value;
    operation.fields["reason"] = decision.reason;
    ZHICHA_ASSIGN(const std::unique_ptr<IntakeTransaction> transaction, intake.open());
    ZHICHA_ASSIGN(const Digest d, transaction->append(std::move(operation)));
    const auto committed = transaction->commit();
    ZHICHA_TRY(committed ? Status() : Status(committed.error()));
    return nlohmann::json{{"entity", toText(entity)},
                          {"field", decision.field},
                          {"value", valueJson(ledger, value)},
                          {"operation", toHex(d)}};
}

Result<nlohmann::json> raiseConflict(Intake &intake, const Actor &actor, const Decision &objection) {
    LedgerWriter &ledger = intake.ledger();
    ZHICHA_TRY(requireRole(ledger, actor, "reviewer"));
    if (objection.reason.empty() || !isUtf8(objection.reason))
        return fail(Code::InvalidArgument, "an objection takes a reason");
    ZHICHA_ASSIGN(const Uuid entity, findAnyEntity(ledger, objection.entity));
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(entity));
    const std::optional<Uuid> check = row->type == EntityType::Check ? std::optional(entity) : row->check;
    if (check)
        ZHICHA_TRY(requireNotOfCheck(ledger, actor, *check));
    ZHICHA_ASSIGN(const cbor::Value value, fieldValue(ledger, row->type, objection.field, objection.value));
    const FieldRow *field = row->field(objection.field);
    if (field != nullptr && std::find(field->values.begin(), field->values.end(), value) != field->values.end())
        return fail(Code::AlreadyDone, "that value stands already");
    const KindInfo &kind = *decidingKind(row->type, objection.field);
    // An empty base: written as by somebody who saw nothing, so that it stands beside what is there.
    ServerOperation operation{std::string(kind.name), entity, {}, {{objection.field, {}}}, actor.person};
    if (kind.idRole == IdRole::Derived)
        copyFacts(operation.fields, kind, *row);
    operation.fields[objection.field] = value;
    operation.fields["reason"] = objection.reason;
    ZHICHA_ASSIGN(const std::unique_ptr<IntakeTransaction> transaction, intake.open());
    ZHICHA_ASSIGN(const Digest d, transaction->append(std::move(operation)));
    const auto committed = transaction->commit();
    ZHICHA_TRY(committed ? Status() : Status(committed.error()));
    return nlohmann::json{{"entity", toText(entity)}, {"field", objection.field}, {"operation", toHex(d)}};
}

} // namespace zhicha
