// Goal: after any change the assessor holds what a new one over the same ledger would. Method: random ledgers, random
// changes of every kind one after the other, and both assessors compared in everything that they tell.
#include "shared/rules/assessor.h"
#include "tests/unit/shared/rules/ledger_maker.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace zhicha;
using namespace zhicha::test;
namespace zr = zhicha::rules;

namespace {
bool same(const zr::UnitStanding &a, const zr::UnitStanding &b) {
    return a.items == b.items && a.completed == b.completed && a.earned == b.earned && a.total == b.total &&
           a.merits == b.merits && a.demerits == b.demerits && a.rank == b.rank && a.score == b.score &&
           a.itemScore == b.itemScore && a.efficacy == b.efficacy;
}
bool same(const zr::Entry &a, const zr::Entry &b) {
    return a.on == b.on && a.source == b.source && a.reason == b.reason && a.index == b.index && a.rule == b.rule &&
           a.points == b.points;
}

void expectSame(const zr::Assessor &kept, const zr::Assessor &fresh, const zr::Ledger &ledger) {
    for (zr::Index unit = 0; unit < ledger.units.size(); ++unit) {
        RC_ASSERT(same(kept.standings()[unit], fresh.standings()[unit]));
        const auto mine = kept.entriesOf(unit);
        const auto other = fresh.entriesOf(unit);
        RC_ASSERT(mine.size() == other.size());
        for (std::size_t i = 0; i < mine.size(); ++i)
            RC_ASSERT(same(mine[i], other[i]));
    }
    for (const zr::Commend commend : {zr::Commend::Midyear, zr::Commend::Annual})
        RC_ASSERT(kept.commended(commend) == fresh.commended(commend));
    const auto mine = kept.rankingDifferences();
    const auto other = fresh.rankingDifferences();
    RC_ASSERT(mine.size() == other.size());
    for (std::size_t i = 0; i < mine.size(); ++i)
        RC_ASSERT(mine[i].publication == other[i].publication && mine[i].recomputed == other[i].recomputed);
    for (zr::Index item = 0; item < ledger.items.size(); ++item)
        RC_ASSERT(kept.itemStanding(item) == fresh.itemStanding(item) && kept.leadOf(item) == fresh.leadOf(item));
}

/** One change in the ledger and in the assessor that is kept. Rows are taken from another ledger of the same shape. */
class Changer {
public:
    Changer(zr::Ledger &ledger, zr::Assessor &assessor, zr::Ledger other, std::mt19937 &dice)
        : m_ledger(ledger), m_assessor(assessor), m_other(std::move(other)), m_dice(dice) {}

    void change() {
        switch (upTo(m_dice, 5)) {
        case 0:
            m_ledger.units.push_back(
                {"n" + std::to_string(m_ledger.units.size()), "", static_cast<std::uint8_t>(upTo(m_dice, 1))});
            return m_assessor.unitAdded();
        case 1:
            return item();
        case 2:
            return row(m_ledger.events, m_other.events, [&](zr::Index at) { m_assessor.eventChanged(at); });
        case 3:
            return row(m_ledger.reports, m_other.reports, [&](zr::Index at) { m_assessor.reportChanged(at); });
        case 4:
            return publication();
        default: // taken back
            if (m_ledger.events.empty())
                return;
            const auto at = static_cast<zr::Index>(upTo(m_dice, m_ledger.events.size() - 1));
            m_ledger.events[at].unit = zr::kNone;
            return m_assessor.eventChanged(at);
        }
    }

private:
    void item() {
        if (m_other.items.empty())
            return;
        const auto at = static_cast<zr::Index>(upTo(m_dice, m_ledger.items.size()));
        zr::Item item = m_other.items[upTo(m_dice, m_other.items.size() - 1)];
        item.id = at < m_ledger.items.size() ? m_ledger.items[at].id : "n" + std::to_string(at);
        if (at == m_ledger.items.size())
            m_ledger.items.push_back(item);
        else
            m_ledger.items[at] = item;
        m_assessor.itemChanged(at);
    }
    template <typename Row, typename Tell>
    void row(std::vector<Row> &rows, const std::vector<Row> &others, Tell &&tell) {
        if (others.empty() || m_ledger.items.empty())
            return;
        const auto at = static_cast<zr::Index>(upTo(m_dice, rows.size()));
        Row row = others[upTo(m_dice, others.size() - 1)];
        row.id = at < rows.size() ? rows[at].id : "n" + std::to_string(at);
        if (row.item != zr::kNone)
            row.item = row.item % static_cast<zr::Index>(m_ledger.items.size());
        if (at == rows.size())
            rows.push_back(row);
        else
            rows[at] = row;
        tell(at);
    }
    void publication() {
        auto &rows = m_ledger.publications;
        if (m_other.publications.empty())
            return;
        const zr::Publication changed = m_other.publications[upTo(m_dice, m_other.publications.size() - 1)];
        const auto at = std::find_if(rows.begin(), rows.end(),
                                     [&](const zr::Publication &row) { return row.month == changed.month; });
        if (at == rows.end())
            rows.push_back(changed);
        else
            *at = changed;
        m_assessor.publicationChanged();
    }

    zr::Ledger &m_ledger;
    zr::Assessor &m_assessor;
    zr::Ledger m_other;
    std::mt19937 &m_dice;
};

void changesGiveTheSame(const zr::Rules &rules, std::uint32_t seed) {
    std::mt19937 dice(seed);
    Json first = randomLedger(dice);
    Json second = randomLedger(dice);
    second["units"] = first["units"]; // unit numbers of both hold in either
    for (std::size_t i = first["units"].size(); i < 12; ++i)
        for (Json *ledger : {&first, &second})
            (*ledger)["units"].push_back(unitRow("u" + std::to_string(i + 1), "department"));
    auto ledger = zr::readLedger(rules, first.dump());
    auto other = zr::readLedger(rules, second.dump());
    RC_ASSERT(ledger.has_value() && other.has_value());
    const zr::Day asOf = day(randomDay(dice));
    zr::Assessor kept(rules, *ledger, asOf);
    RC_ASSERT(kept.settle().has_value());
    Changer changer(*ledger, kept, *other, dice);
    for (int round = 0; round < 6; ++round) {
        for (std::size_t i = upTo(dice, 4) + 1; i > 0; --i)
            changer.change();
        RC_ASSERT(kept.settle().has_value());
        zr::Assessor fresh(rules, *ledger, asOf);
        RC_ASSERT(fresh.settle().has_value());
        expectSame(kept, fresh, *ledger);
    }
}

RC_GTEST_PROP(Assessor, holdsAfterChangesWhatANewOneWould, (std::uint32_t seed)) {
    changesGiveTheSame(zr::sanmenxiaRules(), seed);
}

RC_GTEST_PROP(Assessor, holdsItUnderOtherReadingsToo, (std::uint32_t seed)) {
    zr::Rules rules = zr::sanmenxiaRules();
    std::mt19937 dice(seed);
    rules.cooperatingShare = chance(dice, 50);
    rules.unfinished = chance(dice, 50) ? zr::Unfinished::WhenIssued : zr::Unfinished::WhenDue;
    rules.monthlyScore = chance(dice, 50) ? zr::MonthlyScore::Month : zr::MonthlyScore::YearToDate;
    rules.rankingDated = chance(dice, 50) ? zr::RankingDated::MonthEnd : zr::RankingDated::Publication;
    rules.withoutDemerit = static_cast<zr::WithoutDemerit>(upTo(dice, 2));
    rules.commendedAcrossGroups = chance(dice, 50);
    changesGiveTheSame(rules, seed);
}
} // namespace
