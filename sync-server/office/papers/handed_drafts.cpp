#include "sync-server/office/papers/handed_drafts.h"

#include "shared/base/instant.h"
#include "shared/crypto/digest.h"
#include "shared/documents/paper_body.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace zhicha {

using nlohmann::json;

namespace {
constexpr const char *kHandedSetting = "paper_drafts";

Digest digestOfParagraph(const std::string &text) {
    return taggedDigest("zhicha/v1/paper-paragraph", {viewOf(text)});
}

json orderAsKept(const PaperOrder &order) {
    return {{"kind", order.kind},     {"subject", order.subject},      {"day", order.day},
            {"signer", order.signer}, {"meeting_at", order.meetingAt}, {"meeting_place", order.meetingPlace},
            {"more", order.more}};
}

PaperOrder orderAsRead(const json &from) {
    PaperOrder order;
    order.kind = from.at("kind");
    order.subject = from.at("subject");
    order.day = from.at("day");
    order.signer = from.at("signer");
    order.meetingAt = from.at("meeting_at");
    order.meetingPlace = from.at("meeting_place");
    order.more = from.at("more").get<std::vector<std::string>>();
    return order;
}

json handedAsKept(const HandedDraft &draft) {
    json said = json::array();
    for (const Digest &paragraph : draft.said)
        said.push_back(toHex(paragraph));
    return {{"id", toText(draft.id)},
            {"drafter", toText(draft.drafter)},
            {"drafter_name", draft.drafterName},
            {"order", orderAsKept(draft.order)},
            {"title", draft.title},
            {"said", std::move(said)},
            {"version", draft.version},
            {"since", draft.sinceMs},
            {"returned", draft.returned},
            {"returned_by", draft.returnedBy},
            {"reason", draft.reason},
            {"changed_by", draft.changedBy}};
}

HandedDraft handedAsRead(const json &from) {
    HandedDraft draft;
    draft.id = uuidFromText(from.at("id").get<std::string>()).value_or(Uuid{});
    draft.drafter = uuidFromText(from.at("drafter").get<std::string>()).value_or(Uuid{});
    draft.drafterName = from.at("drafter_name");
    draft.order = orderAsRead(from.at("order"));
    draft.title = from.at("title");
    for (const json &paragraph : from.at("said"))
        draft.said.push_back(digestFromHex(paragraph.get<std::string>()).value_or(Digest{}));
    draft.version = from.at("version");
    draft.sinceMs = from.at("since");
    draft.returned = from.at("returned");
    draft.returnedBy = from.at("returned_by");
    draft.reason = from.at("reason");
    draft.changedBy = from.at("changed_by");
    return draft;
}

Status keepHanded(LedgerWriter &ledger, const std::vector<HandedDraft> &drafts) {
    json list = json::array();
    for (const HandedDraft &draft : drafts)
        list.push_back(handedAsKept(draft));
    return ledger.putSetting(kHandedSetting, list.dump());
}

std::string subjectOf(const PaperDraft &made) {
    return made.item ? toText(*made.item) : made.month;
}

bool isAbout(const HandedDraft &draft, const PaperDraft &made) {
    return draft.order.kind == made.kind->name && draft.order.subject == subjectOf(made);
}

void writeInto(HandedDraft &draft, const DraftWriting &writing) {
    draft.order = writing.order;
    draft.order.id.reset();
    draft.order.kind = writing.made.kind->name;
    draft.order.subject = subjectOf(writing.made);
    draft.title = withoutBreaks(writing.made.paper.title);
    draft.said.clear();
    for (const std::string &paragraph : paragraphsOf(writing.made.paper))
        draft.said.push_back(digestOfParagraph(paragraph));
}

/** One kind about one matter waits once: a second one would become a second paper. */
Status refuseSecond(const std::vector<HandedDraft> &drafts, const Uuid &id, const DraftWriting &writing) {
    for (const HandedDraft &other : drafts)
        if (other.id != id && isAbout(other, writing.made))
            return fail(Code::AlreadyDone, other.drafterName +
                                               " 已就同一事项报签同一种公文；先办理那一份 · a draft by " +
                                               other.drafterName + " of this kind about the same is in the queue");
    return {};
}

/** The one of this id in `drafts`, if it is still of this version. */
Result<std::size_t> placeOf(const std::vector<HandedDraft> &drafts, const Uuid &id, std::int64_t version) {
    const auto found =
        std::find_if(drafts.begin(), drafts.end(), [&](const HandedDraft &draft) { return draft.id == id; });
    if (found == drafts.end())
        return fail(Code::NotFound, "这份草稿已经不在了：已签发或已撤回 · the draft is gone: issued, or taken back");
    if (found->version != version)
        return fail(Code::Conflict, "草稿在您打开以后有改动，请重新打开 · the draft was changed since it was opened",
                    Retry::AfterUser);
    return static_cast<std::size_t>(found - drafts.begin());
}

Status requireOwn(const HandedDraft &draft, const DraftHand &hand) {
    return hand.mayIssue || draft.drafter == hand.person
               ? Status()
               : Status(fail(Code::NotAllowed, "a draft is its drafter's, and of who may issue", Retry::Never));
}

std::string textOfTable(const documents::Table &table) {
    std::string text;
    for (const std::vector<std::string> &row : table.rows) {
        for (const std::string &cell : row)
            text += cell + "　";
        text += "\n";
    }
    return text;
}

void addParagraphs(const std::vector<documents::Block> &blocks, std::vector<std::string> &out) {
    for (const documents::Block &block : blocks)
        out.push_back(block.kind == documents::BlockKind::Table ? textOfTable(block.table) : block.lead + block.text);
}
} // namespace

