#include "sync-server/http/listener.h"

#include "shared/base/plant.h"
#include "sync-server/http/connection.h"
#include "sync-server/http/tls_context.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <thread>

namespace zhicha {
namespace {

using net::ip::tcp;

/** IPv4 inside IPv6 as IPv4; the first 64 bits of other IPv6: one household has them all. */
std::string addressKeyOf(const net::ip::address &address) {
    if (address.is_v4())
        return address.to_string();
    auto bytes = address.to_v6().to_bytes();
    std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
    return net::ip::address_v6(bytes).to_string();
}

net::ip::address unmapped(const net::ip::address &address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return net::ip::make_address_v4(net::ip::v4_mapped, address.to_v6());
    return address;
}

} // namespace

class Listener::Impl {
public:
    Impl(const ListenerSettings &settings, const Router &router, Metrics &metrics, AccessLog &log, const Clock &clock)
        : m_context(settings, router, metrics, log, clock), m_io(static_cast<int>(settings.ioThreads)),
          m_strand(net::make_strand(m_io)), m_acceptor(m_strand), m_pause(m_strand), m_cut(m_strand) {}

    Status open();
    void stop();
    [[nodiscard]] std::uint16_t port() const { return m_port; }

private:
    net::awaitable<void> acceptAll();
    void admit(tcp::socket socket);
    void beginStop();

    ServerContext m_context;
    std::unique_ptr<net::ssl::context> m_tls;
    net::io_context m_io;
    net::strand<net::io_context::executor_type> m_strand; ///< of the acceptor and its timers
    tcp::acceptor m_acceptor;
    net::steady_timer m_pause; ///< while the process has no file descriptor left
    net::steady_timer m_cut;   ///< the end of a stop's patience
    std::vector<std::thread> m_threads;
    std::uint16_t m_port = 0;
};

Status Listener::Impl::open() {
    const auto &settings = m_context.settings;
    ErrorCode ec;
    const auto address = net::ip::make_address(settings.address, ec);
    if (ec)
        return fail(Code::InvalidArgument, "listen: not an IP address: " + settings.address);
    if (settings.tls) {
        ZHICHA_ASSIGN(m_tls, makeTlsContext(settings.tlsFiles));
    } else if (!address.is_loopback()) {
        return fail(Code::InvalidArgument, "listen: TLS can be off only on a loopback address");
    }
    const tcp::endpoint endpoint(address, settings.port);
    m_acceptor.open(endpoint.protocol(), ec);
    if (!ec)
        m_acceptor.set_option(tcp::acceptor::reuse_address(true), ec);
    if (!ec)
        m_acceptor.bind(endpoint, ec);
    if (!ec)
        m_acceptor.listen(net::socket_base::max_listen_connections, ec);
    if (ec)
        return fail(Code::NetworkDown, "listen: " + ec.message(), Retry::AfterUser);
    m_port = m_acceptor.local_endpoint(ec).port();
    net::co_spawn(m_strand, acceptAll(), net::detached);
    for (unsigned i = 0; i < std::max(1u, settings.ioThreads); ++i)
        m_threads.emplace_back([this] { m_io.run(); });
    return {};
}

net::awaitable<void> Listener::Impl::acceptAll() {
    ErrorCode ec;
    auto token = net::redirect_error(net::use_awaitable, ec);
    while (!m_context.stopping) {
        auto executor = net::make_strand(m_io);
        auto socket = co_await m_acceptor.async_accept(executor, token);
        if (!ec) {
            admit(std::move(socket));
            continue;
        }
        if (m_context.stopping)
            break;
        // Out of descriptors or memory: the next try would fail at once, so wait for connections to end.
        m_pause.expires_after(std::chrono::milliseconds(50));
        co_await m_pause.async_wait(token);
    }
}

void Listener::Impl::admit(tcp::socket socket) {
    ErrorCode ec;
    const auto address = unmapped(socket.remote_endpoint(ec).address());
    if (ec)
        return; // gone already
    socket.set_option(tcp::no_delay(true), ec);
    const auto executor = socket.get_executor();
    const auto key = addressKeyOf(address);
    auto connection = std::make_shared<Connection>(m_context, makeTransport(std::move(socket), m_tls.get()),
                                                   address.to_string(), key);
    switch (m_context.table.enter(key, connection)) {
    case Admission::Admitted:
        net::co_spawn(executor, Connection::run(connection), net::detached);
        break;
    case Admission::TotalLimit:
        m_context.metrics.connectionRefused(Refusal::TotalLimit);
        break;
    case Admission::AddressLimit:
        m_context.metrics.connectionRefused(Refusal::AddressLimit);
        break;
    }
}

void Listener::Impl::beginStop() {
    ErrorCode ec;
    m_acceptor.close(ec);
    m_pause.cancel();
    m_context.table.forEach([](Closable &connection) {
        if (plant("http_stop_cuts"))
            connection.closeNow();
        connection.closeIfIdle();
    });
    m_cut.expires_after(m_context.settings.stopDeadline);
    m_cut.async_wait([this](ErrorCode failed) {
        if (!failed)
            m_context.table.forEach([](Closable &connection) { connection.closeNow(); });
    });
}

void Listener::Impl::stop() {
    if (m_context.stopping.exchange(true) || m_threads.empty())
        return;
    net::post(m_strand, [this] { beginStop(); });
    // The timer alone must not keep the threads: as soon as the last connection is gone it is cancelled.
    while (m_context.table.size() > 0)
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    net::post(m_strand, [this] { m_cut.cancel(); });
    for (auto &thread : m_threads)
        thread.join();
    m_context.workers.join();
}

Listener::Listener(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

Listener::~Listener() {
    m_impl->stop();
}

Result<std::unique_ptr<Listener>> Listener::start(const ListenerSettings &settings, const Router &router,
                                                  Metrics &metrics, AccessLog &log, const Clock &clock) {
    auto impl = std::make_unique<Impl>(settings, router, metrics, log, clock);
    ZHICHA_TRY(impl->open());
    return std::unique_ptr<Listener>(new Listener(std::move(impl)));
}

std::uint16_t Listener::port() const {
    return m_impl->port();
}

void Listener::stop() {
    m_impl->stop();
}

} // namespace zhicha
