#include "shared/oplog/operation.h"
#include "sync-server/office/office.h"
#include "sync-server/office/signin/policy.h"

#include <algorithm>

namespace zhicha {

namespace {
bool isOneOf(std::string_view words, std::string_view word) {
    return (" " + std::string(words) + " ").find(" " + std::string(word) + " ") != std::string::npos;
}
} // namespace

Status requireRole(LedgerReader &ledger, const Actor &actor, std::string_view roles) {
    if (actor.isOperator())
        return {};
    ZHICHA_ASSIGN(const std::set<std::string> held, rolesOf(ledger, *actor.person));
    const bool holds = std::any_of(held.begin(), held.end(), [&](const std::string &role) {
        return isOneOf(roles, role) || (role == "chief" && isOneOf(roles, "reviewer")); // design 10 §4
    });
    return holds ? Status()
                 : fail(Code::NotAllowed, "this takes one of the roles: " + std::string(roles), Retry::Never);
}

Result<Uuid> findPerson(LedgerReader &ledger, std::string_view text) {
    if (const auto id = uuidFromText(text)) {
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(*id));
        if (row && row->type == EntityType::Person)
            return *id;
        return fail(Code::NotFound, "no person " + std::string(text));
    }
    if (text.empty())
        return fail(Code::NotFound, "no person without a name"); // a person without a code has not the code ""
    std::vector<Uuid> byCode;
    std::vector<Uuid> byName;
    ZHICHA_TRY(ledger.forEachRowOfType(EntityType::Person, [&](const RowRecord &record) -> Status {
        if (record.row.text("code") == text)
            byCode.push_back(record.entity);
        if (record.row.text("name") == text)
            byName.push_back(record.entity);
        return {};
    }));
    const std::vector<Uuid> &found = byCode.empty() ? byName : byCode;
    if (found.empty())
        return fail(Code::NotFound, "no person " + std::string(text));
    if (found.size() > 1)
        return fail(Code::Ambiguous, std::to_string(found.size()) + " persons are called " + std::string(text) +
                                         ": use the code or the UUID");
    return found.front();
}

Result<Uuid> findEntity(LedgerReader &ledger, const Uuid &ledgerId, std::string_view type, std::string_view text) {
    const Uuid id = uuidFromText(text).value_or(derivedId(ledgerId, type, std::string(text)));
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(id));
    if (!row)
        return fail(Code::NotFound, "no " + std::string(type) + " " + std::string(text));
    return id;
}

std::string codeOf(LedgerReader &ledger, const Uuid &entity) {
    const auto row = ledger.rowOf(entity);
    const std::string code = row && *row ? (*row)->text("code") : std::string();
    return code.empty() ? toText(entity) : code;
}

} // namespace zhicha
