#pragma once
// What a person carries in from a tablet without a network (docs/OPERATIONS.md "By courier"), and what goes back.
#include "sync-server/office/access.h"
#include "sync-server/store/photo_store.h"

#include <nlohmann/json_fwd.hpp>

namespace zhicha {

/** Takes an outbox file and writes the receipts, sealed to the tablet, into `receiptsFile`. Everything in it goes
 *  through the same intake as over the network; taking it twice changes nothing and answers the same.
 *  {"device","holder","runs","stored","refused","photos","photos_taken","receipts"}; "receipts" is null where the
 * office was restored since, so that the tablet has to be told over a network first. Errors: NotFound, BadEncoding,
 * BadSignature (sealed for another office, changed, or not from its tablet), UnknownDevice, AlreadyDone (the receipts
 * file exists). A cut file gives in what came before the cut. */
[[nodiscard]] Result<nlohmann::json> importOutbox(LedgerAccess &access, PhotoStore &photos, const std::string &file,
                                                  const std::string &receiptsFile);

} // namespace zhicha
