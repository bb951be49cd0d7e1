#pragma once
// What the fold needs of the tablet's store.
#include "mobile/engine/store/entity_table.h"
#include "mobile/engine/store/operation_table.h"
#include "shared/ledger/apply.h"

namespace zhicha {

/** Owner: LocalStore. Threads: the store's. */
class TabletFold final : public FoldStore {
public:
    TabletFold(Sql &sql, OperationTable &operations, EntityTable &entities)
        : m_sql(sql), m_operations(operations), m_entities(entities) {}
    void setLedger(const Uuid &ledger) { m_ledger = ledger; }

    [[nodiscard]] Uuid ledgerId() const override { return m_ledger; }
    Status operationsOf(const Uuid &entity, const std::function<Status(StoredOperation)> &visit) override;
    Status entitiesWrittenBy(const Uuid &device, std::int64_t fromSeq,
                             const std::function<Status(const Uuid &)> &visit) override;
    Result<bool> mayHoldOperationsOf(const Uuid &entity) override;
    Result<DeviceFacts> deviceFacts(const Uuid &device) override;
    Status setDeviceFacts(const Uuid &device, const DeviceFacts &facts) override;
    Result<std::optional<Digest>> claimOf(const Uuid &entity) override;
    Status setClaim(const Uuid &entity, const Digest &kept) override;
    Result<std::optional<EntityRow>> row(const Uuid &entity) override;
    Status putRow(const Uuid &entity, const std::optional<EntityRow> &row) override;

private:
    Sql &m_sql;
    OperationTable &m_operations;
    EntityTable &m_entities;
    Uuid m_ledger;
};

} // namespace zhicha
