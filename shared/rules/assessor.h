#pragma once
// The assessment (四（一）, 附件1, 附件2) of every unit as of one day, kept up to date: loading the ledger computes it
// once, and after a change of one item, event, report or publication only what hangs on it is computed again.
#include "shared/rules/ledger.h"

namespace zhicha::rules {

/** Why an entry does not count, in the order in which they are looked at. */
enum class NotCounted : std::uint8_t {
    No, ///< it counts
    UnknownRule,
    NoItem,
    Subordinate,
    NotCooperating,
    NotReportedByLead,
    NotResponsible,
    LowerLevel,
};
[[nodiscard]] std::string_view notCountedName(NotCounted reason); ///< "" for one that counts

enum class EntrySource : std::uint8_t { Event, LateReport, LateReturnedReport, MonthlyRanking };

/** One line of a unit's merits and demerits. */
struct Entry {
    Day on;
    EntrySource source = EntrySource::Event;
    NotCounted reason = NotCounted::No;
    Index index = kNone; ///< in Ledger::events, reports or publications
    Index rule = kNone;  ///< in Rules::pointRules
    std::int64_t points = 0;
};

struct UnitStanding {
    std::uint32_t items = 0;
    std::uint32_t completed = 0;
    std::int64_t earned = 0; ///< points are in 1/kPoint
    std::int64_t total = 0;
    std::int64_t merits = 0;
    std::int64_t demerits = 0;
    Fraction efficacy, itemScore, score; ///< hold where items > 0
    std::uint32_t rank = 0;              ///< within the group; 0: none
    [[nodiscard]] bool allCompleted() const { return items > 0 && completed == items; }
};

/** A month was published with other winners than the ledger gives today: a to-do for the office. */
struct RankingDifference {
    Index publication = kNone;
    std::vector<Index> recomputed;
};

enum class Commend : std::uint8_t { Midyear, Annual };

/** Why an item is in the figures as of the day, or is not. */
enum class ItemStanding : std::uint8_t { Completed, Unfinished, IssuedLater, Withdrawn, CompletedEarlier, NotYetDue };

/** A hundred years of monthly rankings: more is no ledger, but would take for ever. */
inline constexpr std::size_t kMostMonths = 1200;

/** Owner:  whoever keeps the ledger; both it and the rules outlive the assessor.
 *  Threads: one at a time.
 *  Holds:  after settle() every figure equals that of a new assessor over the same ledger.
 */
class Assessor {
public:
    Assessor(const Rules &rules, const Ledger &ledger, Day asOf);

    // One of these after each change in the ledger. A new row stands at the end of its list; an event or a report whose
    // unit is kNone is none any more.
    void unitAdded();
    void itemChanged(Index item);
    void eventChanged(Index event);
    void reportChanged(Index report);
    void publicationChanged();

    /** Ranks and monthly winners; needed after loading and after changes. TooLarge where a figure is beyond exact
     *  arithmetic, or where more than kMostMonths would have to be ranked again: then no figure holds. */
    [[nodiscard]] Status settle();

