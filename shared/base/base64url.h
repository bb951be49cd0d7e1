#pragma once
// base64url without padding (RFC 4648 §5): what browsers' credentials and opaque cursors are written in.
#include "shared/base/bytes.h"

namespace zhicha {

[[nodiscard]] std::string toBase64Url(ByteView bytes);
/** Strict: no padding, no white space, unused bits zero. */
[[nodiscard]] std::optional<Bytes> fromBase64Url(std::string_view text);

} // namespace zhicha
