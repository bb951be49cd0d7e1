// Tablets and persons as the console lists them.
#include "shared/base/instant.h"
#include "sync-server/office/console/office_lists.h"
#include "sync-server/office/signin/sign_in.h"

#include <algorithm>

namespace zhicha {

using nlohmann::json;

namespace {
Status addContact(LedgerReader &ledger, const ChainRecord &chain, json &row, std::int64_t &contactMs) {
    ZHICHA_ASSIGN(const std::vector<LeafRecord> last, ledger.leavesOf(chain.device, chain.head.seq, chain.head.seq));
    if (!last.empty()) {
        contactMs = last.back().leaf.receivedAtMs;
        row["last_contact"] = toRfc3339(contactMs);
        row["last_receipt"] = {
            {"seq", last.back().leaf.last}, {"log", last.back().leaf.log}, {"at", toRfc3339(contactMs)}};
        ZHICHA_ASSIGN(const std::vector<LogOperation> newest,
                      ledger.operationsOfChain(chain.device, 0, chain.head.seq, chain.head.seq));
        if (!newest.empty())
            if (const auto envelope = decodeEnvelope(newest.front().operation.bytes.envelope))
                row["clock_error_ms"] = envelope->time.wallMs - envelope->time.estimateMs;
    }
    json forks = json::array();
    ZHICHA_ASSIGN(const std::vector<LeafRecord> branches, ledger.forkLeavesOf(chain.device));
    for (const LeafRecord &leaf : branches) {
        forks.push_back(
            {{"seq", leaf.newFrom}, {"log", leaf.leaf.log}, {"received_at", toRfc3339(leaf.leaf.receivedAtMs)}});
        row["disputed_from"] = std::min(row.value("disputed_from", leaf.newFrom), leaf.newFrom);
    }
    row["forks"] = std::move(forks);
    return {};
}
/** What the tablet last said of itself. */
Status addHealth(LedgerReader &ledger, const Uuid &device, json &row) {
    ZHICHA_ASSIGN(const std::optional<LogOperation> note, ledger.newestOfKind(device, "device.health"));
    if (!note || !note->operation.bytes.body)
        return {};
    const auto body = decodeBody(*note->operation.bytes.body);
    if (!body)
        return {};
    if (const auto app = body->fields.find("app"); app != body->fields.end() && app->second.text() != nullptr)
        row["version"] = *app->second.text();
    for (const char *name : {"battery", "storage_free"})
        if (const auto it = body->fields.find(name); it != body->fields.end() && it->second.integer() != nullptr)
            row[name] = *it->second.integer();
    return {};
}
} // namespace

Result<json> deviceRows(LedgerReader &ledger, std::int64_t nowMs, const std::optional<std::vector<Uuid>> &among) {
    std::vector<ChainRecord> chains;
    const Status read = ledger.forEachChain([&](const ChainRecord &chain) -> Status {
        const bool wanted =
            !among || (chain.person && std::find(among->begin(), among->end(), *chain.person) != among->end());
        if (!chain.server && wanted)
            chains.push_back(chain);
        return {};
    });
    ZHICHA_TRY(read);
    ZHICHA_ASSIGN(const auto photos, ledger.photoCounts());
    Names names(ledger);
    std::vector<std::pair<std::int64_t, json>> rows;
    for (const ChainRecord &chain : chains) {
        const auto counted = photos.find(chain.device);
        const PhotoCount count = counted == photos.end() ? PhotoCount() : counted->second;
        json row{{"id", toText(chain.device)},
                 {"head", chain.head.seq},
                 {"photos", {{"declared", count.declared}, {"arrived", count.received}}},
                 {"pending", {{"photos", count.declared - count.received}}}};
        ZHICHA_ASSIGN(row["name"], names.deviceName(chain.device));
        if (chain.person) {
            ZHICHA_ASSIGN(row["holder"], names.ref(*chain.person));
        }
        std::int64_t contactMs = 0;
        ZHICHA_TRY(addContact(ledger, chain, row, contactMs));
        ZHICHA_TRY(addHealth(ledger, chain.device, row));
        ZHICHA_ASSIGN(const std::optional<EntityRow> own, ledger.rowOf(chain.device));
        const auto cut = own ? own->integer(kTrustedUptoField) : std::nullopt;
        const bool revoked = cut && *cut != std::numeric_limits<std::int64_t>::max();
        if (revoked)
            row["trusted_upto"] = *cut;
        const std::int64_t silentAfter = count.received < count.declared ? kSilentHalfMs : kSilentMs;
        row["state"] = row.contains("disputed_from")                      ? "disputed"
                       : revoked                                          ? "revoked"
                       : contactMs > 0 && nowMs - contactMs > silentAfter ? "silent"
                                                                          : "ok";
        rows.emplace_back(contactMs, std::move(row));
    }
    std::stable_sort(rows.begin(), rows.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    json out = json::array();
    for (auto &[contact, row] : rows)
        out.push_back(std::move(row));
    return out;
}

Result<json> revocationConsequences(LedgerReader &ledger, const Uuid &device, std::int64_t cut) {
    ZHICHA_ASSIGN(const std::optional<ChainRecord> chain, ledger.chain(device));
    if (!chain || chain->server)
        return fail(Code::NotFound, "no such tablet");
    ZHICHA_ASSIGN(const auto photos, ledger.photoCounts());
    const auto counted = photos.find(device);
    const PhotoCount count = counted == photos.end() ? PhotoCount() : counted->second;
    const std::string doubted = std::to_string(std::max<std::int64_t>(0, chain->head.seq - cut));
    const std::string kept = std::to_string(chain->head.seq);
    const std::string here = std::to_string(count.received);
    const std::string missing = std::to_string(count.declared - count.received);
    const auto line = [](const std::string &zh, const std::string &en) { return json{{"zh", zh}, {"en", en}}; };
    return json{{"will",
                 {line("不再接收任务、名单和更新", "it gets no tasks, lists or updates any more"),
                  line("下次联系只能上传", "at its next contact it may only deliver"),
                  line("第 " + std::to_string(cut) + " 条之后的 " + doubted + " 条操作存疑，不生效",
                       doubted + " operations after number " + std::to_string(cut) + " are disputed, without effect")}},
                {"kept",
                 {line("已收到的 " + kept + " 条操作和 " + here + " 张照片",
                       kept + " operations and " + here + " photos that are here"),
                  line("未到的 " + missing + " 张照片：仍会接收，标“吊销后到达”",
                       missing + " photos still to come are taken in, marked as arrived after the revocation")}}};
}

namespace {
/** Who wrote the operation that an entity was born with. */
Status addAuthor(LedgerReader &ledger, Names &names, const Uuid &entity, const char *field, json &entry) {
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(entity));
    if (!row || !row->birth)
        return {};
    ZHICHA_ASSIGN(const std::optional<LogOperation> birth, ledger.operationByDigest(entity, *row->birth));
    if (!birth)
        return {};
    if (const auto envelope = decodeEnvelope(birth->operation.bytes.envelope)) {
        ZHICHA_ASSIGN(entry[field], names.author(birth->operation.device, envelope->actor, false));
    }
    return {};
}
} // namespace

Result<json> peopleRows(LedgerReader &ledger) {
    std::map<Uuid, EntityRow> persons;
    const Status read = ledger.forEachRowOfType(EntityType::Person, [&](const RowRecord &record) -> Status {
        persons.emplace(record.entity, record.row);
        return {};
    });
    ZHICHA_TRY(read);
    Names names(ledger);
    std::map<Uuid, json> roles;
    ZHICHA_ASSIGN(const std::vector<RoleGrant> grants, allGrants(ledger));
    for (const RoleGrant &grant : grants) {
        if (grant.ended)
            continue;
        json entry{{"id", toText(grant.grant)},
                   {"role", grant.role},
                   {"state", grant.inForce ? "in_force" : "waiting"},
                   {"granted_at", toRfc3339(grant.fromMs)}};
        if (grant.inForce && grant.unconfirmed)
            entry["unconfirmed"] = true;
        if (!grant.team.empty())
            entry["team"] = grant.team;
        ZHICHA_TRY(addAuthor(ledger, names, grant.grant, "granted_by", entry));
        if (grant.confirmation)
            ZHICHA_TRY(addAuthor(ledger, names, *grant.confirmation, "confirmed_by", entry));
        roles[grant.person].push_back(std::move(entry));
    }
    std::map<Uuid, int> devices;
    const Status chains = ledger.forEachChain([&](const ChainRecord &chain) -> Status {
        if (chain.person)
            ++devices[*chain.person];
        return {};
    });
    ZHICHA_TRY(chains);
    std::set<Uuid> users;
    const Status listed = ledger.forEachUser([&](const ConsoleUser &user) -> Status {
        users.insert(user.person);
        return {};
    });
    ZHICHA_TRY(listed);
    std::vector<json> rows;
    for (const auto &[id, row] : persons) {
        json out{{"id", toText(id)},
                 {"name", row.text("name")},
                 {"roles", roles.contains(id) ? roles[id] : json::array()},
                 {"devices", devices[id]},
                 {"signs_in", users.contains(id)}};
        for (const char *name : {"code", "team"})
            if (const std::string text = row.text(name); !text.empty())
                out[name] = text;
        if (const auto unit = row.uuid("unit")) {
            ZHICHA_ASSIGN(out["unit"], names.ref(*unit));
        }
        if (row.isVoid() || row.integer("from"))
            out["ended"] = true;
        ZHICHA_ASSIGN(const std::optional<Account> account, ledger.accounts().account(id));
        if (account && account->lastSignInMs > 0)
            out["last_sign_in"] = toRfc3339(account->lastSignInMs);
        rows.push_back(std::move(out));
    }
    std::stable_sort(rows.begin(), rows.end(), [](const json &a, const json &b) { return a["name"] < b["name"]; });
    return json(rows);
}

} // namespace zhicha
