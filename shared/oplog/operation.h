#pragma once
// One operation: envelope and body, their bytes as signed, and their digest. docs/FORMATS.md "Operation".
#include "shared/oplog/kinds.h"

#include <map>

namespace zhicha {

inline constexpr std::size_t kMaxOperationBytes = 64 * 1024; ///< envelope and body together

/** The last checkpoint that a device knew when it wrote: the operation was made after it. */
struct Anchor {
    std::int64_t generation = 0;
    std::int64_t size = 0;
    Digest root{};
    bool operator==(const Anchor &) const = default;
};

struct OperationTime {
    std::int64_t wallMs = 0;            ///< the device's own clock, ms UTC, right or wrong
    std::int32_t offsetMin = 0;         ///< local time minus UTC
    std::int64_t estimateMs = 0;        ///< the device's best guess of the server's time, ms UTC
    std::int64_t monotonicUs = 0;       ///< since an unknown point within this boot
    std::string boot;                   ///< names the boot
    std::optional<std::int64_t> gnssMs; ///< ms UTC, week rollover repaired
    bool operator==(const OperationTime &) const = default;
};

/** Per merged field that the body writes: the digests of the writes whose values the author saw. */
using Base = std::map<std::string, std::vector<Digest>, cbor::KeyOrder>;

struct Envelope {
    Uuid device;
    std::int64_t seq = 0; ///< from 1, no gaps
    std::string kind;
    Uuid id; ///< the entity
    Base base;
    Anchor anchor;
    OperationTime time;
    std::optional<Uuid> actor; ///< server chains only; on a tablet the actor is the device's person
    bool operator==(const Envelope &) const = default;
};

struct Body {
    std::array<std::uint8_t, 16> salt{}; ///< so that a withheld body cannot be guessed
    cbor::Map fields;
    bool operator==(const Body &) const = default;
};

/** The bytes, kept and hashed as received and never encoded again. body is absent when withheld or erased. */
struct OperationBytes {
    Bytes envelope;
    std::optional<Bytes> body;
    Digest bodyDigest{};

    [[nodiscard]] static OperationBytes of(Bytes envelope, Bytes body);
    [[nodiscard]] Digest digest() const; ///< d = H("zhicha/v1/op" 0x00 ‖ H(envelope) ‖ H(body))
};

/** TooLarge past kMaxOperationBytes; InvalidArgument for an unknown kind or a body that does not fit it, for a base
 *  whose keys are not exactly the merged fields written, and for what would not read back (text that is no UTF-8, too
 *  deep a field, unsorted digests, seq 0). Holds: decode(encode(op)) == op. */
[[nodiscard]] Result<OperationBytes> encodeOperation(const Envelope &envelope, const Body &body);

/** BadEncoding (also an unknown, missing or misplaced key of the envelope), BadOperation (seq below 1, fields that are
 * no map), TooLarge. */
[[nodiscard]] Result<Envelope> decodeEnvelope(ByteView bytes);
[[nodiscard]] Result<Body> decodeBody(ByteView bytes);

/** Why a decoded operation can have no effect, whatever the ledger holds (shape, base, derived id); nullopt if none. */
[[nodiscard]] std::optional<std::string> operationProblem(const Uuid &ledger, const Envelope &envelope,
                                                          const Body &body);

/** Ids that are derived, so that two tablets meet on one entity. `item` absent = no item. */
[[nodiscard]] Uuid derivedId(const Uuid &ledger, std::string_view type, const std::string &code);
[[nodiscard]] Uuid answerId(const Uuid &ledger, const Uuid &check, const std::optional<Uuid> &item,
                            std::string_view question);
[[nodiscard]] Uuid attestationId(const Uuid &ledger, const Uuid &check, std::int64_t clause);

/** The check that an operation names: its own entity, or the `check` field. nullopt: found through its entity only. */
[[nodiscard]] std::optional<Uuid> namedCheck(const KindInfo &kind, const Uuid &id, const cbor::Map &fields);

} // namespace zhicha
