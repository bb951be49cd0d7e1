#pragma once
// 本机测得: what the tablet itself can say about the six duties of a check. It fills one column; the answer is a
// person's.
#include "mobile/models/check_reading.h"

namespace zhicha {

/** Facts of one duty. What the tablet has no means to measure is said to be so. */
struct Measurement {
    enum class Verdict { Supports, Partly, Contradicts, Impossible } verdict = Verdict::Impossible;
    cbor::Map values;  ///< as they go into attestation.say `measured`; empty = cannot be measured
    cbor::Array basis; ///< ids of what they were taken from
};

/** Clause 1 to 6: no notice, no greeting, no reports, no escort, straight to the grass roots, straight to the site.
 *  Keys of values: track_mm, stops, stop_ms, gaps, gap_ms; arrived_at, inside, accuracy_mm, flags; first_photo_ms. */
[[nodiscard]] Measurement measure(const CheckReading &check, int clause);

} // namespace zhicha
