#include "shared/oplog/kinds.h"

#include "shared/oplog/kind_fields.h"

#include <algorithm>
#include <unordered_map>

namespace zhicha {

namespace {
using namespace kind_fields;
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
    {"device.rollback", DeviceNote, IdRole::Birth, Author::Tablet, kDeviceRollback},
    {"log.reconciled", LogStart, IdRole::Change, Author::Server, kLogReconciled},
    {"item.correct", Item, IdRole::Change, Author::Server, kItemCorrect},
    {"item.reopen", Item, IdRole::Change, Author::Server, kItemReopen},
    {"extension.grant", Extension, IdRole::Birth, Author::Server, kExtensionGrant},
    {"transfer.grant", Transfer, IdRole::Birth, Author::Server, kTransferGrant},
    {"withdrawal.grant", Withdrawal, IdRole::Birth, Author::Server, kWithdrawalGrant},
    {"exemption.grant", Exemption, IdRole::Birth, Author::Server, kExemptionGrant},
    {"report.ask", Report, IdRole::Put, Author::Server, kReportAsk},
    {"report.submit", Report, IdRole::Change, Author::Server, kReportSubmit},
    {"report.return", Report, IdRole::Change, Author::Server, kReportReturn},
    {"report.accept", Report, IdRole::Change, Author::Server, kReportAccept},
    {"event.enter", Event, IdRole::Put, Author::Server, kEventEnter},
    {"ladder.record", LadderStep, IdRole::Birth, Author::Server, kLadderRecord},
    {"ladder.commitment_met", LadderStep, IdRole::Change, Author::Server, kLadderMet},
    {"ranking.publish", Ranking, IdRole::Put, Author::Server, kRankingPublish},
    {"paper.issue", Paper, IdRole::Birth, Author::Server, kPaperIssue},
    {"paper.revoke", Paper, IdRole::Change, Author::Server, kPaperRevoke},
    {"paper.read", PaperReceipt, IdRole::Birth, Author::Server, kPaperRead},
    {"request.file", EntityType::Request, IdRole::Put, Author::Server, kRequestFile},
    {"request.sign", RequestStep, IdRole::Birth, Author::Server, kRequestSign},
    {"request.refuse", RequestStep, IdRole::Birth, Author::Server, kRequestRefuse},
    {"request.return", RequestStep, IdRole::Birth, Author::Server, kRequestReturn},
    {"scope.end", Scope, IdRole::Birth, Author::Server, kScopeEnd},
    {"order.issue", EntityType::Order, IdRole::Birth, Author::Server, kOrderIssue},
    {"order.acknowledge", EntityType::Order, IdRole::Change, Author::Server, kOrderAcknowledge},
    {"order.answer", OrderStep, IdRole::Birth, Author::Server, kOrderAnswer},
    {"order.accept", OrderStep, IdRole::Birth, Author::Server, kOrderAccept},
    {"order.return", OrderStep, IdRole::Birth, Author::Server, kOrderReturn},
    {"order.recheck", OrderStep, IdRole::Birth, Author::Server, kOrderRecheck},
    {"order.review_ask", OrderStep, IdRole::Birth, Author::Server, kOrderReviewAsk},
    {"order.review_decide", OrderStep, IdRole::Birth, Author::Server, kOrderReviewDecide},
    {"body.erase_ask", Erasure, IdRole::Birth, Author::Server, kEraseAsk},
    {"body.erase", Erasure, IdRole::Change, Author::Server, kErase},
    {"body.withhold", Withholding, IdRole::Birth, Author::Server, kWithhold},
    reserved("key.end"),
    reserved("rules.adopt"),
    reserved("calendar.adopt"),
    reserved("device.wipe"),
    reserved("device.carried"),
    reserved("device.wiped"),
    reserved("device.rescue"),
    reserved("unit.end"),
    reserved("site.end"),
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
};
} // namespace

std::string_view entityTypeName(EntityType type) {
    constexpr std::string_view kNames[] = {
        "unknown",       "ledger",      "key",       "log_start",   "backup",        "claim",     "audit_head",
        "person",        "role",        "device",    "device_note", "scope",         "unit",      "site",
        "site_proposal", "site_note",   "item",      "check",       "check_number",  "join",      "note",
        "reply",         "finish",      "close",     "sign",        "review",        "hand",      "answer",
        "attestation",   "tally",       "track",     "photo",       "received",      "mismatch",  "finding",
        "comment",       "feedback",    "extension", "transfer",    "withdrawal",    "exemption", "report",
        "event",         "ladder_step", "ranking",   "paper",       "paper_receipt", "request",   "request_step",
        "order",         "order_step",  "erasure",   "withholding"};
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

} // namespace zhicha
