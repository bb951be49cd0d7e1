#pragma once
// The outbox by USB, where no network ever comes: what waits, sealed to the office; and the office's answer back.
#include "mobile/engine/store/local_store.h"
#include "mobile/engine/sync/http_message.h"

namespace zhicha {

struct OutboxWritten {
    std::int64_t operations = 0;
    std::int64_t photos = 0; ///< originals and previews
    std::int64_t bytes = 0;  ///< of photos
};

/** Everything that the office has not acknowledged, with every photo that it does not have: sealed to its sealing key.
 *  Changes nothing but that new runs are cut; may be repeated. AlreadyDone if the file exists. Threads: the store's. */
[[nodiscard]] Result<OutboxWritten> exportOutbox(LocalStore &store, const Clock &clock, RandomSource &random,
                                                 Disk &outside, const std::string &path);

struct ReceiptsRead {
    std::int64_t acknowledged = 0; ///< up to here, now
    std::int64_t pages = 0;
};

/** Takes what the office answered to an outbox. Nothing in it is believed that a sync over the network would not
 *  believe: the same proofs, by the same code. Repeating it changes nothing.
 *  Errors: BadProof, BadSignature, BadEncoding; AlreadyDone: this tablet knows a newer checkpoint by now. */
[[nodiscard]] Result<ReceiptsRead> importReceipts(LocalStore &store, const Clock &clock, RandomSource &random,
                                                  Disk &outside, const std::string &path);

} // namespace zhicha
