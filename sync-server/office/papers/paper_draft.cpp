#include "sync-server/office/papers/paper_draft.h"

#include "shared/base/instant.h"
#include "shared/documents/typesetter.h"
#include "sync-server/office/check_view.h"
#include "sync-server/office/papers/paper_bodies.h"

#include <algorithm>

namespace zhicha {

namespace {
constexpr std::size_t kMostMore = 20; ///< further paragraphs of the office

Status checkOrder(const PaperOrder &order, const std::string &day, const std::string &today) {
    if (!isDay(day))
        return fail(Code::InvalidArgument, "成文日期不是日期 · the day of the paper is none (YYYY-MM-DD)");
    if (day > today)
        return fail(Code::InvalidArgument, "成文日期还没有到 · the day of the paper is still to come");
    if (order.more.size() > kMostMore)
        return fail(Code::TooLarge, "at most " + std::to_string(kMostMore) + " further paragraphs");
    return {};
}

Result<std::string> levelOf(LedgerReader &reader) {
    ZHICHA_ASSIGN(const Uuid id, ledgerIdOf(reader));
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, reader.rowOf(id));
    return row ? row->text("level") : std::string();
}

Result<PaperItem> itemOf(const PaperContext &context) {
    PaperItem item;
    ZHICHA_ASSIGN(item.book, context.facts.findItem(context.reader, context.order.subject));
    ZHICHA_ASSIGN(item.index, context.facts.indexOf(*item.book));
    ZHICHA_ASSIGN(std::optional<EntityRow> row, context.reader.rowOf(item.book->id));
    if (!row)
        return fail(Code::StoreDamaged, "the ledger lacks the item " + toText(item.book->id));
    item.row = *std::move(row);
    const rules::Item &ruled = context.facts.ledger().items[item.index];
    if (ruled.issuedOn > context.day)
        return fail(Code::WrongUsage, "事项交办日期晚于成文日期 · the item is issued after the day of the paper");
    item.lead = rules::leadOn(ruled, context.day);
    const rules::DueDate due = rules::dueDateOf(context.rules, ruled);
    item.due = due.on(context.day);
    item.originalDue = due.original;
    ZHICHA_ASSIGN(item.steps, context.facts.stepsOf(context.reader, *item.book, item.due, context.day));
    return item;
}

void add(std::vector<Uuid> &to, const std::optional<Uuid> &unit) {
    if (unit && std::find(to.begin(), to.end(), *unit) == to.end())
        to.push_back(*unit);
}

void addressItem(PaperContext &context, const PaperItem &item) {
    PaperDraft &draft = context.draft;
    const rules::Item &ruled = context.facts.ledger().items[item.index];
    draft.item = item.book->id;
    draft.itemRow = rowHash(item.book->id, encodeRow(item.row));
    draft.due = item.due;
    if (draft.kind->to == PaperTo::Units || draft.kind->to == PaperTo::Lead) {
        add(draft.to, context.facts.unitId(item.lead));
        if (draft.kind->to == PaperTo::Units)
            for (const rules::Index unit : ruled.cooperating)
                add(draft.to, context.facts.unitId(unit));
        for (const Uuid &unit : draft.to)
            draft.paper.to.push_back(context.facts.unitName(unit));
    }
}

/** Whom it goes to where that is not the item's units. */
void addressOthers(PaperContext &context) {
    PaperDraft &draft = context.draft;
    if (draft.kind->to == PaperTo::Everyone) {
        draft.to = context.facts.allUnits();
        draft.paper.to = {context.rules.papers.everyone};
    } else if (draft.kind->to == PaperTo::Superior) {
        draft.paper.to = {context.rules.papers.superior};
    }
}

Status write(PaperContext &context) {
    if (context.draft.kind->subject == PaperSubject::Month) {
        const auto month = rules::monthFromText(context.order.subject);
        if (!month)
            return fail(Code::InvalidArgument,
                        "不是月份 · not a month (YYYY-MM): " + context.order.subject.substr(0, 40));
        context.draft.month = rules::monthText(*month);
        return writeMonthlyRanking(context, *month);
    }
    ZHICHA_ASSIGN(const PaperItem item, itemOf(context));
    addressItem(context, item);
    if (context.draft.kind->step > 0)
        return writeStep(context, item);
    if (context.draft.kind->name == "supervision_notice")
        return writeSupervisionNotice(context, item);
    if (context.draft.kind->name == "urging_notice")
        return writeUrgingNotice(context, item);
    return writeSupervisionReport(context, item);
}

Result<std::string> signerOf(LedgerReader &reader, const Actor &actor, const PaperOrder &order) {
    if (!order.signer.empty() || actor.isOperator())
        return order.signer;
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, reader.rowOf(*actor.person));
    return row ? row->text("name") : std::string();
}
} // namespace

