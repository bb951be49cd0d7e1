#pragma once
// What each of the eight papers says. Each function fills title and body of the draft, and what it rests on.
#include "sync-server/office/papers/paper_draft.h"
#include "sync-server/office/papers/paper_facts.h"
#include "sync-server/office/papers/paper_text.h"

namespace zhicha {

/** What a paper about an item is made from. */
struct PaperItem {
    const BookItem *book = nullptr;
    EntityRow row;
    rules::Index index = rules::kNone;
    rules::Index lead = rules::kNone; ///< as of the paper's day
    rules::Day due;                   ///< likewise
    rules::Day originalDue;
    std::vector<RecordedStep> steps;

    [[nodiscard]] std::string text(std::string_view field) const { return row.text(field); }
    [[nodiscard]] std::string extension() const; ///< （原为…，经批准延期）; "" if there is none
    [[nodiscard]] std::string named() const;     ///< 督查事项“title”（number）
    /** A title of a paper about it, in lines: `before`督查事项“title”（number）`after`. */
    [[nodiscard]] std::string titled(std::string_view before, std::string_view after) const;
};

struct PaperContext {
    LedgerReader &reader;
    const rules::Rules &rules;
    const PaperFacts &facts;
    const PaperOrder &order;
    rules::Day day;
    PaperDraft &draft;

    void restOn(const rules::Clause &clause);
    /** 甲局、乙局; "" if nobody helps. */
    [[nodiscard]] std::string cooperatingOf(const PaperItem &item) const;
    [[nodiscard]] std::string quote(const rules::Clause &clause) const; ///< 依据…第…“wording”
};

[[nodiscard]] Status writeSupervisionNotice(PaperContext &context, const PaperItem &item);
[[nodiscard]] Status writeUrgingNotice(PaperContext &context, const PaperItem &item);
/** 全市通报, 通报批评, 约谈通知, 问责提请: the step that the kind names. */
[[nodiscard]] Status writeStep(PaperContext &context, const PaperItem &item);
[[nodiscard]] Status writeSupervisionReport(PaperContext &context, const PaperItem &item);
[[nodiscard]] Status writeMonthlyRanking(PaperContext &context, rules::Month month);

} // namespace zhicha
