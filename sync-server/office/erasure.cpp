#include "sync-server/office/erasure.h"

#include "shared/base/instant.h"
#include "shared/ledger/erasure.h"
#include "sync-server/office/check_view.h"
#include "sync-server/office/review.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace zhicha {

namespace {
constexpr std::size_t kMaxNamed = 500;
constexpr std::string_view kFromTablets = "tablets"; ///< the one group that bodies are withheld from

/** What the officer named, found in the check. */
struct Named {
    Uuid check;
    cbor::Array operations;
    cbor::Array photos;
};

Status requirePerson(LedgerReader &ledger, const Actor &actor, std::string_view roles) {
    if (actor.isOperator())
        return fail(Code::NotAllowed, "two officers stand for an erasure, each by name: --as PERSON");
    return requireRole(ledger, actor, roles);
}

class Finder {
public:
    Finder(LedgerReader &ledger, const Uuid &check) : m_ledger(ledger), m_check(check) {}

    Status read() {
        return m_ledger.forEachOperationOfCheck(m_check, [&](const LogOperation &stored) -> Status {
            m_operations.push_back(stored);
            return {};
        });
    }

    Status addEntity(const std::string &text) {
        const auto entity = uuidFromText(text);
        const std::size_t before = m_digests.size();
        for (const LogOperation &stored : m_operations)
            if (stored.entity == entity && bodyMayGo(stored.kind) && stored.operation.bytes.body)
                m_digests.insert(stored.operation.d);
        return m_digests.size() > before ? Status()
                                         : fail(Code::NotFound, "nothing of this check that can go has the id " + text);
    }

    Status addOperation(const std::string &hex) {
        const auto d = digestFromHex(hex);
        const auto found = std::find_if(m_operations.begin(), m_operations.end(),
                                        [&](const LogOperation &stored) { return d && stored.operation.d == *d; });
        if (found == m_operations.end())
            return fail(Code::NotFound, "no operation of this check has the digest " + hex);
        if (!bodyMayGo(found->kind))
            return fail(Code::InvalidArgument, "the body of " + found->kind + " stays: without it nothing is proved");
        if (!found->operation.bytes.body)
            return fail(Code::AlreadyDone, "the body of " + hex + " is gone already");
        m_digests.insert(*d);
        return {};
    }

    /** A photo and the previews that were announced with it. */
    Status addPhoto(const std::string &hex) {
        const auto photo = digestFromHex(hex);
        bool found = false;
        ZHICHA_TRY(m_ledger.forEachRowOfCheck(m_check, [&](const RowRecord &record) -> Status {
            const cbor::Value *sha = record.row.value("sha256");
            if (record.row.type != EntityType::Photo || sha == nullptr || !photo || sha->digest() != *photo)
                return {};
            found = true;
            m_photos.insert(*photo);
            if (const cbor::Value *preview = record.row.value("preview"); preview != nullptr && preview->digest())
                m_photos.insert(*preview->digest());
            return {};
        }));
        return found ? Status() : fail(Code::NotFound, "no photo of this check has the digest " + hex);
    }

    Result<Named> named() const {
        if (m_digests.empty() && m_photos.empty())
            return fail(Code::InvalidArgument, "name what is to go: an entity, an operation or a photo");
        if (m_digests.size() + m_photos.size() > kMaxNamed)
            return fail(Code::InvalidArgument, "at most 500 at once");
        return Named{m_check, {m_digests.begin(), m_digests.end()}, {m_photos.begin(), m_photos.end()}};
    }

private:
    LedgerReader &m_ledger;
    const Uuid m_check;
    std::vector<LogOperation> m_operations;
    std::set<Digest> m_digests;
    std::set<Digest> m_photos;
};

Result<Named> findNamed(LedgerReader &ledger, const Actor &actor, const ErasureAsk &ask) {
    ZHICHA_ASSIGN(const Uuid check, findCheck(ledger, ask.check));
    ZHICHA_TRY(requireNotOfCheck(ledger, actor, check));
    if (ask.reason.empty() || ask.reason.size() > 4000 || !isUtf8(ask.reason))
        return fail(Code::InvalidArgument, "a reason is 1 to 4000 bytes of text");
    Finder finder(ledger, check);
    ZHICHA_TRY(finder.read());
    for (const std::string &entity : ask.entities)
        ZHICHA_TRY(finder.addEntity(entity));
    for (const std::string &d : ask.operations)
        ZHICHA_TRY(finder.addOperation(d));
    for (const std::string &photo : ask.photos)
        ZHICHA_TRY(finder.addPhoto(photo));
    return finder.named();
}

Result<std::string> nameOf(LedgerReader &ledger, const Actor &actor) {
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(*actor.person));
    return row ? row->text("name") : toText(*actor.person);
}

