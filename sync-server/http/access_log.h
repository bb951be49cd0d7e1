#pragma once
// One JSON line a request, without content: no path, query, header or name ever stands in it.
#include "shared/base/bytes.h"

#include <functional>
#include <mutex>

namespace zhicha {

struct AccessLine {
    std::int64_t timeMs = 0; ///< UTC
    std::string_view method; ///< any text; unknown ones are written as OTHER
    std::string_view route;  ///< the pattern, or "-" where none matched
    int status = 0;          ///< 0: the connection ended before an answer
    std::uint64_t bytesIn = 0;
    std::uint64_t bytesOut = 0;
    double ms = 0;
    std::string_view peer; ///< address without port
};

/** {"at","method","route","status","in","out","ms","peer"} and a line feed. Threads: any; lines are never mixed. */
class AccessLog {
public:
    using Sink = std::function<void(std::string_view line)>;
    AccessLog(); ///< to standard error
    explicit AccessLog(Sink sink);
    void write(const AccessLine &line);

private:
    std::mutex m_mutex;
    Sink m_sink;
};

} // namespace zhicha
