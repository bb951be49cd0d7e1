// Goal: FORMATS.md shows the table of kinds as it is in the code.
// Method: prints the table and compares it with what stands between the markers.
#include "tests/support/formats/kind_table.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace zhicha {
namespace {

TEST(Formats, tableOfKindsIsTheOneInTheCode) {
    std::ifstream in(ZHICHA_SOURCE_FOLDER "/docs/FORMATS.md", std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    const std::string document = text.str();
    const std::string begin = "<!-- kinds: begin -->\n";
    const std::size_t from = document.find(begin);
    const std::size_t to = document.find("<!-- kinds: end -->");
    ASSERT_NE(from, std::string::npos);
    ASSERT_NE(to, std::string::npos);
    EXPECT_EQ(document.substr(from + begin.size(), to - from - begin.size()), kindTable())
        << "run print_kinds and put its output between the markers";
}

} // namespace
} // namespace zhicha
