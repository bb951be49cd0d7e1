#pragma once
// A check as its pages show it, read from the store in one go. Qt-free; the controllers turn it into rows.
#include "mobile/engine/store/local_store.h"
#include "shared/geo/fence.h"
#include "shared/ledger/check_state.h"

#include <array>

namespace zhicha {

inline constexpr std::array<std::string_view, 3> kQuestionNames{"carried_out", "rectified", "satisfied"};

struct PhotoReading {
    Uuid id;
    Uuid to;
    Digest sha256{};
    std::optional<Digest> preview;
    std::int64_t size = 0;
    std::string howTaken;
    bool imported = false;
    bool isVoid = false;
    bool mine = true; ///< added on this tablet
    std::string importNote;
    std::string rank;
    std::optional<std::int64_t> shotAtMs;
    std::optional<cbor::Map> fix;
    std::optional<PhotoRecord> record; ///< nullopt: the bytes are on another tablet, or lost
};

struct AnswerReading {
    Uuid id; ///< derived, so it stands before the first answer
    std::string question;
    std::string value; ///< "" while there is none
    std::string note;
    bool contested = false;
    std::vector<PhotoReading> photos;
};

struct ItemReading {
    std::optional<Uuid> id; ///< nullopt: the check itself, where it names no item
    std::string number;
    std::string title;
    std::string dueOn;
    std::array<AnswerReading, 3> answers;
};

struct FindingReading {
    Uuid id;
    std::optional<Uuid> item;
    std::string severity; ///< "" in a draft without one, or while contested
    std::string text;
    std::int64_t atMs = 0; ///< when it was recorded; of a draft, when it was saved last
    bool draft = false;
    bool isVoid = false;
    bool contested = false;
    bool mine = true;
    std::vector<PhotoReading> photos;
};

struct AttestReading {
    std::string said;
    std::string note;
    bool contested = false;
};

struct SignatureReading {
    Uuid id;
    Uuid device;
    std::string person;
    std::int64_t atMs = 0;
    std::string refusal; ///< why; empty = signed
    std::int64_t covers = 0;
    std::string head;      ///< hex of the own chain's head that it covers
    bool onItsWay = false; ///< given here by a colleague's PIN; it comes back when their store has been sent
};

/** What is still to be done, in the order of the page. */
struct MissingPart {
    enum class Kind { Answer, Evidence, Draft, Attestation } kind = Kind::Answer;
    std::size_t item = 0;     ///< index, for Answer and Evidence
    std::size_t question = 0; ///< 0 to 2
    Uuid draft;
    std::int64_t clause = 0;
};

struct CheckReading {
    Uuid id;
    bool known = false; ///< false: joined, and not delivered to this tablet yet
    Uuid site;
    std::string siteName;
    std::string unitName;
    std::string number;
    std::int64_t startedAtMs = 0;
    bool mine = false; ///< started on this tablet
    bool joined = false;
    bool finished = false; ///< by this chain
    bool isVoid = false;
    CheckState state = CheckState::UnderWay;
    std::optional<Fence> fence;
    std::optional<cbor::Map> arrival; ///< {fix, inside?, dwell_s}
    std::string noFixReason;
    std::vector<ItemReading> items;
    std::vector<FindingReading> findings; ///< the gravest first; drafts before what is recorded, void ones last
    std::array<AttestReading, 6> attestations;
    std::vector<SignatureReading> signatures;
    std::vector<cbor::Map> track; ///< fields of track.append, oldest first
    std::int64_t satisfied = 0, neutral = 0, dissatisfied = 0;
    std::vector<PhotoReading> photos;  ///< all that are not void
    std::vector<PhotoReading> removed; ///< void ones: they can come back until the check is finished
    std::vector<PhotoReading> loose;   ///< those that hang on the check itself
    std::vector<MissingPart> missing;
    std::int64_t parts = 0, partsDone = 0;

    [[nodiscard]] std::int64_t people() const { return satisfied + neutral + dissatisfied; }
    [[nodiscard]] bool signedHere(const Uuid &device) const;
};

/** Threads: the store's. NotFound if neither the check nor a join of it is on this tablet. */
[[nodiscard]] Result<CheckReading> readCheck(LocalStore &store, const Uuid &check);
/** A colleague signed on this tablet, into a store of their own: shown here until it comes back from the office. */
[[nodiscard]] Status noteSignedHere(LocalStore &store, const Uuid &check, const SignatureReading &sign);
/** Of what a signature covers, twelve digits to compare by eye on two screens: of the SHA-256 over check.sign's upto.
 */
[[nodiscard]] std::string markOf(const cbor::Map &upto);
/** When an entity was born, by its author's best guess, ms UTC; 0 if that operation is not here. */
[[nodiscard]] Result<std::int64_t> bornAtMs(LocalStore &store, const Uuid &entity);
[[nodiscard]] std::string nameOf(LocalStore &store, const std::optional<Uuid> &entity); ///< field `name`; "" if unknown
/** Where the check was begun; nullptr without a fix. */
[[nodiscard]] const cbor::Map *arrivalFix(const CheckReading &check);
/** Of a recorded value (a fix, a measurement): nullopt if it is missing or of another kind. */
[[nodiscard]] std::optional<std::int64_t> numberIn(const cbor::Map &map, std::string_view name);
[[nodiscard]] std::optional<LatLon> placeIn(const cbor::Map &fix); ///< its lat and lon; nullopt if that is no place
/** Kind of a draft of a finding in the draft table; its content: text, severity, item, how_taken, photos. */
inline constexpr const char *kFindingDraft = "finding";

} // namespace zhicha
