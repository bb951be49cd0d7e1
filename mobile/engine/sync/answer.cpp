#include "mobile/engine/sync/answer.h"

#include "shared/protocol/paths.h"

#include <charconv>

namespace zhicha {

namespace {
/** The value of a top-level "code" in a small JSON text. Nothing else of it is needed to decide. */
std::string_view problemCode(std::string_view json) {
    constexpr std::string_view kKey = "\"code\"";
    std::size_t at = json.find(kKey);
    if (at == std::string_view::npos)
        return {};
    at = json.find_first_not_of(" \t\r\n:", at + kKey.size());
    if (at == std::string_view::npos || json[at] != '"')
        return {};
    const std::size_t end = json.find('"', at + 1);
    return end == std::string_view::npos ? std::string_view() : json.substr(at + 1, end - at - 1);
}

std::optional<Code> codeFromName(std::string_view name) {
    for (int i = 0; i <= static_cast<int>(Code::Internal); ++i)
        if (codeName(static_cast<Code>(i)) == name)
            return static_cast<Code>(i);
    return std::nullopt;
}

Code codeOfStatus(int status) {
    switch (status) {
    case 401:
        return Code::SessionExpired;
    case 403:
        return Code::NotAllowed;
    case 404:
        return Code::NotFound;
    case 409:
        return Code::Conflict;
    case 413:
        return Code::TooLarge;
    case 429:
    case 503:
        return Code::Busy;
    case 460:
        return Code::DigestMismatch;
    case 507:
        return Code::OverQuota;
    default:
        return status >= 500 ? Code::ServerError : status >= 400 ? Code::WrongUsage : Code::NetworkDown;
    }
}
} // namespace

Error errorOf(const HttpResponse &response) {
    const std::string status = "HTTP " + std::to_string(response.status);
    Error error = fail(codeOfStatus(response.status), status, Retry::Later);
    if (response.mediaType() == protocol::kProblemType) {
        const std::string_view name = problemCode(textOf(response.body));
        const auto code = codeFromName(name);
        // The office's disk is not this tablet's: what a local fault stops for good, a remote one only delays.
        if (code && response.status < 500)
            error.code = *code;
        else if (code == Code::Busy || code == Code::OverQuota)
            error.code = *code;
        else if (code)
            error.detail += " " + std::string(name);
    } else if (response.status < 400) {
        error = fail(Code::NetworkDown, status + ": something else than the office answers here", Retry::Later);
    }
    return error;
}

std::int64_t retryAfterMs(const HttpResponse &response) {
    const std::string_view text = response.header(protocol::kRetryAfterHeader);
    std::int64_t seconds = 0;
    const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    return bad == std::errc() && end == text.data() + text.size() && seconds > 0 && seconds < 86'400 ? seconds * 1000
                                                                                                     : 0;
}

Result<cbor::Map> cborAnswer(const HttpResponse &response) {
    if (response.status != 200 || response.mediaType() != protocol::kCborType)
        return errorOf(response);
    auto value = cbor::decode(response.body);
    if (!value || value->map() == nullptr)
        return fail(Code::NetworkDown, "an answer of the right type does not decode", Retry::Later);
    return *value->map();
}

const cbor::Value *AnswerReader::find(std::string_view key) {
    const auto it = m_map.find(key);
    m_ok = m_ok && it != m_map.end();
    return it == m_map.end() ? nullptr : &it->second;
}

std::int64_t AnswerReader::integer(std::string_view key) {
    const cbor::Value *value = find(key);
    m_ok = m_ok && value->integer() != nullptr;
    return m_ok ? *value->integer() : 0;
}

std::string AnswerReader::text(std::string_view key) {
    const cbor::Value *value = find(key);
    m_ok = m_ok && value->text() != nullptr;
    return m_ok ? *value->text() : std::string();
}

Bytes AnswerReader::bytes(std::string_view key) {
    const cbor::Value *value = find(key);
    m_ok = m_ok && value->bytes() != nullptr;
    return m_ok ? *value->bytes() : Bytes();
}

bool AnswerReader::boolean(std::string_view key) {
    const cbor::Value *value = find(key);
    m_ok = m_ok && value->boolean() != nullptr;
    return m_ok && *value->boolean();
}

const cbor::Array &AnswerReader::array(std::string_view key) {
    static const cbor::Array kEmpty;
    const cbor::Value *value = find(key);
    m_ok = m_ok && value->array() != nullptr;
    return m_ok ? *value->array() : kEmpty;
}

Error AnswerReader::wrongShape(std::string_view what) {
    return fail(Code::BadEncoding, std::string(what) + ": the answer does not have the protocol's shape", Retry::Later);
}

} // namespace zhicha
