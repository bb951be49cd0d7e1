#pragma once
// 测得: what the recorded fixes, track and photos of a check say about each of its six duties, computed anew from the
// ledger. What a tablet wrote beside an answer is shown, never relied on.
#include "sync-server/office/console/check_file.h"

#include <array>

namespace zhicha {

enum class MeasuredMark { Supports, Partly, Against, Impossible };
[[nodiscard]] std::string_view measuredMarkName(MeasuredMark mark); ///< supports, partly, against, impossible

struct Measured {
    MeasuredMark mark = MeasuredMark::Impossible;
    /** Whole numbers and booleans: track_mm, stops, stop_ms, stops_near_unit, gaps, gap_ms; inside, accuracy_mm,
     *  distance_mm, dwell_s, flags; first_photo_ms. Empty = cannot be measured. */
    nlohmann::json figures = nlohmann::json::object();
    nlohmann::json basis = nlohmann::json::array(); ///< ids of what it was computed from
    std::string words;
    std::string wordsEn;
};

/** A stop this near to the seat of a unit concerned speaks against 直奔基层 [reading]. */
inline constexpr std::int64_t kNearSeatMm = 200'000;

/** Clause 1 to 6 at index 0 to 5. No instrument shows that nobody was told, greeted or escorted: 1, 2 and 4. */
[[nodiscard]] Result<std::array<Measured, 6>> measureCheck(LedgerReader &ledger, const CheckFile &file);

/** One of kept unmeasured explain not_kept against missing; `row` may be null. */
[[nodiscard]] std::string attestationCell(const EntityRow *row, const Measured &measured);
/** For each clause what was said beside what was measured. */
[[nodiscard]] Result<std::vector<std::string>> attestationCells(LedgerReader &ledger, const CheckFile &file);

} // namespace zhicha
