#include "sync-server/http/access_log.h"

#include "shared/base/instant.h"
#include "sync-server/http/metrics.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdio>

namespace zhicha {

AccessLog::AccessLog() : AccessLog([](std::string_view line) { std::fwrite(line.data(), 1, line.size(), stderr); }) {}

AccessLog::AccessLog(Sink sink) : m_sink(std::move(sink)) {}

void AccessLog::write(const AccessLine &line) {
    nlohmann::ordered_json json;
    json["at"] = toRfc3339(line.timeMs);
    json["method"] = knownMethod(line.method);
    json["route"] = line.route;
    json["status"] = line.status;
    json["in"] = line.bytesIn;
    json["out"] = line.bytesOut;
    json["ms"] = std::round(line.ms * 100) / 100;
    json["peer"] = line.peer;
    const auto text = json.dump() + "\n";
    const std::lock_guard lock(m_mutex);
    m_sink(text);
}

} // namespace zhicha
