#pragma once
// Content-Encoding: zstd (RFC 8878), both ways, with a limit on what is unpacked. Internal to zhicha_http.
#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace zhicha {

/** Unpacks one or several whole frames; `maxBytes` bounds the result, and with it time and memory.
 *  Errors: TooLarge (more would come out, or a frame needs a window over 8 MiB), BadEncoding (not zstd, cut, damaged).
 *  Threads: any; each has its own context, kept for its next call. */
[[nodiscard]] Result<Bytes> unpackZstd(ByteView packed, std::uint64_t maxBytes);

/** One frame; nullopt if it would not be smaller. Threads: as above. */
[[nodiscard]] std::optional<Bytes> packZstd(ByteView plain);

} // namespace zhicha
