#include "sync-server/http/message.h"

#include <algorithm>

namespace zhicha {
namespace {

constexpr std::size_t kMaxSegments = 16;
constexpr std::size_t kMaxQueryParameters = 64;

/** Percent-decodes; refuses what could mean one thing here and another in a proxy or a file system. */
std::optional<std::string> decoded(std::string_view text, bool plusIsSpace) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            if (i + 2 >= text.size())
                return std::nullopt;
            const auto byte = fromHex(text.substr(i + 1, 2));
            if (!byte)
                return std::nullopt;
            c = static_cast<char>(byte->front());
            i += 2;
        } else if (c == '+' && plusIsSpace) {
            c = ' ';
        }
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            return std::nullopt;
        out.push_back(c);
    }
    if (!isUtf8(out))
        return std::nullopt;
    return out;
}

Status readPath(std::string_view path, Request &into) {
    path.remove_prefix(1);
    while (!path.empty()) {
        const auto end = path.find('/');
        auto segment = decoded(path.substr(0, end), false);
        if (!segment)
            return fail(Code::InvalidArgument, "request target: broken path segment");
        if (segment->empty() || *segment == "." || *segment == ".." || segment->find('/') != std::string::npos)
            return fail(Code::InvalidArgument, "request target: segment that is no name");
        if (into.segments.size() == kMaxSegments)
            return fail(Code::InvalidArgument, "request target: too many segments");
        into.segments.push_back(std::move(*segment));
        if (end == std::string_view::npos)
            break;
        path.remove_prefix(end + 1);
    }
    return {};
}

Status readQuery(std::string_view query, Request &into) {
    while (!query.empty()) {
        const auto end = query.find('&');
        const auto pair = query.substr(0, end);
        query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
        if (pair.empty())
            continue;
        const auto equals = pair.find('=');
        auto name = decoded(pair.substr(0, equals), true);
        auto value = decoded(equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1), true);
        if (!name || !value)
            return fail(Code::InvalidArgument, "request target: broken query");
        if (into.query.size() == kMaxQueryParameters)
            return fail(Code::InvalidArgument, "request target: too many query parameters");
        into.query.emplace(std::move(*name), std::move(*value));
    }
    return {};
}

} // namespace

std::string_view Request::header(std::string_view lowerName) const {
    const auto found = headers.find(std::string(lowerName));
    return found == headers.end() ? std::string_view{} : std::string_view(found->second);
}

std::string_view Request::param(const std::string &name) const {
    const auto found = params.find(name);
    return found == params.end() ? std::string_view{} : std::string_view(found->second);
}

std::string_view Response::header(std::string_view name) const {
    const auto found = std::find_if(headers.begin(), headers.end(), [&](const auto &h) { return h.first == name; });
    return found == headers.end() ? std::string_view{} : std::string_view(found->second);
}

Response textResponse(int status, std::string mediaType, std::string_view text) {
    Response response;
    response.status = status;
    response.mediaType = std::move(mediaType);
    response.body = toBytes(viewOf(text));
    return response;
}

Response emptyResponse(int status) {
    Response response;
    response.status = status;
    return response;
}

Status readTarget(std::string_view target, Request &into) {
    if (target.empty() || target.front() != '/')
        return fail(Code::InvalidArgument, "request target: only the origin form is served");
    if (target.find('#') != std::string_view::npos)
        return fail(Code::InvalidArgument, "request target: a fragment is never sent");
    const auto question = target.find('?');
    ZHICHA_TRY(readPath(target.substr(0, question), into));
    if (question != std::string_view::npos)
        ZHICHA_TRY(readQuery(target.substr(question + 1), into));
    return {};
}

} // namespace zhicha
