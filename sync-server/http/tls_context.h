#pragma once
// The OpenSSL side of a listener. Internal to zhicha_http.
#include "shared/base/result.h"
#include "sync-server/http/listener_settings.h"

#include <boost/asio/ssl/context.hpp>

#include <memory>

namespace zhicha {

/** TLS 1.2 or newer, forward secrecy and AEAD only, no renegotiation, no compression, ALPN http/1.1, stateless tickets.
 *  Errors: InvalidArgument: certificate or key cannot be read, or do not belong together. */
[[nodiscard]] Result<std::unique_ptr<boost::asio::ssl::context>> makeTlsContext(const TlsFiles &files);

} // namespace zhicha
