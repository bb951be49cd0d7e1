// Goal: an answer's head says how its body ends, and no value of ours can end the head early. Method: heads as text.
#include "sync-server/http/response_head.h"

#include <gtest/gtest.h>

namespace zhicha {
namespace {

TEST(ResponseHead, saysHowTheBodyEnds) {
    auto response = textResponse(200, "text/plain", "abc");
    EXPECT_EQ(framingOf(response, 11), Framing::Length);
    EXPECT_EQ(framingOf(emptyResponse(204), 11), Framing::None);
    EXPECT_EQ(framingOf(emptyResponse(304), 11), Framing::None);
    response.stream = StreamedBody();
    EXPECT_EQ(framingOf(response, 11), Framing::Chunked);
    EXPECT_EQ(framingOf(response, 10), Framing::Close);
    response.stream->size = 5;
    EXPECT_EQ(framingOf(response, 10), Framing::Length);
}

TEST(ResponseHead, printsOneHead) {
    const auto head = printHead(textResponse(404, "text/plain", "abc"), Framing::Length, false, 784111777000);
    EXPECT_EQ(head, "HTTP/1.1 404 Not Found\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Type: text/plain\r\n"
                    "Content-Length: 3\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n"
                    "Connection: close\r\n\r\n");
}

TEST(ResponseHead, leavesOutWhatCouldEndItEarly) {
    auto response = emptyResponse(204);
    response.headers.emplace_back("X-A", "b\r\nSet-Cookie: c");
    response.headers.emplace_back("X-D", "e");
    const auto head = printHead(response, Framing::None, true, 0);
    EXPECT_EQ(head.find("Set-Cookie"), std::string::npos);
    EXPECT_NE(head.find("X-D: e\r\n"), std::string::npos);
}

} // namespace
} // namespace zhicha
