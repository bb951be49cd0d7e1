#pragma once
// One client's connection: request after request until somebody has enough. Internal to zhicha_http.
#include "sync-server/http/server_context.h"
#include "sync-server/http/transport.h"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>

#include <span>

namespace zhicha {

using RequestParser = beast::http::request_parser<beast::http::buffer_body>;

/** Owner: its own coroutine. Threads: its strand; handlers run on the workers meanwhile, and then nothing here moves.
 */
class Connection final : public Closable, public std::enable_shared_from_this<Connection> {
public:
    Connection(ServerContext &context, std::unique_ptr<Transport> transport, std::string peer, std::string addressKey);
    ~Connection() override;

    /** Serves until the end of the connection. `self` keeps it alive. */
    static net::awaitable<void> run(std::shared_ptr<Connection> self);

    void closeIfIdle() override;
    void closeNow() override;
    [[nodiscard]] bool isIdle() const override { return m_idle; }

private:
    /** One request and what is known about it so far. */
    struct Exchange {
        explicit Exchange(ServerContext &context) : share(context) {}
        Request request;
        RequestParser parser;
        const Route *route = nullptr;
        unsigned version = 11;
        bool keepAlive = false;
        std::uint64_t bytesIn = 0;
        std::uint64_t bytesOut = 0;
        std::int64_t startedUs = 0;
        std::chrono::steady_clock::time_point bodyEnd;
        BufferShare share;
    };
    /** Nothing: the connection ended (or timed out) before the request did. */
    using Answer = std::optional<Response>;

    net::awaitable<bool> handshake();
    net::awaitable<bool> waitForRequest();
    net::awaitable<bool> serveOne();
    net::awaitable<void> readHeadBytes(RequestParser &parser, ErrorCode &ec);
    net::awaitable<Answer> answer(Exchange &exchange);
    net::awaitable<bool> refuseHead(Exchange &exchange, ErrorCode ec);
    net::awaitable<void> closeGently();

    // connection_body.cpp
    net::awaitable<Answer> receiveBuffered(Exchange &exchange);
    net::awaitable<Answer> receiveUpload(Exchange &exchange);
    net::awaitable<void> pumpUpload(Exchange &exchange, BodyStream &stream, Answer &refusal, ErrorCode &ec);
    net::awaitable<std::size_t> readBlock(Exchange &exchange, std::span<std::uint8_t> into, ErrorCode &ec);
    net::awaitable<void> sendContinue(Exchange &exchange, ErrorCode &ec);

    // connection_send.cpp
    /** True if the connection may go on. */
    net::awaitable<bool> send(Exchange &exchange, Response response);
    net::awaitable<void> sendBody(Exchange &exchange, std::string head, const Bytes &body, ErrorCode &ec);
    net::awaitable<void> sendStream(Exchange &exchange, std::string head, StreamedBody &stream, bool chunked,
                                    ErrorCode &ec);
    net::awaitable<void> sendLive(Exchange &exchange, std::string head, StreamedBody &stream, bool chunked,
                                  ErrorCode &ec);
    net::awaitable<void> rest(std::chrono::milliseconds time);
    net::awaitable<void> writeBlock(std::array<net::const_buffer, 2> block, ErrorCode &ec);
    void record(const Exchange &exchange, int status);

    net::awaitable<void> toWorkers();
    net::awaitable<void> toStrand();

    ServerContext &m_context;
    std::unique_ptr<Transport> m_transport;
    const std::string m_peer;
    const std::string m_addressKey;
    beast::flat_buffer m_buffer;
    std::atomic<bool> m_idle{true}; ///< until the first bytes of a request: during the handshake too
    bool m_unreadBody = false;      ///< the last answer went out before the whole request was read
};

} // namespace zhicha
