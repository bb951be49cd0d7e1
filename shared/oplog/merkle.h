#pragma once
// RFC 6962 §2.1 Merkle tree: leaf H(0x00 ‖ data), node H(0x01 ‖ left ‖ right). Only complete subtrees are stored, so an
// append writes two hashes on average and any proof reads O(log n) of them.
#include "shared/base/bytes.h"
#include "shared/base/result.h"

#include <functional>

namespace zhicha {

[[nodiscard]] Digest merkleLeaf(ByteView data);
[[nodiscard]] Digest merkleNode(const Digest &left, const Digest &right);
[[nodiscard]] Digest merkleEmptyRoot(); ///< SHA-256 of nothing

/** Where the hashes of complete subtrees lie: level 0 = leaves, index counts subtrees of that level from the left.
 *  A node is written once and never changes. */
class MerkleNodes {
public:
    virtual ~MerkleNodes() = default;
    virtual Result<Digest> read(int level, std::int64_t index) = 0; ///< NotFound, DiskError, StoreDamaged
    virtual Status write(int level, std::int64_t index, const Digest &hash) = 0;
};

/** Appends leaf number `size` (0-based) to a tree of `size` leaves. */
[[nodiscard]] Status merkleAppend(MerkleNodes &nodes, std::int64_t size, const Digest &leaf);
[[nodiscard]] Result<Digest> merkleRoot(MerkleNodes &nodes, std::int64_t size);
/** RFC 6962 §2.1.1. InvalidArgument unless 0 <= index < size. */
[[nodiscard]] Result<std::vector<Digest>> inclusionProof(MerkleNodes &nodes, std::int64_t index, std::int64_t size);
/** RFC 6962 §2.1.2. InvalidArgument unless 0 <= from <= to; empty for from = 0 and from = to. */
[[nodiscard]] Result<std::vector<Digest>> consistencyProof(MerkleNodes &nodes, std::int64_t from, std::int64_t to);

[[nodiscard]] bool inclusionFits(const Digest &leaf, std::int64_t index, std::int64_t size,
                                 const std::vector<Digest> &proof, const Digest &root);
[[nodiscard]] bool consistencyFits(std::int64_t from, const Digest &fromRoot, std::int64_t to, const Digest &toRoot,
                                   const std::vector<Digest> &proof);

/** Nodes in memory: tests, the verifier, the rebuild. */
class MemoryMerkleNodes final : public MerkleNodes {
public:
    Result<Digest> read(int level, std::int64_t index) override;
    Status write(int level, std::int64_t index, const Digest &hash) override;

private:
    std::vector<std::vector<Digest>> m_levels;
};

} // namespace zhicha
