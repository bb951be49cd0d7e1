#include "mobile/models/office_news.h"

#include "mobile/models/check_closure.h"
#include "mobile/models/check_reading.h"

#include <algorithm>
#include <map>
#include <set>

namespace zhicha {

namespace {
constexpr std::string_view kSeenKey = "news_seen";
constexpr std::size_t kMostLines = 20;

/** Which operation of this kind came last for the entity: when, and whose. */
struct Said {
    std::int64_t atMs = 0;
    std::optional<Uuid> actor;
    std::int64_t seq = 0; ///< in the chain of whoever said it
};
Result<Said> saidBy(LocalStore &store, const Uuid &entity, std::string_view kind) {
    Said said;
    ZHICHA_TRY(store.operations().ofEntity(entity, [&](const StoredOperation &operation) -> Status {
        if (operation.bytes.envelope.empty())
            return {};
        ZHICHA_ASSIGN(const Envelope envelope, decodeEnvelope(operation.bytes.envelope));
        if (envelope.kind == kind && envelope.time.estimateMs >= said.atMs)
            said = {envelope.time.estimateMs, envelope.actor, operation.seq};
        return {};
    }));
    return said;
}

Result<std::set<std::string>> seenKeys(LocalStore &store) {
    std::set<std::string> seen;
    ZHICHA_ASSIGN(const std::optional<Bytes> kept, store.state().get(kSeenKey));
    const auto value = kept ? cbor::decode(*kept) : Result<cbor::Value>(cbor::Value());
    if (value && value->array() != nullptr)
        for (const cbor::Value &key : *value->array())
            if (key.text() != nullptr)
                seen.insert(*key.text());
    return seen;
}

class NewsReader {
public:
    NewsReader(LocalStore &store, Identity identity, std::set<std::string> seen)
        : m_store(store), m_identity(std::move(identity)), m_seen(std::move(seen)) {}

    Result<std::vector<OfficeNews>> read() {
        ZHICHA_TRY(person());
        ZHICHA_TRY(eachOf(EntityType::Hand, &NewsReader::hand));
        ZHICHA_TRY(eachOf(EntityType::Mismatch, &NewsReader::mismatch));
        ZHICHA_TRY(eachOf(EntityType::Feedback, &NewsReader::feedback));
        ZHICHA_TRY(eachOf(EntityType::SiteProposal, &NewsReader::adopted));
        ZHICHA_TRY(eachOf(EntityType::SiteNote, &NewsReader::noted));
        ZHICHA_TRY(eachOf(EntityType::Role, &NewsReader::role));
        ZHICHA_TRY(readingEnded());
        std::stable_sort(m_out.begin(), m_out.end(), [](const OfficeNews &a, const OfficeNews &b) {
            return std::tuple(!a.task, -a.atMs) < std::tuple(!b.task, -b.atMs);
        });
        if (m_out.size() > kMostLines)
            m_out.resize(kMostLines);
        return std::move(m_out);
    }

private:
    using Take = Status (NewsReader::*)(const Uuid &, const EntityRow &);
    Status eachOf(EntityType type, Take take) {
        return m_store.entities().forEachOfType(type, [&](const Uuid &id, const EntityRow &row) -> Status {
            return row.isVoid() ? Status() : (this->*take)(id, row);
        });
    }

    /** Adds it unless it is a line that was seen. */
    Status add(OfficeNews news, const Uuid &entity, std::string_view kind) {
        news.key = std::string(kind) + "/" + toText(entity);
        if (!news.task && m_seen.contains(news.key))
            return {};
        ZHICHA_ASSIGN(const Said said, saidBy(m_store, entity, kind));
        news.atMs = said.atMs;
        if (news.person.empty())
            news.person = nameOf(m_store, said.actor);
        m_out.push_back(std::move(news));
        return {};
    }

    Result<std::string> siteOf(const Uuid &check) {
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, m_store.entities().row(check));
        return nameOf(m_store, row ? row->uuid("site") : std::nullopt);
    }

    Status person() {
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, m_store.entities().row(m_identity.person));
        if (!row || row->text("reason").empty())
            return {};
        return add({{}, OfficeNews::Kind::PersonEnded, true, {}, {}, {}, row->text("reason"), 0}, m_identity.person,
                   "person.end");
    }

