// paper-drafts: papers that wait to be issued; handed on, looked at, changed, returned, taken back. And the preview of
// one that nobody has handed on.
#include "sync-server/http/resources/console/list_query.h"
#include "sync-server/http/resources/console/paper_calls.h"
#include "sync-server/http/resources/console/resources.h"

#include "shared/base/instant.h"
#include "shared/documents/pdf.h"
#include "sync-server/office/console/names.h"
#include "sync-server/office/papers/paper_text.h"
#include "sync-server/office/papers/papers.h"

#include <algorithm>

namespace zhicha {

using nlohmann::json;

Result<PaperOrder> paperOrderOf(ConsoleCall &call) {
    PaperOrder order;
    ZHICHA_ASSIGN(order.kind, call.text("kind", 64));
    ZHICHA_ASSIGN(order.subject, call.text("subject", 200));
    const std::pair<const char *, std::string *> texts[] = {{"day", &order.day},
                                                            {"signer", &order.signer},
                                                            {"meeting_at", &order.meetingAt},
                                                            {"meeting_place", &order.meetingPlace}};
    for (const auto &[name, value] : texts) {
        ZHICHA_ASSIGN(const std::optional<std::string> given, call.maybeText(name, 200));
        *value = given.value_or("");
    }
    ZHICHA_ASSIGN(const std::optional<std::string> more, call.maybeText("more", 8000));
    if (more && !more->empty())
        order.more = {*more};
    return order;
}

Result<PaperDraft> paperDraftOf(ConsoleCall &call, const PaperOrder &order) {
    const std::string today = shanghaiDay(call.context.signIn.clock().nowMs());
    return call.access.look<PaperDraft>(
        [&](LedgerReader &reader) { return draftPaper(reader, call.context.book, call.actor(), order, today); });
}

namespace {
constexpr double kDotsOfPreview = 4; ///< a millimetre: sharp on a screen, some 100 kB a page
constexpr std::size_t kMostDraftPages = 6;

/** What would be issued, page by page; nothing is kept. */
Result<Response> postPaperPreview(ConsoleCall &call) {
    ZHICHA_ASSIGN(const PaperOrder order, paperOrderOf(call));
    ZHICHA_ASSIGN(const PaperDraft draft, paperDraftOf(call, order));
    ZHICHA_ASSIGN(const std::vector<documents::Page> pages, paperPages(draftAsShown(draft)));
    ZHICHA_ASSIGN(const documents::FontSet fonts, documents::FontSet::load());
    json images = json::array();
    for (std::size_t i = 0; i < std::min(pages.size(), kMostDraftPages); ++i) {
        ZHICHA_ASSIGN(const Bytes png, documents::writePng(fonts, pages[i], kDotsOfPreview));
        images.push_back(toBase64(png));
    }
    json to = json::array();
    for (const Uuid &unit : draft.to)
        to.push_back(toText(unit));
    return jsonResponse(200, {{"kind", std::string(draft.kind->name)},
                              {"title", withoutBreaks(draft.paper.title)},
                              {"to", std::move(to)},
                              {"day", draft.paper.day},
                              {"pages", pages.size()},
                              {"images", std::move(images)},
                              {"content", paperContentJson({draft.paper, draft.restsOn})}});
}

DraftHand handOf(const ConsoleCall &call) {
    return {call.session->person, call.user->name, mayUse(call.roles, Resource::Papers, Verb::Issue) != Reach::None,
            call.context.signIn.clock().nowMs()};
}

Result<json> draftRow(LedgerReader &reader, const HandedDraft &draft) {
    json row = handedDraftJson(draft);
    if (const auto item = row.contains("item") ? uuidFromText(row["item"].get<std::string>()) : std::nullopt) {
        Names names(reader);
        ZHICHA_ASSIGN(row["item"], names.ref(*item));
    }
    return row;
}

Result<Response> listPaperDrafts(ConsoleCall &call) {
    ZHICHA_ASSIGN(const json out, call.access.look<json>([](LedgerReader &reader) -> Result<json> {
        ZHICHA_ASSIGN(const std::vector<HandedDraft> drafts, handedDrafts(reader));
        json rows = json::array();
        for (const HandedDraft &draft : drafts) {
            ZHICHA_ASSIGN(json row, draftRow(reader, draft));
            rows.push_back(std::move(row));
        }
        const std::size_t count = rows.size();
        return json{{"rows", std::move(rows)}, {"count", count}};
    }));
    return jsonResponse(200, out);
}

json orderJson(const PaperOrder &order) {
    return {{"kind", order.kind},
            {"subject", order.subject},
            {"day", order.day},
            {"signer", order.signer},
            {"meeting_at", order.meetingAt},
            {"meeting_place", order.meetingPlace},
            {"more", order.more.empty() ? std::string() : order.more.front()}};
}

/** With what became of it since it was handed on: the paper is made of the ledger as it is when it is issued. */
Result<Response> getPaperDraft(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid id, call.pathId("draft"));
    const DraftHand hand = handOf(call);
    const std::string today = shanghaiDay(hand.nowMs);
    ZHICHA_ASSIGN(const json out, call.access.look<json>([&](LedgerReader &reader) -> Result<json> {
        ZHICHA_ASSIGN(const HandedDraft handed, handedDraft(reader, id));
        ZHICHA_ASSIGN(json row, draftRow(reader, handed));
        row["order"] = orderJson(handed.order);
        row["may"] = {{"issue", hand.mayIssue}, {"change", hand.mayIssue || handed.drafter == hand.person}};
        row["anew"] = json::array();
        const auto now = draftPaper(reader, call.context.book, call.actor(), handed.order, today);
        if (!now) {
            row["no_ground"] = now.error().detail;
            return row;
        }
        row["anew"] = saidAnew(handed, *now);
        ZHICHA_ASSIGN(const std::string stands, paperThatStands(reader, *now));
        if (!stands.empty())
            row["stands"] = stands;
        return row;
    }));
    return jsonResponse(200, out);
}

/** A change of the queue, whose refusals the pages know. */
Result<Response> onDrafts(ConsoleCall &call, const Uuid &id, const std::function<Status(LedgerWriter &)> &work) {
    json out{{"draft", toText(id)}};
    const Status done = inTransaction(call.access, [&](LedgerWriter &ledger) -> Status {
        ZHICHA_TRY(work(ledger));
        if (const auto now = handedDraft(ledger, id))
            out.update({{"state", now->returned ? "returned" : "waiting"}, {"version", now->version}});
        return {};
    });
    if (done)
        return jsonResponse(200, out);
    if (done.error().code == Code::Conflict)
        return call.refuse("changed_meanwhile");
    return done.error().code == Code::NotAllowed ? notYours(call, Resource::Papers, Verb::Issue) : done.error();
}

Result<Response> postHandOn(ConsoleCall &call) {
    const Uuid id = idOfRequest(call);
    call.audit = {"paper_draft_hand", "paper_draft", toText(id)};
    ZHICHA_ASSIGN(const PaperOrder order, paperOrderOf(call));
    ZHICHA_ASSIGN(const PaperDraft made, paperDraftOf(call, order));
    return onDrafts(call, id, [&](LedgerWriter &ledger) {
        return handDraftOn(ledger, id, {order, made}, handOf(call));
    });
}

Result<Response> postHandAgain(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid id, call.pathId("draft"));
    call.audit = {"paper_draft_change", "paper_draft", toText(id)};
    ZHICHA_ASSIGN(const std::int64_t version, call.number("version"));
    ZHICHA_ASSIGN(const PaperOrder order, paperOrderOf(call));
    ZHICHA_ASSIGN(const PaperDraft made, paperDraftOf(call, order));
    return onDrafts(call, id, [&](LedgerWriter &ledger) {
        return changeHandedDraft(ledger, id, version, {order, made}, handOf(call));
    });
}

