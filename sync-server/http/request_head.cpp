#include "sync-server/http/request_head.h"

#include "shared/base/plant.h"
#include "sync-server/http/resources/tus_headers.h"

#include <boost/beast/core/string.hpp>

namespace zhicha {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;

std::string lowerCase(std::string_view text) {
    std::string out(text);
    for (char &c : out) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

std::string_view viewOfText(beast::string_view text) {
    return {text.data(), text.size()};
}

bool isVisibleText(std::string_view value) {
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && c != '\t') || byte == 0x7F)
            return false;
    }
    return true;
}

HeadRefusal refusal(int status, Code code, std::string detail) {
    HeadRefusal result;
    result.error = fail(code, std::move(detail));
    result.status = status;
    return result;
}

std::optional<HeadRefusal> refuseFraming(const http::request_header<> &head, Request &request) {
    const auto lengths = head.count(http::field::content_length);
    const auto codings = head.count(http::field::transfer_encoding);
    if (lengths > 1 || (lengths == 1 && codings > 0))
        return refusal(400, Code::BadEncoding, "conflicting lengths of the body");
    if (codings > 0) {
        if (head.version() < 11 || codings > 1)
            return refusal(400, Code::BadEncoding, "Transfer-Encoding where none may be");
        if (lowerCase(request.header("transfer-encoding")) != "chunked" && !plant("http_any_transfer_coding"))
            return refusal(501, Code::WrongUsage, "Transfer-Encoding: only chunked is served");
        request.contentLength = std::nullopt;
    } else if (lengths == 1) {
        request.contentLength = readDecimal(request.header("content-length"));
        if (!request.contentLength)
            return refusal(400, Code::BadEncoding, "Content-Length is no number");
    } else {
        request.contentLength = 0;
    }
    return std::nullopt;
}

std::optional<HeadRefusal> refuseFields(const http::request_header<> &head, const Request &request) {
    const auto hosts = head.count(http::field::host);
    if (hosts > 1 || (hosts == 0 && head.version() >= 11))
        return refusal(400, Code::BadEncoding, "exactly one Host is needed");
    const auto expect = lowerCase(request.header("expect"));
    if (!expect.empty() && expect != "100-continue")
        return refusal(417, Code::WrongUsage, "Expect: only 100-continue is served");
    const auto coding = lowerCase(request.header("content-encoding"));
    if (!coding.empty() && coding != "zstd" && coding != "identity")
        return refusal(415, Code::WrongUsage, "Content-Encoding: only zstd is served");
    return std::nullopt;
}

} // namespace

HeadVerdict readHead(const http::request_header<> &head) {
    Request request;
    request.method = std::string(viewOfText(head.method_string()));
    if (head.version() != 10 && head.version() != 11)
        return refusal(505, Code::WrongUsage, "HTTP/1.1 is served");
    for (const auto &field : head) {
        const auto value = viewOfText(field.value());
        if (!isVisibleText(value))
            return refusal(400, Code::BadEncoding, "control character in a header");
        auto &stored = request.headers[lowerCase(viewOfText(field.name_string()))];
        stored += (stored.empty() ? "" : ", ") + std::string(value);
    }
    if (auto refused = refuseFraming(head, request))
        return *std::move(refused);
    if (auto refused = refuseFields(head, request))
        return *std::move(refused);
    const auto target = viewOfText(head.target());
    // "OPTIONS *" asks about the server as a whole; it matches no route and gets no list of them.
    if (!(target == "*" && request.method == "OPTIONS")) {
        if (auto read = readTarget(target, request); !read)
            return refusal(400, Code::InvalidArgument, read.error().detail);
    }
    return request;
}

bool expectsContinue(const Request &request) {
    return !request.header("expect").empty();
}

bool isZstdBody(const Request &request) {
    return lowerCase(request.header("content-encoding")) == "zstd";
}

bool acceptsZstd(const Request &request) {
    const auto field = lowerCase(request.header("accept-encoding"));
    std::string_view rest(field);
    while (!rest.empty()) {
        const auto comma = rest.find(',');
        std::string item;
        for (const char c : rest.substr(0, comma)) {
            if (c != ' ' && c != '\t')
                item.push_back(c);
        }
        rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
        if (item == "zstd")
            return true;
        // "zstd;q=0.5" is a yes, "zstd;q=0" and "zstd;q=0.000" are a no
        if (item.rfind("zstd;q=", 0) == 0)
            return item.find_first_of("123456789", 7) != std::string::npos;
    }
    return false;
}

} // namespace zhicha
