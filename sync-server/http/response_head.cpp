#include "sync-server/http/response_head.h"

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace zhicha {
namespace {

bool isPrintable(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x20 && byte != 0x7F;
    });
}

void addField(std::string &head, std::string_view name, std::string_view value) {
    if (!isPrintable(name) || !isPrintable(value))
        return;
    head.append(name).append(": ").append(value).append("\r\n");
}

/** IMF-fixdate (RFC 9110 §5.6.7), independent of the locale. */
std::string httpDate(std::int64_t ms) {
    static constexpr const char *kDays[]{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char *kMonths[]{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto seconds = static_cast<std::time_t>(ms / 1000);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[64];
    std::snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d GMT", kDays[parts.tm_wday], parts.tm_mday,
                  kMonths[parts.tm_mon], parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec);
    return text;
}

} // namespace

std::string_view reasonPhrase(int status) {
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 204:
        return "No Content";
    case 206:
        return "Partial Content";
    case 304:
        return "Not Modified";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 409:
        return "Conflict";
    case 413:
        return "Content Too Large";
    case 431:
        return "Request Header Fields Too Large";
    case 503:
        return "Service Unavailable";
    default:
        return status < 400 ? "OK" : "Error";
    }
}

Framing framingOf(const Response &response, unsigned version) {
    if (response.status == 204 || response.status == 304)
        return Framing::None;
    if (!response.stream || response.stream->size)
        return Framing::Length;
    return version >= 11 ? Framing::Chunked : Framing::Close;
}

std::string printHead(const Response &response, Framing framing, bool keepAlive, std::int64_t dateMs) {
    std::string head = "HTTP/1.1 " + std::to_string(response.status) + " ";
    head.append(reasonPhrase(response.status)).append("\r\n");
    addField(head, "Date", httpDate(dateMs));
    if (!response.mediaType.empty())
        addField(head, "Content-Type", response.mediaType);
    if (framing == Framing::Length)
        addField(head, "Content-Length",
                 std::to_string(response.stream ? *response.stream->size : response.body.size()));
    if (framing == Framing::Chunked)
        addField(head, "Transfer-Encoding", "chunked");
    addField(head, "X-Content-Type-Options", "nosniff");
    // What a ledger answers is for its asker alone, unless the resource says otherwise.
    if (response.header("Cache-Control").empty())
        addField(head, "Cache-Control", "no-store");
    for (const auto &[name, value] : response.headers)
        addField(head, name, value);
    if (!keepAlive)
        addField(head, "Connection", "close");
    head.append("\r\n");
    return head;
}

} // namespace zhicha
