#pragma once
// From the HTTP library's parsed head to our Request, refusing whatever two readers could understand differently.
// Internal to zhicha_http. Source: RFC 9112 §3, §6 and §11.2 (request smuggling).
#include "sync-server/http/message.h"

#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/message.hpp>

namespace zhicha {

/** A head that is refused: the error and the status that HTTP prescribes for it. */
struct HeadRefusal {
    Error error;
    int status = 400;
};

using HeadVerdict = std::variant<Request, HeadRefusal>;

/** Checks and converts. Refused: HTTP other than 1.0 and 1.1; none or several Host fields in 1.1; Content-Length twice,
 *  not decimal, or beside Transfer-Encoding; a Transfer-Encoding other than exactly "chunked", or any in 1.0; an
 *  Expect other than 100-continue; a Content-Encoding other than zstd or identity; a target that readTarget() refuses.
 *  Peer and tls are left to the caller. */
[[nodiscard]] HeadVerdict readHead(const boost::beast::http::request_header<> &head);

/** True if the client waits for "100 Continue" before it sends the body. */
[[nodiscard]] bool expectsContinue(const Request &request);
[[nodiscard]] bool isZstdBody(const Request &request);
/** True if Accept-Encoding names zstd without q=0. */
[[nodiscard]] bool acceptsZstd(const Request &request);

} // namespace zhicha
