#pragma once
// What all connections of a listener share. Internal to zhicha_http.
#include "shared/base/sources.h"
#include "sync-server/http/access_log.h"
#include "sync-server/http/connection_table.h"
#include "sync-server/http/listener_settings.h"
#include "sync-server/http/metrics.h"
#include "sync-server/http/router.h"

#include <boost/asio/thread_pool.hpp>

#include <atomic>

namespace zhicha {

/** Owner: the listener; outlives every connection. Threads: any. */
struct ServerContext {
    ServerContext(const ListenerSettings &with, const Router &routes, Metrics &figures, AccessLog &lines,
                  const Clock &time)
        : settings(with), router(routes), metrics(figures), log(lines), clock(time), workers(with.workerThreads),
          table(with.maxConnections, with.maxConnectionsPerAddress) {}

    const ListenerSettings settings;
    const Router &router;
    Metrics &metrics;
    AccessLog &log;
    const Clock &clock;
    boost::asio::thread_pool workers;
    ConnectionTable table;
    std::atomic<bool> stopping{false};
    std::atomic<std::uint64_t> bufferedBytes{0};
};

/** A part of maxBufferedBytes, given back at the end. */
class BufferShare {
public:
    explicit BufferShare(ServerContext &context) : m_context(context) {}
    ~BufferShare() { release(); }
    BufferShare(const BufferShare &) = delete;
    BufferShare &operator=(const BufferShare &) = delete;
    /** False if all connections together would hold too much. */
    [[nodiscard]] bool grow(std::uint64_t bytes) {
        if (m_context.bufferedBytes.fetch_add(bytes) + bytes > m_context.settings.maxBufferedBytes) {
            m_context.bufferedBytes -= bytes;
            return false;
        }
        m_bytes += bytes;
        return true;
    }

    void release() {
        m_context.bufferedBytes -= m_bytes;
        m_bytes = 0;
    }

private:
    ServerContext &m_context;
    std::uint64_t m_bytes = 0;
};

} // namespace zhicha
