#include "sync-server/http/problem_response.h"

#include "shared/protocol/problems.h"

#include <nlohmann/json.hpp>

namespace zhicha {
namespace {

const char *retryAfterSeconds(Code code) {
    switch (code) {
    case Code::Busy:
        return "2";
    case Code::Stopped:
        return "5";
    case Code::OverQuota:
        return "60";
    default:
        return nullptr;
    }
}

} // namespace

int problemStatus(Code code) {
    const int status = problemOf(code).httpStatus;
    return status == 0 ? 500 : status; // trouble of ours that the table gives no answer of its own
}

Response problemResponse(const Error &error) {
    return problemResponse(error, problemStatus(error.code));
}

Response problemResponse(const Error &error, int status) {
    nlohmann::ordered_json document;
    document["type"] = "urn:zhicha:problem:" + std::string(codeName(error.code));
    const Problem &problem = problemOf(error.code);
    const Words who = lifterName(problem.lifter);
    document["title"] = problem.what.zh;
    document["status"] = status;
    document["code"] = codeName(error.code);
    if (status != 500 && !error.detail.empty())
        document["detail"] = error.detail;
    for (const auto &[name, words] :
         {std::pair{"what", problem.what}, {"safe", problem.safe}, {"next", problem.next}, {"who", who}}) {
        document[name] = words.zh;
        document[std::string(name) + "_en"] = words.en;
    }
    // Details quote what clients sent: bytes that are not UTF-8 are replaced, never thrown over.
    const auto text = document.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    auto response = textResponse(status, std::string(kProblemMediaType), text);
    if (const char *seconds = retryAfterSeconds(error.code))
        response.headers.emplace_back("Retry-After", seconds);
    return response;
}

} // namespace zhicha
