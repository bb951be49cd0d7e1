#pragma once
// A chain: the numbered operations of one device, each head over the one before. docs/FORMATS.md "Chain".
#include "shared/crypto/signature.h"
#include "shared/oplog/operation.h"

namespace zhicha {

/** h(0), over who the chain belongs to. */
[[nodiscard]] Digest chainStart(const Uuid &ledger, std::uint8_t suite, const Uuid &device, const PublicKey &key);
/** h(n) = H("zhicha/v1/chain" 0x00 ‖ h(n-1) ‖ d(n)). */
[[nodiscard]] Digest chainNext(const Digest &before, const Digest &operation);

/** The head of a chain: h after operation `seq`; seq 0 = chainStart. */
struct ChainHead {
    std::int64_t seq = 0;
    Digest h{};
    bool operator==(const ChainHead &) const = default;
};

} // namespace zhicha
