#pragma once
// A checkpoint: size and root of the ledger's tree at a moment, as a signed note (C2SP signed-note and
// tlog-checkpoint). The one signature that covers plain text instead of a purpose and CBOR, so that public tools can
// check it; it cannot serve another purpose, since the text starts with the origin line and holds no zero byte.
#include "shared/crypto/signature.h"
#include "shared/oplog/operation.h"

namespace zhicha {

struct Checkpoint {
    Uuid ledger;
    std::int64_t generation = 1; ///< the origin: 1, and one more after each restore
    std::int64_t size = 0;       ///< leaves
    Digest root{};
    std::int64_t timeMs = 0; ///< the server's clock, ms UTC
    bool operator==(const Checkpoint &) const = default;
    [[nodiscard]] Anchor anchor() const { return {generation, size, root}; }
};

/** "zhicha.log/<ledger>/<generation>" */
[[nodiscard]] std::string checkpointOrigin(const Uuid &ledger, std::int64_t generation);
[[nodiscard]] std::string signCheckpoint(const Checkpoint &checkpoint, const SigningKey &logKey);
/** Parses strictly and verifies. BadEncoding, BadSignature (none of the signatures is by this key and name). */
[[nodiscard]] Result<Checkpoint> openCheckpoint(std::string_view note, const PublicKey &logKey);

} // namespace zhicha
