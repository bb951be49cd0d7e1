#include "shared/ledger/row.h"

#include "shared/crypto/digest.h"

#include <algorithm>

namespace zhicha {

const FieldRow *EntityRow::field(std::string_view name) const {
    const auto it = std::find_if(fields.begin(), fields.end(), [&](const FieldRow &f) { return f.name == name; });
    return it == fields.end() ? nullptr : &*it;
}

const cbor::Value *EntityRow::value(std::string_view name) const {
    const FieldRow *row = field(name);
    return row == nullptr || row->values.size() != 1 ? nullptr : row->values.data();
}

std::string EntityRow::text(std::string_view name) const {
    const cbor::Value *v = value(name);
    return v == nullptr || v->text() == nullptr ? std::string() : *v->text();
}

std::optional<Uuid> EntityRow::uuid(std::string_view name) const {
    const cbor::Value *v = value(name);
    return v == nullptr ? std::nullopt : v->uuid();
}

std::optional<std::int64_t> EntityRow::integer(std::string_view name) const {
    const cbor::Value *v = value(name);
    return v == nullptr || v->integer() == nullptr ? std::nullopt : std::optional(*v->integer());
}

bool EntityRow::isVoid() const {
    const cbor::Value *v = value("void");
    return v != nullptr && v->boolean() != nullptr && *v->boolean();
}

bool EntityRow::contested() const {
    return std::any_of(fields.begin(), fields.end(), [](const FieldRow &f) { return f.values.size() > 1; });
}

Bytes encodeRow(const EntityRow &row) {
    Bytes out;
    out.reserve(512);
    cbor::Writer writer(out);
    const auto optionalId = [&](const std::optional<Uuid> &id) {
        if (id)
            writer.bytes(id->bytes);
        else
            writer.null();
    };
    writer.array(6).integer(kFoldVersion).integer(static_cast<std::int64_t>(row.type));
    if (row.birth)
        writer.bytes(*row.birth);
    else
        writer.null();
    optionalId(row.device);
    optionalId(row.check);
    writer.map(row.fields.size());
    for (const FieldRow &field : row.fields) {
        writer.text(field.name).array(field.writes.empty() ? 1 : 2).array(field.values.size());
        for (const cbor::Value &value : field.values)
            writer.value(value);
        if (field.writes.empty())
            continue;
        writer.array(field.writes.size());
        for (const Digest &d : field.writes)
            writer.bytes(d);
    }
    return out;
}

Result<EntityRow> decodeRow(ByteView bytes) {
    cbor::Reader in(bytes);
    EntityRow row;
    const auto optionalId = [&]() -> std::optional<Uuid> {
        if (!in.nextIsNull())
            return Uuid{in.fixed<16>()};
        in.null();
        return std::nullopt;
    };
    if (in.array() != 6 || in.integer() != kFoldVersion)
        in.breakOff("a row of another fold");
    const std::int64_t type = in.integer();
    row.type = type >= 0 && type <= static_cast<std::int64_t>(EntityType::Withholding) ? static_cast<EntityType>(type)
                                                                                       : EntityType::Unknown;
    if (in.nextIsNull())
        in.null();
    else
        row.birth = in.fixed<32>();
    row.device = optionalId();
    row.check = optionalId();
    std::string_view last;
    for (std::size_t left = in.map(); left > 0 && in.ok(); --left) {
        FieldRow field;
        last = in.key(last);
        field.name = last;
        const std::size_t parts = in.array();
        if (parts != 1 && parts != 2)
            in.breakOff("a field has values, or values and writes");
        for (std::size_t count = in.array(); count > 0 && in.ok(); --count)
            field.values.push_back(in.value());
        if (parts == 2)
            for (std::size_t count = in.array(); count > 0 && in.ok(); --count)
                field.writes.push_back(in.fixed<32>());
        if (parts == 2 && field.writes.empty())
            in.breakOff("an empty list of writes is left out");
        row.fields.push_back(std::move(field));
    }
    if (const Status end = in.finish(); !end)
        return fail(Code::StoreDamaged, "a folded row does not decode: " + end.error().detail);
    return row;
}

Digest rowHash(const Uuid &entity, ByteView encodedRow) {
    return taggedDigest("zhicha/v1/row", {entity.bytes, encodedRow});
}

struct StateHash::State {
    Sha256 hash;
};

StateHash::StateHash() : m_state(std::make_unique<State>()) {
    constexpr std::string_view kTag = "zhicha/v1/state";
    constexpr std::uint8_t kZero[] = {0};
    m_state->hash.update(viewOf(kTag));
    m_state->hash.update(kZero);
}
StateHash::~StateHash() = default;

void StateHash::add(const Uuid &entity, const Digest &hash) {
    m_state->hash.update(entity.bytes);
    m_state->hash.update(hash);
}

Digest StateHash::digest() const {
    return m_state->hash.digest();
}

} // namespace zhicha
