#include "mobile/cli/output.h"

#include "shared/protocol/explanation.h"

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
    std::cerr << explanationText(error);
    if (json) {
        nlohmann::json fields(nlohmann::json::value_t::object);
        for (const auto &[name, text] : explanationFields(error))
            fields[name] = text;
        const nlohmann::json printed{{"error", std::move(fields)}};
        std::cout << printed.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
    }
    return error.code == Code::WrongUsage ? 2 : 1;
}

} // namespace zhicha::cli
