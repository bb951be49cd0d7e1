// Goal: no bytes crash the codec or the readers of operations, receipts and notes, and whatever decodes is its own
// encoding. Method: libFuzzer; each input goes through every reader of shared/oplog but the run's.
#include "shared/oplog/checkpoint.h"
#include "shared/oplog/key_note.h"
#include "shared/oplog/receipt.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    using namespace zhicha;
    const ByteView bytes(data, size);
    if (const auto value = cbor::decode(bytes)) {
        ZHICHA_CHECK(sameBytes(cbor::encode(*value), bytes));
        if (const auto receipt = receiptFromValue(*value))
            ZHICHA_CHECK(cbor::encode(receiptValue(*receipt)) == toBytes(bytes));
        if (value->map() != nullptr)
            for (const KindInfo &kind : allKinds())
                (void)bodyProblem(kind, *value->map());
    }
    if (const auto envelope = decodeEnvelope(bytes)) {
        const KindInfo *kind = findKind(envelope->kind);
        const auto body = decodeBody(bytes);
        ZHICHA_CHECK(!body); // one is a map, the other an array
        if (kind != nullptr)
            (void)operationProblem(Uuid{}, *envelope, Body{});
    }
    if (const auto leaf = decodeLeaf(bytes))
        ZHICHA_CHECK(encodeLeaf(*leaf) == toBytes(bytes));
    (void)decodeBody(bytes);
    (void)claimedRootKey(bytes);
    (void)openKeyNote(bytes, Digest{});
    (void)openCheckpoint(textOf(bytes), PublicKey{});
    return 0;
}
