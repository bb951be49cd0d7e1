// Goal: the invariants that the formats alone must hold (docs/ARCHITECTURE.md lists them by these numbers).
// Method: whole passages of a chain and a log, each changed in every way that its invariant names.
#include "shared/oplog/key_note.h"
#include "shared/oplog/receipt.h"
#include "tests/support/formats/arbitrary.h"
#include "tests/support/formats/samples.h"

#include <gtest/gtest.h>

namespace zhicha {
namespace {

bool runHolds(ByteView bytes) {
    const auto run = decodeRun(bytes);
    return run && runSignatureFits(run->bounds, samples::sampleKey("device key").publicKey(), run->signature);
}

/** A chain of all kinds as runs of three, each continuing the one before. */
std::vector<zhicha::Run> chainOfAllKinds() {
    std::vector<zhicha::Run> runs;
    std::vector<RunElement> elements;
    std::int64_t seq = 0;
    Digest before = samples::sampleStart();
    for (const KindInfo &kind : allKinds()) {
        if (!kind.interpreted)
            continue;
        elements.push_back(samples::elementOf(samples::sampleOperation(kind, ++seq)));
        if (elements.size() < 3)
            continue;
        runs.push_back(samples::runOf(seq - 2, before, std::move(elements)));
        before = runs.back().bounds.h;
        elements.clear();
    }
    return runs;
}

/** As fsck does it: runs in order, each from where the last one ended. */
bool chainHolds(const std::vector<zhicha::Run> &runs, const ChainHead &end) {
    ChainHead head{0, samples::sampleStart()};
    for (const zhicha::Run &run : runs) {
        const auto bytes = encodeRun(run);
        if (!bytes || !runHolds(*bytes) || run.bounds.first != head.seq + 1 || run.bounds.before != head.h)
            return false;
        head = {run.bounds.last, run.bounds.h};
    }
    return head == end;
}

TEST(Invariants, inv5_storedBytesAreSignedBytes) {
    // Bytes that this version would never write (an unknown key, an unknown kind) travel through decode and encode as
    // they are, under the signature that was made over them.
    cbor::Map envelope = *cbor::decode(samples::sampleNote(2).envelope)->map();
    envelope["later"] = "added by a later version";
    const OperationBytes later = OperationBytes::of(cbor::encode(envelope), cbor::encode(cbor::Array{1, 2, 3}));
    const OperationBytes broken = OperationBytes::of(Bytes{0x1c, 0xff}, Bytes{});
    const zhicha::Run run = samples::runOf(
        1, samples::sampleStart(),
        {samples::elementOf(samples::sampleNote(1)), samples::elementOf(later), samples::elementOf(broken)});
    const Bytes sent = *encodeRun(run);
    const auto received = decodeRun(sent);
    ASSERT_TRUE(received);
    for (std::size_t i = 0; i < run.elements.size(); ++i) {
        EXPECT_EQ(received->elements[i].operation->envelope, run.elements[i].operation->envelope);
        EXPECT_EQ(received->elements[i].operation->body, run.elements[i].operation->body);
    }
    EXPECT_EQ(*encodeRun(*received), sent);
    EXPECT_TRUE(runHolds(sent));
}

TEST(Invariants, inv13_checkpointsAreConsistent) {
    MemoryMerkleNodes nodes;
    std::vector<std::string> notes;
    const SigningKey key = samples::sampleKey("log key");
    for (std::int64_t size = 0; size <= 40; ++size) {
        notes.push_back(signCheckpoint({samples::sampleLedger(), 1, size, *merkleRoot(nodes, size), size}, key));
        ASSERT_TRUE(merkleAppend(nodes, size, leafHash(samples::sampleLeaf(size))));
    }
    for (std::size_t from = 0; from < notes.size(); ++from)
        for (std::size_t to = from; to < notes.size(); ++to) {
            const Checkpoint older = *openCheckpoint(notes[from], key.publicKey());
            const Checkpoint newer = *openCheckpoint(notes[to], key.publicKey());
            const auto proof = consistencyProof(nodes, older.size, newer.size);
            ASSERT_TRUE(proof);
            EXPECT_TRUE(consistencyFits(older.size, older.root, newer.size, newer.root, *proof));
            if (older.size == 0 || older.size == newer.size)
                continue;
            Digest rewritten = newer.root;
            rewritten[0] ^= 1;
            EXPECT_FALSE(consistencyFits(older.size, older.root, newer.size, rewritten, *proof));
            rewritten = older.root;
            rewritten[31] ^= 1;
            EXPECT_FALSE(consistencyFits(older.size, rewritten, newer.size, newer.root, *proof));
        }
}

TEST(Invariants, inv14_anyChangedBitIsDetected) {
    for (const zhicha::Run &run : chainOfAllKinds()) {
        const Bytes bytes = *encodeRun(run);
        ASSERT_TRUE(runHolds(bytes));
        // Every 7th bit: coprime to 8, so that every position within a byte has its turn; tst_run flips all of small
        // runs.
        for (std::size_t bit = 0; bit < bytes.size() * 8; bit += 7)
            ASSERT_FALSE(runHolds(arbitrary::withBitFlipped(bytes, bit))) << bit;
    }
    MemoryMerkleNodes nodes;
    for (std::int64_t i = 0; i < 9; ++i)
        ASSERT_TRUE(merkleAppend(nodes, i, leafHash(samples::sampleLeaf(i))));
    const SigningKey key = samples::sampleKey("log key");
    const std::string note = signCheckpoint({samples::sampleLedger(), 1, 9, *merkleRoot(nodes, 9), 5}, key);
    const Bytes receipt = cbor::encode(receiptValue({samples::sampleLeaf(3), 3, *inclusionProof(nodes, 3, 9)}));
    const auto receiptHolds = [&](ByteView bytes, std::string_view checkpointNote) {
        const auto checkpoint = openCheckpoint(checkpointNote, key.publicKey());
        const auto value = cbor::decode(bytes);
        const auto read = value ? receiptFromValue(*value) : Result<Receipt>(fail(Code::BadEncoding, ""));
        return checkpoint && read && receiptFits(*read, *checkpoint);
    };
    ASSERT_TRUE(receiptHolds(receipt, note));
    for (std::size_t bit = 0; bit < receipt.size() * 8; ++bit)
        ASSERT_FALSE(receiptHolds(arbitrary::withBitFlipped(receipt, bit), note)) << bit;
    for (std::size_t bit = 0; bit < note.size() * 8; ++bit)
        ASSERT_FALSE(receiptHolds(receipt, textOf(arbitrary::withBitFlipped(toBytes(viewOf(note)), bit)))) << bit;
}

TEST(Invariants, inv15_removalReorderInsertionTruncationDetected) {
    const auto runs = chainOfAllKinds();
    const ChainHead end{runs.back().bounds.last, runs.back().bounds.h};
    ASSERT_TRUE(chainHolds(runs, end));
    for (std::size_t i = 0; i < runs.size(); ++i) {
        auto changed = runs;
        changed.erase(changed.begin() + static_cast<std::ptrdiff_t>(i));
        EXPECT_FALSE(chainHolds(changed, end)) << "run removed (the last: truncation)";
        changed = runs;
        std::swap(changed[i], changed[(i + 1) % changed.size()]);
        EXPECT_FALSE(chainHolds(changed, end)) << "runs reordered";
        changed = runs;
        changed.insert(changed.begin() + static_cast<std::ptrdiff_t>(i), runs[(i + 2) % runs.size()]);
        EXPECT_FALSE(chainHolds(changed, end)) << "run inserted";
        changed = runs;
        changed[i].elements.erase(changed[i].elements.begin() + 1);
        EXPECT_FALSE(chainHolds(changed, end)) << "operation removed";
        changed = runs;
        std::swap(changed[i].elements[0], changed[i].elements[2]);
        EXPECT_FALSE(chainHolds(changed, end)) << "operations reordered";
        changed = runs;
        changed[i].elements.pop_back();
        EXPECT_FALSE(chainHolds(changed, end)) << "operation cut off";
        changed = runs;
        changed[i].elements.push_back(samples::elementOf(samples::sampleNote(7)));
        EXPECT_FALSE(chainHolds(changed, end)) << "operation inserted";
    }
}

} // namespace
} // namespace zhicha
