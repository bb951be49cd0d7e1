#pragma once
// The leaf of a run in the ledger's tree, and the proof that a tablet keeps as its receipt.
#include "shared/oplog/checkpoint.h"
#include "shared/oplog/merkle.h"
#include "shared/oplog/run.h"

namespace zhicha {

/** Leaf data: CBOR[ledger, device, first, last, h, log, received_at]. */
struct Leaf {
    Uuid ledger;
    Uuid device;
    std::int64_t first = 0;
    std::int64_t last = 0;
    Digest h{};
    std::int64_t log = 0;          ///< log number of the run's first new operation
    std::int64_t receivedAtMs = 0; ///< the server's clock, ms UTC; never falls within an origin
    bool operator==(const Leaf &) const = default;
};

[[nodiscard]] Bytes encodeLeaf(const Leaf &leaf);
[[nodiscard]] Result<Leaf> decodeLeaf(ByteView bytes);
[[nodiscard]] Digest leafHash(const Leaf &leaf);

struct Receipt {
    Leaf leaf;
    std::int64_t index = 0; ///< of the leaf in the tree
    std::vector<Digest> proof;
};
[[nodiscard]] cbor::Value receiptValue(const Receipt &receipt); ///< [leaf data, index, [proof…]]
[[nodiscard]] Result<Receipt> receiptFromValue(const cbor::Value &value);
/** True if the leaf stands at its index under this (already verified) checkpoint. */
[[nodiscard]] bool receiptFits(const Receipt &receipt, const Checkpoint &checkpoint);

} // namespace zhicha
