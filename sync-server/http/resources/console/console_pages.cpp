#include "sync-server/http/resources/console/console_pages.h"

#include "sync-server/http/resources/console/console_gate.h"

#include <algorithm>

namespace zhicha {

namespace {
const ConsoleFile *fileAt(std::span<const ConsoleFile> files, std::string_view path) {
    const auto it =
        std::find_if(files.begin(), files.end(), [&](const ConsoleFile &file) { return file.path == path; });
    return it == files.end() ? nullptr : &*it;
}

Response pageResponse(const ConsoleFile &file, const Request &request) {
    const bool known = request.header("if-none-match") == file.etag;
    Response response;
    response.status = known ? 304 : 200;
    if (!known) {
        response.mediaType = file.mediaType;
        response.body = toBytes(file.content);
    }
    response.headers.emplace_back("ETag", file.etag);
    // Names under assets/ carry a digest: what one names never changes. Everything else is asked for again.
    response.headers.emplace_back(
        "Cache-Control", file.path.starts_with("assets/") ? "public, max-age=31536000, immutable" : "no-cache");
    addSafetyHeaders(response, kPagePolicy, request.tls);
    return response;
}

Response notBuilt(const Request &request) {
    Response response = textResponse(
        503, "text/html; charset=utf-8",
        "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>直查</title><p>这个程序里没有网页控制台："
        "编译时没有它的文件。用 ./run 编译即可。</p><p lang=\"en\">This program was built without the console's "
        "pages; ./run builds them.</p></html>");
    addSafetyHeaders(response, kPagePolicy, request.tls);
    return response;
}
} // namespace

void addConsolePages(Router &router, std::span<const ConsoleFile> files) {
    const RouteLimits none;
    for (const ConsoleFile &file : files)
        router.add("GET", "/" + std::string(file.path), none,
                   [&file](const Request &request) { return pageResponse(file, request); });
    const ConsoleFile *index = fileAt(files, "index.html");
    router.setFallback([index](const Request &request) -> std::optional<Response> {
        const bool reads = request.method == "GET" || request.method == "HEAD";
        const bool machine =
            !request.segments.empty() && (request.segments[0] == "api" || request.segments[0] == "assets" ||
                                          request.segments[0].find('.') != std::string::npos);
        if (!reads || machine)
            return std::nullopt;
        return index != nullptr ? pageResponse(*index, request) : notBuilt(request);
    });
}

} // namespace zhicha
