#include "shared/oplog/receipt.h"

#include "shared/base/plant.h"

namespace zhicha {

Bytes encodeLeaf(const Leaf &leaf) {
    Bytes out;
    out.reserve(128);
    cbor::Writer(out)
        .array(7)
        .bytes(leaf.ledger.bytes)
        .bytes(leaf.device.bytes)
        .integer(leaf.first)
        .integer(leaf.last)
        .bytes(leaf.h)
        .integer(leaf.log)
        .integer(plant("leaf_time_unhashed") ? 0 : leaf.receivedAtMs);
    return out;
}

Result<Leaf> decodeLeaf(ByteView bytes) {
    cbor::Reader in(bytes);
    if (in.array() != 7)
        in.breakOff("a leaf is an array of 7");
    Leaf leaf;
    leaf.ledger = Uuid{in.fixed<16>()};
    leaf.device = Uuid{in.fixed<16>()};
    leaf.first = in.integer();
    leaf.last = in.integer();
    leaf.h = in.fixed<32>();
    leaf.log = in.integer();
    leaf.receivedAtMs = in.integer();
    ZHICHA_TRY(in.finish());
    return leaf;
}

Digest leafHash(const Leaf &leaf) {
    return merkleLeaf(encodeLeaf(leaf));
}

cbor::Value receiptValue(const Receipt &receipt) {
    cbor::Array proof;
    for (const Digest &hash : receipt.proof)
        proof.emplace_back(hash);
    return cbor::Array{encodeLeaf(receipt.leaf), receipt.index, std::move(proof)};
}

Result<Receipt> receiptFromValue(const cbor::Value &value) {
    const cbor::Array *parts = value.array();
    if (parts == nullptr || parts->size() != 3 || (*parts)[0].bytes() == nullptr || (*parts)[1].integer() == nullptr ||
        (*parts)[2].array() == nullptr || (*parts)[2].array()->size() > 64)
        return fail(Code::BadEncoding, "a receipt is [leaf, index, proof]");
    Receipt receipt;
    ZHICHA_ASSIGN(receipt.leaf, decodeLeaf(*(*parts)[0].bytes()));
    receipt.index = *(*parts)[1].integer();
    for (const cbor::Value &hash : *(*parts)[2].array()) {
        const auto digest = hash.digest();
        if (!digest)
            return fail(Code::BadEncoding, "a proof is a list of digests");
        receipt.proof.push_back(*digest);
    }
    return receipt;
}

bool receiptFits(const Receipt &receipt, const Checkpoint &checkpoint) {
    return receipt.leaf.ledger == checkpoint.ledger &&
           inclusionFits(leafHash(receipt.leaf), receipt.index, checkpoint.size, receipt.proof, checkpoint.root);
}

} // namespace zhicha
