#include "shared/oplog/merkle.h"

#include "shared/base/plant.h"
#include "shared/crypto/digest.h"

#include <bit>

namespace zhicha {

namespace {
/** The largest power of two smaller than n (n >= 2). */
std::int64_t splitPoint(std::int64_t n) {
    return static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(n - 1)));
}

/** Hash of leaves [first, first + count). A complete, aligned subtree is read; any other is put together. */
Result<Digest> rangeHash(MerkleNodes &nodes, std::int64_t first, std::int64_t count) {
    if (std::has_single_bit(static_cast<std::uint64_t>(count)) && first % count == 0) {
        const int level = std::countr_zero(static_cast<std::uint64_t>(count));
        return nodes.read(level, first / count);
    }
    const std::int64_t left = splitPoint(count);
    ZHICHA_ASSIGN(const Digest a, rangeHash(nodes, first, left));
    ZHICHA_ASSIGN(const Digest b, rangeHash(nodes, first + left, count - left));
    return merkleNode(a, b);
}

Status inclusionPath(MerkleNodes &nodes, std::int64_t index, std::int64_t first, std::int64_t count,
                     std::vector<Digest> &proof) {
    if (count == 1)
        return {};
    const std::int64_t left = splitPoint(count);
    const bool goLeft = index < first + left;
    ZHICHA_TRY(goLeft ? inclusionPath(nodes, index, first, left, proof)
                      : inclusionPath(nodes, index, first + left, count - left, proof));
    ZHICHA_ASSIGN(const Digest other,
                  goLeft ? rangeHash(nodes, first + left, count - left) : rangeHash(nodes, first, left));
    proof.push_back(other);
    return {};
}

/** SUBPROOF of RFC 6962 §2.1.2; `whole` says that the old tree is exactly this subtree. */
Status consistencyPath(MerkleNodes &nodes, std::int64_t from, std::int64_t first, std::int64_t count, bool whole,
                       std::vector<Digest> &proof) {
    if (from == count) {
        if (!whole) {
            ZHICHA_ASSIGN(const Digest hash, rangeHash(nodes, first, count));
            proof.push_back(hash);
        }
        return {};
    }
    const std::int64_t left = splitPoint(count);
    if (from <= left) {
        ZHICHA_TRY(consistencyPath(nodes, from, first, left, whole, proof));
        ZHICHA_ASSIGN(const Digest hash, rangeHash(nodes, first + left, count - left));
        proof.push_back(hash);
        return {};
    }
    ZHICHA_TRY(consistencyPath(nodes, from - left, first + left, count - left, false, proof));
    ZHICHA_ASSIGN(const Digest hash, rangeHash(nodes, first, left));
    proof.push_back(hash);
    return {};
}
} // namespace

Digest merkleLeaf(ByteView data) {
    constexpr std::uint8_t kLeaf[] = {0};
    return sha256({ByteView(kLeaf), data});
}

Digest merkleNode(const Digest &left, const Digest &right) {
    constexpr std::uint8_t kNode[] = {1};
    return sha256({ByteView(kNode), left, right});
}

Digest merkleEmptyRoot() {
    return sha256(ByteView{});
}

Status merkleAppend(MerkleNodes &nodes, std::int64_t size, const Digest &leaf) {
    Digest hash = leaf;
    ZHICHA_TRY(nodes.write(0, size, hash));
    std::int64_t index = size;
    for (int level = 0; index % 2 == 1; ++level) {
        ZHICHA_ASSIGN(const Digest left, nodes.read(level, index - 1));
        hash = merkleNode(left, hash);
        index /= 2;
        ZHICHA_TRY(nodes.write(level + 1, index, hash));
    }
    return {};
}

Result<Digest> merkleRoot(MerkleNodes &nodes, std::int64_t size) {
    if (size < 0)
        return fail(Code::InvalidArgument, "a tree of negative size");
    return size == 0 ? Result<Digest>(merkleEmptyRoot()) : rangeHash(nodes, 0, size);
}

