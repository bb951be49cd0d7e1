#pragma once
// Which photos a tablet may bring, and what the ledger says when one is complete (docs/PROTOCOL.md "Photos").
#include "sync-server/intake/intake.h"

namespace zhicha {

inline constexpr std::int64_t kMaxPreviewBytes = 64 * 1024;

/** NotFound unless the digest stands in this device's own stored operations; TooLarge or InvalidArgument for a size
 *  other than the one stated there. */
[[nodiscard]] Status photoMayArrive(LedgerReader &ledger, const Uuid &device, const Digest &photo, std::uint64_t size);
/** Appends photos.received for every check that awaits it, unless that was done. Called once the photo is durable. */
[[nodiscard]] Status photoArrived(Intake &intake, const Digest &photo);
/** Appends photo.mismatch: bytes came, three times, with another digest. */
[[nodiscard]] Status photoDiffered(Intake &intake, const Uuid &device, const Digest &photo, const Digest &got);

} // namespace zhicha
