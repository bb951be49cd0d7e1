#pragma once
// What tablets show to an office that was restored: runs of the server chain and of other tablets, as they pulled them,
// with whatever each may see in them (docs/PROTOCOL.md "Presenting"). Free of HTTP, like the rest of intake.
#include "sync-server/intake/intake.h"

namespace zhicha {

struct ShownRun {
    std::int64_t log = 0; ///< the log number that it had in the earlier origin
    Bytes run;
};

struct Presentation {
    std::vector<ShownRun> runs;
    /** Log numbers that receipts of the earlier origin name: first, count. Told, not proven: only the report uses it.
     */
    std::vector<std::pair<std::int64_t, std::int64_t>> logs;
    std::string checkpoint; ///< the newest of an earlier origin that the tablet holds; empty = none
};

/** Takes what this ledger does not hold yet. Each run answers `stored`, `known`, or why it was not taken.
 *  `admitted`: the caller has a session; without one only runs of earlier server chains count, by which a tablet whose
 *  enrolment was lost becomes known again. Errors only where the store fails. */
[[nodiscard]] Result<std::vector<std::string>> takePresented(Intake &intake, const Presentation &shown, bool admitted);

/** Whether an operation stands in the log only as a digest, since nobody who showed its run may see it. */
[[nodiscard]] bool isHole(const LogOperation &operation);
/** True if the server noted, under seal, that this place of a shown run is a hole. */
[[nodiscard]] Result<bool> holeIsNoted(LedgerReader &ledger, const LogOperation &operation);

// Settings of a reconciliation. No official number is issued while it is open.
inline constexpr const char *kReconcilingSetting = "reconcile/open";   ///< its generation; empty = none is open
inline constexpr const char *kRestoredLogSetting = "reconcile/from";   ///< last log number of the backup
inline constexpr const char *kRestoredSizeSetting = "reconcile/size";  ///< leaves of the backup
inline constexpr const char *kSeenLogsSetting = "reconcile/logs";      ///< "1-20,25-25": old log numbers that came back
inline constexpr const char *kSeenSizeSetting = "reconcile/seen-size"; ///< most leaves that a tablet proved there were
[[nodiscard]] Result<bool> reconciliationIsOpen(LedgerReader &ledger);

/** Spans of log numbers, ascending and apart from each other; `text` as in kSeenLogsSetting. */
using LogSpans = std::vector<std::pair<std::int64_t, std::int64_t>>; ///< first, last
[[nodiscard]] LogSpans readLogSpans(std::string_view text);
[[nodiscard]] std::string writeLogSpans(const LogSpans &spans);
void addLogSpan(LogSpans &spans, std::int64_t first, std::int64_t last);

} // namespace zhicha
