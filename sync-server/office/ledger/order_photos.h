#pragma once
// Photos of an answer before it is given: brought one by one for one order, so that an answer can name nothing that
// somebody else has brought. What no answer takes up is forgotten after 30 days.
#include "sync-server/office/ledger/order_book.h"
#include "sync-server/store/ledger_store.h"
#include "sync-server/store/photo_store.h"

namespace zhicha {

inline constexpr std::size_t kLargestOrderPhoto = 10 * 1024 * 1024;
inline constexpr std::size_t kMostBrought = 60; ///< for one order, answered or not

/** image/jpeg or image/png by what the bytes begin with; "" for anything else. */
[[nodiscard]] std::string imageTypeOf(ByteView bytes);

/** Writes the bytes whole; they may be there already. InvalidArgument for no picture, TooLarge. */
[[nodiscard]] Result<Digest> storeOrderPhoto(PhotoStore &photos, ByteView bytes);
/** Remembers that it came for this order; TooLarge past kMostBrought. Inside a transaction. */
[[nodiscard]] Status noteBrought(LedgerWriter &ledger, const Uuid &order, const Digest &photo, std::int64_t nowMs);
[[nodiscard]] Result<bool> isBroughtFor(LedgerReader &ledger, const Uuid &order, const Digest &photo);

/** Photos of an answer, as its row names them. */
[[nodiscard]] std::vector<Digest> photosOfAnswer(const EntityRow &answer);
/** An answer to this order names it, or it was brought for one. */
[[nodiscard]] Result<bool> isPhotoOf(LedgerReader &ledger, const BookOrder &order, const std::optional<Digest> &photo);
/** The type of a stored photo by its first bytes. */
[[nodiscard]] Result<std::string> storedImageType(PhotoStore &photos, const Digest &photo);

} // namespace zhicha
