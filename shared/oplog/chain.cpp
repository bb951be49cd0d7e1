#include "shared/oplog/chain.h"

#include "shared/crypto/digest.h"

namespace zhicha {

Digest chainStart(const Uuid &ledger, std::uint8_t suite, const Uuid &device, const PublicKey &key) {
    Bytes content;
    cbor::Writer(content).array(4).bytes(ledger.bytes).integer(suite).bytes(device.bytes).bytes(key);
    return taggedDigest("zhicha/v1/chain-start", {content});
}

Digest chainNext(const Digest &before, const Digest &operation) {
    return taggedDigest("zhicha/v1/chain", {before, operation});
}

} // namespace zhicha
