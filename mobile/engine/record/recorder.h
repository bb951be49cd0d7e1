#pragma once
// What an inspector records, each call one transaction: the operation, the folded rows, the end of the draft. When a
// call returned success the record survives a power cut.
#include "mobile/engine/record/chain_writer.h"

namespace zhicha {

struct CheckStart {
    std::optional<Uuid> id; ///< given: the same id and content answers the same
    Uuid site;              ///< a site or a proposal
    std::vector<Uuid> items;
    std::optional<Uuid> assignment;
    std::optional<cbor::Map> arrival; ///< {fix, inside, dwell_s}
    std::string noFixReason;          ///< needed without an arrival
    /** Fields of track.append but `check`, in order. */
    std::vector<cbor::Map> track;
};

struct AnswerGiven {
    Uuid check;
    std::optional<Uuid> item;
    std::string question;
    std::optional<std::string> value;
    std::optional<std::string> note;
};

struct FindingRecorded {
    std::optional<Uuid> id;
    Uuid check;
    std::optional<Uuid> item;
    std::string severity;
    std::string text;
    std::optional<cbor::Map> fix;
};

struct FindingAmended {
    std::optional<Uuid> item;
    std::optional<std::string> severity;
    std::optional<std::string> text;
    std::optional<std::string> reason;
};

struct TallyTotals {
    std::int64_t satisfied = 0;
    std::int64_t neutral = 0;
    std::int64_t dissatisfied = 0;
    bool operator==(const TallyTotals &) const = default;
};

struct SiteProposal {
    std::optional<Uuid> id;
    std::string name;
    std::optional<std::int64_t> lat; ///< 1e-7 degrees, WGS-84
    std::optional<std::int64_t> lon;
    std::optional<std::string> note;
};

/** Asked of a colleague for a check: what one tablet shows and another signs. */
struct SignatureAsked {
    Uuid check;
    std::optional<Bytes> invite; ///< only the tablet that started the check can give one; without: joined by the list
    cbor::Map upto;              ///< the heads to be covered, as in check.sign
    bool operator==(const SignatureAsked &) const = default;
};

/** Owner: the engine. Threads: the store's. Errors of every call: NotFound (no such entity on this tablet), NotAllowed
 *  (void, or not of a check of one's own), Conflict, AlreadyDone, and the store's own. Nothing is written on error. */
class Recorder {
public:
    Recorder(LocalStore &store, const Clock &clock, RandomSource &random) : m_writer(store, clock, random) {}

    Result<Uuid> startCheck(const CheckStart &start);
    /** A join counts at once here and makes the check the current one; whether the check is delivered to this tablet is
     * decided by the office. */
    Result<Uuid> joinCheck(const Uuid &check, const std::optional<Bytes> &invite);
    /** CBOR[device, expires_at, signature], to be shown as a QR (docs/PROTOCOL.md "Join"). */
    Result<Bytes> makeInvite(const Uuid &check, std::int64_t validMs);
    /** The check was begun at another site than was chosen; the first stays in its history. */
    Result<Uuid> correctSite(const Uuid &check, const Uuid &site, const std::string &reason);
    Result<Uuid> finishCheck(const Uuid &check); ///< once per chain; again: the same answer
    Result<Uuid> signCheck(const Uuid &check, const std::optional<std::string> &refusal);
    /** What a colleague signs on a chain of their own, also one that has never heard of this check. Writes nothing: the
     *  track so far is cut before, if it is to be covered. */
    Result<SignatureAsked> askSignature(const Uuid &check, std::int64_t validMs);
    /** 会签: joins by the invite and signs what was asked; the same records again: the same answer. The current check
     *  stays what it is. */
    Result<Uuid> countersign(const SignatureAsked &asked, const std::optional<std::string> &refusal);
    Result<Uuid> note(const Uuid &check, const std::string &text, const std::optional<Uuid> &id = std::nullopt);
    Result<Uuid> reply(const Uuid &check, const Uuid &question, const std::string &text,
                       const std::optional<Uuid> &id = std::nullopt);
    /** `measured`, `basis`: what the tablet measured beside the answer; empty reads "cannot be measured". */
    Result<Uuid> attest(const Uuid &check, std::int64_t clause, const std::string &said,
                        const std::optional<std::string> &note, cbor::Map measured = {}, cbor::Array basis = {});
    Result<Uuid> answer(const AnswerGiven &given);
    /** Appends the difference to what the check's tally shows now; nothing if there is none. */
    Result<TallyTotals> tally(const Uuid &check, const TallyTotals &totals);
    Result<TallyTotals> tallyOf(const Uuid &check);
    Result<Uuid> recordFinding(const FindingRecorded &finding);
    Result<Uuid> amendFinding(const Uuid &finding, const FindingAmended &amended);
    Result<Uuid> voidEntity(const Uuid &entity, bool isVoid, const std::string &reason);
    Result<Uuid> proposeSite(const SiteProposal &proposal);

    /** One of any kind, for what has no call of its own (photos). Same rules. */
    Result<Uuid> birth(std::string_view kind, const std::optional<Uuid> &id, cbor::Map fields);
    /** The row of a check that this tablet may write into: known here and not void, or joined. */
    Status mayWriteInto(const Uuid &check);
    /** The row of an entity of this type that is not void. */
    Result<EntityRow> living(const Uuid &entity, EntityType type);
    [[nodiscard]] LocalStore &store() { return m_writer.store(); }
    [[nodiscard]] ChainWriter &writer() { return m_writer; }

private:
    Status append(const NewOperation &operation);
    /** A field that several values contest is the office's to decide; saying so here spares an operation without
     *  effect. */
    static Status notContested(const EntityRow &row, std::string_view field);
    /** True if the own chain bore this entity with these very fields; AlreadyDone if with others. */
    Result<bool> doneBefore(std::string_view kind, const Uuid &id, const cbor::Map &fields);
    Result<std::optional<Uuid>> ownIn(const Uuid &check, EntityType type);
    Result<cbor::Map> headsOf(const Uuid &check);
    /** Within the caller's transaction. */
    Status join(const Uuid &check, const std::optional<Bytes> &invite);

    ChainWriter m_writer;
};

} // namespace zhicha
