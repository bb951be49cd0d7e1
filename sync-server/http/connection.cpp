#include "sync-server/http/connection.h"

#include "sync-server/http/problem_response.h"
#include "sync-server/http/request_head.h"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/error.hpp>

namespace zhicha {
namespace {

namespace http = beast::http;

constexpr std::size_t kHeadStepBytes = 4 * 1024;
constexpr std::size_t kBufferBytes = 64 * 1024; // the read buffer, without which uploads crawl (design 7 §13)
constexpr std::size_t kIdleBytes = 256;         // what an idle connection holds instead
constexpr std::size_t kLingerBytes = 4 << 20;

bool isOfHttp(const ErrorCode &ec) {
    return ec.category() == http::make_error_code(http::error::bad_method).category();
}

} // namespace

Connection::Connection(ServerContext &context, std::unique_ptr<Transport> transport, std::string peer,
                       std::string addressKey)
    : m_context(context), m_transport(std::move(transport)), m_peer(std::move(peer)),
      m_addressKey(std::move(addressKey)), m_buffer(context.settings.headerLimitBytes + kBufferBytes) {
    m_context.metrics.connectionOpened();
}

Connection::~Connection() {
    m_context.table.leave(m_addressKey, this);
    m_context.metrics.connectionClosed();
}

void Connection::closeIfIdle() {
    net::post(m_transport->tcp().get_executor(), [self = shared_from_this()] {
        if (self->m_idle)
            self->m_transport->close();
    });
}

void Connection::closeNow() {
    net::post(m_transport->tcp().get_executor(), [self = shared_from_this()] { self->m_transport->close(); });
}

net::awaitable<void> Connection::run(std::shared_ptr<Connection> self) {
    bool goOn = co_await self->handshake();
    while (goOn)
        goOn = co_await self->serveOne();
    co_await self->closeGently();
}

net::awaitable<bool> Connection::handshake() {
    ErrorCode ec;
    if (m_context.stopping)
        co_return false;
    m_transport->expiresAfter(m_context.settings.handshakeDeadline);
    co_await m_transport->handshake(ec);
    if (!ec)
        co_return true;
    m_context.metrics.connectionRefused(Refusal::Handshake);
    m_transport->close();
    co_return false;
}

net::awaitable<bool> Connection::waitForRequest() {
    if (m_buffer.size() > 0)
        co_return true; // pipelined: the next request is here already
    m_buffer.shrink_to_fit();
    // First idle, then look whether to stop: a stop that comes in between finds an idle connection and closes it.
    m_idle = true;
    if (m_context.stopping)
        co_return false;
    ErrorCode ec;
    std::array<std::uint8_t, kIdleBytes> first;
    m_transport->expiresAfter(m_context.settings.idleDeadline);
    const auto into = net::buffer(first);
    const auto size = co_await m_transport->read(into, ec);
    m_idle = false;
    if (ec)
        co_return false;
    net::buffer_copy(m_buffer.prepare(size), net::buffer(first, size));
    m_buffer.commit(size);
    co_return true;
}

net::awaitable<void> Connection::readHeadBytes(RequestParser &parser, ErrorCode &ec) {
    // The parser's own limit holds for the start line and for one call; many small fields in many calls pass under it.
    std::size_t headBytes = 0;
    for (;;) {
        const auto used = parser.put(m_buffer.data(), ec);
        m_buffer.consume(used);
        headBytes += used;
        if (ec && ec != http::error::need_more)
            co_return;
        const bool done = parser.is_header_done();
        if (headBytes + (done ? 0 : m_buffer.size()) > m_context.settings.headerLimitBytes) {
            ec = http::error::header_limit;
            co_return;
        }
        ec = {};
        if (done)
            co_return;
        const auto into = m_buffer.prepare(kHeadStepBytes);
        const auto size = co_await m_transport->read(into, ec);
        if (ec)
            co_return;
        m_buffer.commit(size);
    }
}

net::awaitable<bool> Connection::serveOne() {
    const bool here = co_await waitForRequest();
    if (!here)
        co_return false;
    Exchange exchange(m_context);
    exchange.startedUs = m_context.clock.monotonicUs();
    exchange.parser.header_limit(static_cast<std::uint32_t>(m_context.settings.headerLimitBytes));
    exchange.parser.body_limit(boost::none); // the route's limit holds, see answer()
    ErrorCode ec;
    m_transport->expiresAfter(m_context.settings.headerDeadline);
    co_await readHeadBytes(exchange.parser, ec);
    if (ec)
        co_return co_await refuseHead(exchange, ec);
    auto response = co_await answer(exchange);
    m_unreadBody = !exchange.parser.is_done();
    if (!response) {
        record(exchange, 0);
        co_return false;
    }
    co_return co_await send(exchange, std::move(*response));
}

/** Broken heads are answered, so that an honest client's author sees why; vanished and slow clients are not. */
net::awaitable<bool> Connection::refuseHead(Exchange &exchange, ErrorCode ec) {
    if (!isOfHttp(ec) || ec == http::error::end_of_stream || ec == http::error::partial_message)
        co_return false;
    const bool large = ec == http::error::header_limit || ec == http::error::buffer_overflow;
    auto response = large ? problemResponse(fail(Code::TooLarge, "request head over the limit"), 431)
                          : problemResponse(fail(Code::BadEncoding, "no HTTP request"), 400);
    m_unreadBody = true;
    co_return co_await send(exchange, std::move(response));
}

net::awaitable<Connection::Answer> Connection::answer(Exchange &exchange) {
    auto verdict = readHead(exchange.parser.get().base());
    if (const auto *refused = std::get_if<HeadRefusal>(&verdict))
        co_return problemResponse(refused->error, refused->status);
    exchange.request = std::get<Request>(std::move(verdict));
    auto &request = exchange.request;
    request.peer = m_peer;
    request.tls = m_transport->isTls();
    exchange.version = exchange.parser.get().version();
    exchange.keepAlive = exchange.version >= 11 && exchange.parser.keep_alive();
    const auto match = m_context.router.match(request);
    exchange.route = match.route;
    if (!match.route)
        co_return m_context.router.unmatched(request, match);
    const auto &limits = match.route->limits;
    if (request.contentLength && *request.contentLength > limits.maxBodyBytes)
        co_return problemResponse(fail(Code::TooLarge, "body over the limit of this resource"));
    if (isZstdBody(request) && limits.maxUnpackedBytes == 0)
        co_return problemResponse(fail(Code::WrongUsage, "this resource takes no packed body"), 415);
    exchange.bodyEnd = std::chrono::steady_clock::now() + limits.bodyDeadline;
    if (!exchange.parser.is_done())
        m_buffer.reserve(kBufferBytes);
    if (match.route->upload)
        co_return co_await receiveUpload(exchange);
    co_return co_await receiveBuffered(exchange);
}

/** Closing while the client still sends would reset the connection, and the answer might never be read. */
net::awaitable<void> Connection::closeGently() {
    if (!m_transport->tcp().socket().is_open())
        co_return;
    m_idle = false;
    ErrorCode ec;
    m_transport->expiresAfter(m_context.settings.lingerDeadline);
    if (!m_transport->isTls() || !m_unreadBody)
        co_await m_transport->endSending(ec);
    std::array<std::uint8_t, 4096> rest;
    std::size_t total = 0;
    const auto into = net::buffer(rest);
    while (m_unreadBody && !ec && total < kLingerBytes && !m_context.stopping)
        total += co_await m_transport->read(into, ec);
    m_transport->close();
}

net::awaitable<void> Connection::toWorkers() {
    auto token = net::bind_executor(m_context.workers.get_executor(), net::use_awaitable);
    co_await net::post(token);
}

net::awaitable<void> Connection::toStrand() {
    auto token = net::use_awaitable;
    co_await net::post(token);
}

} // namespace zhicha
