#include "mobile/models/check_closure.h"

#include "mobile/models/check_reading.h"

#include <algorithm>
#include <set>

namespace zhicha {

Result<CheckState> closureState(LocalStore &store, const Uuid &check, const std::optional<EntityRow> &row,
                                const std::vector<KnownEntity> &rows) {
    ClosureView view;
    view.check = row ? &*row : nullptr;
    std::set<Bytes> received;
    std::vector<Bytes> originals;
    for (const KnownEntity &entity : rows) {
        view.rows.push_back(&entity.row);
        if (entity.row.type == EntityType::Review)
            view.reviews.push_back(&entity.row); // ids are of the time of birth: in order
        const cbor::Value *digests = entity.row.type == EntityType::Received ? entity.row.value("digests") : nullptr;
        if (digests != nullptr && digests->array() != nullptr)
            for (const cbor::Value &digest : *digests->array())
                if (digest.bytes() != nullptr)
                    received.insert(*digest.bytes());
        const cbor::Value *hash = entity.row.type == EntityType::Photo ? entity.row.value("sha256") : nullptr;
        if (hash != nullptr && hash->bytes() != nullptr && !entity.row.isVoid())
            originals.push_back(*hash->bytes());
    }
    view.missingOriginals = std::count_if(originals.begin(), originals.end(),
                                          [&](const Bytes &digest) { return !received.contains(digest); });
    ZHICHA_ASSIGN(const std::vector<OperationTable::Placed> placed, store.operations().inCheck(check));
    for (const OperationTable::Placed &operation : placed) {
        ZHICHA_ASSIGN(const DeviceFacts facts, store.fold().deviceFacts(operation.device));
        view.operations.push_back({operation.device, operation.seq, operation.kind, facts.server});
    }
    ZHICHA_ASSIGN(view.heads, store.operations().lastInCheck(check));
    return checkState(view);
}

Result<std::vector<OwnCheck>> ownChecks(LocalStore &store) {
    ZHICHA_ASSIGN(const Identity identity, store.enrolledIdentity());
    return store.ownChecks().all(identity.device);
}

} // namespace zhicha