std::vector<std::string> paragraphsOf(const documents::Paper &paper) {
    std::vector<std::string> out{withoutBreaks(paper.title)};
    std::string to;
    for (const std::string &name : paper.to)
        to += (to.empty() ? "" : "、") + name;
    out.push_back(std::move(to));
    addParagraphs(paper.body, out);
    for (const documents::Attachment &attachment : paper.attachments) {
        out.push_back(attachment.title);
        addParagraphs(attachment.blocks, out);
    }
    return out;
}

std::vector<std::string> saidAnew(const HandedDraft &handed, const PaperDraft &now) {
    std::vector<std::string> out;
    for (std::string &paragraph : paragraphsOf(now.paper))
        if (std::find(handed.said.begin(), handed.said.end(), digestOfParagraph(paragraph)) == handed.said.end())
            out.push_back(std::move(paragraph));
    return out;
}

Result<std::vector<HandedDraft>> handedDrafts(LedgerReader &ledger) {
    ZHICHA_ASSIGN(const std::optional<std::string> text, ledger.setting(kHandedSetting));
    std::vector<HandedDraft> drafts;
    const json list = text ? json::parse(*text, nullptr, false) : json::array();
    if (!list.is_array())
        return fail(Code::StoreDamaged, "the drafts of papers do not read");
    try {
        for (const json &entry : list)
            drafts.push_back(handedAsRead(entry));
    } catch (const json::exception &thrown) {
        return fail(Code::StoreDamaged, std::string("the drafts of papers do not read: ") + thrown.what());
    }
    std::stable_sort(drafts.begin(), drafts.end(),
                     [](const HandedDraft &a, const HandedDraft &b) { return a.sinceMs < b.sinceMs; });
    return drafts;
}

Result<HandedDraft> handedDraft(LedgerReader &ledger, const Uuid &id) {
    ZHICHA_ASSIGN(std::vector<HandedDraft> drafts, handedDrafts(ledger));
    for (HandedDraft &draft : drafts)
        if (draft.id == id)
            return std::move(draft);
    return fail(Code::NotFound, "no such draft");
}

json handedDraftJson(const HandedDraft &draft) {
    const PaperKind *kind = findPaperKind(draft.order.kind);
    json out{{"id", toText(draft.id)},
             {"kind", draft.order.kind},
             {"title", draft.title},
             {"state", draft.returned ? "returned" : "waiting"},
             {"drafter", {{"id", toText(draft.drafter)}, {"name", draft.drafterName}}},
             {"since", toRfc3339(draft.sinceMs)},
             {"version", draft.version}};
    out[kind != nullptr && kind->subject == PaperSubject::Month ? "month" : "item"] = draft.order.subject;
    if (!draft.returnedBy.empty())
        out["return"] = {{"by", draft.returnedBy}, {"reason", draft.reason}};
    if (!draft.changedBy.empty())
        out["changed_by"] = draft.changedBy;
    return out;
}

