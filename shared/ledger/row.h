#pragma once
// What the fold makes of the operations of one entity: its row. The same on tablet, server and verifier.
#include "shared/oplog/operation.h"

#include <memory>

namespace zhicha {

inline constexpr std::int64_t kFoldVersion = 1; ///< part of every row's bytes: another fold, another state hash

/** One field. A contested one has several values and no single answer until the office decides. */
struct FieldRow {
    std::string name;
    std::vector<cbor::Value> values; ///< distinct, in the order of their encodings; one unless contested
    std::vector<Digest> writes; ///< merged fields: the surviving writes, sorted. This is what a form quotes as base
    bool operator==(const FieldRow &) const = default;
};

struct EntityRow {
    EntityType type = EntityType::Unknown;
    std::optional<Digest> birth;  ///< d of the operation that bore it; absent for orphans and derived entities
    std::optional<Uuid> device;   ///< whose chain bore it
    std::optional<Uuid> check;    ///< whose closure it belongs to
    std::vector<FieldRow> fields; ///< sorted by name in KeyOrder

    [[nodiscard]] const FieldRow *field(std::string_view name) const;
    /** The one value of a field; nullptr if absent or contested. */
    [[nodiscard]] const cbor::Value *value(std::string_view name) const;
    [[nodiscard]] std::string text(std::string_view name) const; ///< "" if absent, contested or no text
    [[nodiscard]] std::optional<Uuid> uuid(std::string_view name) const;
    [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name) const;
    [[nodiscard]] bool isVoid() const;    ///< true only if that is not contested
    [[nodiscard]] bool contested() const; ///< any field has several values
    bool operator==(const EntityRow &) const = default;
};

[[nodiscard]] Bytes encodeRow(const EntityRow &row);
[[nodiscard]] Result<EntityRow> decodeRow(ByteView bytes); ///< StoreDamaged: these bytes are ours
[[nodiscard]] Digest rowHash(const Uuid &entity, ByteView encodedRow);

/** H over the sorted (entity, row hash): feed rows in ascending order of entity id. Threads: one. */
class StateHash {
public:
    StateHash();
    ~StateHash();
    void add(const Uuid &entity, const Digest &hash);
    [[nodiscard]] Digest digest() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace zhicha
