#pragma once
// What the console's lists are read from: one row a check and one a finding, derived from the folded rows and made anew
// from them whenever the log has grown (office/console/index_refresh.h). Pages by keyset: the last row of a page is
// where the next begins, so that page 1,000 costs what page 1 costs.
#include "shared/base/ids.h"
#include "shared/base/result.h"
#include "shared/ledger/check_state.h"

#include <functional>

namespace zhicha {

/** The setting with the log number up to which the lists are made. The number in its name grows with what a row holds,
 *  so that rows of an older shape are made anew. */
inline constexpr const char *kIndexCursorSetting = "console/index/2";

/** Instants ms UTC. */
struct CheckIndexRow {
    Uuid check;
    std::string number;
    CheckState state = CheckState::UnderWay;
    std::optional<Uuid> site;
    std::optional<Uuid> unit;
    std::int64_t receivedMs = 0; ///< first leaf of the check
    std::int64_t waitingMs = 0;  ///< since when it is in a state that waits for the office; else the last change
    std::int64_t lastLog = 0;
    std::int64_t minor = 0, major = 0, critical = 0;
    std::int64_t conflicts = 0;
    std::int64_t declared = 0, arrived = 0, mismatches = 0;
    std::int64_t imported = 0;
    bool exception = false;               ///< an attestation that is not clean
    std::int64_t spanWidthMs = 0;         ///< of the start's interval
    std::vector<Uuid> people;             ///< who started, joined or signed; the starter first
    std::vector<Uuid> items;              ///<
    std::vector<std::string> attestation; ///< six cells
    std::string details;                  ///< JSON of what a list shows beside
    std::int64_t place = 0; ///< in the order in which the lists got it; where a page of a text search ends
};

struct FindingIndexRow {
    Uuid finding;
    Uuid check;
    std::int64_t madeMs = 0;
    std::int64_t log = 0;
    int severity = 0; ///< 0 none, 1 minor, 2 major, 3 critical; the graver of several
    bool contested = false;
    bool isVoid = false;
    std::int64_t imported = 0;
    std::optional<Uuid> item, site, unit;
    std::vector<Uuid> people; ///< of its check: written, not read back
    std::int64_t number = 0;  ///< in the order in which the lists got it; where a page of a text search ends
};

struct ContestedField {
    Uuid entity;
    std::string field;
    std::optional<Uuid> check;
    std::int64_t sinceMs = 0;
};

struct CheckListQuery {
    enum class View { Todo, Replied, Conflict, Returned, Arriving, Month, All };
    enum class Order { Wait, New, Number };
    View view = View::Todo;
    Order order = Order::Wait;
    std::optional<CheckState> state;
    std::optional<Uuid> unit, site, item, person;
    std::optional<std::vector<Uuid>> among; ///< only checks with one of these people
    int severity = 0;                       ///< at least
    bool exception = false, imported = false;
    std::int64_t widerThanMs = 0;
    std::optional<std::int64_t> fromMs, untilMs; ///< of receipt, half-open
    /** Searched words. What they find stands in the order in which the lists got it, the newest first, whatever `order`
     *  says: the words' index gives its hits so, and no more of them than are asked for. */
    std::string text;
};

struct FindingListQuery {
    std::optional<Uuid> unit, site, item, check;
    int severity = 0;
    std::string state; ///< "", open, contested, void
    bool imported = false;
    std::optional<std::int64_t> fromMs, untilMs;
    std::optional<std::vector<Uuid>> among;
    std::string text;
};

/** Where a page ended. */
struct PageMark {
    std::int64_t at = 0;
    std::string text; ///< of an order by number
    Uuid id;
};

/** Threads: those of the ledger store that it belongs to. Writes need the writer and an open transaction. */
class ConsoleIndex {
public:
    virtual ~ConsoleIndex() = default;
    virtual Status putCheckIndex(const CheckIndexRow &row, std::string_view searchText) = 0;
    virtual Status putFindingIndex(const FindingIndexRow &row, std::string_view searchText) = 0;
    virtual Status dropFindingIndex(const Uuid &finding) = 0;
    /** Replaces what is contested of one entity. */
    virtual Status putContested(const Uuid &entity, const std::vector<ContestedField> &fields) = 0;
    virtual Status forgetConsoleIndex() = 0;

    virtual Result<std::optional<CheckIndexRow>> checkIndex(const Uuid &check) = 0;
    virtual Result<std::vector<CheckIndexRow>> checkPage(const CheckListQuery &query,
                                                         const std::optional<PageMark> &after, std::int64_t limit) = 0;
    /** The page before `mark`, nearest first. */
    virtual Result<std::vector<CheckIndexRow>> checkPageBefore(const CheckListQuery &query, const PageMark &mark,
                                                               std::int64_t limit) = 0;
    virtual Result<std::int64_t> checkCount(const CheckListQuery &query, std::int64_t most) = 0;
    virtual Result<std::vector<FindingIndexRow>>
    findingPage(const FindingListQuery &query, const std::optional<PageMark> &after, std::int64_t limit) = 0;
    virtual Result<std::int64_t> findingCount(const FindingListQuery &query, std::int64_t most) = 0;
    virtual Result<std::vector<ContestedField>> contestedPage(const std::string &field,
                                                              const std::optional<Uuid> &check,
                                                              const std::optional<PageMark> &after,
                                                              std::int64_t limit) = 0;
    virtual Result<std::int64_t> contestedCount(const std::string &field, const std::optional<Uuid> &check,
                                                std::int64_t most) = 0;
    /** Every check with an operation of this chain, or of this site. */
    virtual Result<std::vector<Uuid>> checksOfDevice(const Uuid &device) = 0;
    virtual Result<std::vector<Uuid>> checksOfSite(const Uuid &site) = 0;
};

/** Where a row stands in the order of a list. */
[[nodiscard]] PageMark markOf(const CheckIndexRow &row, const CheckListQuery &query);
/** Findings run newest first; those that a text was searched in, in the order in which the lists got them. */
[[nodiscard]] PageMark markOf(const FindingIndexRow &row, const FindingListQuery &query);

} // namespace zhicha
