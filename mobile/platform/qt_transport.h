#pragma once
// Carries the engine's requests over Qt Network, under the rules of docs/PROTOCOL.md "Trust".
#include "mobile/engine/sync/http_message.h"

#include <QNetworkAccessManager>
#include <QUrl>

#include <functional>
#include <memory>
#include <variant>

QT_BEGIN_NAMESPACE
class QNetworkReply;
class QSslError;
QT_END_NAMESPACE

namespace zhicha {

using TransportResult = std::variant<HttpResponse, TransportFailure>;

/** Owner:   whoever runs a sync. Threads: its own (an event loop is needed); the callback comes on it.
 *  Trust:   of TLS faults only a self-signed certificate and another host name are forgiven. The peer's key is compared
 *           when the handshake is over and before a byte of the request is sent; an unlisted one is aborted there.
 *           A request before trust never shares a connection with one after it. Plain HTTP goes to loopback only.
 *  Limits:  nothing moved for `quietMs`: Timeout. An answer over kMaxAnswerBytes: NetworkDown. No redirects, no
 * cookies, no cache, no proxy to loopback. */
class QtTransport {
public:
    static constexpr qint64 kMaxAnswerBytes = 32 << 20;

    explicit QtTransport(const QUrl &server, int quietMs = 30'000) : m_server(server), m_quietMs(quietMs) {}
    ~QtTransport();
    QtTransport(const QtTransport &) = delete;
    QtTransport &operator=(const QtTransport &) = delete;

    /** Sends one request; calls back exactly once, never from within this call. */
    void send(const HttpRequest &request, std::function<void(TransportResult)> done);

private:
    struct Exchange;
    QNetworkAccessManager &managerFor(const HttpRequest &request);
    [[nodiscard]] QNetworkReply *dispatch(QNetworkAccessManager &manager, const HttpRequest &request);
    void finish(const std::shared_ptr<Exchange> &exchange);

    QUrl m_server;
    int m_quietMs;
    std::unique_ptr<QNetworkAccessManager> m_manager;
    std::vector<Digest> m_managerKeys; ///< under which the manager's open connections were let in
    std::shared_ptr<Exchange> m_current;
};

/** True for an address that never leaves this machine. */
[[nodiscard]] bool isLoopback(const QUrl &url);

} // namespace zhicha
