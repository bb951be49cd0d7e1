#include "shared/oplog/kinds.h"

#include "shared/base/instant.h"

#include <algorithm>
#include <unordered_map>

namespace zhicha {

namespace {
using enum FieldType;
constexpr bool kRequired = true;
constexpr bool kOptional = false;

constexpr FieldInfo fact(std::string_view name, FieldType type, bool required = kRequired,
                         std::string_view allowed = {}) {
    return {name, type, Merge::Fact, required, allowed};
}
constexpr FieldInfo latest(std::string_view name, FieldType type, bool required = kOptional) {
    return {name, type, Merge::Latest, required, {}};
}
constexpr FieldInfo decided(std::string_view name, FieldType type, bool required = kRequired,
                            std::string_view allowed = {}) {
    return {name, type, Merge::Decided, required, allowed};
}
constexpr FieldInfo authority(std::string_view name, FieldType type, bool required = kRequired,
                              std::string_view allowed = {}) {
    return {name, type, Merge::Authority, required, allowed};
}

constexpr std::string_view kSeverities = "minor major critical";
constexpr std::string_view kQuestions = "carried_out rectified satisfied";
constexpr std::string_view kAnswers = "yes partly no none";
constexpr std::string_view kSaid = "kept explain not_kept";
constexpr std::string_view kHowTaken = "public disclosed consented approved unstated";

// Every authority kind may carry `extra`, where unknown fields of the ledger file survive.
constexpr FieldInfo kExtra = authority("extra", Map, kOptional);

constexpr FieldInfo kLedgerOpen[] = {authority("name", Text), authority("suite", Int), authority("root_key", Raw),
                                     authority("level", Text), kExtra};
constexpr FieldInfo kKeyPut[] = {authority("purpose", Text, kRequired, "log server tls sealing"), authority("key", Raw),
                                 authority("from", Instant), authority("note", Raw)};
constexpr FieldInfo kLogOpen[] = {authority("generation", Int), authority("continues", Map), authority("reason", Text)};
constexpr FieldInfo kBackup[] = {authority("log", Int), authority("size", Int), authority("root", Hash),
                                 authority("photos", Int), authority("verified_at", Instant, kOptional)};
constexpr FieldInfo kClaim[] = {authority("entity", Id), authority("kept", Hash)};
constexpr FieldInfo kPersonPut[] = {authority("code", Text, kOptional), authority("name", Text),
                                    authority("unit", Id, kOptional), authority("team", Text, kOptional), kExtra};
constexpr FieldInfo kRoleGrant[] = {authority("person", Id),
                                    authority("role", Text, kRequired,
                                              "inspector team_lead reviewer chief unit_clerk vice_mayor mayor "
                                              "administrator security auditor"),
                                    authority("unit", Id, kOptional), authority("team", Text, kOptional),
                                    authority("from", Instant)};
constexpr FieldInfo kDeviceEnrol[] = {authority("person", Id), authority("name", Text), authority("sign_key", Raw),
                                      authority("box_key", Raw)};
constexpr FieldInfo kDeviceRevoke[] = {authority("cut", Int), authority("reason", Text)};
constexpr FieldInfo kDeviceReadmit[] = {authority("upto", Int), authority("reason", Text)};
constexpr FieldInfo kDeviceFork[] = {authority("seq", Int), authority("kept", Hash), authority("cut", Int, kOptional)};
constexpr FieldInfo kDeviceHealth[] = {fact("app", Text), fact("system", Text), fact("storage_free", Int),
                                       fact("clock_error_ms", Int), fact("battery", Int, kOptional)};
constexpr FieldInfo kScopeGrant[] = {authority("device", Id), authority("entity", Id), authority("why", Text)};
constexpr FieldInfo kUnitPut[] = {authority("code", Text),
                                  authority("name", Text),
                                  authority("group", Text, kRequired, "county department"),
                                  authority("vice_mayor", Text),
                                  authority("seat", Map, kOptional),
                                  kExtra};
constexpr FieldInfo kSitePut[] = {authority("code", Text),
                                  authority("name", Text),
                                  authority("unit", Id),
                                  authority("lat", Int),
                                  authority("lon", Int),
                                  authority("radius_mm", Int, kOptional),
                                  authority("polygon", List, kOptional),
                                  authority("crs", Text, kRequired, "WGS-84 CGCS2000 GCJ-02"),
                                  authority("address", Text, kOptional),
                                  kExtra};
constexpr FieldInfo kSitePropose[] = {fact("name", Text),          fact("lat", Int, kOptional),
                                      fact("lon", Int, kOptional), fact("accuracy_mm", Int, kOptional),
                                      fact("unit", Id, kOptional), fact("note", Text, kOptional)};
constexpr FieldInfo kItemRegister[] = {authority("code", Text),
                                       authority("number", Text),
                                       authority("title", Text),
                                       authority("source", Int),
                                       authority("source_document", Text, kOptional),
                                       authority("kind", Text, kRequired, "general planning"),
                                       authority("lead", Id),
                                       authority("cooperating", IdList),
                                       authority("issued_on", Day),
                                       authority("due_on", Day),
                                       authority("responsible_person", Text),
                                       authority("supervisor", Text),
                                       authority("content", Text, kOptional),
                                       authority("requirement", Text, kOptional),
                                       authority("standard", Text, kOptional),
                                       authority("effect", Text, kOptional),
                                       kExtra};
constexpr FieldInfo kItemComplete[] = {authority("on", Day), authority("awarded", Text, kOptional)};
constexpr FieldInfo kCheckStart[] = {decided("site", Id), decided("items", IdList), fact("assignment", Id, kOptional),
                                     fact("arrival", Map, kOptional), fact("no_fix_reason", Text, kOptional)};
constexpr FieldInfo kCheckNumber[] = {authority("check", Id), authority("number", Text)};
constexpr FieldInfo kCheckJoin[] = {fact("check", Id), fact("by", Text, kRequired, "qr list"),
                                    fact("invite", Raw, kOptional)};
constexpr FieldInfo kCheckCorrect[] = {decided("site", Id, kOptional), decided("items", IdList, kOptional),
                                       fact("reason", Text)};
constexpr FieldInfo kCheckNote[] = {fact("check", Id), fact("text", Text)};
constexpr FieldInfo kCheckReply[] = {fact("check", Id), fact("question", Id), fact("text", Text)};
constexpr FieldInfo kCheckFinish[] = {fact("check", Id)};
constexpr FieldInfo kCheckClose[] = {authority("check", Id), authority("reason", Text)};
constexpr FieldInfo kCheckSign[] = {fact("check", Id), fact("upto", Heads), fact("refusal", Map, kOptional)};
constexpr FieldInfo kCheckReview[] = {authority("check", Id), authority("verdict", Text, kRequired, "accept return"),
                                      authority("seen", Heads), authority("questions", List, kOptional)};
constexpr FieldInfo kAnswerGive[] = {fact("check", Id),
                                     fact("item", Id, kOptional),
                                     fact("question", Text, kRequired, kQuestions),
                                     decided("value", Text, kOptional, kAnswers),
                                     latest("note", Text),
                                     fact("reason", Text, kOptional)};
constexpr FieldInfo kAttestationSay[] = {
    fact("check", Id),     fact("clause", Int), decided("said", Text, kOptional, kSaid), latest("note", Text),
    fact("measured", Map), fact("basis", List), fact("reason", Text, kOptional)};
constexpr FieldInfo kTallyCount[] = {fact("check", Id), fact("satisfied", Int), fact("neutral", Int),
                                     fact("dissatisfied", Int)};
constexpr FieldInfo kTrackAppend[] = {fact("check", Id), fact("source", Text, kRequired, "system nmea simulated"),
                                      fact("points", List), fact("gap_before_ms", Int, kOptional)};
constexpr FieldInfo kPhotoAdd[] = {fact("check", Id),
                                   fact("sha256", Hash),
                                   fact("size", Int),
                                   fact("type", Text, kRequired, "image/jpeg image/png"),
                                   fact("pixels", List, kOptional),
                                   fact("preview", Hash, kOptional),
                                   fact("how_taken", Text, kRequired, kHowTaken),
                                   fact("how_document", Text, kOptional),
                                   fact("origin", Text, kRequired, "camera import"),
                                   fact("import_note", Text, kOptional),
                                   fact("shot_at", Instant, kOptional),
                                   fact("fix", Fix, kOptional),
                                   latest("to", Id, kRequired),
                                   latest("rank", Text, kRequired)};
constexpr FieldInfo kPhotoPlace[] = {latest("to", Id), latest("rank", Text)};
constexpr FieldInfo kPhotosReceived[] = {authority("check", Id), authority("digests", DigestList)};
constexpr FieldInfo kPhotoMismatch[] = {authority("check", Id), authority("sha256", Hash), authority("got", Hash)};
constexpr FieldInfo kFindingRecord[] = {fact("check", Id), decided("item", Id, kOptional),
                                        decided("severity", Text, kRequired, kSeverities), decided("text", Text),
                                        fact("fix", Fix, kOptional)};
constexpr FieldInfo kFindingAmend[] = {decided("item", Id, kOptional),
                                       decided("severity", Text, kOptional, kSeverities),
                                       decided("text", Text, kOptional), fact("reason", Text, kOptional)};
constexpr FieldInfo kVoid[] = {decided("void", Bool), fact("reason", Text)};
constexpr FieldInfo kComment[] = {fact("about", About), fact("text", Text)};

constexpr FieldInfo kPersonEnd[] = {authority("reason", Text), authority("from", Instant)};
constexpr FieldInfo kRoleConfirm[] = {authority("grant", Id)};
constexpr FieldInfo kRoleEnd[] = {authority("grant", Id), authority("from", Instant)};
constexpr FieldInfo kAuditHead[] = {authority("day", Day), authority("count", Int), authority("digest", Hash)};
constexpr FieldInfo kSiteAdopt[] = {authority("proposal", Id), authority("site", Id)};
constexpr FieldInfo kSiteNote[] = {fact("site", Id), fact("text", Text)};
constexpr FieldInfo kCheckHand[] = {authority("check", Id), authority("to", Id), authority("reason", Text)};
constexpr FieldInfo kFeedbackGive[] = {fact("text", Text), fact("contact", Text, kOptional)};
constexpr FieldInfo kFeedbackAnswer[] = {authority("feedback", Id), authority("text", Text)};

constexpr KindInfo reserved(std::string_view name) {
    return {name, EntityType::Unknown, IdRole::Birth, Author::Either, {}, false};
}

using enum EntityType;
constexpr KindInfo kKinds[] = {
    {"ledger.open", Ledger, IdRole::Put, Author::Server, kLedgerOpen},
    {"key.put", Key, IdRole::Birth, Author::Server, kKeyPut},
    {"log.open", LogStart, IdRole::Birth, Author::Server, kLogOpen},
    {"backup.made", Backup, IdRole::Birth, Author::Server, kBackup},
    {"entity.claim", Claim, IdRole::Birth, Author::Server, kClaim},
    {"person.put", Person, IdRole::Put, Author::Server, kPersonPut},
    {"role.grant", Role, IdRole::Birth, Author::Server, kRoleGrant},
    {"device.enrol", Device, IdRole::Put, Author::Server, kDeviceEnrol},
    {"device.revoke", Device, IdRole::Change, Author::Server, kDeviceRevoke},
    {"device.readmit", Device, IdRole::Change, Author::Server, kDeviceReadmit},
    {"device.fork", Device, IdRole::Change, Author::Server, kDeviceFork},
    {"device.health", DeviceNote, IdRole::Birth, Author::Tablet, kDeviceHealth},
    {"scope.grant", Scope, IdRole::Birth, Author::Server, kScopeGrant},
    {"unit.put", EntityType::Unit, IdRole::Put, Author::Server, kUnitPut},
    {"site.put", Site, IdRole::Put, Author::Server, kSitePut},
    {"site.propose", SiteProposal, IdRole::Birth, Author::Tablet, kSitePropose},
    {"item.register", Item, IdRole::Put, Author::Server, kItemRegister},
    {"item.complete", Item, IdRole::Change, Author::Server, kItemComplete},
    {"check.start", Check, IdRole::Birth, Author::Tablet, kCheckStart},
    {"check.number", CheckNumber, IdRole::Birth, Author::Server, kCheckNumber},
    {"check.join", Join, IdRole::Birth, Author::Tablet, kCheckJoin},
    {"check.correct", Check, IdRole::Change, Author::Either, kCheckCorrect},
    {"check.note", Note, IdRole::Birth, Author::Tablet, kCheckNote},
    {"check.reply", Reply, IdRole::Birth, Author::Tablet, kCheckReply},
    {"check.finish", Finish, IdRole::Birth, Author::Tablet, kCheckFinish},
    {"check.close", Close, IdRole::Birth, Author::Server, kCheckClose},
    {"check.sign", Sign, IdRole::Birth, Author::Tablet, kCheckSign},
    {"check.review", Review, IdRole::Birth, Author::Server, kCheckReview},
    {"answer.give", Answer, IdRole::Derived, Author::Either, kAnswerGive},
    {"attestation.say", Attestation, IdRole::Derived, Author::Either, kAttestationSay},
    {"tally.count", Tally, IdRole::Birth, Author::Tablet, kTallyCount},
    {"track.append", Track, IdRole::Birth, Author::Tablet, kTrackAppend},
    {"photo.add", Photo, IdRole::Birth, Author::Tablet, kPhotoAdd},
    {"photo.place", Photo, IdRole::Change, Author::Tablet, kPhotoPlace},
    {"photos.received", Received, IdRole::Birth, Author::Server, kPhotosReceived},
    {"photo.mismatch", Mismatch, IdRole::Birth, Author::Server, kPhotoMismatch},
    {"finding.record", Finding, IdRole::Birth, Author::Tablet, kFindingRecord},
    {"finding.amend", Finding, IdRole::Change, Author::Either, kFindingAmend},
    {"entity.void", Unknown, IdRole::Target, Author::Either, kVoid},
    {"comment.add", Comment, IdRole::Birth, Author::Either, kComment},
    {"audit.head", AuditHead, IdRole::Birth, Author::Server, kAuditHead},
    {"person.end", Person, IdRole::Change, Author::Server, kPersonEnd},
    {"role.confirm", Role, IdRole::Birth, Author::Server, kRoleConfirm},
    {"role.end", Role, IdRole::Birth, Author::Server, kRoleEnd},
    {"site.adopt", SiteProposal, IdRole::Change, Author::Server, kSiteAdopt},
    {"site.note", SiteNote, IdRole::Birth, Author::Tablet, kSiteNote},
    {"check.hand", Hand, IdRole::Birth, Author::Server, kCheckHand},
    {"feedback.give", EntityType::Feedback, IdRole::Birth, Author::Either, kFeedbackGive},
    {"feedback.answer", EntityType::Feedback, IdRole::Birth, Author::Server, kFeedbackAnswer},
    reserved("key.end"),
    reserved("log.reconciled"),
    reserved("rules.adopt"),
    reserved("calendar.adopt"),
    reserved("device.wipe"),
    reserved("device.rollback"),
    reserved("device.carried"),
    reserved("device.wiped"),
    reserved("device.rescue"),
    reserved("scope.end"),
    reserved("unit.end"),
    reserved("site.end"),
    reserved("item.correct"),
    reserved("item.reopen"),
    reserved("extension.grant"),
    reserved("transfer.grant"),
    reserved("withdrawal.grant"),
    reserved("exemption.grant"),
    reserved("request.file"),
    reserved("request.sign"),
    reserved("request.refuse"),
    reserved("request.return"),
    reserved("report.ask"),
    reserved("report.submit"),
    reserved("report.return"),
    reserved("report.accept"),
    reserved("event.enter"),
    reserved("ladder.record"),
    reserved("ladder.commitment_met"),
    reserved("ranking.publish"),
    reserved("paper.issue"),
    reserved("paper.revoke"),
    reserved("paper.read"),
    reserved("assignment.put"),
    reserved("assignment.release"),
    reserved("assignment.seen"),
    reserved("assignment.cancel"),
    reserved("assignment.opened"),
    reserved("plan.approve"),
    reserved("draw.commit"),
    reserved("draw.witness"),
    reserved("draw.reveal"),
    reserved("draw.abort"),
    reserved("order.issue"),
    reserved("order.acknowledge"),
    reserved("order.answer"),
    reserved("order.accept"),
    reserved("order.return"),
    reserved("order.recheck"),
    reserved("order.review_ask"),
    reserved("order.review_decide"),
    reserved("body.erase_ask"),
    reserved("body.erase"),
    reserved("body.withhold"),
};

bool isOneOf(std::string_view words, std::string_view word) {
    for (std::size_t at = 0; at <= words.size();) {
        const std::size_t end = std::min(words.find(' ', at), words.size());
        if (words.substr(at, end - at) == word)
            return true;
        at = end + 1;
    }
    return false;
}

template <typename Predicate>
bool isListOf(const cbor::Value &value, Predicate fits) {
    return value.array() != nullptr && std::all_of(value.array()->begin(), value.array()->end(), fits);
}

bool isId(const cbor::Value &value) {
    return value.uuid().has_value();
}

/** {t, lat, lon, accuracy_mm?, age_ms, source, flags[]}, always WGS-84. */
bool isFix(const cbor::Value &value) {
    const cbor::Map *map = value.map();
    if (map == nullptr)
        return false;
    for (const std::string_view key : {"t", "lat", "lon", "age_ms"})
        if (const auto it = map->find(key); it == map->end() || it->second.integer() == nullptr)
            return false;
    const auto within = [&](std::string_view key, std::int64_t limit) {
        const std::int64_t number = *map->find(key)->second.integer();
        return number >= -limit && number <= limit;
    };
    const auto source = map->find("source");
    return within("lat", 900'000'000) && within("lon", 1'800'000'000) && source != map->end() &&
           source->second.text() != nullptr;
}

/** {device (16 bytes as hex text): [seq, h]}. */
bool isHeads(const cbor::Value &value) {
    if (value.map() == nullptr)
        return false;
    return std::all_of(value.map()->begin(), value.map()->end(), [](const auto &pair) {
        const cbor::Array *head = pair.second.array();
        return pair.first.size() == 32 && head != nullptr && head->size() == 2 && (*head)[0].integer() != nullptr &&
               (*head)[1].digest().has_value();
    });
}

bool fits(const FieldInfo &field, const cbor::Value &value) {
    switch (field.type) {
    case Text:
        return value.text() != nullptr && (field.allowed.empty() || isOneOf(field.allowed, *value.text()));
    case Int:
    case Instant:
        return value.integer() != nullptr;
    case Bool:
        return value.boolean() != nullptr;
    case Day:
        return value.text() != nullptr && isDay(*value.text());
    case Raw:
        return value.bytes() != nullptr;
    case Hash:
        return value.digest().has_value();
    case Id:
        return isId(value);
    case IdList:
        return isListOf(value, isId);
    case DigestList:
        return isListOf(value, [](const cbor::Value &v) { return v.digest().has_value(); });
    case TextList:
        return isListOf(value, [](const cbor::Value &v) { return v.text() != nullptr; });
    case Fix:
        return isFix(value);
    case About:
        return value.map() != nullptr && value.map()->contains("entity") && isId(value.map()->find("entity")->second);
    case Heads:
        return isHeads(value);
    case Map:
        return value.map() != nullptr;
    case List:
        return value.array() != nullptr;
    }
    return false;
}

/** What a table of fields cannot say. */
std::optional<std::string> extraProblem(const KindInfo &kind, const cbor::Map &fields) {
    if (kind.name == "answer.give" && !fields.contains("value") && !fields.contains("note"))
        return "an answer needs a value or a note";
    if (kind.name == "attestation.say") {
        const std::int64_t clause = *fields.find("clause")->second.integer();
        if (clause < 1 || clause > 6)
            return "clause: 1 to 6";
    }
    if (kind.name == "check.start" && !fields.contains("arrival") && !fields.contains("no_fix_reason"))
        return "a check starts with an arrival or a reason why there is no fix";
    if (kind.name == "track.append" && fields.find("points")->second.array()->size() > 600)
        return "points: at most 600";
    return std::nullopt;
}
} // namespace

std::string_view entityTypeName(EntityType type) {
    constexpr std::string_view kNames[] = {
        "unknown",  "ledger",   "key",          "log_start", "backup",      "claim", "audit_head",    "person",
        "role",     "device",   "device_note",  "scope",     "unit",        "site",  "site_proposal", "site_note",
        "item",     "check",    "check_number", "join",      "note",        "reply", "finish",        "close",
        "sign",     "review",   "hand",         "answer",    "attestation", "tally", "track",         "photo",
        "received", "mismatch", "finding",      "comment",   "feedback"};
    return kNames[static_cast<std::size_t>(type)];
}

const FieldInfo *KindInfo::field(std::string_view fieldName) const {
    const auto *it = std::find_if(fields.data(), fields.data() + fields.size(),
                                  [&](const FieldInfo &f) { return f.name == fieldName; });
    return it == fields.data() + fields.size() ? nullptr : it;
}

std::span<const KindInfo> allKinds() {
    return kKinds;
}

const KindInfo *findKind(std::string_view name) {
    static const auto *index = [] {
        auto *map = new std::unordered_map<std::string_view, const KindInfo *>;
        for (const KindInfo &kind : kKinds)
            map->emplace(kind.name, &kind);
        return map;
    }();
    const auto it = index->find(name);
    return it == index->end() ? nullptr : it->second;
}

std::optional<std::string> bodyProblem(const KindInfo &kind, const cbor::Map &fields) {
    for (const FieldInfo &field : kind.fields) {
        const auto it = fields.find(field.name);
        if (it == fields.end()) {
            if (field.required)
                return std::string(field.name) + ": missing";
            continue;
        }
        // A value that may be absent may also be cleared again.
        const bool cleared = it->second.isNull() && !field.required && field.merge != Merge::Fact;
        if (!cleared && !fits(field, it->second))
            return std::string(field.name) + ": not what this field takes";
    }
    return extraProblem(kind, fields);
}

} // namespace zhicha
