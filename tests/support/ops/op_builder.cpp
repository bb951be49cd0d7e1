#include "tests/support/ops/op_builder.h"

#include <algorithm>

namespace zhicha::test {

void SeededRandom::fill(std::span<std::uint8_t> out) {
    for (std::size_t at = 0; at < out.size();) {
        m_state += 0x9e3779b97f4a7c15ULL;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        z ^= z >> 31;
        for (int i = 0; i < 8 && at < out.size(); ++i, ++at)
            out[at] = static_cast<std::uint8_t>(z >> (8 * i));
    }
}

Bytes encodeEnvelopeUnchecked(const Envelope &envelope) {
    cbor::Map time{{"wall", envelope.time.wallMs},
                   {"offset_min", std::int64_t{envelope.time.offsetMin}},
                   {"est", envelope.time.estimateMs},
                   {"mono_us", envelope.time.monotonicUs},
                   {"boot", envelope.time.boot}};
    if (envelope.time.gnssMs)
        time["gnss"] = *envelope.time.gnssMs;
    cbor::Map map{{"device", envelope.device},
                  {"seq", envelope.seq},
                  {"kind", envelope.kind},
                  {"id", envelope.id},
                  {"anchor", cbor::Map{{"generation", envelope.anchor.generation},
                                       {"size", envelope.anchor.size},
                                       {"root", envelope.anchor.root}}},
                  {"t", std::move(time)}};
    if (envelope.actor)
        map["actor"] = *envelope.actor;
    if (!envelope.base.empty()) {
        cbor::Map base;
        for (const auto &[field, seen] : envelope.base)
            base[field] = cbor::Array(seen.begin(), seen.end());
        map["base"] = std::move(base);
    }
    return cbor::encode(map);
}

MadeOperation withoutBody(MadeOperation operation) {
    operation.bytes.body.reset();
    return operation;
}

cbor::Value headsValue(const std::map<Uuid, ChainHead> &heads) {
    cbor::Map map;
    for (const auto &[device, head] : heads)
        map[toHex(device.bytes)] = cbor::Array{head.seq, head.h};
    return map;
}

TestDevice::TestDevice(const Uuid &ledger, std::uint64_t seed, const TestClock &clock)
    : m_ledger(ledger), m_random(seed), m_clock(&clock), m_key(SigningKey::generate(m_random)),
      m_id(newUuid(clock, m_random)) {
    m_head.h = chainStart(m_ledger, kSuite1, m_id, m_key.publicKey());
    m_cutAt = m_head;
}

Envelope TestDevice::nextEnvelope(std::string_view kind, const Uuid &id) const {
    Envelope envelope;
    envelope.device = m_id;
    envelope.seq = m_head.seq + 1;
    envelope.kind = kind;
    envelope.id = id;
    envelope.anchor = m_anchor;
    envelope.time.wallMs = m_clock->nowMs();
    envelope.time.offsetMin = m_clock->offsetMinutes();
    envelope.time.estimateMs = m_clock->trueMs() + m_estimateErrorMs;
    envelope.time.monotonicUs = m_clock->monotonicUs();
    envelope.time.boot = m_clock->bootId();
    envelope.actor = m_actor;
    return envelope;
}

MadeOperation TestDevice::make(std::string_view kind, const Uuid &id, cbor::Map fields, Base seen) {
    Envelope envelope = nextEnvelope(kind, id);
    envelope.base = std::move(seen);
    if (const KindInfo *info = findKind(kind))
        for (const FieldInfo &field : info->fields)
            if ((field.merge == Merge::Latest || field.merge == Merge::Decided) && fields.contains(field.name))
                envelope.base.try_emplace(std::string(field.name));
    for (auto &[field, digests] : envelope.base) {
        std::sort(digests.begin(), digests.end());
        digests.erase(std::unique(digests.begin(), digests.end()), digests.end());
    }
    const auto salt = m_random.array<16>();
    return append(encodeEnvelopeUnchecked(envelope),
                  cbor::encode(cbor::Array{Bytes(salt.begin(), salt.end()), std::move(fields)}));
}

MadeOperation TestDevice::append(Bytes envelope, Bytes body) {
    MadeOperation made;
    made.device = m_id;
    made.seq = m_head.seq + 1;
    made.bytes = OperationBytes::of(std::move(envelope), std::move(body));
    made.d = made.bytes.digest();
    m_head = {made.seq, chainNext(m_head.h, made.d)};
    m_uncut.push_back({made.bytes, made.d});
    return made;
}

Run TestDevice::cutRun() {
    Run run;
    run.bounds = {m_ledger, kSuite1, m_id, m_cutAt.seq + 1, m_head.seq, m_cutAt.h, m_head.h};
    run.elements = std::move(m_uncut);
    run.signature = signRun(run.bounds, m_key);
    m_uncut.clear();
    m_cutAt = m_head;
    return run;
}

Uuid TestDevice::newId() {
    return newUuid(*m_clock, m_random);
}

PublicKey TestDevice::boxKey() const {
    PublicKey key = m_key.publicKey();
    std::reverse(key.begin(), key.end());
    return key;
}

cbor::Map TestDevice::enrolFields(const Uuid &person) const {
    const PublicKey box = boxKey();
    return {{"person", person},
            {"name", "tablet"},
            {"sign_key", Bytes(m_key.publicKey().begin(), m_key.publicKey().end())},
            {"box_key", Bytes(box.begin(), box.end())}};
}

} // namespace zhicha::test
