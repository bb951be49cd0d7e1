#include "mobile/models/problem_text.h"

#include "mobile/models/text_format.h"
#include "shared/protocol/problems.h"

namespace zhicha {

namespace {
bool s_english = false;

QString of(const Words &words) {
    return text::fromUtf8(s_english ? words.en : words.zh);
}

ProblemText textOf(const Problem &problem) {
    return {of(problem.what), of(problem.safe), of(problem.next)};
}
} // namespace

void setEnglish(bool english) {
    s_english = english;
}

bool isEnglish() {
    return s_english;
}

ProblemText problemText(const Error &error) {
    return textOf(problemOf(error.code));
}

ProblemText problemText(std::string_view key) {
    const Problem *problem = findProblem(key);
    return problem == nullptr ? ProblemText{} : textOf(*problem);
}

} // namespace zhicha
