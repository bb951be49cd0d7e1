// 督查报告 (二（四）): what the unit reported, what was found on the spot, and how it is assessed.
#include "sync-server/office/papers/paper_bodies.h"

#include "shared/base/instant.h"
#include "shared/rules/assessment.h"
#include "shared/rules/working_calendar.h"
#include "sync-server/office/check_view.h"
#include "sync-server/office/console/check_detail.h"

#include <algorithm>

namespace zhicha {

namespace {
constexpr std::size_t kMostChecks = 200;

bool concerns(const EntityRow &row, const Uuid &item) {
    const cbor::Value *items = row.value("items");
    return items != nullptr && items->array() != nullptr &&
           std::any_of(items->array()->begin(), items->array()->end(),
                       [&](const cbor::Value &value) { return value.uuid() == item; });
}

class ReportBody {
public:
    ReportBody(PaperContext &context, const PaperItem &item) : m_context(context), m_item(item) {}

    Status write() {
        basics();
        ZHICHA_TRY(reports());
        ZHICHA_TRY(checks());
        assessment();
        next();
        m_context.draft.paper.title = m_item.titled("关于", "办理情况的督查报告");
        m_context.draft.paper.body = m_body.take();
        return {};
    }

private:
    [[nodiscard]] const rules::Item &ruled() const { return m_context.facts.ledger().items[m_item.index]; }

    void basics() {
        m_body.paragraph("现将" + m_item.named() + "的办理情况和实地督查结果报告如下。");
        m_body.heading("事项基本情况");
        const std::string cooperating = m_context.cooperatingOf(m_item);
        m_body.paragraph("本事项于" + inWords(ruled().issuedOn) + "交办，由" + m_context.facts.unitName(m_item.lead) +
                         "牵头" + (cooperating.empty() ? "" : "，" + cooperating + "配合") + "，办理时限为" +
                         inWords(m_item.due) + m_item.extension());
        if (!m_item.text("requirement").empty())
            m_body.paragraph("办理要求：" + withinSentence(m_item.text("requirement")));
    }

    /** What was asked of the unit and what came, by due date. */
    Status reports() {
        m_body.heading("责任单位报送情况");
        bool told = false;
        for (const BookReport &report : m_item.book->reports) {
            if (report.dueOn > m_context.day)
                continue;
            told = true;
            std::string line =
                m_context.facts.unitName(report.unit) + "应于" + inWords(report.dueOn) + "报送，" + handedIn(report);
            if (report.returnedOn <= m_context.day) {
                ZHICHA_ASSIGN(const std::optional<EntityRow> row, m_context.reader.rowOf(report.id));
                const std::string reason = row ? withinSentence(row->text("reason")) : "";
                line += "，" + inWords(report.returnedOn) + "审核不通过予以退回" +
                        (reason.empty() ? "" : "（" + reason + "）");
            }
            m_body.paragraph(line);
        }
        if (!told)
            m_body.paragraph("截至" + inWords(m_context.day) + "，没有到期应当报送的报告");
        return {};
    }

    [[nodiscard]] std::string handedIn(const BookReport &report) const {
        if (report.submittedOn > m_context.day)
            return "尚未报送";
        return inWords(report.submittedOn) + (report.submittedOn > report.dueOn ? "逾期报送" : "报送");
    }

    /** Accepted checks alone: what is not reviewed is no ground for anything. */
    Status checks() {
        CheckLoader loader(m_context.reader);
        std::vector<Uuid> ids;
        ZHICHA_TRY(m_context.reader.forEachRowOfType(EntityType::Check, [&](const RowRecord &record) -> Status {
            if (!record.row.isVoid() && concerns(record.row, m_item.book->id))
                ids.push_back(record.entity);
            return {};
        }));
        m_body.heading("实地督查情况");
        std::size_t told = 0;
        for (const Uuid &id : ids) {
            ZHICHA_ASSIGN(const CheckView view, loader.load(id));
            if (view.state != CheckState::Accepted || !view.check || told == kMostChecks)
                continue;
            ++told;
            ZHICHA_TRY(check(view));
        }
        if (told == 0)
            m_body.paragraph("截至" + inWords(m_context.day) + "，没有已采信的实地检查");
        return {};
    }

