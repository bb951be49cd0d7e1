#include "sync-server/http/metrics.h"

#include <algorithm>
#include <cstdio>

namespace zhicha {
namespace {

// From a memory-only answer to a photo over a bad link.
constexpr std::array<double, 10> kBounds{0.001, 0.005, 0.02, 0.05, 0.1, 0.5, 1, 5, 30, 120};

std::string number(double value) {
    char text[40];
    std::snprintf(text, sizeof text, "%.9g", value);
    return text;
}

void writeHead(std::string &out, const char *name, const char *type, const std::string &help) {
    out += std::string("# HELP ") + name + " " + help + "\n# TYPE " + name + " " + type + "\n";
}

void writeOne(std::string &out, const char *name, const char *type, const std::string &help, std::uint64_t value) {
    writeHead(out, name, type, help);
    out += std::string(name) + " " + std::to_string(value) + "\n";
}

} // namespace

std::string_view knownMethod(std::string_view method) {
    static constexpr std::array<std::string_view, 7> kMethods{"GET",   "HEAD",   "POST",   "PUT",
                                                              "PATCH", "DELETE", "OPTIONS"};
    return std::find(kMethods.begin(), kMethods.end(), method) != kMethods.end() ? method : "OTHER";
}

void Metrics::countRequest(const RequestFigures &figures) {
    const std::string route(figures.route);
    const std::string method(knownMethod(figures.method));
    const auto bucket = std::lower_bound(kBounds.begin(), kBounds.end(), figures.seconds) - kBounds.begin();
    const std::lock_guard lock(m_mutex);
    ++m_requests[std::make_tuple(route, method, figures.status)];
    auto &duration = m_durations[route];
    if (static_cast<std::size_t>(bucket) < kBuckets)
        ++duration.counts[static_cast<std::size_t>(bucket)];
    ++duration.count;
    duration.sumSeconds += figures.seconds;
    m_bytesIn += figures.bytesIn;
    m_bytesOut += figures.bytesOut;
}

void Metrics::connectionOpened() {
    const std::lock_guard lock(m_mutex);
    ++m_open;
    ++m_opened;
}

void Metrics::connectionClosed() {
    const std::lock_guard lock(m_mutex);
    --m_open;
}

void Metrics::connectionRefused(Refusal why) {
    const std::lock_guard lock(m_mutex);
    ++m_refused[static_cast<std::size_t>(why)];
}

void Metrics::addGauge(std::string name, std::string help, std::function<double()> read) {
    const std::lock_guard lock(m_mutex);
    Gauge gauge;
    gauge.help = std::move(help);
    gauge.read = std::move(read);
    m_gauges[std::move(name)] = std::move(gauge);
}

std::uint64_t Metrics::openConnections() const {
    const std::lock_guard lock(m_mutex);
    return m_open;
}

void Metrics::writeRequests(std::string &out) const {
    writeHead(out, "zhicha_http_requests_total", "counter", "Requests answered.");
    for (const auto &[key, count] : m_requests) {
        const auto &[route, method, status] = key;
        out += "zhicha_http_requests_total{route=\"" + route + "\",method=\"" + method + "\",status=\"" +
               std::to_string(status) + "\"} " + std::to_string(count) + "\n";
    }
}

void Metrics::writeDurations(std::string &out) const {
    static constexpr auto kName = "zhicha_http_request_duration_seconds";
    writeHead(out, kName, "histogram", "From the first byte of the head to the last of the answer.");
    for (const auto &[route, duration] : m_durations) {
        const std::string label = "{route=\"" + route + "\"";
        std::uint64_t sum = 0;
        for (std::size_t i = 0; i < kBuckets; ++i) {
            sum += duration.counts[i];
            out += std::string(kName) + "_bucket" + label + ",le=\"" + number(kBounds[i]) + "\"} " +
                   std::to_string(sum) + "\n";
        }
        out += std::string(kName) + "_bucket" + label + ",le=\"+Inf\"} " + std::to_string(duration.count) + "\n";
        out += std::string(kName) + "_sum" + label + "} " + number(duration.sumSeconds) + "\n";
        out += std::string(kName) + "_count" + label + "} " + std::to_string(duration.count) + "\n";
    }
}

std::string Metrics::text() const {
    std::string out;
    std::map<std::string, Gauge> gauges;
    {
        const std::lock_guard lock(m_mutex);
        writeRequests(out);
        writeDurations(out);
        writeOne(out, "zhicha_http_received_bytes_total", "counter", "Body bytes received.", m_bytesIn);
        writeOne(out, "zhicha_http_sent_bytes_total", "counter", "Body bytes sent.", m_bytesOut);
        writeOne(out, "zhicha_http_connections", "gauge", "Connections open now.", m_open);
        writeOne(out, "zhicha_http_connections_total", "counter", "Connections accepted.", m_opened);
        static constexpr const char *kRefused = "zhicha_http_connections_refused_total";
        writeHead(out, kRefused, "counter", "Connections closed before their first request.");
        static constexpr std::array<const char *, 3> kReasons{"total_limit", "address_limit", "handshake"};
        for (std::size_t i = 0; i < kReasons.size(); ++i)
            out += std::string(kRefused) + "{reason=\"" + kReasons[i] + "\"} " + std::to_string(m_refused[i]) + "\n";
        gauges = m_gauges; // read outside the lock: a callback may take locks of its own
    }
    for (const auto &[name, gauge] : gauges) {
        writeHead(out, name.c_str(), "gauge", gauge.help);
        out += name + " " + number(gauge.read()) + "\n";
    }
    return out;
}

} // namespace zhicha
