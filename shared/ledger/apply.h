#pragma once
// Folds what a transaction brought: reads the operations of each touched entity, writes its row. Tablet, server and
// rebuild use this one path, so that incremental = replay by construction.
#include "shared/ledger/fold.h"

#include <functional>
#include <set>

namespace zhicha {

/** One operation as stored. */
struct StoredOperation {
    Uuid device;
    std::int64_t seq = 0;
    Digest d{};
    OperationBytes bytes;
};

/** What the fold needs of a store. Every call runs inside the caller's transaction, on its thread. */
class FoldStore {
public:
    virtual ~FoldStore() = default;
    [[nodiscard]] virtual Uuid ledgerId() const = 0;
    /** Every stored operation whose envelope names this entity, bodies where known; order does not matter. */
    virtual Status operationsOf(const Uuid &entity, const std::function<Status(StoredOperation)> &visit) = 0;
    /** Entities that operations of this device from `fromSeq` on name. */
    virtual Status entitiesWrittenBy(const Uuid &device, std::int64_t fromSeq,
                                     const std::function<Status(const Uuid &)> &visit) = 0;
    /** False only if the store is sure to hold no operation of it but those of this batch. */
    virtual Result<bool> mayHoldOperationsOf(const Uuid &entity) = 0;
    virtual Result<DeviceFacts> deviceFacts(const Uuid &device) = 0;
    virtual Status setDeviceFacts(const Uuid &device, const DeviceFacts &facts) = 0;
    virtual Result<std::optional<Digest>> claimOf(const Uuid &entity) = 0;
    virtual Status setClaim(const Uuid &entity, const Digest &kept) = 0;
    virtual Result<std::optional<EntityRow>> row(const Uuid &entity) = 0;
    /** Stores or (nullopt) removes the folded row. */
    virtual Status putRow(const Uuid &entity, const std::optional<EntityRow> &row) = 0;
};

/** What became of one operation of the batch. */
struct ApplyOutcome {
    Digest d{};
    Uuid entity;
    Ineffective reason = Ineffective::No;
    bool contested = false; ///< it has effect, and a field that it wrote now has several values
};

/** Folds a batch whose operations are already in the store. Answers one outcome per operation, in order.
 *  Threads: the store's. Errors: the store's own. */
class Apply {
public:
    explicit Apply(FoldStore &store) : m_store(store) {}
    Result<std::vector<ApplyOutcome>> batch(const std::vector<StoredOperation> &operations);
    /** The same for a caller that needs what was read, too: reading costs as much as folding. */
    Result<std::vector<ApplyOutcome>> batch(const std::vector<FoldOperation> &decoded);
    /** Operations with what the store knows of their chains before the batch. */
    Result<std::vector<FoldOperation>> decode(const std::vector<StoredOperation> &operations);
    /** Folds these entities again from what the store holds (facts about a chain changed, rebuild). */
    Status again(const std::set<Uuid> &entities);
    /** The entities whose row was written by the last call. */
    [[nodiscard]] const std::set<Uuid> &touched() const { return m_touched; }

private:
    struct Folded {
        FoldResult result;
        FoldOperations operations;       ///< the batch's own, or those in `read`
        std::vector<FoldOperation> read; ///< from the store; moving it leaves its elements where they are
    };
    Result<Folded> foldOne(const Uuid &entity, const std::vector<const FoldOperation *> &fresh);
    Status store(const Uuid &entity, const Folded &folded);
    Result<DeviceFacts> facts(const Uuid &device);
    Status afterRow(const Uuid &entity, const EntityRow &row);
    using Note = std::function<void(const Uuid &, const Folded &)>;
    Status refoldPending(const Note &note);

    FoldStore &m_store;
    std::map<Uuid, DeviceFacts> m_facts;
    std::set<Uuid> m_touched;
    std::set<Uuid> m_pending; ///< to fold again because authority changed
};

} // namespace zhicha
