// Goal: the library's parsed head becomes a Request, or a refusal with the right status. Method: heads parsed by the
// library, the hostile ones over sockets are in tests/integration/http.
#include "sync-server/http/request_head.h"

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <gtest/gtest.h>

namespace zhicha {
namespace {

namespace http = boost::beast::http;

HeadVerdict verdictOf(const std::string &text) {
    http::request_parser<http::empty_body> parser;
    boost::system::error_code ec;
    parser.put(boost::asio::buffer(text), ec);
    EXPECT_FALSE(ec) << ec.message() << " in " << text;
    return readHead(parser.get().base());
}

Request requestOf(const std::string &fields) {
    return std::get<Request>(verdictOf("GET /a HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n"));
}

TEST(RequestHead, lowersNamesJoinsRepeatedFieldsAndKeepsValues) {
    const auto request = requestOf("X-A: One\r\nx-a: Two\r\n");
    EXPECT_EQ(request.header("x-a"), "One, Two");
    EXPECT_EQ(request.method, "GET");
    EXPECT_EQ(request.contentLength, 0u);
    EXPECT_EQ(request.header("missing"), "");
}

TEST(RequestHead, knowsWhichCodingsAreTaken) {
    EXPECT_TRUE(isZstdBody(requestOf("Content-Encoding: ZSTD\r\n")));
    EXPECT_FALSE(isZstdBody(requestOf("Content-Encoding: identity\r\n")));
    EXPECT_EQ(std::get<HeadRefusal>(verdictOf("GET / HTTP/1.1\r\nHost: x\r\nContent-Encoding: br\r\n\r\n")).status,
              415);
    EXPECT_EQ(
        std::get<HeadRefusal>(verdictOf("GET / HTTP/1.1\r\nHost: x\r\nContent-Encoding: zstd, zstd\r\n\r\n")).status,
        415);
    EXPECT_TRUE(acceptsZstd(requestOf("Accept-Encoding: gzip, zstd\r\n")));
    EXPECT_TRUE(acceptsZstd(requestOf("Accept-Encoding: zstd ; q=0.5\r\n")));
    EXPECT_FALSE(acceptsZstd(requestOf("Accept-Encoding: zstd;q=0.000, gzip\r\n")));
    EXPECT_FALSE(acceptsZstd(requestOf("Accept-Encoding: zstdx\r\n")));
    EXPECT_FALSE(acceptsZstd(requestOf("")));
}

TEST(RequestHead, takesOnlyTheContinueExpectation) {
    EXPECT_TRUE(expectsContinue(requestOf("Expect: 100-Continue\r\n")));
    EXPECT_FALSE(expectsContinue(requestOf("")));
    EXPECT_EQ(std::get<HeadRefusal>(verdictOf("GET / HTTP/1.1\r\nHost: x\r\nExpect: x\r\n\r\n")).status, 417);
}

} // namespace
} // namespace zhicha
