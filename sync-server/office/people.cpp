#include "sync-server/office/people.h"

#include "shared/crypto/password.h"
#include "sync-server/office/init.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace zhicha {

namespace {
constexpr std::size_t kMaxNameBytes = 200;

Status checkWords(const NewPerson &person) {
    const auto fits = [](const std::string &text) {
        return !text.empty() && text.size() <= kMaxNameBytes && isUtf8(text) &&
               std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    };
    if (!fits(person.name) || uuidFromText(person.name))
        return fail(Code::InvalidArgument, "a name is 1 to 200 bytes of text and no UUID");
    if (person.code && (!fits(*person.code) || uuidFromText(*person.code)))
        return fail(Code::InvalidArgument, "a code is 1 to 200 bytes of text and no UUID");
    if (person.team && !fits(*person.team))
        return fail(Code::InvalidArgument, "a team is 1 to 200 bytes of text");
    cbor::Map probe{{"person", Uuid{}}, {"role", person.role}, {"from", 0}};
    if (bodyProblem(*findKind("role.grant"), probe))
        return fail(Code::InvalidArgument, "no role is called \"" + person.role + "\"");
    return {};
}

bool signsIn(const std::string &role) {
    return role != "inspector";
}

/** Refuses a name or code that could not be told from another person's. */
Status checkUnique(LedgerReader &ledger, const NewPerson &person) {
    bool name = false;
    bool code = false;
    ZHICHA_TRY(ledger.forEachRowOfType(EntityType::Person, [&](const RowRecord &record) -> Status {
        name = name || record.row.text("name") == person.name || record.row.text("code") == person.name;
        code = code || (person.code && (record.row.text("code") == *person.code));
        return {};
    }));
    if (code)
        return fail(Code::AlreadyDone, "a person with the code " + *person.code + " is there already");
    if (name && !person.code)
        return fail(Code::Ambiguous, "a person called " + person.name + " is there already: give a code");
    if (!signsIn(person.role))
        return {};
    return ledger.forEachUser([&](const ConsoleUser &user) -> Status {
        return user.name == person.name ? fail(Code::AlreadyDone, "the sign-in name " + person.name + " is taken")
                                        : Status();
    });
}

nlohmann::json answerOf(LedgerReader &ledger, const Uuid &id, const NewPerson &person,
                        const std::optional<Uuid> &unit) {
    nlohmann::json answer{{"person", toText(id)}, {"name", person.name}, {"role", person.role}};
    if (person.code)
        answer["code"] = *person.code;
    if (unit)
        answer["unit"] = codeOf(ledger, *unit);
    return answer;
}

cbor::Map personFields(const NewPerson &person, const std::optional<Uuid> &unit) {
    cbor::Map fields{{"name", person.name}};
    if (person.code)
        fields["code"] = *person.code;
    if (unit)
        fields["unit"] = *unit;
    if (person.team)
        fields["team"] = *person.team;
    return fields;
}

/** The same id once more: the same content is the same answer (but the password, which was told once). */
Result<nlohmann::json> repeated(LedgerReader &ledger, const EntityRow &row, const NewPerson &person,
                                const std::optional<Uuid> &unit) {
    bool same = row.type == EntityType::Person && row.text("name") == person.name &&
                row.text("code") == person.code.value_or("") && row.text("team") == person.team.value_or("") &&
                row.uuid("unit") == unit;
    bool role = false;
    ZHICHA_TRY(ledger.forEachRowOfType(EntityType::Role, [&](const RowRecord &record) -> Status {
        role = role || (record.row.uuid("person") == person.id && record.row.text("role") == person.role);
        return {};
    }));
    if (!same || !role)
        return fail(Code::AlreadyDone, "the id is in use with other content");
    return answerOf(ledger, *person.id, person, unit);
}

Status write(Intake &intake, const Actor &actor, const Uuid &id, const NewPerson &person,
             const std::optional<Uuid> &unit, const std::string &passwordHash) {
    ZHICHA_ASSIGN(const std::unique_ptr<IntakeTransaction> transaction, intake.open());
    const auto put = transaction->append({"person.put", id, personFields(person, unit), {}, actor.person});
    ZHICHA_TRY(put ? Status() : Status(put.error()));
    cbor::Map grant{{"person", id}, {"role", person.role}, {"from", transaction->nowMs()}};
    if (unit)
        grant["unit"] = *unit;
    if (person.team)
        grant["team"] = *person.team;
    const auto granted = transaction->append({"role.grant", transaction->newId(), std::move(grant), {}, actor.person});
    ZHICHA_TRY(granted ? Status() : Status(granted.error()));
    if (!passwordHash.empty())
        ZHICHA_TRY(intake.ledger().putUser({id, person.name, person.role, unit, passwordHash}));
    const auto committed = transaction->commit();
    return committed ? Status() : Status(committed.error());
}
} // namespace

