// How a request's body comes in: into memory within limits, or piece by piece to where it belongs.
#include "sync-server/http/connection.h"

#include "shared/base/plant.h"
#include "sync-server/http/problem_response.h"
#include "sync-server/http/request_head.h"
#include "sync-server/http/zstd_coding.h"

#include <boost/beast/core/error.hpp>

#include <algorithm>
#include <exception>

namespace zhicha {
namespace {

namespace http = beast::http;

constexpr std::size_t kReadBytes = 64 * 1024;   // what one deadline covers
constexpr std::size_t kBlockBytes = 256 * 1024; // what is handed to an upload at once: fewer visits to the workers
constexpr std::size_t kWorthPackingBytes = 1024;

/** What a library throws under a handler must not take the server down. */
template <typename Call>
auto guarded(Call call) -> decltype(call()) {
    try {
        return call();
    } catch (const std::exception &exception) {
        if constexpr (std::is_same_v<decltype(call()), Response>)
            return problemResponse(fail(Code::Internal, exception.what()));
        else
            return fail(Code::Internal, exception.what());
    }
}

void packAnswer(const Route &route, const Request &request, Response &response) {
    if (!route.limits.compressAnswer || response.stream || response.body.size() <= kWorthPackingBytes)
        return;
    response.headers.emplace_back("Vary", "Accept-Encoding");
    if (!acceptsZstd(request))
        return;
    if (auto packed = packZstd(response.body)) {
        response.body = std::move(*packed);
        response.headers.emplace_back("Content-Encoding", "zstd");
    }
}

/** Unpacks, handles, packs: one visit to a worker thread. */
Response runOnWorker(const Route &route, Request &request) {
    if (isZstdBody(request) && !request.body.empty()) {
        auto plain = guarded([&] { return unpackZstd(request.body, route.limits.maxUnpackedBytes); });
        if (!plain)
            return problemResponse(plain.error());
        request.body = std::move(*plain);
    }
    auto response = Router::runBuffered(route, request);
    packAnswer(route, request, response);
    return response;
}

Error tooMuchAtOnce() {
    return fail(Code::Busy, "too many requests at once", Retry::Later);
}

Error overRouteLimit() {
    return fail(Code::TooLarge, "body over the limit of this resource");
}

} // namespace

net::awaitable<void> Connection::sendContinue(Exchange &exchange, ErrorCode &ec) {
    if (!expectsContinue(exchange.request) || exchange.version < 11 || exchange.parser.is_done())
        co_return;
    static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    std::array<net::const_buffer, 2> block;
    block[0] = net::buffer(kContinue.data(), kContinue.size());
    co_await writeBlock(block, ec);
}

/** Fills `into`, less only at the end of the body or on an error; what came before an error counts. */
net::awaitable<std::size_t> Connection::readBlock(Exchange &exchange, std::span<std::uint8_t> into, ErrorCode &ec) {
    auto &parser = exchange.parser;
    auto &body = parser.get().body();
    body.data = into.data();
    body.size = into.size();
    const auto now = std::chrono::steady_clock::now();
    m_transport->expiresAt(std::min(now + m_context.settings.bodyBlockDeadline, exchange.bodyEnd));
    while (!parser.is_done() && body.size > 0) {
        const auto used = parser.put(m_buffer.data(), ec);
        m_buffer.consume(used);
        if (ec == http::error::need_buffer || ec == http::error::need_more)
            ec = {};
        else if (ec)
            break;
        if (parser.is_done() || body.size == 0 || used > 0)
            continue;
        if (m_buffer.size() >= kReadBytes) {
            ec = http::error::buffer_overflow; // a chunk's own head that never ends
            break;
        }
        const auto room = m_buffer.prepare(kReadBytes - m_buffer.size());
        const auto size = co_await m_transport->read(room, ec);
        m_buffer.commit(size);
        if (ec)
            break;
    }
    const auto filled = into.size() - body.size;
    exchange.bytesIn += filled;
    co_return filled;
}

net::awaitable<Connection::Answer> Connection::receiveBuffered(Exchange &exchange) {
    const auto &limits = exchange.route->limits;
    auto &body = exchange.request.body;
    ErrorCode ec;
    // Of chunks nobody knows the sum: one byte more than allowed shows that there is more.
    const auto end = exchange.request.contentLength.value_or(limits.maxBodyBytes + 1);
    while (!ec && !exchange.parser.is_done()) {
        const auto before = body.size();
        const auto step = std::min<std::uint64_t>(kReadBytes, end - before);
        if (!exchange.share.grow(step))
            co_return problemResponse(tooMuchAtOnce());
        if (before == 0)
            co_await sendContinue(exchange, ec);
        if (ec)
            break;
        body.resize(before + step);
        const auto into = std::span(body).subspan(before);
        const auto filled = co_await readBlock(exchange, into, ec);
        body.resize(before + filled);
        if (body.size() > limits.maxBodyBytes)
            co_return problemResponse(overRouteLimit());
    }
    if (ec && ec.category() == http::make_error_code(http::error::bad_chunk).category())
        co_return problemResponse(fail(Code::BadEncoding, "broken chunks"));
    if (ec)
        co_return std::nullopt;
    co_await toWorkers();
    auto response = runOnWorker(*exchange.route, exchange.request);
    body = Bytes(); // a client that reads its answer slowly holds no share meanwhile
    exchange.share.release();
    co_await toStrand();
    co_return response;
}

/** Moves the body into the stream until its end, an error of the link (ec) or a refusal. */
net::awaitable<void> Connection::pumpUpload(Exchange &exchange, BodyStream &stream, Answer &refusal, ErrorCode &ec) {
    const auto declared = exchange.request.contentLength.value_or(kBlockBytes);
    const auto blockSize = std::min<std::uint64_t>(kBlockBytes, declared);
    if (!exchange.share.grow(blockSize)) {
        refusal = problemResponse(tooMuchAtOnce());
        co_return;
    }
    Bytes block(blockSize);
    co_await sendContinue(exchange, ec);
    while (!ec && !exchange.parser.is_done()) {
        std::size_t filled = 0;
        while (!ec && !exchange.parser.is_done() && filled < block.size()) {
            const auto slice = std::span(block).subspan(filled, std::min(kReadBytes, block.size() - filled));
            filled += co_await readBlock(exchange, slice, ec);
        }
        if (exchange.bytesIn > exchange.route->limits.maxBodyBytes) {
            refusal = problemResponse(overRouteLimit());
            co_return;
        }
        if (filled == 0 || (ec && plant("http_drops_last_block")))
            continue;
        // What came before the link broke is kept too: the tablet need not send it again.
        co_await toWorkers();
        const ByteView piece(block.data(), filled);
        const auto written = guarded([&] { return stream.write(piece); });
        co_await toStrand();
        if (!written) {
            refusal = problemResponse(written.error());
            co_return;
        }
    }
}

net::awaitable<Connection::Answer> Connection::receiveUpload(Exchange &exchange) {
    co_await toWorkers();
    auto start = Router::startUpload(*exchange.route, exchange.request);
    co_await toStrand();
    if (auto *refused = std::get_if<Response>(&start))
        co_return std::move(*refused);
    auto stream = std::get<std::unique_ptr<BodyStream>>(std::move(start));
    Answer answer;
    ErrorCode ec;
    co_await pumpUpload(exchange, *stream, answer, ec);
    const bool whole = !ec && !answer;
    co_await toWorkers();
    if (whole)
        answer = guarded([&] { return stream->finish(); });
    else
        stream->abandon();
    stream.reset();
    co_await toStrand();
    co_return answer;
}

} // namespace zhicha