    [[nodiscard]] Day asOf() const { return m_windows.back().until; }
    [[nodiscard]] Day from() const { return m_windows.back().from; }
    [[nodiscard]] const std::vector<UnitStanding> &standings() const { return m_standings; }
    /** By date, rule and ref. */
    [[nodiscard]] std::vector<Entry> entriesOf(Index unit) const;
    [[nodiscard]] std::vector<RankingDifference> rankingDifferences() const;
    /** 四（二）3: by rank, then id. */
    [[nodiscard]] std::vector<Index> commended(Commend commend) const;
    [[nodiscard]] ItemStanding itemStanding(Index item) const;
    /** The unit that the item counts for as of the day. */
    [[nodiscard]] Index leadOf(Index item) const;
    /** What the assessor holds beside the ledger. */
    [[nodiscard]] std::size_t memoryBytes() const;

private:
    /** What the sums need of an item: nothing of it is text, and most items take no more than this. */
    struct ItemFacts {
        Day issuedOn, completedOn, withdrawnOn;
        Day due, extendedFrom, extendedTo;
        std::int32_t awarded = 0;
        Index lead = kNone;
        Index transfers = kNone; ///< in m_transfers
    };
    struct UnitSum {
        std::uint32_t items = 0;
        std::uint32_t completed = 0;
        std::int64_t earned = 0;
    };
    struct UnitPoints {
        std::int64_t merits = 0;
        std::int64_t demerits = 0;
        bool demeritInMonth = false;
    };
    /** A stretch of days over which the figures are wanted: the year to date, and for each month's ranking the time up
     *  to the month's last day. */
    struct Window {
        Day from;
        Day until;
        std::optional<Month> month;
        std::vector<UnitSum> sums;
        std::vector<UnitPoints> points; ///< of events and reports
        std::vector<Index> winners;     ///< of the month, once settled
        bool wanted = false;            ///< a ranking of the month counts, or another one's figures rest on it
    };
    /** An entry of events and reports with the part of the verdict that is the same on every later day. */
    struct EntryFacts {
        Entry entry;
        std::uint32_t rivals = kNone; ///< entries of one number are compared by 一（一）9, 二（一）9
    };
    struct UnitEntries {
        std::vector<EntryFacts> rows;
        std::uint32_t rivalries = 0;
    };
    enum class Turn : std::int8_t { Add = 1, Take = -1 };
    /** A score without what all units of a window share, as a fraction num / items. */
    struct ScoreKey {
        Int128 num = 0;
        std::uint32_t items = 0;
    };

    [[nodiscard]] ItemFacts factsOf(const Item &item, Index slot); ///< slot: in m_transfers, if it has one
    [[nodiscard]] ItemStanding standingIn(const ItemFacts &facts, const Window &window) const;
    [[nodiscard]] Index leadIn(const ItemFacts &facts, Day day) const;
    void linkEvent(Index item, Index event);
    void unlinkEvent(Index item, Index event);
    void addItem(Window &window, Index item, Turn turn) const;
    void sumItems(Window &window) const;

    [[nodiscard]] Window windowOf(Month month) const;
    void makeWindows();
    [[nodiscard]] std::vector<Month> wantedMonths() const;
    [[nodiscard]] std::vector<Month> keptMonths() const;
    [[nodiscard]] Day datedOn(const Publication &publication) const;
    [[nodiscard]] bool countsIn(const Publication &publication, const Window &window) const;
    [[nodiscard]] const Window *windowOfMonth(Month month) const;
    [[nodiscard]] const std::vector<Index> &winnersOf(const Publication &publication) const;

    [[nodiscard]] NotCounted judge(const Event &event) const;
    void collectEntries(Index unit);
    void numberRivals(UnitEntries &entries) const;
    template <typename Take>
    void forEntries(const UnitEntries &entries, const Window &window, Take &&take) const;
    [[nodiscard]] UnitPoints pointsIn(Index unit, const Window &window) const;
    void entriesChanged(Index unit);
    [[nodiscard]] const std::string &refId(const Entry &entry) const;
    [[nodiscard]] bool isHigher(const Entry &a, const Entry &b) const;

    [[nodiscard]] std::vector<UnitPoints> allPoints(const Window &window) const;
    [[nodiscard]] Result<std::vector<ScoreKey>> keysOf(const Window &window,
                                                       const std::vector<UnitPoints> &points) const;
    [[nodiscard]] Status findWinners(Window &window) const;
    [[nodiscard]] Status makeStandings();
    [[nodiscard]] Status explainScore(Index unit, const ScoreKey &key, std::uint32_t mostItems);
    void rankGroups(const std::vector<ScoreKey> &keys);

    const Rules &m_rules;
    const Ledger &m_ledger;
    std::vector<ItemFacts> m_facts;
    std::vector<std::vector<Transfer>> m_transfers; ///< of the few items that have any
    std::vector<std::vector<Index>> m_shares;       ///< cooperating units by item, where they share
    bool m_tooManyMonths = false;
    std::vector<Window> m_windows;                ///< by last day; the last one is the day asked for
    std::vector<Index> m_eventUnit, m_reportUnit; ///< as they were when last looked at
    std::vector<Index> m_eventItem;
    std::vector<std::vector<Index>> m_unitEvents, m_unitReports;
    std::vector<Index> m_itemEvents, m_nextEvent; ///< the first event of an item, and the next one of the same item
    std::vector<UnitEntries> m_entries;
    std::vector<UnitStanding> m_standings;
};

} // namespace zhicha::rules
