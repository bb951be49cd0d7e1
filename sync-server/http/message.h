#pragma once
// One HTTP request and its answer in our own words, so that nothing above http/ sees the HTTP library.
#include "shared/base/bytes.h"
#include "shared/base/result.h"

#include <chrono>
#include <functional>
#include <map>

namespace zhicha {

/** What a client sent, already checked for form (RFC 9112; one length, one host, decoded path in UTF-8).
 *  Owner: the connection, for the time of one handler. Threads: read only while a handler runs. */
struct Request {
    std::string method;                         ///< as sent: "GET"; methods are case-sensitive (RFC 9110 §9.1)
    std::vector<std::string> segments;          ///< of the path, percent-decoded; "/a/b%20c" gives "a", "b c"
    std::map<std::string, std::string> query;   ///< decoded; the first value of a repeated name stands
    std::map<std::string, std::string> headers; ///< names in lower case; repeated fields joined by ", "
    std::map<std::string, std::string> params;  ///< by the router: {name} of the route's pattern
    std::string peer;                           ///< address without port
    bool tls = false;
    std::optional<std::uint64_t> contentLength; ///< as declared; nullopt if chunked; 0 without a body
    Bytes body;                                 ///< buffered routes only; already unpacked

    /** The field's value, or an empty text. `lowerName` in lower case. */
    [[nodiscard]] std::string_view header(std::string_view lowerName) const;
    /** The pattern's parameter; empty if the pattern has none of that name. */
    [[nodiscard]] std::string_view param(const std::string &name) const;
};

/** A body made while it is sent. `next` is called on a worker thread, one piece at a time (at most 256 KiB each is
 *  kind to memory); an empty piece ends it; an error cuts the connection, which the client sees as a short body. */
struct StreamedBody {
    std::optional<std::uint64_t> size; ///< exact; without it the body is sent in chunks
    std::function<Result<Bytes>()> next;
    /** A body that grows while it is watched (server-sent events): an empty piece means "nothing yet, ask again after
     *  this time", meanwhile no thread is held; `ended` says when no more will come. 0 = an ordinary body. */
    std::chrono::milliseconds pause{0};
    std::function<bool()> ended;
};

/** What a handler answers. */
struct Response {
    int status = 200;
    std::string mediaType; ///< empty: no body expected
    std::vector<std::pair<std::string, std::string>> headers;
    Bytes body;
    std::optional<StreamedBody> stream; ///< instead of `body`

    [[nodiscard]] std::string_view header(std::string_view name) const; ///< the name as it was added
};

[[nodiscard]] Response textResponse(int status, std::string mediaType, std::string_view text);
[[nodiscard]] Response emptyResponse(int status);

/** Splits and decodes a request target in origin form, "/a/b?x=1" (RFC 9112 §3.2.1).
 *  Errors: InvalidArgument: another form, a broken escape, a control character or NUL, a segment "." or "..", an
 *  escaped slash, bytes that are not UTF-8, more than 16 segments or 64 query parameters. */
[[nodiscard]] Status readTarget(std::string_view target, Request &into);

} // namespace zhicha