std::string PaperItem::extension() const {
    return due == originalDue ? "" : "（原为" + inWords(originalDue) + "，经批准延期）";
}

std::string PaperItem::named() const {
    const std::string title = withinSentence(text("title"));
    return title.empty() ? "督查事项（" + text("number") + "）" : "督查事项“" + title + "”（" + text("number") + "）";
}

std::string PaperItem::titled(std::string_view before, std::string_view after) const {
    const std::string title = withinSentence(text("title"));
    return titleOf({std::string(before) + "督查事项", title.empty() ? std::string() : "“" + title + "”",
                    "（" + text("number") + "）", std::string(after)});
}

void PaperContext::restOn(const rules::Clause &clause) {
    const auto same = [&](const RestsOn &known) {
        return known.clause == clause.number && known.wording == clause.wording;
    };
    if (!clause.number.empty() && std::none_of(draft.restsOn.begin(), draft.restsOn.end(), same))
        draft.restsOn.push_back({clause.number, clause.wording});
}

std::string PaperContext::cooperatingOf(const PaperItem &item) const {
    std::string names;
    for (const rules::Index unit : facts.ledger().items[item.index].cooperating)
        names += (names.empty() ? "" : "、") + facts.unitName(unit);
    return names;
}

std::string PaperContext::quote(const rules::Clause &clause) const {
    return "依据" + rules.notice + "文件" + clause.number + "“" + withinSentence(clause.wording) + "”的规定";
}

Result<PaperDraft> draftPaper(LedgerReader &ledger, LedgerBook &book, const Actor &actor, const PaperOrder &order,
                              const std::string &today) {
    ZHICHA_TRY(requireRole(ledger, actor, "reviewer"));
    PaperDraft draft;
    draft.id = order.id;
    draft.kind = findPaperKind(order.kind);
    if (draft.kind == nullptr)
        return fail(Code::InvalidArgument, "没有这种公文 · no kind of paper is called " + order.kind.substr(0, 60));
    const std::string day = order.day.empty() ? today : order.day;
    ZHICHA_TRY(checkOrder(order, day, today));
    const rules::Rules &rules = rules::sanmenxiaRules();
    const auto writeFrom = [&](const Book &all) -> Status {
        const PaperFacts facts(all);
        PaperContext context{ledger, rules, facts, order, *rules::dayFromText(day), draft};
        addressOthers(context);
        ZHICHA_TRY(write(context));
        context.restOn(rules.papers.clause);
        return {};
    };
    ZHICHA_TRY(book.read(ledger, *rules::dayFromText(today), writeFrom));
    documents::Paper &paper = draft.paper;
    ZHICHA_ASSIGN(paper.level, levelOf(ledger));
    paper.issuer = rules.papers.mark;
    paper.pendingNumber = rules.noticeNumberPrefix + "〔" + day.substr(0, 4) + "〕　　号";
    paper.signature = rules.papers.issuer;
    paper.printedBy = rules.papers.issuer;
    paper.day = day;
    if (draft.kind->to != PaperTo::Superior) {
        paper.copies = rules.papers.copies;
    } else {
        ZHICHA_ASSIGN(paper.signer, signerOf(ledger, actor, order));
    }
    // Set once before anybody signs: a sign that no font has is found now, not when the number is given out.
    ZHICHA_ASSIGN(const documents::FontSet fonts, documents::FontSet::load());
    ZHICHA_ASSIGN(const std::vector<documents::Page> pages, documents::typeset(fonts, paper));
    return draft;
}

} // namespace zhicha
