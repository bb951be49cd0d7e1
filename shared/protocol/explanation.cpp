#include "shared/protocol/explanation.h"

namespace zhicha {

std::string explanationText(const Error &error) {
    const Problem &problem = problemOf(error.code);
    const Words who = lifterName(problem.lifter);
    std::string out;
    const auto line = [&out](std::string_view head, std::string_view text) {
        out += head;
        out += text;
        out += '\n';
    };
    const std::string code = std::string(codeName(error.code)) + ": " + error.detail;
    line("情况：", std::string(problem.what.zh) + "（" + code + "）");
    line("数据：", problem.safe.zh);
    line("下一步：", problem.next.zh);
    line("谁能解除：", who.zh);
    line("What: ", std::string(problem.what.en) + " (" + code + ")");
    line("Safe: ", problem.safe.en);
    line("Next: ", problem.next.en);
    line("Who can lift it: ", who.en);
    return out;
}

std::vector<std::pair<std::string, std::string>> explanationFields(const Error &error) {
    const Problem &problem = problemOf(error.code);
    std::vector<std::pair<std::string, std::string>> out{{"code", std::string(codeName(error.code))},
                                                         {"detail", error.detail}};
    const auto both = [&out](const std::string &name, const Words &words) {
        out.emplace_back(name, words.zh);
        out.emplace_back(name + "_en", words.en);
    };
    both("what", problem.what);
    both("safe", problem.safe);
    both("next", problem.next);
    both("who", lifterName(problem.lifter));
    return out;
}

} // namespace zhicha