Status writeOne(Intake &intake, ServerOperation operation) {
    ZHICHA_ASSIGN(const std::unique_ptr<IntakeTransaction> transaction, intake.open());
    const auto appended = transaction->append(std::move(operation));
    ZHICHA_TRY(appended ? Status() : Status(appended.error()));
    const auto committed = transaction->commit();
    return committed ? Status() : Status(committed.error());
}

std::size_t countIn(const EntityRow &row, std::string_view field) {
    const cbor::Value *value = row.value(field);
    return value != nullptr && value->array() != nullptr ? value->array()->size() : 0;
}

/** Who asked, by the operation: names alone can be alike. */
Result<std::optional<Uuid>> askerOf(LedgerReader &ledger, const EntityRow &row, const Uuid &erasure) {
    if (!row.birth)
        return std::optional<Uuid>();
    ZHICHA_ASSIGN(const std::optional<LogOperation> ask, ledger.operationByDigest(erasure, *row.birth));
    const auto envelope = ask ? decodeEnvelope(ask->operation.bytes.envelope) : Result<Envelope>(Envelope());
    return envelope ? envelope->actor : std::nullopt;
}
} // namespace

Result<nlohmann::json> askErasure(Intake &intake, const Actor &actor, const ErasureAsk &ask) {
    LedgerWriter &ledger = intake.ledger();
    ZHICHA_TRY(requirePerson(ledger, actor, "reviewer chief security"));
    const Uuid id = ask.id.value_or(newUuid(intake.clock(), intake.random()));
    ZHICHA_ASSIGN(const std::optional<EntityRow> before, ledger.rowOf(id));
    if (before && (before->type != EntityType::Erasure || before->text("reason") != ask.reason))
        return fail(Code::AlreadyDone, "the id is in use with other content");
    if (before)
        return nlohmann::json{{"erasure", toText(id)},
                              {"check", toText(before->check.value_or(Uuid()))},
                              {"operations", countIn(*before, "digests")},
                              {"photos", countIn(*before, "photos")}};
    ZHICHA_ASSIGN(const Named named, findNamed(ledger, actor, ask));
    ZHICHA_ASSIGN(const std::string name, nameOf(ledger, actor));
    ZHICHA_TRY(writeOne(intake, {"body.erase_ask",
                                 id,
                                 {{"check", named.check},
                                  {"digests", named.operations},
                                  {"photos", named.photos},
                                  {"reason", ask.reason},
                                  {"asked_by", name},
                                  {"asked_on", shanghaiDay(intake.clock().nowMs())}},
                                 {},
                                 actor.person}));
    return nlohmann::json{{"erasure", toText(id)},
                          {"check", toText(named.check)},
                          {"operations", named.operations.size()},
                          {"photos", named.photos.size()}};
}

Result<nlohmann::json> eraseAsked(Intake &intake, const Actor &actor, std::string_view text) {
    LedgerWriter &ledger = intake.ledger();
    ZHICHA_TRY(requirePerson(ledger, actor, "chief security"));
    const auto erasure = uuidFromText(text);
    const std::optional<EntityRow> none;
    ZHICHA_ASSIGN(const std::optional<EntityRow> row,
                  erasure ? ledger.rowOf(*erasure) : Result<std::optional<EntityRow>>(none));
    if (!row || row->type != EntityType::Erasure || !row->check)
        return fail(Code::NotFound, "nobody asked for such an erasure");
    if (row->isVoid())
        return fail(Code::NotAllowed, "the request was taken back");
    ZHICHA_TRY(requireNotOfCheck(ledger, actor, *row->check));
    ZHICHA_ASSIGN(const std::optional<Uuid> asker, askerOf(ledger, *row, *erasure));
    if (!asker || asker == actor.person)
        return fail(Code::NotAllowed, "whoever asked for an erasure does not carry it out: another officer does");
    if (row->value("erased_on") != nullptr)
        return fail(Code::AlreadyDone, "it was erased on " + row->text("erased_on"));
    ZHICHA_ASSIGN(const std::string name, nameOf(ledger, actor));
    const std::string on = shanghaiDay(intake.clock().nowMs());
    ZHICHA_TRY(writeOne(intake, {"body.erase", *erasure, {{"erased_by", name}, {"erased_on", on}}, {}, actor.person}));
    return nlohmann::json{{"erasure", toText(*erasure)},
                          {"check", toText(*row->check)},
                          {"operations", countIn(*row, "digests")},
                          {"photos", countIn(*row, "photos")},
                          {"erased_on", on}};
}

