#include "sync-server/http/problem_response.h"

#include <nlohmann/json.hpp>

namespace zhicha {
namespace {

/** What the class of the answer means to a person; the code's own words are in the table of problems. */
const char *titleOf(int status) {
    switch (status) {
    case 401:
        return "需要登录";
    case 403:
        return "没有权限";
    case 404:
        return "没有找到";
    case 409:
        return "与已有内容不一致";
    case 413:
        return "内容过大";
    case 429:
    case 503:
        return "服务器繁忙，请稍后再试";
    case 460:
        return "内容与摘要不符";
    case 507:
        return "服务器磁盘已满";
    default:
        return status >= 500 ? "服务器出错" : "请求有误";
    }
}

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
    switch (code) {
    case Code::InvalidArgument:
    case Code::BadEncoding:
    case Code::UnknownKind:
    case Code::BadOperation:
    case Code::WrongUsage:
    case Code::WrongPin:
    case Code::WrongServer:
    case Code::BadSignature:
    case Code::BadProof:
        return 400;
    case Code::UnknownDevice:
    case Code::SessionExpired:
        return 401;
    case Code::RevokedDevice:
    case Code::NotAllowed:
    case Code::BadCode:
        return 403;
    case Code::NotFound:
        return 404;
    case Code::Timeout:
        return 408;
    case Code::ChainGap:
    case Code::ChainFork:
    case Code::Conflict:
    case Code::AlreadyDone:
    case Code::Ambiguous:
    case Code::OffsetMismatch:
        return 409;
    case Code::TooLarge:
        return 413;
    case Code::BadPicture:
        return 422;
    case Code::OverQuota:
        return 429;
    case Code::DigestMismatch:
        return 460;
    case Code::NotYet:
        return 501;
    case Code::NetworkDown:
        return 502;
    case Code::Busy:
    case Code::Stopped:
        return 503;
    case Code::DiskFull:
        return 507;
    case Code::DiskError:
    case Code::StoreDamaged:
    case Code::StoreLocked:
    case Code::StoreNewer:
    case Code::ServerError:
    case Code::Internal:
        return 500;
    }
    return 500;
}

Response problemResponse(const Error &error) {
    return problemResponse(error, problemStatus(error.code));
}

Response problemResponse(const Error &error, int status) {
    nlohmann::ordered_json document;
    document["type"] = "urn:zhicha:problem:" + std::string(codeName(error.code));
    document["title"] = titleOf(status);
    document["status"] = status;
    document["code"] = codeName(error.code);
    if (status != 500 && !error.detail.empty())
        document["detail"] = error.detail;
    // Details quote what clients sent: bytes that are not UTF-8 are replaced, never thrown over.
    const auto text = document.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    auto response = textResponse(status, std::string(kProblemMediaType), text);
    if (const char *seconds = retryAfterSeconds(error.code))
        response.headers.emplace_back("Retry-After", seconds);
    return response;
}

} // namespace zhicha
