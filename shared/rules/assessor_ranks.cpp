// Scores and ranks (附件1), the winners of the months (附件2 一（一）10) and who is commended (四（二）3).
#include "shared/rules/assessor.h"

#include "shared/base/plant.h"

#include <algorithm>

namespace zhicha::rules {

namespace {
Error beyondExact() {
    return fail(Code::TooLarge, "a score does not fit the exact arithmetic of 128 bits; no figure is given");
}
} // namespace

Status Assessor::settle() {
    if (m_tooManyMonths)
        return fail(Code::TooLarge, "more than " + std::to_string(kMostMonths) + " months would be ranked again");
    for (Window &window : m_windows)
        if (window.wanted)
            ZHICHA_TRY(findWinners(window));
    return makeStandings();
}

/** With the points of the rankings that were published by then. Their months are over before this window ends, so
 *  their winners are known. */
std::vector<Assessor::UnitPoints> Assessor::allPoints(const Window &window) const {
    std::vector<UnitPoints> points = window.points;
    if (!m_rules.monthlyRanking)
        return points;
    const std::int64_t won = m_rules.pointRules[*m_rules.monthlyRanking].points;
    for (const Publication &publication : m_ledger.publications) {
        if (!countsIn(publication, window))
            continue;
        const bool inMonth = window.month && datedOn(publication) >= window.month->first();
        for (const Index unit : winnersOf(publication)) {
            (won > 0 ? points[unit].merits : points[unit].demerits) += won;
            points[unit].demeritInMonth = points[unit].demeritInMonth || (won < 0 && inMonth);
        }
    }
    return points;
}

/** score = start + earned / total × factor × (fixed + items / most × shared) + points. All units of a window share
 *  itemPoints × most × kPoint in the denominator; what is left is num / items. */
Result<std::vector<Assessor::ScoreKey>> Assessor::keysOf(const Window &window,
                                                         const std::vector<UnitPoints> &points) const {
    std::uint32_t most = 0;
    for (const UnitSum &sum : window.sums)
        most = std::max(most, sum.items);
    std::vector<ScoreKey> keys(window.sums.size());
    Int128 common = 0;
    if (__builtin_mul_overflow(Int128{m_rules.itemPoints} * most, Int128{kPoint}, &common))
        return beyondExact();
    for (std::size_t unit = 0; unit < keys.size(); ++unit) {
        const UnitSum &sum = window.sums[unit];
        const Int128 efficacy = Int128{m_rules.efficacyFixed} * most + Int128{m_rules.efficacyShared} * sum.items;
        const Int128 extra = Int128{m_rules.start} + points[unit].merits + points[unit].demerits;
        Int128 fromItems = 0, fromExtra = 0;
        if (__builtin_mul_overflow(Int128{m_rules.factor} * sum.earned, efficacy, &fromItems) ||
            __builtin_mul_overflow(extra, common, &fromExtra) ||
            __builtin_mul_overflow(fromExtra, Int128{sum.items}, &fromExtra) ||
            __builtin_add_overflow(fromItems, fromExtra, &keys[unit].num))
            return beyondExact();
        keys[unit].items = sum.items;
    }
    return keys;
}

namespace {
template <typename Key>
std::strong_ordering compareKeys(const Key &a, const Key &b) {
    return compareFractions(a.num, a.items, b.num, b.items);
}
} // namespace

Status Assessor::findWinners(Window &window) const {
    const std::vector<UnitPoints> points = allPoints(window);
    ZHICHA_ASSIGN(const std::vector<ScoreKey> keys, keysOf(window, points));
    window.winners.clear();
    std::vector<std::vector<Index>> groups(m_rules.groups.size());
    for (Index unit = 0; unit < keys.size(); ++unit)
        if (keys[unit].items > 0)
            groups[m_ledger.units[unit].group].push_back(unit);
    for (std::size_t group = 0; group < groups.size(); ++group) {
        std::vector<Index> &units = groups[group];
        const auto places = static_cast<std::size_t>(m_rules.groups[group].monthlyWinners);
        if (places == 0 || units.empty())
            continue;
        // Rank <= places means: no lower than the score at that place.
        const auto last = units.begin() + static_cast<std::ptrdiff_t>(std::min(places, units.size()) - 1);
        std::nth_element(units.begin(), last, units.end(),
                         [&](Index a, Index b) { return compareKeys(keys[a], keys[b]) > 0; });
        const ScoreKey lowest = keys[*last];
        for (const Index unit : units) {
            const bool demerit = m_rules.withoutDemerit == WithoutDemerit::Month    ? points[unit].demeritInMonth
                                 : m_rules.withoutDemerit == WithoutDemerit::Period ? points[unit].demerits < 0
                                                                                    : false;
            if (!demerit && compareKeys(keys[unit], lowest) >= 0)
                window.winners.push_back(unit);
        }
    }
    return {};
}

Status Assessor::makeStandings() {
    const Window &window = m_windows.back();
    const std::vector<UnitPoints> points = allPoints(window);
    ZHICHA_ASSIGN(const std::vector<ScoreKey> keys, keysOf(window, points));
    std::uint32_t most = 0;
    for (const UnitSum &sum : window.sums)
        most = std::max(most, sum.items);
    for (Index unit = 0; unit < keys.size(); ++unit) {
        const UnitSum &sum = window.sums[unit];
        UnitStanding &standing = m_standings[unit];
        standing = {};
        standing.items = sum.items;
        standing.completed = sum.completed;
        standing.earned = sum.earned;
        if (__builtin_mul_overflow(m_rules.itemPoints, std::int64_t{sum.items}, &standing.total))
            return beyondExact();
        standing.merits = points[unit].merits;
        standing.demerits = points[unit].demerits;
        if (sum.items > 0)
            ZHICHA_TRY(explainScore(unit, keys[unit], most));
    }
    rankGroups(keys);
    return {};
}

Status Assessor::explainScore(Index unit, const ScoreKey &key, std::uint32_t mostItems) {
    UnitStanding &standing = m_standings[unit];
    ZHICHA_ASSIGN(standing.efficacy,
                  Fraction::of(Int128{m_rules.efficacyFixed} * mostItems + Int128{m_rules.efficacyShared} * key.items,
                               Int128{mostItems} * kPoint));
    ZHICHA_ASSIGN(const Fraction share, Fraction::of(standing.earned, standing.total));
    ZHICHA_ASSIGN(const Fraction factor, Fraction::of(m_rules.factor, kPoint));
    ZHICHA_ASSIGN(const Fraction full, times(share, factor));
    ZHICHA_ASSIGN(standing.itemScore, times(full, standing.efficacy));
    ZHICHA_ASSIGN(const Fraction rest,
                  Fraction::of(Int128{m_rules.start} + standing.merits + standing.demerits, kPoint));
    ZHICHA_ASSIGN(standing.score, plus(standing.itemScore, rest));
    return {};
}

/** Equal scores share a rank, and the next one is counted on: 1, 1, 3. */
void Assessor::rankGroups(const std::vector<ScoreKey> &keys) {
    std::vector<std::vector<Index>> groups(m_rules.groups.size());
    for (Index unit = 0; unit < keys.size(); ++unit)
        if (keys[unit].items > 0)
            groups[m_ledger.units[unit].group].push_back(unit);
    for (std::vector<Index> &units : groups) {
        std::sort(units.begin(), units.end(), [&](Index a, Index b) { return compareKeys(keys[a], keys[b]) > 0; });
        for (std::uint32_t i = 0; i < units.size(); ++i) {
            const bool shared =
                i > 0 && !plant("rules_ties_not_shared") && compareKeys(keys[units[i]], keys[units[i - 1]]) == 0;
            m_standings[units[i]].rank = shared ? m_standings[units[i - 1]].rank : i + 1;
        }
    }
}

std::vector<RankingDifference> Assessor::rankingDifferences() const {
    std::vector<RankingDifference> differences;
    for (Index i = 0; i < m_ledger.publications.size(); ++i) {
        const Publication &publication = m_ledger.publications[i];
        if (!publication.hasWinners || !countsIn(publication, m_windows.back()))
            continue;
        std::vector<Index> published = publication.winners;
        std::vector<Index> recomputed = windowOfMonth(publication.month)->winners;
        std::sort(published.begin(), published.end());
        std::sort(recomputed.begin(), recomputed.end());
        if (published != recomputed)
            differences.push_back({i, recomputed});
    }
    return differences;
}

std::vector<Index> Assessor::commended(Commend commend) const {
    const int places = commend == Commend::Midyear ? m_rules.commendedMidyear : m_rules.commendedAnnual;
    std::vector<std::vector<Index>> fields(m_rules.commendedAcrossGroups ? 1 : m_rules.groups.size());
    for (Index unit = 0; unit < m_standings.size(); ++unit)
        if (m_standings[unit].allCompleted())
            fields[m_rules.commendedAcrossGroups ? 0 : m_ledger.units[unit].group].push_back(unit);
    struct Placed {
        std::size_t rank;
        Index unit;
    };
    std::vector<Placed> placed;
    const auto scoreOf = [&](Index unit) -> const Fraction & { return m_standings[unit].score; };
    for (std::vector<Index> &units : fields) {
        std::sort(units.begin(), units.end(), [&](Index a, Index b) { return scoreOf(a) > scoreOf(b); });
        std::size_t rank = 0;
        for (std::size_t i = 0; i < units.size(); ++i) {
            rank = i > 0 && scoreOf(units[i]) == scoreOf(units[i - 1]) ? rank : i + 1;
            if (rank <= static_cast<std::size_t>(places))
                placed.push_back({rank, units[i]});
        }
    }
    std::sort(placed.begin(), placed.end(), [&](const Placed &a, const Placed &b) {
        return a.rank != b.rank ? a.rank < b.rank : m_ledger.units[a.unit].id < m_ledger.units[b.unit].id;
    });
    std::vector<Index> units;
    units.reserve(placed.size());
    for (const Placed &one : placed)
        units.push_back(one.unit);
    return units;
}

} // namespace zhicha::rules
