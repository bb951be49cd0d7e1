#pragma once
// Counters and histograms in Prometheus text format 0.0.4. Labels are route patterns, never what a client typed.
#include "shared/base/bytes.h"

#include <functional>
#include <map>
#include <mutex>
#include <tuple>

namespace zhicha {

/** One request that was answered (or refused). */
struct RequestFigures {
    std::string_view method; ///< any text; methods that no route knows are counted as OTHER
    std::string_view route;  ///< the pattern, or "-"
    int status = 0;
    double seconds = 0; ///< from the first byte of the head to the last of the answer
    std::uint64_t bytesIn = 0;
    std::uint64_t bytesOut = 0;
};

enum class Refusal { TotalLimit, AddressLimit, Handshake };

/** Threads: every call from any thread. */
class Metrics {
public:
    void countRequest(const RequestFigures &figures);
    void connectionOpened();
    void connectionClosed();
    void connectionRefused(Refusal why);
    /** A figure that is asked for at each scrape. `name` as Prometheus spells it. The callback must not block long. */
    void addGauge(std::string name, std::string help, std::function<double()> read);
    [[nodiscard]] std::uint64_t openConnections() const;
    [[nodiscard]] std::string text() const;

private:
    static constexpr std::size_t kBuckets = 10;
    struct Duration {
        std::array<std::uint64_t, kBuckets> counts{}; ///< per bucket, not yet summed up
        std::uint64_t count = 0;
        double sumSeconds = 0;
    };
    struct Gauge {
        std::string help;
        std::function<double()> read;
    };
    mutable std::mutex m_mutex;
    std::map<std::tuple<std::string, std::string, int>, std::uint64_t> m_requests;
    std::map<std::string, Duration> m_durations;
    std::map<std::string, Gauge> m_gauges;
    std::array<std::uint64_t, 3> m_refused{};
    std::uint64_t m_bytesIn = 0, m_bytesOut = 0, m_open = 0, m_opened = 0;

    void writeRequests(std::string &out) const;
    void writeDurations(std::string &out) const;
};

/** The method if it is one of HTTP's, else "OTHER": what may stand in labels and logs. */
[[nodiscard]] std::string_view knownMethod(std::string_view method);

} // namespace zhicha
