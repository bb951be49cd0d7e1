#pragma once
// The pages of the console: files that the build put into the program (cmake/ZhichaConsolePages.cmake).
#include "sync-server/http/router.h"

namespace zhicha {

struct ConsoleFile {
    std::string_view path; ///< "index.html", "assets/index-4f2a.js"
    std::string_view mediaType;
    std::string_view etag; ///< the content's digest in quotes
    ByteView content;
};

/** Every file, sorted by path; empty where the build had no pages. Static, never destroyed. */
[[nodiscard]] std::span<const ConsoleFile> consoleFiles();

/** GET of each file, and index.html for every path that belongs to nothing else (deep links). */
void addConsolePages(Router &router, std::span<const ConsoleFile> files);

inline constexpr std::string_view kPagePolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

} // namespace zhicha
