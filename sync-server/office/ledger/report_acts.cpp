// Progress and completion reports: asked for, handed in, sent back once, accepted (附件2 三 3).
#include "sync-server/office/ledger/extra_fields.h"
#include "sync-server/office/ledger/item_acts.h"
#include "sync-server/office/ledger/item_list.h"

#include <algorithm>

namespace zhicha {

using nlohmann::json;
using rules::Index;
using rules::kNever;
using rules::kNone;

namespace {

Result<BookReport> reportOf(const Book &book, const Uuid &item, const Uuid &report) {
    ZHICHA_ASSIGN(const BookItem *found, shownItem(book, item));
    const auto at = std::find_if(found->reports.begin(), found->reports.end(),
                                 [&](const BookReport &one) { return one.id == report; });
    return at != found->reports.end() ? Result<BookReport>(*at) : fail(Code::NotFound, "no such report");
}

json answerOf(const Uuid &item, const Uuid &report, const std::string &on) {
    return {{"item", toText(item)}, {"report", toText(report)}, {"on", on}};
}
} // namespace

Result<json> askReport(const LedgerAct &act, const Uuid &item, const Uuid &unit, const std::string &what,
                       const std::string &dueOn) {
    ZHICHA_TRY(requireRole(act.intake.ledger(), act.actor, "reviewer"));
    if (what != "progress" && what != "completion")
        return fail(Code::InvalidArgument, "what: progress or completion");
    const auto due = rules::dayFromText(dueOn);
    if (!due || *due < act.today())
        return fail(Code::InvalidArgument, "due_on: a day from today on");
    const auto fits = act.look<bool>([&](const Book &book) -> Result<bool> {
        ZHICHA_ASSIGN(const BookItem *found, shownItem(book, item));
        if (found->of.completedOn != kNever || found->of.withdrawnOn != kNever)
            return fail(Code::WrongUsage, "the item is closed");
        const Index index = book.unit(unit);
        return index != kNone && found->isOf(index) ? Result<bool>(true)
                                                    : fail(Code::InvalidArgument, "unit: not of this item");
    });
    ZHICHA_TRY(fits ? Status() : Status(fits.error()));
    const std::string code = act.codeFor("b");
    const Uuid id = derivedId(act.intake.keys().ledger, "report", code);
    const std::string kept = extraOfText(what);
    ZHICHA_TRY(act.write(
        {{"report.ask",
          id,
          {{"code", code}, {"item", item}, {"unit", unit}, {"due_on", dueOn}, {"extra", cbor::Map{{"what", kept}}}}}}));
    return answerOf(item, id, dueOn);
}

Result<json> submitReport(const LedgerAct &act, const Uuid &item, const Uuid &report, const std::string &text,
                          const std::optional<std::string> &effect) {
    ZHICHA_TRY(checkWords("text", text));
    if (effect && !effect->empty())
        ZHICHA_TRY(checkWords("effect", *effect));
    ZHICHA_ASSIGN(const BookReport known, act.look<BookReport>([&](const Book &book) -> Result<BookReport> {
        ZHICHA_ASSIGN(BookReport found, reportOf(book, item, report));
        ZHICHA_TRY(act.requireUnit(book, found.unit));
        return found;
    }));
    const bool again = known.returnedOn != kNever;
    if (known.acceptedOn != kNever || (again ? known.resubmittedOn : known.submittedOn) != kNever)
        return fail(Code::AlreadyDone, "the report was handed in already");
    const std::string today = rules::dayText(act.today());
    std::vector<ServerOperation> operations{
        {"report.submit", report, {{again ? "resubmitted_on" : "submitted_on", today}, {"text", text}}}};
    if (effect && !effect->empty())
        operations.push_back({"item.correct", item, {{"effect", *effect}, {"reason", "随报告报送 · with the report"}}});
    ZHICHA_TRY(act.write(std::move(operations)));
    return answerOf(item, report, today);
}

Result<json> returnReport(const LedgerAct &act, const Uuid &item, const Uuid &report, const std::string &reason,
                          const std::string &resubmitDueOn) {
    ZHICHA_TRY(requireRole(act.intake.ledger(), act.actor, "reviewer"));
    ZHICHA_TRY(checkWords("reason", reason));
    const auto due = rules::dayFromText(resubmitDueOn);
    if (!due || *due < act.today())
        return fail(Code::InvalidArgument, "resubmit_due_on: a day from today on");
    ZHICHA_ASSIGN(const BookReport known,
                  act.look<BookReport>([&](const Book &book) { return reportOf(book, item, report); }));
    if (known.submittedOn == kNever)
        return fail(Code::WrongUsage, "the report was not handed in yet");
    if (known.returnedOn != kNever || known.acceptedOn != kNever)
        return fail(Code::AlreadyDone, "the report was returned or accepted already: ask for a new one");
    const std::string today = rules::dayText(act.today());
    ZHICHA_TRY(act.write(
        {{"report.return", report, {{"returned_on", today}, {"reason", reason}, {"resubmit_due_on", resubmitDueOn}}}}));
    return answerOf(item, report, today);
}

Result<json> acceptReport(const LedgerAct &act, const Uuid &item, const Uuid &report) {
    ZHICHA_TRY(requireRole(act.intake.ledger(), act.actor, "reviewer"));
    ZHICHA_ASSIGN(const BookReport known,
                  act.look<BookReport>([&](const Book &book) { return reportOf(book, item, report); }));
    if (known.acceptedOn != kNever)
        return fail(Code::AlreadyDone, "the report is accepted already");
    if ((known.returnedOn != kNever ? known.resubmittedOn : known.submittedOn) == kNever)
        return fail(Code::WrongUsage, "the report was not handed in yet");
    const std::string today = rules::dayText(act.today());
    ZHICHA_TRY(act.write({{"report.accept", report, {{"accepted_on", today}}}}));
    return answerOf(item, report, today);
}

} // namespace zhicha
