// 督查报告 (二（四）): what the unit reported, what was found on the spot, and how it is assessed.
#include "sync-server/office/papers/paper_bodies.h"

#include "shared/base/instant.h"
#include "shared/rules/assessment.h"
#include "shared/rules/working_calendar.h"
#include "sync-server/office/check_view.h"

#include <algorithm>

namespace zhicha {

namespace {
constexpr std::size_t kMostChecks = 200;

std::string wordOf(std::string_view value) {
    return value == "yes" ? "是" : value == "partly" ? "部分" : value == "no" ? "否" : "未答";
}
std::string severityOf(std::string_view severity) {
    return severity == "critical" ? "严重" : severity == "major" ? "较重" : "轻微";
}

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
        std::string cooperating;
        for (const rules::Index unit : ruled().cooperating)
            cooperating += (cooperating.empty() ? "" : "、") + m_context.facts.unitName(unit);
        m_body.paragraph(
            "本事项于" + inWords(ruled().issuedOn) + "交办，由" + m_context.facts.unitName(m_item.lead) + "牵头" +
            (cooperating.empty() ? "" : "，" + cooperating + "配合") + "，办理时限为" + inWords(m_item.due) +
            (m_item.due == m_item.originalDue ? "" : "（原为" + inWords(m_item.originalDue) + "，经批准延期）"));
        if (!m_item.text("requirement").empty())
            m_body.paragraph("办理要求：" + withinSentence(m_item.text("requirement")));
    }

    /** What was asked of the unit and what came, by due date. */
    Status reports() {
        m_body.heading("责任单位报送情况");
        std::vector<std::pair<std::string, std::string>> lines;
        ZHICHA_TRY(m_context.reader.forEachRowOfType(EntityType::Report, [&](const RowRecord &record) -> Status {
            const EntityRow &row = record.row;
            const auto due = rules::dayFromText(row.text("due_on"));
            if (row.isVoid() || row.uuid("item") != m_item.record.entity || !due || *due > m_context.day)
                return {};
            const auto unit = row.uuid("unit");
            std::string line = (unit ? m_context.facts.unitName(*unit) : std::string()) + "应于" + inWords(*due) +
                               "报送，" + handedIn(row, *due);
            if (const auto returned = rules::dayFromText(row.text("returned_on"));
                returned && *returned <= m_context.day)
                line += "，" + inWords(*returned) + "审核不通过予以退回" +
                        (row.text("reason").empty() ? "" : "（" + withinSentence(row.text("reason")) + "）");
            lines.emplace_back(row.text("due_on"), std::move(line));
            return {};
        }));
        std::sort(lines.begin(), lines.end());
        for (const auto &[day, line] : lines)
            m_body.paragraph(line);
        if (lines.empty())
            m_body.paragraph("截至" + inWords(m_context.day) + "，没有到期应当报送的报告");
        return {};
    }

    [[nodiscard]] std::string handedIn(const EntityRow &row, rules::Day due) const {
        const auto submitted = rules::dayFromText(row.text("submitted_on"));
        if (!submitted || *submitted > m_context.day)
            return "尚未报送";
        return inWords(*submitted) + (*submitted > due ? "逾期报送" : "报送");
    }

    /** Accepted checks alone: what is not reviewed is no ground for anything. */
    Status checks() {
        std::vector<std::pair<std::string, Uuid>> found;
        CheckLoader loader(m_context.reader);
        std::vector<Uuid> ids;
        ZHICHA_TRY(m_context.reader.forEachRowOfType(EntityType::Check, [&](const RowRecord &record) -> Status {
            if (!record.row.isVoid() && concerns(record.row, m_item.record.entity))
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
            const bool ours = row.uuid("item") == m_item.record.entity;
            if (row.type == EntityType::Answer && ours && !row.text("value").empty())
                answers += "；" + questionOf(row.text("question")) + "：" + wordOf(row.text("value"));
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
            m_body.paragraph(severityOf(finding->text("severity")) + "问题：" + withinSentence(finding->text("text")));
        return {};
    }

    static std::string questionOf(std::string_view question) {
        return question == "carried_out" ? "是否落实" : question == "rectified" ? "整改是否到位" : "群众是否满意";
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
