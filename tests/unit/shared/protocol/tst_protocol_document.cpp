// Goal: docs/PROTOCOL.md prints the table of problems that the programs use. Method: each row's words are looked for in
// the document, between its markers, in the table's order.
#include "shared/protocol/problems.h"

#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

namespace zhicha {
namespace {

TEST(ProtocolDocument, printsTheTableOfProblemsAsItIs) {
    std::ifstream file("docs/PROTOCOL.md");
    const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    std::size_t at = text.find("<!-- problems: begin -->");
    ASSERT_NE(at, std::string::npos);
    std::size_t rows = 0;
    for (const Problem &problem : allProblems()) {
        std::string row = "\n| `" + std::string(problem.key) + "` | ";
        row += problem.httpStatus == 0 ? "–" : std::to_string(problem.httpStatus);
        for (const Words &words : {problem.what, problem.safe, problem.next, lifterName(problem.lifter)})
            row += " | " + std::string(words.zh) + "<br>" + std::string(words.en);
        row += " |\n";
        const std::size_t found = text.find(row, at);
        EXPECT_NE(found, std::string::npos) << "run print_problems and put its output between the markers: " << row;
        at = found == std::string::npos ? at : found;
        ++rows;
    }
    const std::size_t end = text.find("<!-- problems: end -->");
    std::size_t printed = 0;
    for (std::size_t i = text.find("\n| `", text.find("<!-- problems: begin -->")); i < end;
         i = text.find("\n| `", i + 1))
        ++printed;
    EXPECT_EQ(printed, rows) << "the document prints rows that the table does not have";
}

} // namespace
} // namespace zhicha
