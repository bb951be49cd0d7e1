#include "sync-server/http/resources/console/order_photo_calls.h"

#include "shared/crypto/digest.h"
#include "sync-server/http/resources/blob_download.h"
#include "sync-server/office/console/index_keeper.h"
#include "sync-server/office/ledger/order_photos.h"
#include "sync-server/office/ledger/photo_reuse.h"

namespace zhicha {

Result<Response> takeOrderPhoto(ConsoleCall &call, const BookOrder &order) {
    const OrderState state = order.nowForUnit().state;
    if (state != OrderState::Issued && state != OrderState::Open)
        return call.refuse("not_now", {{"reason", "answered"}});
    ZHICHA_ASSIGN(const Digest photo, bringOrderPhoto(call.access, call.context.photos, order, call.request.body));
    return jsonResponse(200, {{"photo", toHex(photo)}, {"size", call.request.body.size()}});
}

Result<Response> showOrderPhoto(ConsoleCall &call, const Digest &photo) {
    ZHICHA_ASSIGN(const std::string type, storedImageType(call.context.photos, photo));
    return showBlob(call.context.photos, photo, call.request, type);
}

} // namespace zhicha
