// Goal: proofs convince exactly when they are true: every leaf is where it is said to be, and a log that was rewritten
// cannot be passed off as a longer one.
// Method: RFC 6962's tree by its recursive definition as the second opinion; all sizes up to 64, random ones up to
// 5,000, every digest of a proof changed; the vectors of ZHICHA_VECTORS where that folder is there.
#include "shared/crypto/digest.h"
#include "shared/oplog/merkle.h"
#include "tests/support/formats/samples.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>

#include <cstdlib>
#include <fstream>

namespace zhicha {
namespace {

using Json = nlohmann::json;

struct Tree {
    MemoryMerkleNodes nodes;
    std::vector<Digest> leaves;
    std::vector<Digest> roots{merkleEmptyRoot()};

    void add(const Digest &leaf) {
        ASSERT_TRUE(merkleAppend(nodes, static_cast<std::int64_t>(leaves.size()), leaf));
        leaves.push_back(leaf);
        const auto root = merkleRoot(nodes, static_cast<std::int64_t>(leaves.size()));
        ASSERT_TRUE(root);
        roots.push_back(*root);
    }
    [[nodiscard]] const Digest &rootAt(std::int64_t size) const { return roots[static_cast<std::size_t>(size)]; }
    [[nodiscard]] const Digest &leafAt(std::int64_t index) const { return leaves[static_cast<std::size_t>(index)]; }
};

Tree treeOf(std::int64_t size, const std::string &label = "leaf ") {
    Tree tree;
    for (std::int64_t i = 0; i < size; ++i)
        tree.add(samples::seeded(label + std::to_string(i)));
    return tree;
}

/** MTH of RFC 6962 §2.1, word for word. */
Digest mth(std::span<const Digest> leaves) {
    if (leaves.empty())
        return sha256(ByteView{});
    if (leaves.size() == 1)
        return leaves[0];
    std::size_t k = 1;
    while (k * 2 < leaves.size())
        k *= 2;
    return merkleNode(mth(leaves.first(k)), mth(leaves.subspan(k)));
}

TEST(Merkle, rootsFollowTheRecursiveDefinition) {
    const Tree tree = treeOf(130);
    for (std::size_t size = 0; size <= 130; ++size)
        EXPECT_EQ(tree.roots[size], mth(std::span(tree.leaves).first(size))) << size;
}

TEST(Merkle, leafAndNodeAreSeparated) {
    const Digest a = samples::seeded("a");
    Bytes both = toBytes(a);
    append(both, a);
    EXPECT_NE(merkleLeaf(both), merkleNode(a, a));
    EXPECT_EQ(toHex(merkleLeaf({})), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    EXPECT_EQ(toHex(merkleEmptyRoot()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Merkle, everyLeafOfEverySizeUpTo64IsProvedAndNowhereElse) {
    Tree tree = treeOf(64);
    for (std::int64_t size = 1; size <= 64; ++size)
        for (std::int64_t index = 0; index < size; ++index) {
            const auto proof = inclusionProof(tree.nodes, index, size);
            ASSERT_TRUE(proof);
            ASSERT_TRUE(inclusionFits(tree.leafAt(index), index, size, *proof, tree.rootAt(size)));
            for (std::int64_t other = 0; other < size; ++other)
                ASSERT_EQ(inclusionFits(tree.leafAt(index), other, size, *proof, tree.rootAt(size)), other == index);
            ASSERT_FALSE(inclusionFits(tree.leafAt(index), index, size, *proof, tree.rootAt(size - 1)));
        }
}

TEST(Merkle, everyPairOfSizesUpTo64IsConsistent) {
    Tree tree = treeOf(64);
    for (std::int64_t to = 0; to <= 64; ++to)
        for (std::int64_t from = 0; from <= to; ++from) {
            const auto proof = consistencyProof(tree.nodes, from, to);
            ASSERT_TRUE(proof);
            ASSERT_TRUE(consistencyFits(from, tree.rootAt(from), to, tree.rootAt(to), *proof)) << from << " " << to;
            if (from > 0 && from < to) {
                ASSERT_FALSE(consistencyFits(from, tree.rootAt(from - 1), to, tree.rootAt(to), *proof));
                ASSERT_FALSE(consistencyFits(from, tree.rootAt(from), to, tree.rootAt(to - 1), *proof));
            }
        }
}

TEST(Merkle, aChangedProofConvincesNobody) {
    Tree tree = treeOf(37);
    auto proof = *inclusionProof(tree.nodes, 17, 37);
    for (std::size_t i = 0; i < proof.size(); ++i) {
        auto bad = proof;
        bad[i][0] ^= 1;
        EXPECT_FALSE(inclusionFits(tree.leafAt(17), 17, 37, bad, tree.rootAt(37))) << i;
        bad = proof;
        bad.erase(bad.begin() + static_cast<std::ptrdiff_t>(i));
        EXPECT_FALSE(inclusionFits(tree.leafAt(17), 17, 37, bad, tree.rootAt(37))) << i;
    }
    proof.push_back(samples::seeded("more"));
    EXPECT_FALSE(inclusionFits(tree.leafAt(17), 17, 37, proof, tree.rootAt(37)));
    auto consistency = *consistencyProof(tree.nodes, 17, 37);
    for (std::size_t i = 0; i < consistency.size(); ++i) {
        auto bad = consistency;
        bad[i][31] ^= 0x80;
        EXPECT_FALSE(consistencyFits(17, tree.rootAt(17), 37, tree.rootAt(37), bad)) << i;
    }
    consistency.push_back(samples::seeded("more"));
    EXPECT_FALSE(consistencyFits(17, tree.rootAt(17), 37, tree.rootAt(37), consistency));
}

TEST(Merkle, largeTreesProveAtRandomPlaces) {
    Tree tree = treeOf(5000);
    EXPECT_TRUE(rc::check("inclusion and consistency up to 5,000", [&] {
        const auto size = *rc::gen::inRange<std::int64_t>(1, 5001);
        const auto index = *rc::gen::inRange<std::int64_t>(0, size);
        const auto from = *rc::gen::inRange<std::int64_t>(0, size + 1);
        const auto inclusion = inclusionProof(tree.nodes, index, size);
        RC_ASSERT(inclusion.has_value());
        RC_ASSERT(inclusion->size() <= 13u);
        RC_ASSERT(inclusionFits(tree.leafAt(index), index, size, *inclusion, tree.rootAt(size)));
        const auto consistency = consistencyProof(tree.nodes, from, size);
        RC_ASSERT(consistency.has_value());
        RC_ASSERT(consistencyFits(from, tree.rootAt(from), size, tree.rootAt(size), *consistency));
    }));
}

TEST(Merkle, aRewrittenLogIsNeverConsistent) {
    EXPECT_TRUE(rc::check("one leaf rewritten, in whichever tree the proof is made", [] {
        const auto to = *rc::gen::inRange<std::int64_t>(2, 80);
        const auto from = *rc::gen::inRange<std::int64_t>(1, to + 1);
        const auto rewritten = *rc::gen::inRange<std::int64_t>(0, from);
        Tree honest = treeOf(to);
        Tree forged;
        for (std::int64_t i = 0; i < to; ++i)
            forged.add(i == rewritten ? samples::seeded("forged") : honest.leafAt(i));
        for (Tree *maker : {&honest, &forged})
            RC_ASSERT(!consistencyFits(from, honest.rootAt(from), to, forged.rootAt(to),
                                       *consistencyProof(maker->nodes, from, to)));
    }));
}

TEST(Merkle, sizesThatMakeNoSenseAreRefused) {
    Tree tree = treeOf(5);
    EXPECT_FALSE(merkleRoot(tree.nodes, -1));
    EXPECT_FALSE(merkleRoot(tree.nodes, 6));
    EXPECT_FALSE(inclusionProof(tree.nodes, -1, 5));
    EXPECT_FALSE(inclusionProof(tree.nodes, 5, 5));
    EXPECT_FALSE(inclusionProof(tree.nodes, 0, 0));
    EXPECT_FALSE(consistencyProof(tree.nodes, 4, 3));
    EXPECT_FALSE(consistencyProof(tree.nodes, -1, 3));
    const Digest root = tree.rootAt(5);
    EXPECT_FALSE(inclusionFits(tree.leafAt(0), -1, 5, {}, root));
    EXPECT_FALSE(inclusionFits(tree.leafAt(0), 0, 0, {}, root));
    EXPECT_FALSE(inclusionFits(root, 0, -3, {}, root));
    EXPECT_FALSE(consistencyFits(-1, root, 5, root, {}));
    EXPECT_FALSE(consistencyFits(6, root, 5, root, {}));
    EXPECT_FALSE(consistencyFits(5, root, 5, root, {root}));
    EXPECT_FALSE(consistencyFits(0, root, 5, root, {}));
    EXPECT_TRUE(consistencyFits(0, merkleEmptyRoot(), 5, root, {}));
}

std::vector<Digest> digestsOf(const Json &list) {
    std::vector<Digest> out;
    for (const Json &text : list)
        out.push_back(digestFromHex(text.get<std::string>()).value());
    return out;
}

TEST(Merkle, agreesWithTheIndependentVectors) {
    const char *folder = std::getenv("ZHICHA_VECTORS");
    if (folder == nullptr)
        GTEST_SKIP() << "ZHICHA_VECTORS names no folder";
    std::ifstream file(std::string(folder) + "/merkle/rfc6962.json");
    ASSERT_TRUE(file.good());
    const Json vectors = Json::parse(file);
    const auto built = [](const Json &leaves) {
        Tree tree;
        for (const Json &data : leaves)
            tree.add(merkleLeaf(fromHex(data.get<std::string>()).value()));
        return tree;
    };
    EXPECT_EQ(built(vectors["classic"]["leaves"]).roots, digestsOf(vectors["classic"]["roots"]));
    Tree tree = built(vectors["leaves"]);
    EXPECT_EQ(tree.roots, digestsOf(vectors["roots"]));
    for (const Json &proof : vectors["inclusion"]) {
        const std::int64_t index = proof["index"];
        const std::int64_t size = proof["size"];
        EXPECT_EQ(*inclusionProof(tree.nodes, index, size), digestsOf(proof["path"])) << index << " " << size;
        EXPECT_TRUE(inclusionFits(tree.leafAt(index), index, size, digestsOf(proof["path"]), tree.rootAt(size)));
    }
    for (const Json &proof : vectors["consistency"]) {
        const std::int64_t from = proof["first"];
        const std::int64_t to = proof["second"];
        EXPECT_EQ(*consistencyProof(tree.nodes, from, to), digestsOf(proof["path"])) << from << " " << to;
        EXPECT_TRUE(consistencyFits(from, tree.rootAt(from), to, tree.rootAt(to), digestsOf(proof["path"])));
    }
}

} // namespace
} // namespace zhicha