    Status check(const CheckView &view) {
        std::string number;
        std::string answers;
        std::vector<const EntityRow *> findings;
        for (const RowRecord &record : view.rows) {
            const EntityRow &row = record.row;
            if (row.isVoid())
                continue;
            if (row.type == EntityType::CheckNumber)
                number = row.text("number");
            const bool ours = row.uuid("item") == m_item.book->id;
            if (row.type == EntityType::Answer && ours && !row.text("value").empty())
                answers +=
                    "；" + questionWords(row.text("question")) + "：" + valueWords("value", row.text("value")).first;
            if (row.type == EntityType::Finding && (ours || !row.uuid("item")))
                findings.push_back(&row);
        }
        std::string where;
        if (const auto site = view.check->uuid("site")) {
            ZHICHA_ASSIGN(const std::optional<EntityRow> row, m_context.reader.rowOf(*site));
            where = row ? withinSentence(row->text("name")) : "";
        }
        const std::string day = shanghaiDay(view.birthOf(*view.check).estimateMs);
        m_body.led("检查" + number, documents::dayInWords(day) + "到" + (where.empty() ? "现场" : where) + "实地检查" +
                                        answers + "；查到问题" + std::to_string(findings.size()) + "个");
        for (const EntityRow *finding : findings)
            m_body.paragraph(valueWords("severity", finding->text("severity")).first + "问题：" +
                             withinSentence(finding->text("text")));
        return {};
    }

    void assessment() {
        m_body.heading("考核打分");
        m_context.restOn(m_context.rules.scoreClause);
        const rules::Item &item = ruled();
        if (item.withdrawnOn <= m_context.day)
            return m_body.paragraph("本事项已于" + inWords(item.withdrawnOn) + "销号，不计入考核");
        const std::string worth = rules::pointsText(m_context.rules.itemPoints);
        if (item.completedOn <= m_context.day)
            return m_body.paragraph("本事项已于" + inWords(item.completedOn) + "办结，满分" + worth + "分，得" +
                                    rules::pointsText(item.awarded) + "分");
        m_body.paragraph(item.dueOn < m_context.day && m_item.due < m_context.day
                             ? "本事项已经逾期，尚未办结，满分" + worth + "分，得0.00分"
                             : "本事项尚未办结，满分" + worth + "分，办结后打分");
    }

    void next() {
        for (const std::string &paragraph : m_context.order.more)
            m_body.lines(paragraph);
        m_body.heading("下一步工作");
        const rules::DueList due = rules::dueActions(m_context.rules, m_context.facts.ledger(),
                                                     rules::WorkingCalendar::compiledIn(), m_context.day);
        const auto action = std::find_if(due.actions.begin(), due.actions.end(),
                                         [&](const rules::DueAction &a) { return a.item == m_item.index; });
        std::string text = "坚持跟踪办理、闭环运行、持续督办，直至问题解决、工作落实";
        if (action != due.actions.end()) {
            const rules::Escalation &ladder = m_context.rules.escalation;
            const bool urge = action->step == 0;
            const rules::Clause &clause =
                urge ? ladder.urgeClause : ladder.steps[static_cast<std::size_t>(action->step - 1)].clause;
            text = m_context.quote(clause) + "，自" + inWords(action->since) + "起应当" +
                   (urge ? ladder.urgeName : ladder.steps[static_cast<std::size_t>(action->step - 1)].name) + "。" +
                   text;
            m_context.restOn(clause);
        }
        m_body.paragraph(text);
    }

    PaperContext &m_context;
    const PaperItem &m_item;
    PaperBody m_body;
};
} // namespace

Status writeSupervisionReport(PaperContext &context, const PaperItem &item) {
    return ReportBody(context, item).write();
}

} // namespace zhicha
