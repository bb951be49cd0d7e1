#pragma once
// Requests and answers as values: the engine speaks the protocol, somebody else has the socket.
#include "shared/base/bytes.h"

#include <optional>
#include <string>

namespace zhicha {

struct HttpHeader {
    std::string name;
    std::string value;
};

struct HttpRequest {
    std::string method;
    std::string path; ///< from /api/v1 on, with its query
    std::vector<HttpHeader> headers;
    Bytes body;
    /** True only for GET /keys: a self-signed certificate of an unknown key and another host name are forgiven, since
     *  nothing but this request is sent, and the answer is believed by its signature alone. */
    bool beforeTrust = false;
    /** Otherwise the peer's key must be one of these (SHA-256 of its SubjectPublicKeyInfo), looked at before the
     *  request is sent. */
    std::vector<Digest> trustedTlsKeys;
};

struct HttpResponse {
    int status = 0;
    std::vector<HttpHeader> headers;
    Bytes body;
    std::optional<Digest> peerTlsKey; ///< of the connection that carried it
    bool loopbackPlain = false;       ///< plain HTTP, from a loopback address

    /** The value of a header, its name in any case; empty if there is none. */
    [[nodiscard]] std::string_view header(std::string_view name) const;
    /** The media type without parameters, in lower case. */
    [[nodiscard]] std::string mediaType() const;
};

/** Why there is no answer. */
enum class TransportFailure {
    NetworkDown, ///< nobody there, or the connection broke
    Timeout,     ///< nothing moved for too long
    UnknownPeer, ///< its TLS key is not one of the trusted ones: nothing was sent
    BadTls,      ///< its certificate has a fault that is not forgiven: nothing was sent
};

} // namespace zhicha