Result<nlohmann::json> withholdBodies(Intake &intake, const Actor &actor, const ErasureAsk &ask) {
    LedgerWriter &ledger = intake.ledger();
    ZHICHA_TRY(requirePerson(ledger, actor, "reviewer chief"));
    if (!ask.photos.empty())
        return fail(Code::InvalidArgument, "photos are not withheld: tablets never get another's original");
    const Uuid id = ask.id.value_or(newUuid(intake.clock(), intake.random()));
    ZHICHA_ASSIGN(const std::optional<EntityRow> before, ledger.rowOf(id));
    if (before && (before->type != EntityType::Withholding || before->text("reason") != ask.reason))
        return fail(Code::AlreadyDone, "the id is in use with other content");
    ZHICHA_ASSIGN(const Named named, findNamed(ledger, actor, ask));
    const nlohmann::json answer{
        {"withholding", toText(id)}, {"check", toText(named.check)}, {"operations", named.operations.size()}};
    if (before)
        return answer;
    ZHICHA_ASSIGN(const std::string name, nameOf(ledger, actor));
    ZHICHA_TRY(writeOne(intake, {"body.withhold",
                                 id,
                                 {{"check", named.check},
                                  {"digests", named.operations},
                                  {"from", std::string(kFromTablets)},
                                  {"reason", ask.reason},
                                  {"name", name}},
                                 {},
                                 actor.person}));
    return answer;
}

namespace {
/** Every erasure that was asked for: they have a check, so that no index lists them by type. */
Result<std::vector<RowRecord>> erasureRows(LedgerReader &ledger, const std::optional<Uuid> &check) {
    std::vector<RowRecord> rows;
    const auto keep = [&](const RowRecord &record) -> Status {
        if (record.row.type == EntityType::Erasure && record.row.birth)
            rows.push_back(record);
        return {};
    };
    if (check) {
        ZHICHA_TRY(ledger.forEachRowOfCheck(*check, keep));
        return rows;
    }
    ZHICHA_TRY(ledger.forEachErasureAsked([&](const Uuid &erasure) -> Status {
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(erasure));
        return row ? keep({erasure, *row, {}}) : Status();
    }));
    return rows;
}

/** How many operations of which kind: what can be said of a hole without saying what was in it. */
Result<nlohmann::json> kindsOf(LedgerReader &ledger, const EntityRow &row) {
    nlohmann::json kinds = nlohmann::json::object();
    std::set<Digest> digests;
    if (const cbor::Value *named = row.value("digests"); named != nullptr && named->array() != nullptr)
        for (const cbor::Value &one : *named->array())
            digests.insert(*one.digest());
    ZHICHA_TRY(ledger.forEachOperationOfCheck(*row.check, [&](const LogOperation &stored) -> Status {
        if (digests.erase(stored.operation.d) > 0)
            kinds[stored.kind] = kinds.value(stored.kind, 0) + 1;
        return {};
    }));
    return kinds;
}

Result<bool> mayErase(LedgerReader &ledger, const Actor &actor, const RowRecord &record) {
    ZHICHA_ASSIGN(const std::optional<Uuid> asker, askerOf(ledger, record.row, record.entity));
    return !record.row.isVoid() && asker && asker != actor.person && requirePerson(ledger, actor, "chief security") &&
           requireNotOfCheck(ledger, actor, *record.row.check);
}
} // namespace

Result<nlohmann::json> listErasures(LedgerReader &ledger, const std::optional<Uuid> &check,
                                    const std::optional<Uuid> &viewer) {
    ZHICHA_ASSIGN(std::vector<RowRecord> rows, erasureRows(ledger, check));
    std::reverse(rows.begin(), rows.end());
    nlohmann::json list = nlohmann::json::array();
    for (const RowRecord &record : rows) {
        const EntityRow &row = record.row;
        if (!row.check)
            continue;
        nlohmann::json one{{"erasure", toText(record.entity)},      {"check", toText(*row.check)},
                           {"operations", countIn(row, "digests")}, {"photos", countIn(row, "photos")},
                           {"reason", row.text("reason")},          {"asked_by", row.text("asked_by")},
                           {"asked_on", row.text("asked_on")},      {"void", row.isVoid()}};
        ZHICHA_ASSIGN(one["kinds"], kindsOf(ledger, row));
        ZHICHA_ASSIGN(const std::optional<std::string> number, ledger.setting("numbered/" + toText(*row.check)));
        if (number)
            one["number"] = *number;
        if (row.value("erased_on") != nullptr) {
            one["erased_by"] = row.text("erased_by");
            one["erased_on"] = row.text("erased_on");
        } else if (viewer) {
            ZHICHA_ASSIGN(one["may"], mayErase(ledger, {viewer}, record));
        }
        list.push_back(std::move(one));
    }
    return nlohmann::json{{"erasures", std::move(list)}};
}

} // namespace zhicha
