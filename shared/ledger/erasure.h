#pragma once
// Bodies that two officers erased, and bodies that are not given out. Both are operations of the server chain: what
// they order follows from the log alone, so that a deletion that a crash cut short is done again at the next start.
#include "shared/ledger/fold.h"

namespace zhicha {

struct ErasureOrder {
    Uuid check;                     ///< whose closure all of it belongs to
    std::vector<Digest> operations; ///< d of those whose bodies go
    std::vector<Digest> photos;     ///< contents that go, previews included
};

/** What stands of an erasure, from all operations of its entity: the ask of one officer and the word of another, both
 *  on server chains and each with its actor. nullopt while the second is missing, or where one person gave both. */
[[nodiscard]] std::optional<ErasureOrder> standingErasure(const FoldOperations &operations);

/** Whether this operation may withhold bodies, and of which check. */
struct WithholdingOrder {
    Uuid check;
    std::vector<Digest> operations;
};
[[nodiscard]] std::optional<WithholdingOrder> standingWithholding(const FoldOperation &operation);

/** Kinds whose bodies may be erased or withheld: what people wrote, said or where they went. What carries a check's
 *  identity, its scope, its photos' digests or the office's own bookkeeping stays, or nothing could be proved. */
[[nodiscard]] bool bodyMayGo(std::string_view kind);

} // namespace zhicha
