// Goal: no bytes crash the reader of runs; a run that decodes is its own encoding, and its operations read or are
// refused. Method: libFuzzer over encoded runs; the head is put right by the harness where only it is wrong, so that
// the fuzzer gets past the chain.
#include "shared/oplog/run.h"
#include "shared/crypto/digest.h"

namespace {
/** The input as [ledger, suite, device, first, before, elements, h, signature] with h as the elements lead to it. */
zhicha::Bytes withRightHead(zhicha::ByteView bytes) {
    using namespace zhicha;
    auto value = cbor::decode(bytes);
    if (!value || value->array() == nullptr || value->array()->size() != 8)
        return {};
    cbor::Array parts = *value->array();
    if (!parts[4].digest() || parts[5].array() == nullptr)
        return {};
    Digest h = *parts[4].digest();
    for (const cbor::Value &element : *parts[5].array()) {
        const auto inner = element.bytes() != nullptr ? cbor::decode(*element.bytes()) : cbor::decode({});
        if (!inner)
            return {};
        Digest d{};
        if (inner->digest())
            d = *inner->digest();
        else if (inner->array() != nullptr && inner->array()->size() == 2 && (*inner->array())[0].bytes() != nullptr &&
                 (*inner->array())[1].bytes() != nullptr)
            d = OperationBytes::of(*(*inner->array())[0].bytes(), *(*inner->array())[1].bytes()).digest();
        h = chainNext(h, d);
    }
    parts[6] = h;
    return cbor::encode(parts);
}

void readAll(zhicha::ByteView bytes) {
    using namespace zhicha;
    const auto run = decodeRun(bytes);
    if (!run)
        return;
    const auto again = encodeRun(*run);
    ZHICHA_CHECK(again && sameBytes(*again, bytes));
    ZHICHA_CHECK(run->bounds.last - run->bounds.first + 1 == static_cast<std::int64_t>(run->elements.size()));
    (void)runSignatureFits(run->bounds, PublicKey{}, run->signature);
    for (const RunElement &element : run->elements) {
        if (!element.operation)
            continue;
        const auto envelope = decodeEnvelope(element.operation->envelope);
        const auto body = element.operation->body ? decodeBody(*element.operation->body) : Result<Body>(Body{});
        if (envelope && body)
            (void)operationProblem(run->bounds.ledger, *envelope, *body);
    }
}
} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    readAll({data, size});
    readAll(withRightHead({data, size}));
    return 0;
}