Status handDraftOn(LedgerWriter &ledger, const Uuid &id, const DraftWriting &writing, const DraftHand &hand) {
    ZHICHA_ASSIGN(std::vector<HandedDraft> drafts, handedDrafts(ledger));
    HandedDraft draft;
    draft.id = id;
    draft.drafter = hand.person;
    draft.drafterName = hand.name;
    draft.sinceMs = hand.nowMs;
    writeInto(draft, writing);
    for (const HandedDraft &known : drafts)
        if (known.id == id)
            return orderAsKept(known.order) == orderAsKept(draft.order) && known.drafter == hand.person
                       ? Status()
                       : Status(fail(Code::AlreadyDone, "the id is in use with other content"));
    ZHICHA_TRY(refuseSecond(drafts, id, writing));
    if (drafts.size() >= kMostHandedDrafts)
        return fail(Code::OverQuota, "待签发的草稿太多，先签发或退回一些 · too many drafts wait: issue or return some",
                    Retry::AfterUser);
    drafts.push_back(std::move(draft));
    return keepHanded(ledger, drafts);
}

Status changeHandedDraft(LedgerWriter &ledger, const Uuid &id, std::int64_t version, const DraftWriting &writing,
                         const DraftHand &hand) {
    ZHICHA_ASSIGN(std::vector<HandedDraft> drafts, handedDrafts(ledger));
    ZHICHA_ASSIGN(const std::size_t place, placeOf(drafts, id, version));
    HandedDraft &draft = drafts[place];
    ZHICHA_TRY(requireOwn(draft, hand));
    ZHICHA_TRY(refuseSecond(drafts, id, writing));
    writeInto(draft, writing);
    if (draft.returned)
        draft.sinceMs = hand.nowMs;
    draft.returned = false;
    draft.changedBy = draft.drafter == hand.person ? "" : hand.name;
    ++draft.version;
    return keepHanded(ledger, drafts);
}

Status returnHandedDraft(LedgerWriter &ledger, const Uuid &id, std::int64_t version, const std::string &reason,
                         const DraftHand &hand) {
    if (reason.empty() || reason.size() > kMostReturnReason || !isUtf8(reason))
        return fail(Code::InvalidArgument, "a reason is 1 to 4000 bytes of text");
    ZHICHA_ASSIGN(std::vector<HandedDraft> drafts, handedDrafts(ledger));
    ZHICHA_ASSIGN(const std::size_t place, placeOf(drafts, id, version));
    HandedDraft &draft = drafts[place];
    if (draft.returned)
        return fail(Code::AlreadyDone, draft.returnedBy + " 已退回 · it was returned by " + draft.returnedBy);
    draft.returned = true;
    draft.returnedBy = hand.name;
    draft.reason = reason;
    draft.sinceMs = hand.nowMs;
    ++draft.version;
    return keepHanded(ledger, drafts);
}

Status dropHandedDraft(LedgerWriter &ledger, const Uuid &id, std::int64_t version, const DraftHand &hand) {
    ZHICHA_ASSIGN(std::vector<HandedDraft> drafts, handedDrafts(ledger));
    ZHICHA_ASSIGN(const std::size_t place, placeOf(drafts, id, version));
    ZHICHA_TRY(requireOwn(drafts[place], hand));
    drafts.erase(drafts.begin() + static_cast<std::ptrdiff_t>(place));
    return keepHanded(ledger, drafts);
}

Status checkDraftTaken(LedgerReader &ledger, const DraftTaken &taken, const PaperDraft &made) {
    ZHICHA_ASSIGN(const std::vector<HandedDraft> drafts, handedDrafts(ledger));
    ZHICHA_ASSIGN(const std::size_t place, placeOf(drafts, taken.id, taken.version));
    return isAbout(drafts[place], made)
               ? Status()
               : Status(fail(Code::Conflict, "the draft is of another kind or about something else"));
}

Status takeHandedDraft(LedgerWriter &ledger, const DraftTaken &taken) {
    ZHICHA_ASSIGN(std::vector<HandedDraft> drafts, handedDrafts(ledger));
    ZHICHA_ASSIGN(const std::size_t place, placeOf(drafts, taken.id, taken.version));
    drafts.erase(drafts.begin() + static_cast<std::ptrdiff_t>(place));
    return keepHanded(ledger, drafts);
}

} // namespace zhicha
