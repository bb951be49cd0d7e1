// Goal: no bytes from the net crash the server or get around its limits. Method: libFuzzer feeds a connection's bytes
// in two pieces to the HTTP parser as a connection does, turns heads into requests, unpacks bodies, and sends what
// comes out through a router with the photo routes over a store in memory.
#include "shared/crypto/digest.h"
#include "sync-server/http/request_head.h"
#include "sync-server/http/resources/blobs_resource.h"
#include "sync-server/http/zstd_coding.h"
#include "tests/support/http/memory_photo_store.h"
#include "tests/support/http/test_gate.h"

#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>

namespace {

namespace http = boost::beast::http;
using namespace zhicha;

constexpr std::uint64_t kMaxUnpacked = 64 * 1024;
constexpr std::size_t kMaxBody = 64 * 1024;

struct World {
    World() {
        addBlobRoutes(router, photos, gate);
        RouteLimits limits;
        limits.maxBodyBytes = kMaxBody;
        limits.maxUnpackedBytes = kMaxUnpacked;
        router.add("POST", "/echo", limits, [](const Request &request) {
            Response response;
            response.body = request.body;
            return response;
        });
        const Bytes known(100, 7);
        const auto created = photos.create(sha256(known), known.size());
        ZHICHA_CHECK(created.has_value());
    }
    test::MemoryPhotoStore photos;
    test::TestGate gate;
    Router router;
};

/** Puts the bytes as they would arrive; true when a whole message was read. */
template <typename Parser>
bool feed(Parser &parser, ByteView &bytes, Bytes &body) {
    boost::system::error_code ec;
    while (!parser.is_done()) {
        std::uint8_t block[512];
        parser.get().body().data = block;
        parser.get().body().size = sizeof block;
        const auto used = parser.put(boost::asio::buffer(bytes.data(), bytes.size()), ec);
        bytes = bytes.subspan(used);
        append(body, ByteView(block, sizeof block - parser.get().body().size));
        if (ec && ec != http::error::need_buffer)
            return false;
        if (body.size() > kMaxBody || (used == 0 && !parser.is_done()))
            return false;
    }
    return true;
}

void serve(const World &world, ByteView bytes) {
    for (int requests = 0; requests < 8 && !bytes.empty(); ++requests) {
        http::request_parser<http::buffer_body> parser;
        parser.header_limit(16 * 1024);
        parser.body_limit(boost::none);
        Bytes body;
        if (!feed(parser, bytes, body))
            return;
        auto verdict = readHead(parser.get().base());
        if (!std::holds_alternative<Request>(verdict))
            return;
        auto request = std::get<Request>(std::move(verdict));
        static_cast<void>(acceptsZstd(request));
        if (isZstdBody(request)) {
            auto plain = unpackZstd(body, kMaxUnpacked);
            if (!plain)
                return;
            ZHICHA_CHECK(plain->size() <= kMaxUnpacked);
            body = std::move(*plain);
        }
        request.contentLength = body.size();
        request.body = std::move(body);
        const auto response = world.router.handle(std::move(request));
        ZHICHA_CHECK(response.status >= 200 && response.status < 600);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const World world;
    serve(world, ByteView(data, size));
    return 0;
}
