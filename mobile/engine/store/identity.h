#pragma once
// Who the tablet is: one person on one tablet, of one ledger. Lives in the encrypted store only.
#include "shared/crypto/box.h"
#include "shared/oplog/checkpoint.h"
#include "shared/oplog/key_note.h"

namespace zhicha {

struct Identity {
    std::string server; ///< base URL without a slash at the end
    Digest fingerprint{};
    std::string deviceName;
    Uuid ledger; ///< nil until the key note was seen
    Uuid device;
    SecretSeed signSeed{};
    BoxKeyPair box;
    std::string code; ///< the enrolment code while enrolment is under way; empty afterwards
    bool enrolled = false;
    Uuid person;
    std::string personName;

    [[nodiscard]] SigningKey signingKey() const { return SigningKey::fromSeed(signSeed); }
};
[[nodiscard]] cbor::Value identityValue(const Identity &identity);
[[nodiscard]] Result<Identity> identityFromValue(const cbor::Value &value); ///< StoreDamaged

/** What the clock of this tablet is worth: the office's time at one moment of ours. */
struct ClockEstimate {
    std::int64_t serverMs = 0;
    std::int64_t wallMs = 0;
    std::int64_t monotonicUs = 0;
    std::string boot;
    /** Best guess of the office's time, ms UTC: over the monotonic clock within one boot, else over the wall clock. */
    [[nodiscard]] std::int64_t at(const Clock &clock) const;
};
[[nodiscard]] cbor::Value clockValue(const ClockEstimate &estimate);
[[nodiscard]] Result<ClockEstimate> clockFromValue(const cbor::Value &value);

[[nodiscard]] cbor::Value checkpointValue(const Checkpoint &checkpoint);
[[nodiscard]] Result<Checkpoint> checkpointFromValue(const cbor::Value &value);

} // namespace zhicha
