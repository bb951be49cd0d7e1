#pragma once
// The table of kinds: the one place that says which operations there are, on which entity each acts, which fields it
// has, how each field merges and who may write it. It feeds the codec's checks, the fold, the forms and FORMATS.md.
// A kind is never changed; later versions add kinds and optional fields.
#include "shared/oplog/cbor.h"

#include <span>

namespace zhicha {

/** What an entity is. The number is part of the entity's folded hash: add at the end, never renumber. */
enum class EntityType : std::uint8_t {
    Unknown = 0,
    Ledger,
    Key,
    LogStart,
    Backup,
    Claim,
    AuditHead,
    Person,
    Role,
    Device,
    DeviceNote,
    Scope,
    Unit,
    Site,
    SiteProposal,
    SiteNote,
    Item,
    Check,
    CheckNumber,
    Join,
    Note,
    Reply,
    Finish,
    Close,
    Sign,
    Review,
    Hand,
    Answer,
    Attestation,
    Tally,
    Track,
    Photo,
    Received,
    Mismatch,
    Finding,
    Comment,
    Feedback,
    Extension,
    Transfer,
    Withdrawal,
    Exemption,
    Report,
    Event,
    LadderStep,
    Ranking,
    Paper,
    PaperReceipt,
    Request,
    RequestStep,
    Order,
    OrderStep,
    Erasure,
    Withholding,
};
[[nodiscard]] std::string_view entityTypeName(EntityType type);

enum class FieldType : std::uint8_t {
    Text,
    Int,
    Bool,
    Day,
    Instant,
    Raw,
    Hash,
    Id,
    IdList,
    DigestList,
    TextList,
    Fix,
    About,
    Heads,
    Map,
    List,
};

/** How concurrent writes of one field come together (docs/FORMATS.md "Merge"). */
enum class Merge : std::uint8_t {
    Fact,      ///< written at birth, never changes
    Latest,    ///< of the writes not superseded, the largest (t.est, device, seq, d) shows
    Decided,   ///< several surviving distinct values are a conflict that the office decides
    Authority, ///< only on server chains: the last in chain order holds
};

struct FieldInfo {
    std::string_view name;
    FieldType type;
    Merge merge;
    bool required;
    std::string_view allowed = {}; ///< for Text: the permitted words, separated by spaces; empty = any text
};

/** What the envelope's id means for this kind. */
enum class IdRole : std::uint8_t {
    Birth,   ///< the entity is born here, once; the id is minted for it
    Put,     ///< server chain: the entity is made or replaced as a whole
    Change,  ///< changes an entity that is born elsewhere
    Derived, ///< the id is derived from fields of the body, so that two tablets meet on one entity
    Target,  ///< acts on an entity of any type (entity.void)
};

enum class Author : std::uint8_t { Tablet, Server, Either };

struct KindInfo {
    std::string_view name;
    EntityType entity;
    IdRole idRole;
    Author author;
    std::span<const FieldInfo> fields;
    /** False: reserved for a later version; kept, shown as not yet interpreted, without effect. */
    bool interpreted = true;

    [[nodiscard]] const FieldInfo *field(std::string_view fieldName) const;
};

[[nodiscard]] std::span<const KindInfo> allKinds();
[[nodiscard]] const KindInfo *findKind(std::string_view name); ///< nullptr if this version does not know it

/** Why the body does not fit its kind; nullopt if it does. Unknown keys are fine. */
[[nodiscard]] std::optional<std::string> bodyProblem(const KindInfo &kind, const cbor::Map &fields);

} // namespace zhicha
