#pragma once
// The status line and header of an answer as bytes. Internal to zhicha_http. Source: RFC 9112 §4 to §6.
#include "sync-server/http/message.h"

namespace zhicha {

/** How the body's end is told. */
enum class Framing {
    None,    ///< 204, 304: neither body nor length
    Length,  ///< Content-Length
    Chunked, ///< a stream of unknown size to HTTP/1.1
    Close,   ///< the same to HTTP/1.0
};

[[nodiscard]] Framing framingOf(const Response &response, unsigned version);
/** Adds Date, nosniff, framing and connection fields. A header value of ours with a control character is a defect
 *  and is left out: it could end the head early. `dateMs` UTC. */
[[nodiscard]] std::string printHead(const Response &response, Framing framing, bool keepAlive, std::int64_t dateMs);
[[nodiscard]] std::string_view reasonPhrase(int status);

} // namespace zhicha
