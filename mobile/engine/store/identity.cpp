#include "mobile/engine/store/identity.h"

namespace zhicha {

namespace {
Error damaged(const char *what) {
    return fail(Code::StoreDamaged, std::string("the stored ") + what + " does not decode");
}

/** Reads the fields of a map that this program wrote itself; one wrong field spoils all. */
class Fields {
public:
    explicit Fields(const cbor::Value &value) : m_map(value.map()) {}
    [[nodiscard]] bool ok() const { return m_map != nullptr && m_ok; }
    std::int64_t integer(const char *key) {
        const cbor::Value *v = find(key);
        return v != nullptr && v->integer() != nullptr ? *v->integer() : (m_ok = false, 0);
    }
    std::string text(const char *key) {
        const cbor::Value *v = find(key);
        return v != nullptr && v->text() != nullptr ? *v->text() : (m_ok = false, std::string());
    }
    template <std::size_t N>
    std::array<std::uint8_t, N> fixed(const char *key) {
        const cbor::Value *v = find(key);
        const auto bytes = v != nullptr && v->bytes() != nullptr ? fixedBytes<N>(*v->bytes()) : std::nullopt;
        return bytes ? *bytes : (m_ok = false, std::array<std::uint8_t, N>{});
    }

private:
    const cbor::Value *find(const char *key) {
        if (m_map == nullptr)
            return nullptr;
        const auto it = m_map->find(std::string_view(key));
        return it == m_map->end() ? nullptr : &it->second;
    }
    const cbor::Map *m_map;
    bool m_ok = true;
};

template <std::size_t N>
cbor::Value raw(const std::array<std::uint8_t, N> &bytes) {
    return Bytes(bytes.begin(), bytes.end());
}
} // namespace

cbor::Value identityValue(const Identity &identity) {
    return cbor::Map{{"server", identity.server},
                     {"fingerprint", identity.fingerprint},
                     {"device_name", identity.deviceName},
                     {"ledger", identity.ledger},
                     {"device", identity.device},
                     {"sign", raw(identity.signSeed)},
                     {"box_public", raw(identity.box.publicKey)},
                     {"box_secret", raw(identity.box.secretKey)},
                     {"code", identity.code},
                     {"enrolled", std::int64_t{identity.enrolled ? 1 : 0}},
                     {"person", identity.person},
                     {"person_name", identity.personName}};
}

Result<Identity> identityFromValue(const cbor::Value &value) {
    Fields fields(value);
    Identity identity;
    identity.server = fields.text("server");
    identity.fingerprint = fields.fixed<32>("fingerprint");
    identity.deviceName = fields.text("device_name");
    identity.ledger.bytes = fields.fixed<16>("ledger");
    identity.device.bytes = fields.fixed<16>("device");
    identity.signSeed = fields.fixed<32>("sign");
    identity.box.publicKey = fields.fixed<32>("box_public");
    identity.box.secretKey = fields.fixed<32>("box_secret");
    identity.code = fields.text("code");
    identity.enrolled = fields.integer("enrolled") == 1;
    identity.person.bytes = fields.fixed<16>("person");
    identity.personName = fields.text("person_name");
    if (!fields.ok())
        return damaged("identity");
    return identity;
}

std::int64_t ClockEstimate::at(const Clock &clock) const {
    if (boot == clock.bootId())
        return serverMs + (clock.monotonicUs() - monotonicUs) / 1000;
    return clock.nowMs() + (serverMs - wallMs);
}

cbor::Value clockValue(const ClockEstimate &estimate) {
    return cbor::Map{{"server", estimate.serverMs},
                     {"wall", estimate.wallMs},
                     {"mono", estimate.monotonicUs},
                     {"boot", estimate.boot}};
}

Result<ClockEstimate> clockFromValue(const cbor::Value &value) {
    Fields fields(value);
    ClockEstimate estimate;
    estimate.serverMs = fields.integer("server");
    estimate.wallMs = fields.integer("wall");
    estimate.monotonicUs = fields.integer("mono");
    estimate.boot = fields.text("boot");
    if (!fields.ok())
        return damaged("clock estimate");
    return estimate;
}

cbor::Value checkpointValue(const Checkpoint &checkpoint) {
    return cbor::Map{{"ledger", checkpoint.ledger},
                     {"generation", checkpoint.generation},
                     {"size", checkpoint.size},
                     {"root", checkpoint.root},
                     {"time", checkpoint.timeMs}};
}

Result<Checkpoint> checkpointFromValue(const cbor::Value &value) {
    Fields fields(value);
    Checkpoint checkpoint;
    checkpoint.ledger.bytes = fields.fixed<16>("ledger");
    checkpoint.generation = fields.integer("generation");
    checkpoint.size = fields.integer("size");
    checkpoint.root = fields.fixed<32>("root");
    checkpoint.timeMs = fields.integer("time");
    if (!fields.ok())
        return damaged("checkpoint");
    return checkpoint;
}

} // namespace zhicha
