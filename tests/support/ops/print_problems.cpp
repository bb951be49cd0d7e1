// Prints the table of problems as docs/PROTOCOL.md holds it between its markers.
#include "shared/protocol/problems.h"

#include <cstdio>
#include <string>

namespace {
void cell(const zhicha::Words &words) {
    std::printf(" %.*s<br>%.*s |", static_cast<int>(words.zh.size()), words.zh.data(),
                static_cast<int>(words.en.size()), words.en.data());
}
} // namespace

int main() {
    std::printf("| code | HTTP | what happened | what is safe | what to do next | who can lift it |\n");
    std::printf("| --- | --- | --- | --- | --- | --- |\n");
    for (const zhicha::Problem &row : zhicha::allProblems()) {
        std::printf("| `%.*s` | %s |", static_cast<int>(row.key.size()), row.key.data(),
                    row.httpStatus == 0 ? "–" : std::to_string(row.httpStatus).c_str());
        cell(row.what);
        cell(row.safe);
        cell(row.next);
        cell(zhicha::lifterName(row.lifter));
        std::printf("\n");
    }
    return 0;
}
