#include "mobile/engine/store/erased.h"

#include "shared/ledger/erasure.h"

namespace zhicha {

namespace {
Result<std::optional<ErasureOrder>> orderOf(LocalStore &store, const Uuid &erasure) {
    std::vector<StoredOperation> stored;
    ZHICHA_TRY(store.operations().ofEntity(erasure, [&](StoredOperation operation) -> Status {
        stored.push_back(std::move(operation));
        return {};
    }));
    ZHICHA_ASSIGN(const std::vector<FoldOperation> decoded, Apply(store.fold()).decode(stored));
    FoldOperations operations;
    for (const FoldOperation &one : decoded)
        operations.push_back(&one);
    return standingErasure(operations);
}
} // namespace

Result<std::vector<std::string>> obeyErasure(LocalStore &store, const Uuid &erasure) {
    std::vector<std::string> files;
    ZHICHA_ASSIGN(const std::optional<ErasureOrder> order, orderOf(store, erasure));
    if (!order)
        return files;
    ZHICHA_ASSIGN(const std::set<Uuid> touched,
                  store.operations().dropBodies({order->operations.begin(), order->operations.end()}, order->check));
    for (const Uuid &entity : touched)
        ZHICHA_TRY(store.drafts().remove(entity));
    for (const Digest &digest : order->photos) {
        ZHICHA_ASSIGN(const std::optional<PhotoRecord> photo, store.photos().find(digest));
        if (!photo || photo->erased())
            continue;
        files.push_back(photo->file);
        ZHICHA_TRY(store.photos().erase(digest));
    }
    ZHICHA_TRY(Apply(store.fold()).again(touched));
    return files;
}

} // namespace zhicha
