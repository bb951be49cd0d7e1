// How an answer goes out.
#include "sync-server/http/connection.h"
#include "sync-server/http/response_head.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <cstdio>
#include <exception>

namespace zhicha {
namespace {

constexpr std::size_t kWriteBytes = 256 * 1024; // what one deadline covers
constexpr std::size_t kJoinBytes = 16 * 1024;   // below this, head and body leave as one TLS record

Result<Bytes> nextPiece(StreamedBody &stream) {
    try {
        return stream.next();
    } catch (const std::exception &exception) {
        return fail(Code::Internal, exception.what());
    }
}

std::string chunkHead(std::size_t size) {
    char text[24];
    std::snprintf(text, sizeof text, "%zx\r\n", size);
    return text;
}

} // namespace

net::awaitable<void> Connection::writeBlock(std::array<net::const_buffer, 2> block, ErrorCode &ec) {
    m_transport->expiresAfter(m_context.settings.writeDeadline);
    co_await m_transport->write(block, ec);
}

net::awaitable<bool> Connection::send(Exchange &exchange, Response response) {
    const auto framing = framingOf(response, exchange.version);
    const bool goOn = exchange.keepAlive && !m_unreadBody && framing != Framing::Close && !m_context.stopping.load();
    auto head = printHead(response, framing, goOn, m_context.clock.nowMs());
    ErrorCode ec;
    static const Bytes kNothing;
    if (exchange.request.method == "HEAD" || framing == Framing::None)
        co_await sendBody(exchange, std::move(head), kNothing, ec);
    else if (response.stream && response.stream->pause.count() > 0)
        co_await sendLive(exchange, std::move(head), *response.stream, framing == Framing::Chunked, ec);
    else if (response.stream)
        co_await sendStream(exchange, std::move(head), *response.stream, framing == Framing::Chunked, ec);
    else
        co_await sendBody(exchange, std::move(head), response.body, ec);
    record(exchange, response.status);
    co_return goOn && !ec;
}

net::awaitable<void> Connection::sendBody(Exchange &exchange, std::string head, const Bytes &body, ErrorCode &ec) {
    std::size_t sent = 0;
    if (body.size() <= kJoinBytes) {
        head.append(textOf(body));
        sent = body.size();
    }
    std::array<net::const_buffer, 2> block;
    block[0] = net::buffer(head);
    do {
        const auto size = std::min(kWriteBytes, body.size() - sent);
        block[1] = net::buffer(body.data() + sent, size);
        co_await writeBlock(block, ec);
        block[0] = net::const_buffer();
        sent += size;
    } while (!ec && sent < body.size());
    exchange.bytesOut = sent;
}

/** A body that ends early is cut off with the connection: the client must not take it for whole. */
net::awaitable<void> Connection::sendStream(Exchange &exchange, std::string head, StreamedBody &stream, bool chunked,
                                            ErrorCode &ec) {
    auto left = stream.size.value_or(~std::uint64_t{0});
    std::array<net::const_buffer, 2> block;
    while (!ec) {
        co_await toWorkers();
        auto piece = nextPiece(stream);
        co_await toStrand();
        const bool ended = piece && piece->empty();
        const bool wrong = !piece || piece->size() > left || (ended && stream.size && left > 0);
        if (wrong) {
            ec = net::error::make_error_code(net::error::operation_aborted);
            m_transport->close();
            co_return;
        }
        if (chunked)
            head += ended ? "0\r\n\r\n" : chunkHead(piece->size());
        if (chunked && !ended)
            append(*piece, viewOf("\r\n"));
        block[0] = net::buffer(head);
        block[1] = net::buffer(*piece);
        co_await writeBlock(block, ec);
        head.clear();
        exchange.bytesOut += piece->size();
        left -= std::min<std::uint64_t>(left, piece->size());
        if (ended)
            co_return;
    }
}

net::awaitable<void> Connection::rest(std::chrono::milliseconds time) {
    net::steady_timer timer(m_transport->tcp().get_executor(), time);
    auto token = net::use_awaitable;
    co_await timer.async_wait(token);
}

/** No deadline runs while nothing is to be said; each thing said has its own, so that a dead client ends with the
 *  next beat. One that has closed is noticed at the next look, so that a page left behind holds no stream. A stop of
 * the server ends the body as whole. */
net::awaitable<void> Connection::sendLive(Exchange &exchange, std::string head, StreamedBody &stream, bool chunked,
                                          ErrorCode &ec) {
    std::array<net::const_buffer, 2> block;
    bool last = false;
    while (!ec && !last) {
        co_await toWorkers();
        auto piece = nextPiece(stream);
        last = !piece || stream.ended();
        co_await toStrand();
        last = last || m_context.stopping.load();
        const bool said = piece && !piece->empty();
        if (said || last || !head.empty()) {
            if (said && chunked) {
                head += chunkHead(piece->size());
                append(*piece, viewOf("\r\n"));
            }
            if (last && chunked && piece)
                append(*piece, viewOf("0\r\n\r\n"));
            block[0] = net::buffer(head);
            block[1] = piece ? net::buffer(*piece) : net::const_buffer();
            co_await writeBlock(block, ec);
            exchange.bytesOut += piece ? piece->size() : 0;
            head.clear();
        }
        if (!ec && !last)
            co_await rest(stream.pause);
        if (!ec && !last && m_transport->peerIsGone()) {
            ec = net::error::make_error_code(net::error::connection_aborted);
            m_transport->close();
        }
    }
    if (!ec && !chunked)
        m_transport->close();
}

void Connection::record(const Exchange &exchange, int status) {
    const auto us = m_context.clock.monotonicUs() - exchange.startedUs;
    RequestFigures figures;
    figures.method = exchange.request.method;
    figures.route = exchange.route ? std::string_view(exchange.route->pattern) : "-";
    figures.status = status;
    figures.seconds = static_cast<double>(us) / 1e6;
    figures.bytesIn = exchange.bytesIn;
    figures.bytesOut = exchange.bytesOut;
    m_context.metrics.countRequest(figures);
    AccessLine line;
    line.timeMs = m_context.clock.nowMs();
    line.method = figures.method;
    line.route = figures.route;
    line.status = status;
    line.bytesIn = figures.bytesIn;
    line.bytesOut = figures.bytesOut;
    line.ms = static_cast<double>(us) / 1e3;
    line.peer = m_peer;
    m_context.log.write(line);
}

} // namespace zhicha
