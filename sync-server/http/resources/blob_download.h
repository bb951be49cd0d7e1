#pragma once
// A whole photo, or a range of one, streamed from the photo store.
#include "sync-server/http/message.h"
#include "sync-server/store/photo_store.h"

namespace zhicha {

/** 200, 206, 304 or 416 (RFC 9110 §13, §14); NotFound unless the photo is complete. The caller has checked who asks.
 *  The bytes are sent as they came, as an attachment: a browser must never run what somebody uploaded. */
[[nodiscard]] Response downloadBlob(PhotoStore &photos, const Digest &photo, const Request &request);
/** The same for an image of this type, to be shown in a page: never with a name. What the bytes really are the browser
 * may not guess (nosniff). */
[[nodiscard]] Response showBlob(PhotoStore &photos, const Digest &photo, const Request &request,
                                const std::string &type);

} // namespace zhicha