Result<nlohmann::json> addPerson(Intake &intake, const Actor &actor, const NewPerson &person) {
    LedgerWriter &ledger = intake.ledger();
    ZHICHA_TRY(requireRole(ledger, actor, "administrator"));
    ZHICHA_TRY(checkWords(person));
    std::optional<Uuid> unit;
    if (person.unit) {
        ZHICHA_ASSIGN(unit, findEntity(ledger, intake.keys().ledger, "unit", *person.unit));
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(*unit));
        if (row->type != EntityType::Unit)
            return fail(Code::NotFound, "no unit " + *person.unit);
    }
    if (person.id) {
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(*person.id));
        if (row)
            return repeated(ledger, *row, person, unit);
    }
    ZHICHA_TRY(checkUnique(ledger, person));
    const Uuid id = person.id.value_or(newUuid(intake.clock(), intake.random()));
    nlohmann::json answer = answerOf(ledger, id, person, unit);
    std::string hash;
    if (signsIn(person.role)) {
        const std::string password = randomPassword(intake.random());
        ZHICHA_ASSIGN(hash, hashPassword(password, PasswordCost()));
        answer["password"] = password;
    }
    ZHICHA_TRY(write(intake, actor, id, person, unit, hash));
    return answer;
}

Result<nlohmann::json> findOrCreateInspector(Intake &intake, const Actor &actor, std::string_view text,
                                             const std::optional<Uuid> &newId) {
    LedgerWriter &ledger = intake.ledger();
    ZHICHA_TRY(requireRole(ledger, actor, "administrator"));
    if (text.empty())
        return fail(Code::InvalidArgument, "a name is 1 to 200 bytes of text");
    const auto found = findPerson(ledger, text);
    if (found) {
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(*found));
        return nlohmann::json{{"person", toText(*found)}, {"name", row->text("name")}, {"created", false}};
    }
    if (found.error().code != Code::NotFound || uuidFromText(text))
        return found.error();
    NewPerson person;
    person.name = text;
    person.role = "inspector";
    person.id = newId;
    ZHICHA_ASSIGN(const nlohmann::json added, addPerson(intake, actor, person));
    return nlohmann::json{{"person", added["person"]}, {"name", person.name}, {"created", true}};
}

Result<nlohmann::json> listPersons(LedgerReader &ledger) {
    std::map<Uuid, std::vector<std::string>> roles;
    ZHICHA_TRY(ledger.forEachRowOfType(EntityType::Role, [&](const RowRecord &record) -> Status {
        if (const auto person = record.row.uuid("person"); person && !record.row.isVoid())
            roles[*person].push_back(record.row.text("role"));
        return {};
    }));
    std::map<Uuid, int> devices;
    ZHICHA_TRY(ledger.forEachChain([&](const ChainRecord &chain) -> Status {
        if (chain.person)
            ++devices[*chain.person];
        return {};
    }));
    std::vector<RowRecord> rows;
    ZHICHA_TRY(ledger.forEachRowOfType(EntityType::Person, [&](const RowRecord &record) -> Status {
        rows.push_back(record);
        return {};
    }));
    std::stable_sort(rows.begin(), rows.end(),
                     [](const RowRecord &a, const RowRecord &b) { return a.row.text("name") < b.row.text("name"); });
    nlohmann::json persons = nlohmann::json::array();
    for (const RowRecord &record : rows) {
        nlohmann::json out{{"id", toText(record.entity)},
                           {"name", record.row.text("name")},
                           {"roles", roles[record.entity]},
                           {"devices", devices[record.entity]}};
        for (const char *field : {"code", "team"})
            if (!record.row.text(field).empty())
                out[field] = record.row.text(field);
        if (const auto unit = record.row.uuid("unit"))
            out["unit"] = codeOf(ledger, *unit);
        if (record.row.isVoid())
            out["void"] = true;
        persons.push_back(std::move(out));
    }
    return nlohmann::json{{"persons", std::move(persons)}};
}

} // namespace zhicha
