#pragma once
// The fields of each kind, for the table in kinds.cpp alone.
#include "shared/oplog/kinds.h"

namespace zhicha::kind_fields {
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
constexpr FieldInfo kLogReconciled[] = {authority("report", Hash), authority("missing", Int)};
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
constexpr FieldInfo kDeviceRollback[] = {fact("seq", Int), fact("h", Hash)};
constexpr FieldInfo kDeviceHealth[] = {fact("app", Text), fact("system", Text), fact("storage_free", Int),
                                       fact("clock_error_ms", Int), fact("battery", Int, kOptional)};
constexpr FieldInfo kScopeGrant[] = {authority("device", Id), authority("entity", Id), authority("why", Text)};
// `reason` is what tells the end from a grant on one row of its type.
constexpr FieldInfo kScopeEnd[] = {authority("device", Id), authority("entity", Id), authority("reason", Text)};
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
// Item numbers and issue dates never change. A lead or a due date corrected here was written wrongly: what the leaders
// decide has its own kinds.
constexpr FieldInfo kItemCorrect[] = {authority("title", Text, kOptional),
                                      authority("source", Int, kOptional),
                                      authority("source_document", Text, kOptional),
                                      authority("kind", Text, kOptional, "general planning"),
                                      authority("lead", Id, kOptional),
                                      authority("cooperating", IdList, kOptional),
                                      authority("due_on", Day, kOptional),
                                      authority("responsible_person", Text, kOptional),
                                      authority("supervisor", Text, kOptional),
                                      authority("content", Text, kOptional),
                                      authority("requirement", Text, kOptional),
                                      authority("standard", Text, kOptional),
                                      authority("effect", Text, kOptional),
                                      authority("reason", Text),
                                      kExtra};
// `on` of an item is the day of its completion, which a reopening takes away (see the fold).
constexpr FieldInfo kItemReopen[] = {authority("reopened_on", Day), authority("reason", Text)};
constexpr FieldInfo kExtensionGrant[] = {authority("item", Id),
                                         authority("approved_on", Day),
                                         authority("approved_by", Text),
                                         authority("new_due_on", Day),
                                         authority("reason", Text, kOptional),
                                         authority("request", Id, kOptional),
                                         kExtra};
constexpr FieldInfo kTransferGrant[] = {authority("item", Id),
                                        authority("on", Day),
                                        authority("to", Id),
                                        authority("signed_from", Text),
                                        authority("signed_to", Text),
                                        authority("request", Id, kOptional),
                                        kExtra};
constexpr FieldInfo kWithdrawalGrant[] = {authority("item", Id),
                                          authority("on", Day),
                                          authority("reviewed_by", Text),
                                          authority("agreed_by", Text),
                                          authority("ground", Text, kOptional),
                                          authority("request", Id, kOptional),
                                          kExtra};
constexpr FieldInfo kExemptionGrant[] = {authority("item", Id),
                                         authority("from", Day),
                                         authority("until", Day),
                                         authority("approved_by", Text),
                                         authority("reason", Text, kOptional),
                                         authority("request", Id, kOptional),
                                         kExtra};
// The day of each step has a name of its own, so that one row says the whole of a report. Null takes a day back that
// was entered wrongly.
constexpr FieldInfo kReportAsk[] = {authority("code", Text), authority("item", Id), authority("unit", Id),
                                    authority("due_on", Day), kExtra};
constexpr FieldInfo kReportSubmit[] = {authority("submitted_on", Day, kOptional),
                                       authority("resubmitted_on", Day, kOptional), authority("text", Text, kOptional),
                                       authority("papers", DigestList, kOptional)};
constexpr FieldInfo kReportReturn[] = {authority("returned_on", Day, kOptional), authority("reason", Text, kOptional),
                                       authority("resubmit_due_on", Day, kOptional)};
constexpr FieldInfo kReportAccept[] = {authority("accepted_on", Day)};
constexpr FieldInfo kEventEnter[] = {authority("code", Text),
                                     authority("unit", Id),
                                     authority("rule", Text),
                                     authority("on", Day),
                                     authority("item", Id, kOptional),
                                     authority("document", Text),
                                     authority("recipient", Text, kOptional),
                                     authority("reported_by", Id, kOptional),
                                     kExtra};
constexpr FieldInfo kLadderRecord[] = {authority("item", Id),
                                       authority("step", Int),
                                       authority("on", Day),
                                       authority("commitment", Text, kOptional),
                                       authority("commitment_due_on", Day, kOptional),
                                       kExtra};
constexpr FieldInfo kLadderMet[] = {authority("commitment_met_on", Day)};
constexpr FieldInfo kRankingPublish[] = {authority("month", Text),
                                         authority("published_on", Day),
                                         authority("winners", IdList, kOptional),
                                         authority("rule_file", Hash, kOptional),
                                         authority("figures", Hash, kOptional),
                                         kExtra};
// What an issued paper says stands in it whole (JSON, docs/FORMATS.md "Papers"), so that it never changes with the
// ledger.
constexpr FieldInfo kPaperIssue[] = {authority("kind", Text, kRequired,
                                               "supervision_notice urging_notice circular criticism interview_notice "
                                               "accountability_request supervision_report monthly_ranking"),
                                     authority("number", Text),
                                     authority("level", Text),
                                     authority("title", Text),
                                     authority("to", IdList),
                                     authority("copies", TextList),
                                     authority("issued_on", Day),
                                     authority("item", Id, kOptional),
                                     authority("month", Text, kOptional),
                                     authority("content", Text),
                                     authority("digest", Hash),
                                     kExtra};
constexpr FieldInfo kPaperRevoke[] = {authority("revoked_by", Id), authority("revoked_on", Day),
                                      authority("reason", Text)};
constexpr FieldInfo kPaperRead[] = {authority("paper", Id), authority("unit", Id), authority("read_on", Day)};
// What a unit asks of the leaders. It may be put again after it was returned: then the round is the next one, and what
// was said about earlier rounds no longer counts.
constexpr FieldInfo kRequestFile[] = {
    authority("item", Id),
    authority("what", Text, kRequired, "extension transfer withdrawal exemption complaint"),
    authority("unit", Id),
    authority("round", Int),
    authority("ground", Text),
    authority("new_due_on", Day, kOptional),
    authority("to", Id, kOptional),
    authority("from", Day, kOptional),
    authority("until", Day, kOptional),
    kExtra};
constexpr std::string_view kSigners = "office vice_mayor vice_mayor_to mayor";
constexpr FieldInfo kRequestSign[] = {authority("request", Id),
                                      authority("round", Int),
                                      authority("as", Text, kRequired, kSigners),
                                      authority("on", Day),
                                      authority("name", Text),
                                      authority("opinion", Text, kOptional),
                                      authority("assertion", Map, kOptional)};
constexpr FieldInfo kRequestRefuse[] = {authority("request", Id),
                                        authority("round", Int),
                                        authority("as", Text, kRequired, kSigners),
                                        authority("on", Day),
                                        authority("name", Text),
                                        authority("reason", Text),
                                        authority("clause", Text, kOptional)};
constexpr FieldInfo kRequestReturn[] = {
    authority("request", Id), authority("round", Int), authority("as", Text, kRequired, kSigners),
    authority("on", Day),     authority("name", Text), authority("missing", Text)};
constexpr FieldInfo kOrderIssue[] = {authority("number", Text),
                                     authority("finding", Id),
                                     authority("unit", Id),
                                     authority("item", Id, kOptional),
                                     authority("due_on", Day),
                                     authority("requirement", Text),
                                     authority("photos_required", Bool),
                                     authority("assignee", Text, kOptional),
                                     authority("why", Text, kOptional),
                                     kExtra};
constexpr FieldInfo kOrderAcknowledge[] = {authority("acknowledged_on", Day), authority("acknowledged_by", Text)};
// What is done about an order is an entity of its own each time: an answer that was returned stays readable.
constexpr FieldInfo kOrderAnswer[] = {authority("order", Id),  authority("on", Day),
                                      authority("name", Text), authority("by", Text, kRequired, "clerk code"),
                                      authority("text", Text), authority("photos", DigestList)};
constexpr FieldInfo kOrderAccept[] = {authority("order", Id), authority("on", Day), authority("name", Text),
                                      authority("reason", Text, kOptional)};
constexpr FieldInfo kOrderReturn[] = {authority("order", Id), authority("on", Day), authority("name", Text),
                                      authority("reason", Text), authority("due_on", Day)};
constexpr FieldInfo kOrderRecheck[] = {authority("order", Id),
                                       authority("on", Day),
                                       authority("name", Text),
                                       authority("reason", Text, kOptional),
                                       authority("to", Id, kOptional),
                                       authority("due_on", Day, kOptional),
                                       authority("assignment", Id, kOptional)};
constexpr FieldInfo kOrderReviewAsk[] = {authority("order", Id), authority("on", Day), authority("name", Text),
                                         authority("ground", Text)};
constexpr FieldInfo kOrderReviewDecide[] = {
    authority("order", Id),    authority("on", Day),
    authority("name", Text),   authority("outcome", Text, kRequired, "upheld changed withdrawn"),
    authority("reason", Text), authority("due_on", Day, kOptional)};
// Two different officers: one asks, another erases. What is erased are bodies of operations (by d) and photos.
constexpr FieldInfo kEraseAsk[] = {authority("check", Id, kOptional), authority("digests", DigestList),
                                   authority("photos", DigestList),   authority("reason", Text),
                                   authority("asked_by", Text),       authority("asked_on", Day)};
constexpr FieldInfo kErase[] = {authority("erased_by", Text), authority("erased_on", Day)};
constexpr FieldInfo kWithhold[] = {authority("check", Id, kOptional), authority("digests", DigestList),
                                   authority("from", Text), authority("reason", Text), authority("name", Text)};
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
} // namespace zhicha::kind_fields