Result<std::vector<Digest>> inclusionProof(MerkleNodes &nodes, std::int64_t index, std::int64_t size) {
    if (index < 0 || index >= size)
        return fail(Code::InvalidArgument, "no such leaf in a tree of this size");
    std::vector<Digest> proof;
    ZHICHA_TRY(inclusionPath(nodes, index, 0, size, proof));
    return proof;
}

Result<std::vector<Digest>> consistencyProof(MerkleNodes &nodes, std::int64_t from, std::int64_t to) {
    if (from < 0 || from > to)
        return fail(Code::InvalidArgument, "the older tree is the smaller one");
    std::vector<Digest> proof;
    if (from != 0 && from != to)
        ZHICHA_TRY(consistencyPath(nodes, from, 0, to, true, proof));
    return proof;
}

// RFC 9162 §2.1.3.2 (the same tree, verification spelled out).
bool inclusionFits(const Digest &leaf, std::int64_t index, std::int64_t size, const std::vector<Digest> &proof,
                   const Digest &root) {
    if (index < 0 || index >= size)
        return false;
    auto fn = static_cast<std::uint64_t>(index);
    auto sn = static_cast<std::uint64_t>(size - 1);
    Digest hash = leaf;
    for (const Digest &other : proof) {
        if (sn == 0)
            return false;
        if ((fn & 1) != 0 || fn == sn) {
            hash = merkleNode(other, hash);
            while ((fn & 1) == 0 && fn != 0) {
                fn >>= 1;
                sn >>= 1;
            }
        } else {
            hash = merkleNode(hash, other);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && hash == root;
}

// RFC 9162 §2.1.4.2.
bool consistencyFits(std::int64_t from, const Digest &fromRoot, std::int64_t to, const Digest &toRoot,
                     const std::vector<Digest> &proof) {
    if (from < 0 || from > to)
        return false;
    if (from == to)
        return proof.empty() && fromRoot == toRoot;
    if (from == 0)
        return proof.empty() && fromRoot == merkleEmptyRoot();
    std::vector<Digest> path = proof;
    if (std::has_single_bit(static_cast<std::uint64_t>(from)))
        path.insert(path.begin(), fromRoot);
    if (path.empty())
        return false;
    auto fn = static_cast<std::uint64_t>(from - 1);
    auto sn = static_cast<std::uint64_t>(to - 1);
    while ((fn & 1) != 0) {
        fn >>= 1;
        sn >>= 1;
    }
    Digest oldHash = path[0];
    Digest newHash = path[0];
    for (std::size_t i = 1; i < path.size(); ++i) {
        if (sn == 0)
            return false;
        if ((fn & 1) != 0 || fn == sn) {
            oldHash = merkleNode(path[i], oldHash);
            newHash = merkleNode(path[i], newHash);
            while ((fn & 1) == 0 && fn != 0) {
                fn >>= 1;
                sn >>= 1;
            }
        } else {
            newHash = merkleNode(newHash, path[i]);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && (oldHash == fromRoot || plant("old_root_unchecked")) && newHash == toRoot;
}

Result<Digest> MemoryMerkleNodes::read(int level, std::int64_t index) {
    const auto l = static_cast<std::size_t>(level);
    const auto i = static_cast<std::size_t>(index);
    if (l >= m_levels.size() || i >= m_levels[l].size())
        return fail(Code::NotFound, "a Merkle node that was never written");
    return m_levels[l][i];
}

Status MemoryMerkleNodes::write(int level, std::int64_t index, const Digest &hash) {
    const auto l = static_cast<std::size_t>(level);
    if (l >= m_levels.size())
        m_levels.resize(l + 1);
    ZHICHA_CHECK(m_levels[l].size() == static_cast<std::size_t>(index));
    m_levels[l].push_back(hash);
    return {};
}

} // namespace zhicha
