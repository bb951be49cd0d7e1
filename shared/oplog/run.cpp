#include "shared/oplog/run.h"

#include "shared/base/plant.h"
#include "shared/crypto/digest.h"

#include <limits>

namespace zhicha {

namespace {
constexpr std::string_view kPurpose = "run";

Bytes encodeElement(const RunElement &element) {
    Bytes out;
    cbor::Writer writer(out);
    if (!element.operation) {
        writer.bytes(element.d);
        return out;
    }
    const OperationBytes &op = *element.operation;
    out.reserve(op.envelope.size() + (op.body ? op.body->size() : 32) + 16);
    writer.array(op.body ? 2 : 3).bytes(op.envelope);
    if (op.body)
        writer.bytes(*op.body);
    else
        writer.null().bytes(op.bodyDigest);
    return out;
}

Result<RunElement> decodeElement(ByteView bytes) {
    cbor::Reader in(bytes);
    RunElement element;
    if (in.nextIsBytes()) {
        element.d = in.fixed<32>();
        ZHICHA_TRY(in.finish());
        return element;
    }
    const std::size_t count = in.array();
    if (count != 2 && count != 3)
        in.breakOff("an element is [env, body], [env, null, H(body)] or d");
    Bytes envelope = toBytes(in.bytes());
    if (plant("drop_undecodable") && !decodeEnvelope(envelope))
        envelope.clear();
    if (count == 2) {
        element.operation = OperationBytes::of(std::move(envelope), toBytes(in.bytes()));
    } else {
        in.null();
        element.operation = OperationBytes{std::move(envelope), std::nullopt, in.fixed<32>()};
    }
    ZHICHA_TRY(in.finish());
    if (element.operation->envelope.size() + (element.operation->body ? element.operation->body->size() : 0) >
        kMaxOperationBytes)
        return fail(Code::TooLarge, "an operation takes at most 64 KiB");
    element.d = element.operation->digest();
    return element;
}
} // namespace

Bytes runSignedContent(const RunBounds &bounds) {
    Bytes content;
    content.reserve(128);
    cbor::Writer(content)
        .array(7)
        .bytes(bounds.ledger.bytes)
        .integer(bounds.suite)
        .bytes(bounds.device.bytes)
        .integer(bounds.first)
        .integer(bounds.last)
        .bytes(bounds.before)
        .bytes(bounds.h);
    return content;
}

Signature signRun(const RunBounds &bounds, const SigningKey &key) {
    return key.signFor(kPurpose, runSignedContent(bounds));
}

bool runSignatureFits(const RunBounds &bounds, const PublicKey &key, const Signature &signature) {
    return verifyFor(key, kPurpose, runSignedContent(bounds), signature);
}

Result<Bytes> encodeRun(const Run &run) {
    if (run.elements.empty() || run.elements.size() > kMaxRunOperations)
        return fail(Code::TooLarge, "a run holds 1 to 500 operations");
    Bytes out;
    out.reserve(256 + run.elements.size() * 512);
    cbor::Writer writer(out);
    writer.array(8)
        .bytes(run.bounds.ledger.bytes)
        .integer(run.bounds.suite)
        .bytes(run.bounds.device.bytes)
        .integer(run.bounds.first)
        .bytes(run.bounds.before)
        .array(run.elements.size());
    for (const RunElement &element : run.elements)
        writer.bytes(encodeElement(element));
    writer.bytes(run.bounds.h).bytes(run.signature);
    if (out.size() > kMaxRunBytes)
        return fail(Code::TooLarge, "a run takes at most 512 KiB");
    return out;
}

Result<Run> decodeRun(ByteView bytes) {
    if (bytes.size() > kMaxRunBytes)
        return fail(Code::TooLarge, "a run takes at most 512 KiB");
    cbor::Reader in(bytes);
    Run run;
    if (in.array() != 8)
        in.breakOff("a run is an array of 8");
    run.bounds.ledger = Uuid{in.fixed<16>()};
    const std::int64_t suite = in.integer();
    run.bounds.device = Uuid{in.fixed<16>()};
    run.bounds.first = in.integer();
    run.bounds.before = in.fixed<32>();
    const std::size_t count = in.array();
    if (!in.ok() || count == 0 || count > kMaxRunOperations || run.bounds.first < 1 || suite < 1 || suite > 255)
        return fail(Code::BadEncoding, "a run has no operations, too many, or a head that is none");
    if (run.bounds.first > std::numeric_limits<std::int64_t>::max() - static_cast<std::int64_t>(count))
        return fail(Code::BadEncoding, "the sequence of a run is out of range");
    run.bounds.suite = static_cast<std::uint8_t>(suite);
    run.elements.reserve(count);
    Digest h = run.bounds.before;
    for (std::size_t i = 0; i < count; ++i) {
        const ByteView encoded = in.bytes();
        if (!in.ok())
            break;
        ZHICHA_ASSIGN(RunElement element, decodeElement(encoded));
        h = chainNext(h, element.d);
        run.elements.push_back(std::move(element));
    }
    run.bounds.h = in.fixed<32>();
    run.signature = in.fixed<64>();
    ZHICHA_TRY(in.finish());
    run.bounds.last = run.bounds.first + static_cast<std::int64_t>(count) - 1;
    if (h != run.bounds.h && !plant("chain_not_followed"))
        return fail(Code::BadProof, "the operations of a run do not lead to its head");
    return run;
}

} // namespace zhicha
