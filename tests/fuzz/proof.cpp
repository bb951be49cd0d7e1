// Goal: no bytes crash the readers of checkpoints, key notes, receipts and proofs, and none is believed that nobody
// signed. Method: libFuzzer; the first byte chooses the reader. A checkpoint is also signed by the harness over
// whatever text comes, so that the fuzzer gets past the signature.
#include "shared/crypto/digest.h"
#include "shared/oplog/key_note.h"
#include "shared/oplog/receipt.h"

namespace {
using namespace zhicha;

SigningKey harnessKey() {
    SecretSeed seed{};
    seed.fill(7);
    return SigningKey::fromSeed(seed);
}

void readCheckpoint(std::string_view text) {
    const auto opened = openCheckpoint(text, harnessKey().publicKey());
    if (!opened)
        return;
    ZHICHA_CHECK(opened->size >= 0 && opened->generation >= 1);
    const auto again = openCheckpoint(signCheckpoint(*opened, harnessKey()), harnessKey().publicKey());
    ZHICHA_CHECK(again && *again == *opened);
}

void readReceipt(ByteView bytes) {
    const auto value = cbor::decode(bytes);
    const auto receipt = value ? receiptFromValue(*value) : Result<Receipt>(value.error());
    if (!receipt)
        return;
    // A tree that nobody built: whatever the proof is, it leads to no root that was drawn beforehand.
    Checkpoint checkpoint;
    checkpoint.size = receipt->index + 1;
    checkpoint.root = sha256(viewOf(std::string_view("no tree")));
    ZHICHA_CHECK(!receiptFits(*receipt, checkpoint));
}

void readConsistency(ByteView bytes) {
    if (bytes.size() < 2)
        return;
    std::vector<Digest> proof;
    for (std::size_t at = 2; at + 32 <= bytes.size(); at += 32)
        proof.push_back(*fixedBytes<32>(bytes.subspan(at, 32)));
    const Digest one = sha256(viewOf(std::string_view("one")));
    const Digest other = sha256(viewOf(std::string_view("other")));
    // Two roots that no tree has: no proof connects them, unless both are the same size and the same root.
    ZHICHA_CHECK(!consistencyFits(1 + bytes[0], one, 1 + bytes[1], other, proof));
}
} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    if (size == 0)
        return 0;
    const ByteView rest(data + 1, size - 1);
    switch (data[0] % 4) {
    case 0:
        readCheckpoint(textOf(rest));
        break;
    case 1:
        readReceipt(rest);
        break;
    case 2:
        readConsistency(rest);
        break;
    default:
        ZHICHA_CHECK(!openKeyNote(rest, Digest{})); // no root key has this fingerprint
    }
    return 0;
}
