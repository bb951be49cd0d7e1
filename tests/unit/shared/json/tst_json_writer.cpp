// Goal: what is written as it goes is JSON, on one line or many, whatever the texts hold. Method: read back by another
// reader.
#include "shared/json/json_writer.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

using namespace zhicha;

namespace {
std::string written(bool lines) {
    JsonWriter out(lines);
    out.openObject();
    out.put("a\"b", "汉\n\x01\\");
    out.put("n", std::int64_t{-5});
    out.openList("empty");
    out.closeList();
    out.openList("list");
    out.text("x");
    out.openObject();
    out.closeObject();
    out.openObject();
    out.putFlag("yes", true);
    out.putNull("none");
    out.closeObject();
    out.closeList();
    out.putIf(false, "absent", "x");
    out.putIf(true, "there", "x");
    out.closeObject();
    return out.take();
}

TEST(JsonWriter, writesWhatAnotherReaderReads) {
    const nlohmann::json expected = {
        {"a\"b", "汉\n\x01\\"},
        {"n", -5},
        {"empty", nlohmann::json::array()},
        {"list", nlohmann::json::array({"x", nlohmann::json::object(), {{"yes", true}, {"none", nullptr}}})},
        {"absent", nullptr},
        {"there", "x"}};
    EXPECT_EQ(nlohmann::json::parse(written(false)), expected);
    EXPECT_EQ(nlohmann::json::parse(written(true)), expected);
    EXPECT_EQ(written(false).find('\n'), std::string::npos);
    EXPECT_TRUE(written(true).starts_with("{\n  \"a"));
    EXPECT_NE(written(true).find("\"empty\": [],\n"), std::string::npos);
}

TEST(JsonWriter, onlyWhatIsClosedIsTaken) {
    EXPECT_DEATH(
        {
            JsonWriter out(false);
            out.openList();
            (void)out.take();
        },
        "m_depth");
}
} // namespace
