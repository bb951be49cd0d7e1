#include "sync-server/http/transport.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <poll.h>

namespace zhicha {
namespace {

class TcpTransport final : public Transport {
public:
    explicit TcpTransport(net::ip::tcp::socket socket) : m_stream(std::move(socket)) {}
    net::awaitable<void> handshake(ErrorCode &ec) override {
        ec = {};
        co_return;
    }
    net::awaitable<std::size_t> read(net::mutable_buffer into, ErrorCode &ec) override {
        auto token = net::redirect_error(net::use_awaitable, ec);
        co_return co_await m_stream.async_read_some(into, token);
    }
    net::awaitable<void> write(std::array<net::const_buffer, 2> from, ErrorCode &ec) override {
        auto token = net::redirect_error(net::use_awaitable, ec);
        co_await net::async_write(m_stream, from, token);
    }
    net::awaitable<void> endSending(ErrorCode &ec) override {
        m_stream.socket().shutdown(net::ip::tcp::socket::shutdown_send, ec);
        co_return;
    }
    bool isTls() const override { return false; }
    beast::tcp_stream &tcp() override { return m_stream; }

private:
    beast::tcp_stream m_stream;
};

class TlsTransport final : public Transport {
public:
    TlsTransport(net::ip::tcp::socket socket, net::ssl::context &context) : m_stream(std::move(socket), context) {}
    net::awaitable<void> handshake(ErrorCode &ec) override {
        auto token = net::redirect_error(net::use_awaitable, ec);
        co_await m_stream.async_handshake(net::ssl::stream_base::server, token);
    }
    net::awaitable<std::size_t> read(net::mutable_buffer into, ErrorCode &ec) override {
        auto token = net::redirect_error(net::use_awaitable, ec);
        co_return co_await m_stream.async_read_some(into, token);
    }
    net::awaitable<void> write(std::array<net::const_buffer, 2> from, ErrorCode &ec) override {
        auto token = net::redirect_error(net::use_awaitable, ec);
        co_await net::async_write(m_stream, from, token);
    }
    net::awaitable<void> endSending(ErrorCode &ec) override {
        auto token = net::redirect_error(net::use_awaitable, ec);
        co_await m_stream.async_shutdown(token);
    }
    bool isTls() const override { return true; }
    beast::tcp_stream &tcp() override { return m_stream.next_layer(); }

private:
    net::ssl::stream<beast::tcp_stream> m_stream;
};

} // namespace

bool Transport::peerIsGone() {
    if (!tcp().socket().is_open())
        return true;
    pollfd watched{tcp().socket().native_handle(), POLLRDHUP, 0};
    return ::poll(&watched, 1, 0) > 0 && (watched.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

std::unique_ptr<Transport> makeTransport(net::ip::tcp::socket socket, net::ssl::context *context) {
    if (context)
        return std::make_unique<TlsTransport>(std::move(socket), *context);
    return std::make_unique<TcpTransport>(std::move(socket));
}

} // namespace zhicha
