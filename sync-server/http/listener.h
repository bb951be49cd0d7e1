#pragma once
// The server's door: TCP, TLS 1.2+, HTTP/1.1 with limits and deadlines on everything, handlers on worker threads.
#include "shared/base/sources.h"
#include "sync-server/http/access_log.h"
#include "sync-server/http/listener_settings.h"
#include "sync-server/http/metrics.h"
#include "sync-server/http/router.h"

namespace zhicha {

/** Serves a router until stop(). Owner: the program. Threads: start and stop from one thread; the rest from any.
 *  Handlers run on worker threads, never on those that read and write sockets. */
class Listener {
public:
    /** Binds and begins to accept. Router, metrics, log and clock outlive the listener.
     *  Errors: InvalidArgument (address, certificate, key; TLS off for an address that is not loopback),
     *  NetworkDown (the address cannot be bound; the detail says why). */
    [[nodiscard]] static Result<std::unique_ptr<Listener>> start(const ListenerSettings &settings, const Router &router,
                                                                 Metrics &metrics, AccessLog &log, const Clock &clock);
    ~Listener(); ///< stops
    Listener(const Listener &) = delete;
    Listener &operator=(const Listener &) = delete;

    [[nodiscard]] std::uint16_t port() const;
    /** Accepts no more, closes idle connections, lets running requests finish, cuts them after stopDeadline. Returns
     *  when every handler has returned. Calling it again does nothing. */
    void stop();

private:
    class Impl;
    explicit Listener(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace zhicha