    Status hand(const Uuid &id, const EntityRow &row) {
        const auto check = row.uuid("check");
        if (!check)
            return {};
        ZHICHA_ASSIGN(const std::optional<EntityRow> known, m_store.entities().row(*check));
        const bool mine = known && known->device == m_identity.device;
        const bool toMe = row.uuid("to") == m_identity.person;
        if (!mine && !toMe)
            return {};
        OfficeNews news;
        news.kind = toMe ? OfficeNews::Kind::HandedToYou : OfficeNews::Kind::HandedAway;
        news.check = check;
        ZHICHA_ASSIGN(news.subject, siteOf(*check));
        news.text = row.text("reason");
        if (!toMe)
            news.person = nameOf(m_store, row.uuid("to"));
        if (toMe) { // a task until this chain has finished it too
            ZHICHA_ASSIGN(const auto finishes, m_store.entities().ofCheck(*check, EntityType::Finish));
            news.task = std::none_of(finishes.begin(), finishes.end(), [&](const KnownEntity &finish) {
                return finish.row.device == m_identity.device && !finish.row.isVoid();
            });
        }
        return add(std::move(news), id, "check.hand");
    }

    Status mismatch(const Uuid &id, const EntityRow &row) {
        const auto check = row.uuid("check");
        const cbor::Value *hash = row.value("sha256");
        const auto digest = hash == nullptr ? std::nullopt : hash->digest();
        if (!check || !digest)
            return {};
        ZHICHA_ASSIGN(const std::optional<PhotoRecord> photo, m_store.photos().find(*digest));
        if (!photo || photo->state == PhotoState::Delivered) // another tablet's, or settled since
            return {};
        OfficeNews news;
        news.kind = OfficeNews::Kind::PhotoMismatch;
        news.task = true;
        news.check = check;
        ZHICHA_ASSIGN(news.subject, siteOf(*check));
        news.text = toHex(*digest).substr(0, 12);
        return add(std::move(news), id, "photo.mismatch");
    }

    Status feedback(const Uuid &id, const EntityRow &row) {
        const auto asked = row.uuid("feedback");
        if (!asked)
            return {};
        ZHICHA_ASSIGN(const std::optional<EntityRow> given, m_store.entities().row(*asked));
        if (!given || given->device != m_identity.device)
            return {};
        OfficeNews news;
        news.kind = OfficeNews::Kind::FeedbackAnswered;
        news.subject = given->text("text");
        news.text = row.text("text");
        return add(std::move(news), id, "feedback.answer");
    }

    Status adopted(const Uuid &id, const EntityRow &row) {
        const auto site = row.uuid("site");
        if (!site || row.device != m_identity.device)
            return {};
        OfficeNews news;
        news.kind = OfficeNews::Kind::SiteAdopted;
        news.subject = row.text("name");
        news.text = nameOf(m_store, site);
        return add(std::move(news), id, "site.adopt");
    }

    /** Every tablet has what is noted of any site; only who was there is told. */
    Status noted(const Uuid &id, const EntityRow &row) {
        if (row.device == m_identity.device)
            return {};
        if (!m_sites) {
            m_sites.emplace();
            ZHICHA_ASSIGN(const std::vector<OwnCheck> own, m_store.ownChecks().all(m_identity.device));
            for (const OwnCheck &check : own)
                if (check.site)
                    m_sites->insert(*check.site);
        }
        if (const auto site = row.uuid("site"); !site || !m_sites->contains(*site))
            return {};
        OfficeNews news;
        news.kind = OfficeNews::Kind::SiteNoted;
        news.subject = nameOf(m_store, row.uuid("site"));
        news.text = row.text("text");
        ZHICHA_ASSIGN(const std::optional<EntityRow> device,
                      row.device ? m_store.entities().row(*row.device)
                                 : Result<std::optional<EntityRow>>(std::optional<EntityRow>()));
        news.person = nameOf(m_store, device ? device->uuid("person") : std::nullopt);
        return add(std::move(news), id, "site.note");
    }

    Status role(const Uuid &id, const EntityRow &row) {
        const auto grant = row.uuid("grant");
        if (!grant)
            return {};
        ZHICHA_ASSIGN(const std::optional<EntityRow> granted, m_store.entities().row(*grant));
        if (!granted || granted->uuid("person") != m_identity.person)
            return {};
        const bool ended = row.integer("from").has_value(); // role.end says from when, role.confirm does not
        OfficeNews news;
        news.kind = ended ? OfficeNews::Kind::RoleEnded : OfficeNews::Kind::RoleConfirmed;
        news.subject = granted->text("role");
        return add(std::move(news), id, ended ? "role.end" : "role.confirm");
    }

