#include "shared/ledger/apply.h"

#include "shared/base/plant.h"

#include <algorithm>
#include <unordered_map>

namespace zhicha {

Result<DeviceFacts> Apply::facts(const Uuid &device) {
    if (const auto it = m_facts.find(device); it != m_facts.end())
        return it->second;
    ZHICHA_ASSIGN(const DeviceFacts found, m_store.deviceFacts(device));
    m_facts[device] = found;
    return found;
}

Result<Apply::Folded> Apply::foldOne(const Uuid &entity, const std::vector<const FoldOperation *> &fresh) {
    Folded folded;
    // Without fresh ones (a fold again) only the store has them, however few they are.
    bool more = fresh.empty();
    if (!more) {
        ZHICHA_ASSIGN(more, m_store.mayHoldOperationsOf(entity));
        more = more && !plant("earlier_writes_forgotten");
    }
    if (!more) {
        folded.operations = fresh;
    } else {
        ZHICHA_TRY(m_store.operationsOf(entity, [&](StoredOperation stored) -> Status {
            ZHICHA_ASSIGN(const DeviceFacts known, facts(stored.device));
            folded.read.push_back(
                foldOperation(m_store.ledgerId(), stored.bytes, stored.d, stored.device, stored.seq, known));
            return {};
        }));
        for (const FoldOperation &op : folded.read)
            folded.operations.push_back(&op);
    }
    ZHICHA_ASSIGN(const std::optional<Digest> claim, m_store.claimOf(entity));
    folded.result = foldEntity(folded.operations, claim);
    return folded;
}

/** Rows that are facts about others: a device's cut, a claim. Whom they touch is folded again at the end. */
Status Apply::afterRow(const Uuid &entity, const EntityRow &row) {
    if (row.type == EntityType::Claim) {
        const auto claimed = row.uuid("entity");
        const cbor::Value *kept = row.value("kept");
        if (claimed && kept != nullptr && kept->digest()) {
            ZHICHA_ASSIGN(const std::optional<Digest> known, m_store.claimOf(*claimed));
            // One server chain claims an entity once. Should two chains differ, the smaller digest stays: whichever is
            // folded first, the rows are the same.
            if (known && *known <= *kept->digest())
                return {};
            ZHICHA_TRY(m_store.setClaim(*claimed, *kept->digest()));
            m_pending.insert(*claimed);
        }
        return {};
    }
    if (row.type != EntityType::Device || row.birth == std::nullopt)
        return {};
    ZHICHA_ASSIGN(const DeviceFacts before, facts(entity));
    DeviceFacts after = before;
    after.enrolled = true;
    after.trustedUpto = row.integer(kTrustedUptoField).value_or(std::numeric_limits<std::int64_t>::max());
    if (after == before)
        return {};
    ZHICHA_TRY(m_store.setDeviceFacts(entity, after));
    m_facts[entity] = after;
    const std::int64_t from =
        before.enrolled == after.enrolled ? std::min(before.trustedUpto, after.trustedUpto) + 1 : 1;
    return m_store.entitiesWrittenBy(entity, from, [&](const Uuid &touched) -> Status {
        m_pending.insert(touched);
        return {};
    });
}

Status Apply::store(const Uuid &entity, const Folded &folded) {
    ZHICHA_TRY(m_store.putRow(entity, folded.result.row));
    m_touched.insert(entity);
    return folded.result.row ? afterRow(entity, *folded.result.row) : Status();
}

Status Apply::refoldPending(const Note &note) {
    // Folding a device may add entities; folding those adds none, since only authority rows add any.
    while (!m_pending.empty()) {
        const Uuid entity = *m_pending.begin();
        m_pending.erase(m_pending.begin());
        ZHICHA_ASSIGN(const Folded folded, foldOne(entity, {}));
        note(entity, folded);
        ZHICHA_TRY(store(entity, folded));
    }
    return {};
}

Status Apply::again(const std::set<Uuid> &entities) {
    m_facts.clear();
    m_touched.clear();
    m_pending = entities;
    return refoldPending([](const Uuid &, const Folded &) {});
}

Result<std::vector<FoldOperation>> Apply::decode(const std::vector<StoredOperation> &operations) {
    m_facts.clear();
    std::vector<FoldOperation> decoded;
    decoded.reserve(operations.size());
    for (const StoredOperation &stored : operations) {
        ZHICHA_ASSIGN(const DeviceFacts known, facts(stored.device));
        decoded.push_back(foldOperation(m_store.ledgerId(), stored.bytes, stored.d, stored.device, stored.seq, known));
    }
    return decoded;
}

Result<std::vector<ApplyOutcome>> Apply::batch(const std::vector<StoredOperation> &operations) {
    ZHICHA_ASSIGN(const std::vector<FoldOperation> decoded, decode(operations));
    return batch(decoded);
}

Result<std::vector<ApplyOutcome>> Apply::batch(const std::vector<FoldOperation> &decoded) {
    m_facts.clear();
    m_touched.clear();
    m_pending.clear();
    // Entities in the order in which the batch names them: authority before those who rely on it, as in the log.
    std::unordered_map<Uuid, std::vector<const FoldOperation *>, UuidHash> byEntity;
    std::vector<Uuid> order;
    for (const FoldOperation &op : decoded) {
        if (op.shape == Ineffective::Undecodable)
            continue;
        auto &fresh = byEntity[op.envelope.id];
        if (fresh.empty())
            order.push_back(op.envelope.id);
        // The same operation twice in one batch: the copy with a body counts.
        const auto twin =
            std::find_if(fresh.begin(), fresh.end(), [&](const FoldOperation *other) { return other->d == op.d; });
        if (twin == fresh.end())
            fresh.push_back(&op);
        else if ((*twin)->shape == Ineffective::Withheld)
            *twin = &op;
    }
    std::unordered_map<Digest, ApplyOutcome, DigestHash> byDigest;
    const auto note = [&](const Uuid &entity, const Folded &folded) {
        for (std::size_t i = 0; i < folded.operations.size(); ++i) {
            const FoldOperation &op = *folded.operations[i];
            bool contested = false;
            if (folded.result.row && folded.result.outcomes[i] == Ineffective::No)
                for (const auto &[name, seen] : op.envelope.base)
                    if (const FieldRow *field = folded.result.row->field(name))
                        contested = contested || field->values.size() > 1;
            byDigest[op.d] = {op.d, entity, folded.result.outcomes[i], contested};
        }
    };
    for (const Uuid &entity : order) {
        ZHICHA_ASSIGN(const Folded folded, foldOne(entity, byEntity[entity]));
        note(entity, folded);
        ZHICHA_TRY(store(entity, folded));
    }
    ZHICHA_TRY(refoldPending(note));
    std::vector<ApplyOutcome> outcomes;
    outcomes.reserve(decoded.size());
    for (const FoldOperation &op : decoded) {
        const auto it = byDigest.find(op.d);
        outcomes.push_back(it != byDigest.end() ? it->second
                                                : ApplyOutcome{op.d, op.envelope.id, Ineffective::Undecodable, false});
    }
    return outcomes;
}

} // namespace zhicha
