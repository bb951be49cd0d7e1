// Goal: a receipt proves its leaf under a checkpoint, and nothing else.
// Method: the log of the samples; every part of leaf, index, proof and checkpoint changed; hostile values.
#include "shared/oplog/receipt.h"
#include "tests/support/formats/arbitrary.h"
#include "tests/support/formats/samples.h"

#include <gtest/gtest.h>

namespace zhicha {
namespace {

constexpr std::int64_t kSize = 11;

struct Log {
    MemoryMerkleNodes nodes;
    Checkpoint checkpoint;
    Log() {
        for (std::int64_t i = 0; i < kSize; ++i)
            EXPECT_TRUE(merkleAppend(nodes, i, leafHash(samples::sampleLeaf(i))));
        checkpoint = {samples::sampleLedger(), 1, kSize, *merkleRoot(nodes, kSize), 1};
    }
    Receipt receipt(std::int64_t index) {
        return {samples::sampleLeaf(index), index, *inclusionProof(nodes, index, kSize)};
    }
};

TEST(Leaf, comesBackAsItWasEncoded) {
    const auto back = decodeLeaf(encodeLeaf(samples::sampleLeaf(4)));
    ASSERT_TRUE(back);
    EXPECT_EQ(*back, samples::sampleLeaf(4));
}

TEST(Leaf, everySingleBitChangesIt) {
    const Bytes bytes = encodeLeaf(samples::sampleLeaf(4));
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        const auto leaf = decodeLeaf(arbitrary::withBitFlipped(bytes, bit));
        ASSERT_TRUE(!leaf || leafHash(*leaf) != leafHash(samples::sampleLeaf(4))) << bit;
    }
    for (std::size_t size = 0; size < bytes.size(); ++size)
        ASSERT_FALSE(decodeLeaf(ByteView(bytes).first(size)));
}

TEST(Receipt, fitsItsCheckpoint) {
    Log log;
    for (std::int64_t i = 0; i < kSize; ++i) {
        const auto back = receiptFromValue(receiptValue(log.receipt(i)));
        ASSERT_TRUE(back);
        EXPECT_TRUE(receiptFits(*back, log.checkpoint)) << i;
    }
}

TEST(Receipt, anyChangeOfAnyPartIsDetected) {
    Log log;
    const auto fits = [&](auto change) {
        Receipt receipt = log.receipt(6);
        Checkpoint checkpoint = log.checkpoint;
        change(receipt, checkpoint);
        return receiptFits(receipt, checkpoint);
    };
    EXPECT_TRUE(fits([](Receipt &, Checkpoint &) {}));
    EXPECT_FALSE(fits([](Receipt &r, Checkpoint &) { r.leaf.ledger.bytes[0] ^= 1; }));
    EXPECT_FALSE(fits([](Receipt &r, Checkpoint &) { r.leaf.device.bytes[0] ^= 1; }));
    EXPECT_FALSE(fits([](Receipt &r, Checkpoint &) { ++r.leaf.first; }));
    EXPECT_FALSE(fits([](Receipt &r, Checkpoint &) { ++r.leaf.last; }));
    EXPECT_FALSE(fits([](Receipt &r, Checkpoint &) { r.leaf.h[5] ^= 4; }));
    EXPECT_FALSE(fits([](Receipt &r, Checkpoint &) { ++r.leaf.log; }));
    EXPECT_FALSE(fits([](Receipt &r, Checkpoint &) { --r.leaf.receivedAtMs; }));
    EXPECT_FALSE(fits([](Receipt &r, Checkpoint &) { ++r.index; }));
    EXPECT_FALSE(fits([](Receipt &r, Checkpoint &) { r.index = -1; }));
    EXPECT_FALSE(fits([](Receipt &r, Checkpoint &) { r.proof.pop_back(); }));
    EXPECT_FALSE(fits([](Receipt &r, Checkpoint &) { std::swap(r.proof[0], r.proof[1]); }));
    EXPECT_FALSE(fits([](Receipt &, Checkpoint &c) { c.root[0] ^= 1; }));
    // The size is signed with the checkpoint; a proof alone tells only those sizes apart that give it another shape.
    EXPECT_FALSE(fits([](Receipt &, Checkpoint &c) { c.size = 4; }));
    EXPECT_FALSE(fits([](Receipt &, Checkpoint &c) { c.size = 0; }));
    EXPECT_FALSE(fits([](Receipt &, Checkpoint &c) { c.ledger.bytes[0] ^= 1; }));
}

TEST(Receipt, hostileValuesAreRefused) {
    Log log;
    const cbor::Array good = *receiptValue(log.receipt(2)).array();
    EXPECT_TRUE(receiptFromValue(good));
    EXPECT_FALSE(receiptFromValue(cbor::Value()));
    EXPECT_FALSE(receiptFromValue(cbor::Array{}));
    EXPECT_FALSE(receiptFromValue(cbor::Array{good[0], good[1]}));
    EXPECT_FALSE(receiptFromValue(cbor::Array{good[0], good[1], good[2], 0}));
    EXPECT_FALSE(receiptFromValue(cbor::Array{Bytes{0x87}, good[1], good[2]}));
    EXPECT_FALSE(receiptFromValue(cbor::Array{good[0], "2", good[2]}));
    EXPECT_FALSE(receiptFromValue(cbor::Array{good[0], good[1], cbor::Array{Bytes(31)}}));
    EXPECT_FALSE(receiptFromValue(cbor::Array{good[0], good[1], cbor::Array(65, cbor::Value(Digest{}))}));
}

} // namespace
} // namespace zhicha
