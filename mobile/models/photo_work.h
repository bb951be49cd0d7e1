#pragma once
// Photos of a page: taking one in, with the draft that it belongs to.
#include "mobile/platform/store_session.h"

namespace zhicha {

/** Where a photo goes. */
struct PhotoPlace {
    Uuid check;
    std::optional<Uuid> to;     ///< finding, answer or reply that is recorded; nullopt: the check
    std::optional<Draft> draft; ///< it belongs to this one until the draft is recorded; made if it is not there yet
};

/** Keeps the picture, records it, and notes it in the draft; in this order, all durable when it returns. Store's
 * thread. A photo of a draft hangs on the check until the draft becomes a record. */
[[nodiscard]] Result<PhotoAdded> addPhotoAt(StoreSession &session, const PhotoPlace &place, PhotoToAdd photo,
                                            ByteView picture);
/** A draft's photos move to the entity that it became. */
[[nodiscard]] Status placeDraftPhotos(StoreSession &session, const Draft &draft, const Uuid &entity);
/** The draft that a photo was taken for and still waits in; nullopt: none. */
[[nodiscard]] Result<std::optional<Draft>> draftWithPhoto(LocalStore &store, const Uuid &photo);
/** One photo's bytes, authenticated: NotFound (not on this tablet), the store's own errors. */
[[nodiscard]] Result<Bytes> photoBytes(LocalStore &store, const Digest &digest);
/** A whole file from outside the store: NotFound, DiskError, TooLarge. */
[[nodiscard]] Result<Bytes> readPicture(const std::string &path);

} // namespace zhicha
