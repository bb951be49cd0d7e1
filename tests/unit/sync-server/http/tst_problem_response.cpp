// Goal: each code has a status and a document that a client can switch on, and none tells about our disks. Method:
// every code, and details with hostile bytes.
#include "sync-server/http/problem_response.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace zhicha {
namespace {

TEST(ProblemResponse, everyCodeHasAStatusAndADocument) {
    for (int i = 0; i <= static_cast<int>(Code::Internal); ++i) {
        const auto code = static_cast<Code>(i);
        const auto response = problemResponse(fail(code, "what was done"));
        EXPECT_GE(response.status, 400) << codeName(code);
        EXPECT_LT(response.status, 600) << codeName(code);
        EXPECT_EQ(response.mediaType, "application/problem+json");
        const auto document = nlohmann::json::parse(textOf(response.body));
        EXPECT_EQ(document.at("code"), codeName(code));
        EXPECT_EQ(document.at("status"), response.status);
        EXPECT_EQ(document.at("type"), "urn:zhicha:problem:" + std::string(codeName(code)));
        EXPECT_FALSE(document.at("title").get<std::string>().empty());
    }
}

TEST(ProblemResponse, keepsTheDetailOfOurOwnFailuresToItself) {
    const auto response = problemResponse(fail(Code::DiskError, "/srv/secret: input/output error"));
    EXPECT_EQ(textOf(response.body).find("secret"), std::string_view::npos);
}

TEST(ProblemResponse, printsDetailsThatAreNoUtf8) {
    const auto response = problemResponse(fail(Code::InvalidArgument, "name \xff\xfe"));
    EXPECT_TRUE(isUtf8(textOf(response.body)));
}

TEST(ProblemResponse, saysWhenToComeBack) {
    EXPECT_EQ(problemResponse(fail(Code::Busy, "")).header("Retry-After"), "2");
    EXPECT_EQ(problemResponse(fail(Code::NotFound, "")).header("Retry-After"), "");
    EXPECT_EQ(problemResponse(fail(Code::WrongUsage, ""), 415).status, 415);
}

} // namespace
} // namespace zhicha
