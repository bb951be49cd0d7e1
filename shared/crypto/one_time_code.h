#pragma once
// One-time codes of an authenticator app: HOTP (RFC 4226) over a clock, TOTP (RFC 6238), HMAC-SHA-1, steps of 30 s.
#include "shared/base/bytes.h"

namespace zhicha {

inline constexpr std::int64_t kCodeStepMs = 30'000;

/** The code of a counter, with leading zeros. `digits` 6 to 8. */
[[nodiscard]] std::string hotp(ByteView secret, std::uint64_t counter, int digits = 6);
/** The step of an instant (ms UTC, not negative). */
[[nodiscard]] inline std::int64_t codeStep(std::int64_t utcMs) {
    return utcMs / kCodeStepMs;
}
/** The step whose code of 6 digits this is: now, or one step to either side (a phone's clock). Steps up to `lastUsed`
 *  do not count again. nullopt if none fits. Compares in constant time. */
[[nodiscard]] std::optional<std::int64_t> matchCode(ByteView secret, std::string_view code, std::int64_t utcMs,
                                                    std::int64_t lastUsed);
/** RFC 4648 §6 without padding, upper case: how a secret is typed into an app. */
[[nodiscard]] std::string toBase32(ByteView bytes);

} // namespace zhicha
