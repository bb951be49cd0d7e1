#pragma once
// Appends one operation to the own chain and folds it, inside the caller's transaction.
#include "mobile/engine/store/local_store.h"

namespace zhicha {

struct NewOperation {
    std::string_view kind;
    Uuid id;
    cbor::Map fields;
    /** The row that the form showed when it was committed: its surviving writes become the base. nullptr = the author
     *  saw nothing. */
    const EntityRow *shown = nullptr;
};

/** Owner: the engine. Threads: the store's. */
class ChainWriter {
public:
    ChainWriter(LocalStore &store, const Clock &clock, RandomSource &random)
        : m_store(store), m_clock(clock), m_random(random) {}

    /** Appends, folds and removes the draft of the same id. The caller commits: only then it is said to be saved.
     *  Errors: InvalidArgument (body does not fit its kind), TooLarge; Conflict (would decide between contested values,
     *          which is the office's to do), AlreadyDone (bears an entity that was born elsewhere). A revoked tablet
     *          still records: whether it counts is the office's decision, not the form's. */
    Result<StoredOperation> append(const NewOperation &operation);
    [[nodiscard]] LocalStore &store() { return m_store; }
    [[nodiscard]] const Clock &clock() const { return m_clock; }
    [[nodiscard]] RandomSource &random() { return m_random; }
    [[nodiscard]] Uuid newId() { return newUuid(m_clock, m_random); }

private:
    Result<Envelope> envelopeFor(const NewOperation &operation, const Identity &identity, std::int64_t seq);

    LocalStore &m_store;
    const Clock &m_clock;
    RandomSource &m_random;
};

/** The base that a form quotes: for each merged field that the body writes, the writes of the row that it showed. */
[[nodiscard]] Base baseOf(const KindInfo &kind, const cbor::Map &fields, const EntityRow *shown);

} // namespace zhicha