Result<Response> postReturnDraft(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid id, call.pathId("draft"));
    call.audit = {"paper_draft_return", "paper_draft", toText(id)};
    ZHICHA_ASSIGN(const std::int64_t version, call.number("version"));
    ZHICHA_ASSIGN(const std::string reason, call.text("reason", kMostReturnReason));
    return onDrafts(call, id,
                    [&](LedgerWriter &ledger) { return returnHandedDraft(ledger, id, version, reason, handOf(call)); });
}

Result<Response> postDropDraft(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Uuid id, call.pathId("draft"));
    call.audit = {"paper_draft_drop", "paper_draft", toText(id)};
    ZHICHA_ASSIGN(const std::int64_t version, call.number("version"));
    return onDrafts(call, id, [&](LedgerWriter &ledger) { return dropHandedDraft(ledger, id, version, handOf(call)); });
}
} // namespace

void addPaperDraftRoutes(ConsoleGate &gate) {
    // Reading the queue is part of writing papers: units and leaders read papers, no drafts.
    const ConsoleRule write{Resource::Papers, Verb::Write};
    const ConsoleRule once = operationRule(Resource::Papers, Verb::Write);
    gate.add("POST", "/papers/drafts", write, postPaperPreview);
    gate.add("GET", "/paper-drafts", write, listPaperDrafts);
    gate.add("GET", "/paper-drafts/{draft}", write, getPaperDraft);
    gate.add("POST", "/paper-drafts", once, postHandOn);
    gate.add("POST", "/paper-drafts/{draft}/hand", once, postHandAgain);
    gate.add("POST", "/paper-drafts/{draft}/return", operationRule(Resource::Papers, Verb::Issue), postReturnDraft);
    gate.add("POST", "/paper-drafts/{draft}/drop", once, postDropDraft);
}

} // namespace zhicha
