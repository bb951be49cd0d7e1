#include "tests/support/formats/samples.h"

#include "shared/crypto/digest.h"

namespace zhicha::samples {

namespace {
constexpr std::int64_t kWallMs = 1'795'482'000'000; // 2026-11-24T01:00:00Z
using cbor::Array;
using cbor::Map;
using cbor::Value;

Map sampleFix() {
    return {{"t", kWallMs},
            {"lat", std::int64_t{287'000'000}},
            {"lon", std::int64_t{1'158'600'000}},
            {"accuracy_mm", 4200},
            {"age_ms", 300},
            {"source", "system"},
            {"flags", Array{"few_satellites"}}};
}

Map sampleHeads() {
    return {{toHex(sampleDevice().bytes), Array{3, seeded("head")}}};
}

/** Fields whose type says only "map" or "list", in the shape that FORMATS.md gives them. */
Value shaped(std::string_view name) {
    if (name == "arrival")
        return Map{{"fix", sampleFix()}, {"inside", true}, {"dwell_s", 95}};
    if (name == "continues")
        return Map{{"origin", "zhicha.log/1"}, {"size", 12}, {"root", seeded("root")}};
    if (name == "seat")
        return Map{{"lat", std::int64_t{287'000'000}}, {"lon", std::int64_t{1'158'600'000}}};
    if (name == "polygon")
        return Array{Array{0, 0}, Array{0, 1000}, Array{1000, 1000}};
    if (name == "questions")
        return Array{Map{{"id", sampleId("question")}, {"text", "哪一天整改？"}}};
    if (name == "points")
        return Array{Array{kWallMs, std::int64_t{287'000'000}, std::int64_t{1'158'600'000}, 4200, Array{}}};
    if (name == "pixels")
        return Array{4000, 3000};
    if (name == "refusal")
        return Map{{"text", "拒绝签字"}};
    if (name == "extra")
        return Map{{"remark", "kept"}, {"answer", 42}};
    return name == "basis" ? Value(Array{}) : Value(Map{});
}

Value sampleValue(const FieldInfo &field) {
    const std::string name(field.name);
    switch (field.type) {
    case FieldType::Text:
        return field.allowed.empty() ? name + " 文字" : std::string(field.allowed.substr(0, field.allowed.find(' ')));
    case FieldType::Int:
        return name == "clause" ? 3 : 7;
    case FieldType::Instant:
        return kWallMs;
    case FieldType::Bool:
        return true;
    case FieldType::Day:
        return "2026-11-24";
    case FieldType::Raw:
    case FieldType::Hash:
        return seeded(name);
    case FieldType::Id:
        return sampleId(name);
    case FieldType::IdList:
        return Array{sampleId(name + " 1"), sampleId(name + " 2")};
    case FieldType::DigestList:
        return Array{seeded(name + " 1"), seeded(name + " 2")};
    case FieldType::TextList:
        return Array{name};
    case FieldType::Fix:
        return sampleFix();
    case FieldType::About:
        return Map{{"entity", sampleId(name)}, {"field", "text"}};
    case FieldType::Heads:
        return sampleHeads();
    case FieldType::Map:
    case FieldType::List:
        return shaped(field.name);
    }
    return {};
}
} // namespace

Digest seeded(std::string_view label) {
    return sha256(viewOf(label));
}

Uuid sampleId(std::string_view label) {
    const Digest digest = seeded(label);
    Uuid id;
    std::copy_n(digest.begin(), 16, id.bytes.begin());
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0f) | 0x70);
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3f) | 0x80);
    return id;
}

SigningKey sampleKey(std::string_view label) {
    return SigningKey::fromSeed(seeded(label));
}

Uuid sampleLedger() {
    return sampleId("ledger");
}

Uuid sampleDevice() {
    return sampleId("device");
}

cbor::Map sampleFields(const KindInfo &kind) {
    Map fields;
    for (const FieldInfo &field : kind.fields)
        fields.emplace(std::string(field.name), sampleValue(field));
    return fields;
}

Base sampleBase(const KindInfo &kind, const cbor::Map &fields) {
    Base base;
    for (const FieldInfo &field : kind.fields)
        if ((field.merge == Merge::Latest || field.merge == Merge::Decided) && fields.contains(field.name))
            base[std::string(field.name)] =
                base.size() % 2 == 0 ? std::vector<Digest>{} : std::vector<Digest>{seeded("seen")};
    return base;
}

Uuid sampleEntity(const KindInfo &kind, const cbor::Map &fields) {
    if (kind.idRole != IdRole::Derived)
        return sampleId("entity");
    const Uuid check = *fields.at("check").uuid();
    if (kind.entity == EntityType::Attestation)
        return attestationId(sampleLedger(), check, *fields.at("clause").integer());
    const auto item = fields.find("item");
    return answerId(sampleLedger(), check, item == fields.end() ? std::nullopt : item->second.uuid(),
                    *fields.at("question").text());
}

Envelope sampleEnvelope(const KindInfo &kind, const cbor::Map &fields, std::int64_t seq) {
    Envelope envelope;
    envelope.device = sampleDevice();
    envelope.seq = seq;
    envelope.kind = kind.name;
    envelope.id = sampleEntity(kind, fields);
    envelope.base = sampleBase(kind, fields);
    envelope.anchor = {1, 12, seeded("root")};
    envelope.time = {kWallMs + seq, 480, kWallMs + seq - 1500, 1'000'000 * seq, "boot-1", std::nullopt};
    if (seq % 2 == 0)
        envelope.time.gnssMs = kWallMs + seq - 20;
    if (kind.author == Author::Server)
        envelope.actor = sampleId("actor");
    return envelope;
}

Body sampleBody(const cbor::Map &fields, std::int64_t seq) {
    const Digest salt = seeded("salt " + std::to_string(seq));
    return {*fixedBytes<16>(ByteView(salt).first(16)), fields};
}

OperationBytes sampleOperation(const KindInfo &kind, std::int64_t seq) {
    const Map fields = sampleFields(kind);
    auto operation = encodeOperation(sampleEnvelope(kind, fields, seq), sampleBody(fields, seq));
    ZHICHA_CHECK(operation.has_value());
    return *std::move(operation);
}

OperationBytes sampleNote(std::int64_t seq, const std::string &text) {
    const KindInfo &kind = *findKind("check.note");
    const Map fields{{"check", sampleId("check")}, {"text", text}};
    auto operation = encodeOperation(sampleEnvelope(kind, fields, seq), sampleBody(fields, seq));
    ZHICHA_CHECK(operation.has_value());
    return *std::move(operation);
}

Digest sampleStart() {
    return chainStart(sampleLedger(), kSuite1, sampleDevice(), sampleKey("device key").publicKey());
}

RunElement elementOf(const OperationBytes &operation) {
    return {operation, operation.digest()};
}

Run runOf(std::int64_t first, const Digest &before, std::vector<RunElement> elements) {
    Run run;
    run.bounds = {sampleLedger(), kSuite1, sampleDevice(), first, first - 1, before, before};
    for (const RunElement &element : elements) {
        run.bounds.h = chainNext(run.bounds.h, element.d);
        ++run.bounds.last;
    }
    run.elements = std::move(elements);
    run.signature = signRun(run.bounds, sampleKey("device key"));
    return run;
}

Run sampleRun(std::int64_t first, std::int64_t count) {
    Digest before = sampleStart();
    for (std::int64_t seq = 1; seq < first; ++seq)
        before = chainNext(before, sampleNote(seq).digest());
    std::vector<RunElement> elements;
    for (std::int64_t seq = first; seq < first + count; ++seq)
        elements.push_back(elementOf(sampleNote(seq)));
    return runOf(first, before, std::move(elements));
}

Leaf sampleLeaf(std::int64_t index) {
    return {
        sampleLedger(), sampleDevice(),          3 * index + 1, 3 * index + 3, seeded("head " + std::to_string(index)),
        3 * index + 1,  kWallMs + 60'000 * index};
}

} // namespace zhicha::samples
