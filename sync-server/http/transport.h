#pragma once
// A TCP connection with or without TLS, as the coroutines of a connection see it. Internal to zhicha_http.
//
// g++ 12.2 destroys temporaries inside the operand of co_await twice (braced aggregates, capturing lambdas): in this
// folder every token, buffer and closure that is awaited with has a name first.
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/tcp_stream.hpp>

#include <array>
#include <memory>

namespace zhicha {

namespace net = boost::asio;
namespace beast = boost::beast;
using ErrorCode = boost::system::error_code;

/** Owner: a connection. Threads: the connection's strand. Every operation ends with beast::error::timeout at the moment
 *  set by expiresAt(), and the socket is closed then. */
class Transport {
public:
    virtual ~Transport() = default;
    virtual net::awaitable<void> handshake(ErrorCode &ec) = 0;
    virtual net::awaitable<std::size_t> read(net::mutable_buffer into, ErrorCode &ec) = 0;
    virtual net::awaitable<void> write(std::array<net::const_buffer, 2> from, ErrorCode &ec) = 0;
    /** Tells the peer that nothing more comes: close_notify, or the end of the TCP stream. */
    virtual net::awaitable<void> endSending(ErrorCode &ec) = 0;
    [[nodiscard]] virtual bool isTls() const = 0;
    virtual beast::tcp_stream &tcp() = 0;

    void expiresAfter(std::chrono::milliseconds time) { tcp().expires_after(time); }
    void expiresAt(std::chrono::steady_clock::time_point moment) { tcp().expires_at(moment); }
    void close() { tcp().close(); }
    /** Whether the peer has closed its side or the connection broke, seen without reading: what lies unread (a TLS
     *  goodbye) does not hide it. */
    [[nodiscard]] bool peerIsGone();
};

/** `context` outlives the transport; null for plain TCP. */
[[nodiscard]] std::unique_ptr<Transport> makeTransport(net::ip::tcp::socket socket, net::ssl::context *context);

} // namespace zhicha
