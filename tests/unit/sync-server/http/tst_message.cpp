// Goal: a request target means one thing or is refused. Method: tables of good and hostile targets, and random bytes.
#include "sync-server/http/message.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace zhicha {
namespace {

TEST(ReadTarget, splitsAndDecodes) {
    Request request;
    ASSERT_TRUE(readTarget("/api/v1/%E7%9B%B4%E6%9F%A5?after=a%2Bb+c&x&after=z", request));
    EXPECT_EQ(request.segments, (std::vector<std::string>{"api", "v1", "直查"}));
    EXPECT_EQ(request.query.at("after"), "a+b c");
    EXPECT_EQ(request.query.at("x"), "");
    Request root;
    ASSERT_TRUE(readTarget("/", root));
    EXPECT_TRUE(root.segments.empty());
}

TEST(ReadTarget, refusesWhatCouldMeanSomethingElse) {
    for (const std::string_view target :
         {"",      "x",       "*",    "http://x/y", "/%",        "/%4",     "/%zz", "/%00",
          "/a%0a", "/a%2fb",  "/..",  "/a/../b",    "/%2e%2e/x", "/./x",    "//",   "/a//b",
          "/%ff",  "/%c0%af", "/a#b", "/a?b=%",     "/a?b=%00",  "/a?%ff=1"}) {
        Request request;
        EXPECT_FALSE(readTarget(target, request)) << target;
    }
    std::string deep;
    for (int i = 0; i < 17; ++i)
        deep += "/a";
    Request request;
    EXPECT_FALSE(readTarget(deep, request));
    std::string wide = "/?";
    for (int i = 0; i < 65; ++i)
        wide += "a" + std::to_string(i) + "=1&";
    EXPECT_FALSE(readTarget(wide, request));
}

TEST(ReadTarget, neverYieldsASegmentThatIsNoName) {
    rc::check([](const std::string &bytes) {
        Request request;
        if (!readTarget("/" + bytes, request))
            return;
        for (const auto &segment : request.segments) {
            RC_ASSERT(!segment.empty() && segment != "." && segment != "..");
            RC_ASSERT(segment.find('/') == std::string::npos);
            RC_ASSERT(isUtf8(segment));
        }
    });
}

} // namespace
} // namespace zhicha
