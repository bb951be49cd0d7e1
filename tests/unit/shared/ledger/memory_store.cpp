#include "tests/unit/shared/ledger/memory_store.h"

#include <algorithm>

namespace zhicha::test {

std::vector<ApplyOutcome> MemoryStore::receive(const std::vector<MadeOperation> &operations) {
    std::vector<StoredOperation> batch;
    for (const MadeOperation &made : operations) {
        batch.push_back(stored(made));
        const auto [it, fresh] = m_operations.emplace(made.d, stored(made));
        if (fresh)
            m_batch.insert(made.d);
        else if (!it->second.bytes.body)
            it->second.bytes.body = made.bytes.body;
        if (const auto envelope = decodeEnvelope(made.bytes.envelope))
            m_byEntity[envelope->id].insert(made.d);
    }
    auto outcomes = Apply(*this).batch(batch);
    ZHICHA_CHECK(outcomes.has_value());
    m_batch.clear();
    return *outcomes;
}

void MemoryStore::rebuild() {
    m_rows.clear();
    m_claims.clear();
    for (auto &[device, facts] : m_facts)
        if (!facts.server)
            facts = DeviceFacts{false, false, 0, std::numeric_limits<std::int64_t>::max(), facts.disputedFrom};
    std::set<Uuid> all;
    for (const auto &[entity, digests] : m_byEntity)
        all.insert(entity);
    ZHICHA_CHECK(Apply(*this).again(all).has_value());
}

void MemoryStore::dispute(const Uuid &device, std::int64_t fromSeq) {
    m_facts[device].disputedFrom = fromSeq;
    std::set<Uuid> touched;
    const Status found = entitiesWrittenBy(device, fromSeq, [&](const Uuid &entity) -> Status {
        touched.insert(entity);
        return {};
    });
    ZHICHA_CHECK(found.has_value() && Apply(*this).again(touched).has_value());
}

Digest MemoryStore::stateHash() const {
    StateHash hash;
    for (const auto &[entity, row] : m_rows)
        hash.add(entity, rowHash(entity, encodeRow(row)));
    return hash.digest();
}

const EntityRow *MemoryStore::find(const Uuid &entity) const {
    const auto it = m_rows.find(entity);
    return it == m_rows.end() ? nullptr : &it->second;
}

Status MemoryStore::operationsOf(const Uuid &entity, const std::function<Status(StoredOperation)> &visit) {
    for (const Digest &d : m_byEntity[entity])
        ZHICHA_TRY(visit(m_operations.at(d)));
    return {};
}

Status MemoryStore::entitiesWrittenBy(const Uuid &device, std::int64_t fromSeq,
                                      const std::function<Status(const Uuid &)> &visit) {
    for (const auto &[entity, digests] : m_byEntity)
        if (std::any_of(digests.begin(), digests.end(), [&](const Digest &d) {
                const StoredOperation &op = m_operations.at(d);
                return op.device == device && op.seq >= fromSeq;
            }))
            ZHICHA_TRY(visit(entity));
    return {};
}

Result<bool> MemoryStore::mayHoldOperationsOf(const Uuid &entity) {
    const auto &digests = m_byEntity[entity];
    return !std::all_of(digests.begin(), digests.end(), [&](const Digest &d) { return m_batch.contains(d); });
}

Status MemoryStore::setDeviceFacts(const Uuid &device, const DeviceFacts &facts) {
    m_facts[device] = facts;
    return {};
}

Result<std::optional<Digest>> MemoryStore::claimOf(const Uuid &entity) {
    const auto it = m_claims.find(entity);
    return it == m_claims.end() ? std::nullopt : std::optional(it->second);
}

Status MemoryStore::setClaim(const Uuid &entity, const Digest &kept) {
    m_claims[entity] = kept;
    return {};
}

Result<std::optional<EntityRow>> MemoryStore::row(const Uuid &entity) {
    const EntityRow *found = find(entity);
    return found == nullptr ? std::nullopt : std::optional(*found);
}

Status MemoryStore::putRow(const Uuid &entity, const std::optional<EntityRow> &row) {
    if (row)
        m_rows[entity] = *row;
    else
        m_rows.erase(entity);
    return {};
}

} // namespace zhicha::test
