#include "shared/oplog/operation.h"

#include "shared/crypto/digest.h"

#include <limits>

namespace zhicha {

namespace {
constexpr std::string_view kOperationTag = "zhicha/v1/op";
constexpr std::string_view kIdTag = "zhicha/v1/id";

void writeTime(cbor::Writer &out, const OperationTime &time) {
    out.map(time.gnssMs ? 6 : 5);
    out.text("est").integer(time.estimateMs);
    out.text("boot").text(time.boot);
    if (time.gnssMs)
        out.text("gnss").integer(*time.gnssMs);
    out.text("wall").integer(time.wallMs);
    out.text("mono_us").integer(time.monotonicUs);
    out.text("offset_min").integer(time.offsetMin);
}

std::int32_t readOffset(cbor::Reader &in) {
    const std::int64_t minutes = in.integer();
    if (minutes < std::numeric_limits<std::int32_t>::min() || minutes > std::numeric_limits<std::int32_t>::max())
        in.breakOff("offset_min is out of range");
    return in.ok() ? static_cast<std::int32_t>(minutes) : 0;
}

OperationTime readTime(cbor::Reader &in) {
    OperationTime time;
    int seen = 0;
    std::string_view last;
    for (std::size_t left = in.map(); left > 0 && in.ok(); --left) {
        const std::string_view key = in.key(last);
        last = key;
        ++seen;
        if (key == "est")
            time.estimateMs = in.integer();
        else if (key == "boot")
            time.boot = in.text();
        else if (key == "gnss") {
            time.gnssMs = in.integer();
            --seen;
        } else if (key == "wall")
            time.wallMs = in.integer();
        else if (key == "mono_us")
            time.monotonicUs = in.integer();
        else if (key == "offset_min")
            time.offsetMin = readOffset(in);
        else
            in.breakOff("unknown key in t");
    }
    if (seen != 5)
        in.breakOff("t lacks a key");
    return time;
}

Anchor readAnchor(cbor::Reader &in) {
    Anchor anchor;
    if (in.map() != 3 || in.key("") != "root")
        in.breakOff("anchor has other keys than root, size, generation");
    anchor.root = in.fixed<32>();
    if (in.key("root") != "size")
        in.breakOff("anchor lacks size");
    anchor.size = in.integer();
    if (in.key("size") != "generation")
        in.breakOff("anchor lacks generation");
    anchor.generation = in.integer();
    return anchor;
}

Base readBase(cbor::Reader &in) {
    Base base;
    std::string_view last;
    for (std::size_t left = in.map(); left > 0 && in.ok(); --left) {
        const std::string_view field = in.key(last);
        last = field;
        std::vector<Digest> seen;
        for (std::size_t count = in.array(); count > 0 && in.ok(); --count) {
            const Digest d = in.fixed<32>();
            if (!seen.empty() && !(seen.back() < d))
                in.breakOff("the digests of a base are not sorted");
            seen.push_back(d);
        }
        base.emplace_hint(base.end(), std::string(field), std::move(seen));
    }
    return base;
}

Uuid idOf(const cbor::Value &value) {
    return uuidFromDigest(taggedDigest(kIdTag, {cbor::encode(value)}));
}

/** The keys of a base are exactly the merged fields that the body writes. */
std::optional<std::string> baseProblem(const KindInfo &kind, const Base &base, const cbor::Map &fields) {
    std::size_t merged = 0;
    for (const FieldInfo &field : kind.fields) {
        if (field.merge != Merge::Latest && field.merge != Merge::Decided)
            continue;
        const bool written = fields.contains(field.name);
        if (written != base.contains(field.name))
            return std::string(field.name) + ": base and body disagree about whether it is written";
        merged += written ? 1 : 0;
    }
    if (merged != base.size())
        return "base names a field that is not merged";
    return std::nullopt;
}
} // namespace

OperationBytes OperationBytes::of(Bytes envelope, Bytes body) {
    OperationBytes bytes;
    bytes.bodyDigest = sha256(body);
    bytes.envelope = std::move(envelope);
    bytes.body = std::move(body);
    return bytes;
}

Digest OperationBytes::digest() const {
    return taggedDigest(kOperationTag, {sha256(envelope), bodyDigest});
}

Result<OperationBytes> encodeOperation(const Envelope &envelope, const Body &body) {
    // Derived ids need the ledger and are checked by operationProblem, which the engine and the office also call.
    const KindInfo *kind = findKind(envelope.kind);
    if (kind == nullptr || !kind->interpreted)
        return fail(Code::InvalidArgument, "unknown kind " + envelope.kind);
    if (const auto problem = bodyProblem(*kind, body.fields))
        return fail(Code::InvalidArgument, envelope.kind + ": " + *problem);
    if (const auto problem = baseProblem(*kind, envelope.base, body.fields))
        return fail(Code::InvalidArgument, envelope.kind + ": " + *problem);
    Bytes head;
    head.reserve(320);
    cbor::Writer out(head);
    out.map(6 + (envelope.base.empty() ? 0u : 1u) + (envelope.actor ? 1u : 0u));
    out.text("t");
    writeTime(out, envelope.time);
    out.text("id").bytes(envelope.id.bytes);
    out.text("seq").integer(envelope.seq);
    if (!envelope.base.empty()) {
        out.text("base").map(envelope.base.size());
        for (const auto &[field, seen] : envelope.base) {
            out.text(field).array(seen.size());
            for (const Digest &d : seen)
                out.bytes(d);
        }
    }
    out.text("kind").text(envelope.kind);
    if (envelope.actor)
        out.text("actor").bytes(envelope.actor->bytes);
    out.text("anchor").map(3);
    out.text("root").bytes(envelope.anchor.root);
    out.text("size").integer(envelope.anchor.size);
    out.text("generation").integer(envelope.anchor.generation);
    out.text("device").bytes(envelope.device.bytes);

    Bytes tail;
    tail.reserve(256);
    cbor::Writer(tail).array(2).bytes(body.salt).value(body.fields);
    if (head.size() + tail.size() > kMaxOperationBytes)
        return fail(Code::TooLarge, "an operation takes at most 64 KiB");
    // What is signed stays for ever: text that is no UTF-8, a field nested too deeply, an unsorted base or seq 0 would
    // make an operation that nobody can read.
    const auto readEnvelope = decodeEnvelope(head);
    const auto readBody = decodeBody(tail);
    if (!readEnvelope || !readBody || !(*readEnvelope == envelope) || !(*readBody == body))
        return fail(Code::InvalidArgument, envelope.kind + ": a value of it cannot be read back");
    return OperationBytes::of(std::move(head), std::move(tail));
}

Result<Envelope> decodeEnvelope(ByteView bytes) {
    if (bytes.size() > kMaxOperationBytes)
        return fail(Code::TooLarge, "an envelope past 64 KiB");
    cbor::Reader in(bytes);
    Envelope envelope;
    int seen = 0;
    std::string_view last;
    for (std::size_t left = in.map(); left > 0 && in.ok(); --left) {
        const std::string_view key = in.key(last);
        last = key;
        ++seen;
        if (key == "t")
            envelope.time = readTime(in);
        else if (key == "id")
            envelope.id = Uuid{in.fixed<16>()};
        else if (key == "seq")
            envelope.seq = in.integer();
        else if (key == "base") {
            envelope.base = readBase(in);
            --seen;
            if (envelope.base.empty())
                in.breakOff("an empty base is left out");
        } else if (key == "kind")
            envelope.kind = in.text();
        else if (key == "actor") {
            envelope.actor = Uuid{in.fixed<16>()};
            --seen;
        } else if (key == "anchor")
            envelope.anchor = readAnchor(in);
        else if (key == "device")
            envelope.device = Uuid{in.fixed<16>()};
        else
            in.breakOff("unknown key in the envelope");
    }
    if (seen != 6)
        in.breakOff("the envelope lacks a key");
    ZHICHA_TRY(in.finish());
    if (envelope.seq < 1)
        return fail(Code::BadOperation, "seq starts at 1");
    return envelope;
}

Result<Body> decodeBody(ByteView bytes) {
    if (bytes.size() > kMaxOperationBytes)
        return fail(Code::TooLarge, "a body past 64 KiB");
    cbor::Reader in(bytes);
    Body body;
    if (in.array() != 2)
        in.breakOff("a body is [salt, fields]");
    body.salt = in.fixed<16>();
    cbor::Value fields = in.value();
    ZHICHA_TRY(in.finish());
    if (fields.map() == nullptr)
        return fail(Code::BadOperation, "the fields of a body are a map");
    body.fields = std::move(*fields.map());
    return body;
}

std::optional<std::string> operationProblem(const Uuid &ledger, const Envelope &envelope, const Body &body) {
    const KindInfo *kind = findKind(envelope.kind);
    if (kind == nullptr || !kind->interpreted)
        return "kind not yet interpreted";
    if (const auto problem = bodyProblem(*kind, body.fields))
        return problem;
    if (const auto problem = baseProblem(*kind, envelope.base, body.fields))
        return problem;
    if (kind->idRole == IdRole::Derived) {
        const auto checkId = body.fields.find("check")->second.uuid();
        Uuid expected;
        if (kind->entity == EntityType::Answer) {
            const auto item = body.fields.find("item");
            expected = answerId(ledger, *checkId, item == body.fields.end() ? std::nullopt : item->second.uuid(),
                                *body.fields.find("question")->second.text());
        } else {
            expected = attestationId(ledger, *checkId, *body.fields.find("clause")->second.integer());
        }
        if (expected != envelope.id)
            return "the id is not the one derived from the body";
    }
    return std::nullopt;
}

Uuid derivedId(const Uuid &ledger, std::string_view type, const std::string &code) {
    return idOf(cbor::Array{ledger, type, code});
}

Uuid answerId(const Uuid &ledger, const Uuid &check, const std::optional<Uuid> &item, std::string_view question) {
    return idOf(cbor::Array{ledger, "answer", check, item ? cbor::Value(*item) : cbor::Value(), question});
}

Uuid attestationId(const Uuid &ledger, const Uuid &check, std::int64_t clause) {
    return idOf(cbor::Array{ledger, "attestation", check, clause});
}

std::optional<Uuid> namedCheck(const KindInfo &kind, const Uuid &id, const cbor::Map &fields) {
    if (kind.entity == EntityType::Check)
        return id;
    if (kind.field("check") == nullptr)
        return std::nullopt;
    const auto it = fields.find("check");
    return it == fields.end() ? std::nullopt : it->second.uuid();
}

} // namespace zhicha