    /** Of the grants and ends of each check the last in the server's chain counts: a check may be given back. */
    Status readingEnded() {
        struct Last {
            std::int64_t seq = 0;
            Uuid id;
            std::string reason; ///< a grant has none
        };
        std::map<Uuid, Last> last;
        ZHICHA_TRY(
            m_store.entities().forEachOfType(EntityType::Scope, [&](const Uuid &id, const EntityRow &row) -> Status {
                const auto check = row.uuid("entity");
                if (!check || row.uuid("device") != m_identity.device)
                    return {};
                const bool ended = row.value("reason") != nullptr;
                ZHICHA_ASSIGN(const Said said, saidBy(m_store, id, ended ? "scope.end" : "scope.grant"));
                if (Last &known = last[*check]; said.seq > known.seq)
                    known = {said.seq, id, row.text("reason")};
                return {};
            }));
        for (const auto &[check, said] : last) {
            if (said.reason.empty())
                continue;
            OfficeNews news;
            news.kind = OfficeNews::Kind::ReadingEnded;
            news.check = check;
            ZHICHA_ASSIGN(news.subject, siteOf(check));
            news.text = said.reason;
            ZHICHA_TRY(add(std::move(news), said.id, "scope.end"));
        }
        return {};
    }

    LocalStore &m_store;
    Identity m_identity;
    std::set<std::string> m_seen;
    std::optional<std::set<Uuid>> m_sites; ///< of the own checks, once a note asks
    std::vector<OfficeNews> m_out;
};
} // namespace

Result<std::vector<OfficeNews>> officeNews(LocalStore &store) {
    ZHICHA_ASSIGN(Identity identity, store.enrolledIdentity());
    ZHICHA_ASSIGN(std::set<std::string> seen, seenKeys(store));
    return NewsReader(store, std::move(identity), std::move(seen)).read();
}

Status noteSeen(LocalStore &store, const std::string &key) {
    ZHICHA_ASSIGN(std::set<std::string> seen, seenKeys(store));
    seen.insert(key);
    cbor::Array keys;
    for (const std::string &one : seen)
        keys.emplace_back(one);
    return store.state().put(kSeenKey, cbor::encode(keys));
}

Result<std::vector<OwnFeedback>> ownFeedback(LocalStore &store) {
    ZHICHA_ASSIGN(const Identity identity, store.enrolledIdentity());
    std::map<Uuid, OwnFeedback> found;
    std::vector<std::pair<Uuid, EntityRow>> answers;
    ZHICHA_TRY(
        store.entities().forEachOfType(EntityType::Feedback, [&](const Uuid &id, const EntityRow &row) -> Status {
            if (row.uuid("feedback"))
                answers.emplace_back(id, row);
            else if (row.device == identity.device && !row.isVoid())
                found[id] = {id, row.text("text"), 0, {}, {}, 0};
            return {};
        }));
    for (auto &[id, one] : found) {
        ZHICHA_ASSIGN(one.atMs, bornAtMs(store, id));
    }
    for (const auto &[id, row] : answers)
        if (const auto it = found.find(*row.uuid("feedback")); it != found.end()) {
            ZHICHA_ASSIGN(const Said said, saidBy(store, id, "feedback.answer"));
            it->second.answer = row.text("text");
            it->second.answeredBy = nameOf(store, said.actor);
            it->second.answeredAtMs = said.atMs;
        }
    std::vector<OwnFeedback> out;
    for (auto it = found.rbegin(); it != found.rend(); ++it) // ids are of the time of birth
        out.push_back(std::move(it->second));
    return out;
}

Result<AuditDay> auditDay(LocalStore &store) {
    AuditDay newest;
    ZHICHA_TRY(store.entities().forEachOfType(EntityType::AuditHead, [&](const Uuid &, const EntityRow &row) -> Status {
        const cbor::Value *hash = row.value("digest");
        const auto digest = hash == nullptr ? std::nullopt : hash->digest();
        if (digest && row.text("day") > newest.day)
            newest = {row.text("day"), row.integer("count").value_or(0), toHex(*digest).substr(0, 12)};
        return {};
    }));
    return newest;
}

} // namespace zhicha
