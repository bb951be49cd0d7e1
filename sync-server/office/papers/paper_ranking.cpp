// 月排名通报 (四（二）2): the ranking of a month as the assessor computes it, both groups in tables of their own.
#include "sync-server/office/papers/paper_bodies.h"

#include "shared/rules/assessment.h"
#include "shared/rules/assessor.h"

#include <algorithm>

namespace zhicha {

namespace {
using rules::Index;

/** As it is printed everywhere. */
std::string rounded(const rules::Fraction &value, int decimals) {
    return rules::roundedText(value, decimals).value_or("—");
}

class RankingBody {
public:
    RankingBody(PaperContext &context, rules::Month month)
        : m_context(context), m_month(month), m_ledger(context.facts.ledger()) {}

    Status write() {
        if (m_context.day <= m_month.last())
            return fail(Code::WrongUsage, "这个月还没有过完 · the month is not over on the day of the paper");
        ZHICHA_TRY(findWinners());
        rules::Assessor assessor(m_context.rules, m_ledger, m_month.last());
        ZHICHA_TRY(assessor.settle());
        std::uint32_t ranked = 0;
        std::uint32_t items = 0;
        for (const rules::UnitStanding &unit : assessor.standings()) {
            ranked += unit.rank > 0 ? 1 : 0;
            items += unit.items;
        }
        if (ranked == 0)
            return fail(Code::WrongUsage,
                        "截至月末没有一个单位有计入考核的事项 · no unit has an item in scope by the end of "
                        "the month");
        m_context.restOn(m_context.rules.monthlyClause);
        m_context.restOn(m_context.rules.formulaClause);
        const std::string month = std::to_string(m_month.year) + "年" + std::to_string(m_month.month) + "月";
        m_context.draft.paper.title = titleOf({"关于" + month, "督查事项办理情况排名的通报"});
        body(assessor, month, ranked, items);
        tables(assessor, month);
        return {};
    }

private:
    /** As published, or as they would be if it were published on the paper's day. */
    Status findWinners() {
        auto &publications = m_ledger.publications;
        auto known = std::find_if(publications.begin(), publications.end(),
                                  [&](const rules::Publication &p) { return p.month == m_month; });
        if (known == publications.end()) {
            publications.push_back({m_month, m_context.day, false, {}});
            known = std::prev(publications.end());
        }
        const auto publication = static_cast<Index>(known - publications.begin());
        rules::Assessor later(m_context.rules, m_ledger, std::max(m_context.day, known->publishedOn));
        ZHICHA_TRY(later.settle());
        for (Index unit = 0; unit < m_ledger.units.size(); ++unit)
            for (const rules::Entry &entry : later.entriesOf(unit))
                if (entry.source == rules::EntrySource::MonthlyRanking && entry.index == publication &&
                    entry.reason == rules::NotCounted::No)
                    m_winners.push_back(unit);
        // They are told beside the month's ranking, which is older than they are.
        if (known->publishedOn >= m_context.day)
            publications.erase(known);
        return {};
    }

    [[nodiscard]] std::vector<Index> unitsOf(const rules::Assessor &assessor, std::size_t group) const {
        std::vector<Index> units;
        for (Index unit = 0; unit < m_ledger.units.size(); ++unit)
            if (m_ledger.units[unit].group == group && m_context.facts.unitId(unit))
                units.push_back(unit);
        const auto &standings = assessor.standings();
        const auto place = [&](Index unit) {
            return std::pair(standings[unit].rank == 0 ? 0xffffffffU : standings[unit].rank, m_ledger.units[unit].id);
        };
        std::sort(units.begin(), units.end(), [&](Index a, Index b) { return place(a) < place(b); });
        return units;
    }

