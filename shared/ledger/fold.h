#pragma once
// rows = f(the operations of one entity, authority facts). Pure: arrival order, batches and repetition play no part.
#include "shared/ledger/row.h"

#include <limits>

namespace zhicha {

/** What authority says of one chain. Comes from the server chain's device.* operations and from forks seen. */
struct DeviceFacts {
    bool enrolled = false;
    bool server = false;         ///< a server chain: authority is its to write
    std::int64_t generation = 0; ///< of a server chain; newer ones come later in chain order
    std::int64_t trustedUpto = std::numeric_limits<std::int64_t>::max();  ///< last sequence before a cut
    std::int64_t disputedFrom = std::numeric_limits<std::int64_t>::max(); ///< first sequence of an undecided fork
    bool operator==(const DeviceFacts &) const = default;
};

/** Why an operation has no effect. The words stand in shared/protocol/problems. */
enum class Ineffective : std::uint8_t {
    No,             ///< it has effect
    Undecodable,    ///< kept as bytes
    NotInterpreted, ///< a kind of a later version
    BadOperation,   ///< does not fit its kind, its base, its derived id or its entity
    Withheld,       ///< its body is not here
    NotEnrolled,    ///< by a device that is not enrolled
    PastCut,        ///< after the last trusted operation of a revoked device
    Disputed,       ///< on a branch of a fork that is not decided
    NotAllowed,     ///< authority that only a server chain may write
    NeedsOffice,    ///< decides between contested values; only the office does
    AlreadyBorn,    ///< bears an entity that was born elsewhere
};
[[nodiscard]] std::string_view ineffectiveName(Ineffective reason);

/** One operation as the fold wants it. */
struct FoldOperation {
    Digest d{};
    Uuid device;
    std::int64_t seq = 0;
    DeviceFacts facts;
    Envelope envelope;
    cbor::Map fields;
    const KindInfo *kind = nullptr;
    Ineffective shape = Ineffective::No; ///< what its own bytes say of it
};

/** Decodes one stored operation and judges its shape. Never fails: what does not decode is marked so. */
[[nodiscard]] FoldOperation foldOperation(const Uuid &ledger, const OperationBytes &bytes, const Digest &d,
                                          const Uuid &device, std::int64_t seq, const DeviceFacts &facts);

/** The caller's; they outlive the call. */
using FoldOperations = std::vector<const FoldOperation *>;

struct FoldResult {
    std::optional<EntityRow> row;      ///< absent if no operation has effect
    std::vector<Ineffective> outcomes; ///< one per operation given, in that order
};

/** All operations that name this entity, in any order, each once. `claimed` = d kept by an entity.claim, if any. */
[[nodiscard]] FoldResult foldEntity(const FoldOperations &operations, const std::optional<Digest> &claimed);

/** The cut that a device's own row states (the last of device.revoke and device.readmit in chain order). */
inline constexpr std::string_view kTrustedUptoField = "trusted_upto";

} // namespace zhicha
