#pragma once
// Whether a photo of an answer was used before: the same bytes anywhere in the ledger, or nearly the same picture among
// what units have sent and what the check of their order showed. A suspicion for the office to look at, no verdict.
#include "sync-server/office/access.h"
#include "sync-server/office/ledger/order_book.h"
#include "sync-server/store/photo_store.h"

#include <nlohmann/json.hpp>

namespace zhicha {

/** The look of a photo as it came: of an order's answer, or of a check. */
struct KeptLook {
    Digest photo{};
    Uuid source;
    std::uint64_t look = 0;
};

/** Everything that was kept. It is derived from the photos and stands in the settings, many to a row. */
[[nodiscard]] Result<std::vector<KeptLook>> keptLooks(LedgerReader &ledger);
/** Adds those that are not there. Inside a transaction. */
[[nodiscard]] Status keepLooks(LedgerWriter &ledger, const std::vector<KeptLook> &fresh);

/** Looks of the finding's own photos that are not kept yet: what the unit was shown is what it might send back. */
[[nodiscard]] Result<std::vector<KeptLook>> looksOfFinding(LedgerReader &ledger, PhotoStore &photos,
                                                           const Uuid &finding);

/** Stores a photo that was brought for an answer to this order, and what it looks like. */
[[nodiscard]] Result<Digest> bringOrderPhoto(LedgerAccess &access, PhotoStore &photos, const BookOrder &order,
                                             ByteView bytes);

/** [{"same": bool,"distance"?,"order"|"check": {"id","number"?}}] of a photo in this answer. */
[[nodiscard]] Result<nlohmann::json> reuseOfPhoto(LedgerReader &ledger, const BookOrder &order,
                                                  const BookOrderStep &answer, const Digest &photo,
                                                  const std::vector<KeptLook> &looks);

} // namespace zhicha
