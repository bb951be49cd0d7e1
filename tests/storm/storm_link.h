#pragma once
// One tablet's connection to a real server over TLS: engine requests out, answers back, kept alive between them.
#include "mobile/engine/sync/http_message.h"
#include "tests/support/http/raw_client.h"

namespace zhicha::test {

/** Owner: one tablet's thread. */
class StormLink {
public:
    explicit StormLink(std::uint16_t port) : m_port(port) {}
    /** nullopt: no answer; the next exchange connects anew. */
    std::optional<HttpResponse> exchange(const HttpRequest &request);
    /** These bytes as they are, and what comes back within the socket's patience: status 0 = nothing. */
    int rude(std::string_view bytes, bool cut);
    void drop() { m_client.reset(); }
    [[nodiscard]] bool open(); ///< connects if it is not

private:
    std::uint16_t m_port;
    std::unique_ptr<RawClient> m_client;
    std::optional<Digest> m_peer;
};

} // namespace zhicha::test
