#pragma once
// A FoldStore in memory that keeps its promises as narrowly as the interface allows, and the digest over its rows.
#include "shared/ledger/apply.h"
#include "tests/support/ops/op_builder.h"

namespace zhicha::test {

inline StoredOperation stored(const MadeOperation &made) {
    return {made.device, made.seq, made.d, made.bytes};
}

class MemoryStore : public FoldStore {
public:
    explicit MemoryStore(const Uuid &ledger) : m_ledger(ledger) {}

    /** Stores what is new, lets bytes fill in a body that was withheld, and folds, as a transaction of a store does. */
    std::vector<ApplyOutcome> receive(const std::vector<MadeOperation> &operations);
    /** Forgets all that is derived and folds again from the operations. */
    void rebuild();
    void setFacts(const Uuid &device, const DeviceFacts &facts) { m_facts[device] = facts; }
    /** Marks an undecided fork, as intake does, and folds what it touches. */
    void dispute(const Uuid &device, std::int64_t fromSeq);
    [[nodiscard]] Digest stateHash() const;
    [[nodiscard]] const std::map<Uuid, EntityRow> &rows() const { return m_rows; }
    [[nodiscard]] const EntityRow *find(const Uuid &entity) const;
    [[nodiscard]] const std::map<Digest, StoredOperation> &operations() const { return m_operations; }

    Uuid ledgerId() const override { return m_ledger; }
    Status operationsOf(const Uuid &entity, const std::function<Status(StoredOperation)> &visit) override;
    Status entitiesWrittenBy(const Uuid &device, std::int64_t fromSeq,
                             const std::function<Status(const Uuid &)> &visit) override;
    Result<bool> mayHoldOperationsOf(const Uuid &entity) override;
    Result<DeviceFacts> deviceFacts(const Uuid &device) override { return m_facts[device]; }
    Status setDeviceFacts(const Uuid &device, const DeviceFacts &facts) override;
    Result<std::optional<Digest>> claimOf(const Uuid &entity) override;
    Status setClaim(const Uuid &entity, const Digest &kept) override;
    Result<std::optional<EntityRow>> row(const Uuid &entity) override;
    Status putRow(const Uuid &entity, const std::optional<EntityRow> &row) override;

private:
    Uuid m_ledger;
    std::map<Digest, StoredOperation> m_operations;
    std::map<Uuid, std::set<Digest>> m_byEntity;
    std::set<Digest> m_batch; ///< of the transaction under way
    std::map<Uuid, DeviceFacts> m_facts;
    std::map<Uuid, Digest> m_claims;
    std::map<Uuid, EntityRow> m_rows;
};

} // namespace zhicha::test