    void body(const rules::Assessor &assessor, const std::string &month, std::uint32_t ranked, std::uint32_t items) {
        PaperBody body;
        body.paragraph(m_context.quote(m_context.rules.monthlyClause) + "，现将" + month +
                       "督查事项办理情况排名通报如下。");
        body.heading("总体情况");
        body.paragraph("截至" + inWords(m_month.last()) + "，计入考核的督查事项" + std::to_string(items) +
                       "项，涉及责任单位" + std::to_string(ranked) + "个");
        body.heading("排名情况");
        for (std::size_t group = 0; group < m_context.rules.groups.size(); ++group)
            body.led(m_context.rules.groups[group].name, leadersOf(assessor, group));
        body.heading("加分情况");
        std::string names;
        for (const Index unit : m_winners)
            names += (names.empty() ? "" : "、") + m_ledger.units[unit].name;
        const std::string points =
            m_context.rules.monthlyRanking
                ? rules::pointsText(m_context.rules.pointRules[*m_context.rules.monthlyRanking].points)
                : "";
        body.paragraph(names.empty() ? "本月没有符合加分条件的单位"
                                     : names + "排名靠前且无减分事项，按" + m_context.rules.monthlyClause.number +
                                           "各加" + points + "分，自公布之日起计入");
        for (const std::string &paragraph : m_context.order.more)
            body.lines(paragraph);
        body.heading("工作要求");
        body.paragraph("排名靠后和有逾期事项的单位要查找原因，强化措施，快速推进。对排名有异议的，请以书面形式向" +
                       m_context.rules.papers.issuer + "提出");
        m_context.draft.paper.body = body.take();
    }

    /** Everybody whose rank wins the month. */
    [[nodiscard]] std::string leadersOf(const rules::Assessor &assessor, std::size_t group) const {
        std::string text;
        const auto most = static_cast<std::uint32_t>(m_context.rules.groups[group].monthlyWinners);
        for (const Index unit : unitsOf(assessor, group)) {
            const rules::UnitStanding &standing = assessor.standings()[unit];
            if (standing.rank == 0 || standing.rank > most)
                continue;
            text += (text.empty() ? "" : "；") + std::string("第") + std::to_string(standing.rank) + "名" +
                    m_ledger.units[unit].name + "，" + rounded(standing.score, 2) + "分";
        }
        return text.empty() ? "没有计入考核的事项" : text;
    }

    void tables(const rules::Assessor &assessor, const std::string &month) {
        for (std::size_t group = 0; group < m_context.rules.groups.size(); ++group) {
            documents::Table table;
            using enum documents::Align;
            table.columns = {{"名次", 7, Middle}, {"责任单位", 24, Left},  {"事项", 7, Right},      {"实得", 13, Right},
                             {"总分", 13, Right}, {"功效系数", 11, Right}, {"事项得分", 12, Right}, {"加分", 11, Right},
                             {"减分", 11, Right}, {"考核计分", 12, Right}};
            for (const Index unit : unitsOf(assessor, group))
                table.rows.push_back(rowOf(assessor.standings()[unit], m_ledger.units[unit].name));
            if (table.rows.empty())
                continue;
            PaperBody body;
            body.table(std::move(table));
            m_context.draft.paper.attachments.push_back(
                {month + "督查事项办理情况排名表\n" + m_context.rules.groups[group].name, body.take()});
        }
    }

    static std::vector<std::string> rowOf(const rules::UnitStanding &unit, const std::string &name) {
        const bool counted = unit.items > 0;
        const auto exact = [&](const rules::Fraction &value, int decimals) {
            return counted ? rounded(value, decimals) : std::string("—");
        };
        return {unit.rank > 0 ? std::to_string(unit.rank) : "—",
                name,
                std::to_string(unit.items),
                rules::pointsText(unit.earned),
                rules::pointsText(unit.total),
                exact(unit.efficacy, 4),
                exact(unit.itemScore, 2),
                rules::pointsText(unit.merits),
                rules::pointsText(unit.demerits),
                exact(unit.score, 2)};
    }

    PaperContext &m_context;
    rules::Month m_month;
    rules::Ledger m_ledger; ///< with the month's publication, where there is none yet
    std::vector<Index> m_winners;
};
} // namespace

Status writeMonthlyRanking(PaperContext &context, rules::Month month) {
    return RankingBody(context, month).write();
}

} // namespace zhicha
