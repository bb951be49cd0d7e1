#include "mobile/cli/output.h"

#include "shared/protocol/problems.h"

#include <cstdio>
#include <iostream>

namespace zhicha::cli {

void say(const std::string &line) {
    std::cerr << line << '\n';
}

std::string wordsOf(const std::string &key) {
    const Problem *problem = findProblem(key);
    return problem == nullptr ? key : std::string(problem->what.zh) + " / " + std::string(problem->what.en);
}

int printError(const Error &error, bool json) {
    const Problem &problem = problemOf(error.code);
    const Words lifter = lifterName(problem.lifter);
    const auto line = [](std::string_view head, std::string_view text) { std::cerr << head << text << '\n'; };
    line("情况：", problem.what.zh);
    line("数据：", problem.safe.zh);
    line("下一步：", problem.next.zh);
    line("谁能解除：", lifter.zh);
    line("What: ", std::string(problem.what.en) + " (" + std::string(codeName(error.code)) + ": " + error.detail + ")");
    line("Safe: ", problem.safe.en);
    line("Next: ", problem.next.en);
    line("Who can lift it: ", lifter.en);
    if (json) {
        const nlohmann::json object{{"error",
                                     {{"code", codeName(error.code)},
                                      {"detail", error.detail},
                                      {"what", problem.what.zh},
                                      {"what_en", problem.what.en},
                                      {"safe", problem.safe.zh},
                                      {"safe_en", problem.safe.en},
                                      {"next", problem.next.zh},
                                      {"next_en", problem.next.en},
                                      {"who", lifter.zh},
                                      {"who_en", lifter.en}}}};
        std::cout << object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
    }
    return error.code == Code::WrongUsage ? 2 : 1;
}

} // namespace zhicha::cli
