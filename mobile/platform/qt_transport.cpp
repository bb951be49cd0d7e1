#include "mobile/platform/qt_transport.h"

#include "shared/crypto/digest.h"
#include "shared/protocol/paths.h"

#include <QHostAddress>
#include <QIODevice>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QTimer>

#include <algorithm>
#include <zstd.h>

namespace zhicha {

namespace {
constexpr std::size_t kCompressFrom = 1024;
constexpr int kCompressionLevel = 3;

QByteArray bytesOf(ByteView bytes) {
    return {reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}

ByteView viewOf(const QByteArray &bytes) {
    return {reinterpret_cast<const std::uint8_t *>(bytes.constData()), static_cast<std::size_t>(bytes.size())};
}

/** SHA-256 of the peer's SubjectPublicKeyInfo; nullopt if its certificate has no key that Qt reads. */
std::optional<Digest> keyOfPeer(const QNetworkReply &reply) {
    const QByteArray der = reply.sslConfiguration().peerCertificate().publicKey().toDer();
    return der.isEmpty() ? std::nullopt : std::optional(sha256(viewOf(der)));
}

/** Whoever owns a key is decided by the note that the root key signed: who vouches for the certificate and under which
 *  name it stands says nothing then. Everything else (expired, bad signature, …) is not forgiven. */
bool isForgiven(const QSslError &error) {
    return error.error() == QSslError::SelfSignedCertificate || error.error() == QSslError::HostNameMismatch;
}

/** Bytes that can be sent once: nobody can go back to their beginning. */
class OnceOnly final : public QIODevice {
public:
    explicit OnceOnly(QByteArray bytes) : m_bytes(std::move(bytes)) { open(QIODevice::ReadOnly); }
    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] qint64 bytesAvailable() const override { return m_bytes.size() - m_at + QIODevice::bytesAvailable(); }

protected:
    qint64 readData(char *out, qint64 most) override {
        const qint64 some = std::min<qint64>(most, m_bytes.size() - m_at);
        if (some <= 0)
            return -1;
        std::copy_n(m_bytes.constData() + m_at, some, out);
        m_at += some;
        return some;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_bytes;
    qint64 m_at = 0;
};

/** The request's body, compressed where that helps a bad link; empty if it does not. */
QByteArray compressed(const HttpRequest &request) {
    if (request.path != protocol::kOperationsPath || request.body.size() <= kCompressFrom)
        return {};
    QByteArray out(static_cast<qsizetype>(ZSTD_compressBound(request.body.size())), Qt::Uninitialized);
    const std::size_t size = ZSTD_compress(out.data(), static_cast<std::size_t>(out.size()), request.body.data(),
                                           request.body.size(), kCompressionLevel);
    if (ZSTD_isError(size) != 0 || size >= request.body.size())
        return {};
    out.resize(static_cast<qsizetype>(size));
    return out;
}
} // namespace

struct QtTransport::Exchange {
    QNetworkReply *reply = nullptr;
    std::function<void(TransportResult)> done;
    QTimer quiet;
    std::optional<Digest> peerKey;
    std::vector<Digest> trusted;
    bool beforeTrust = false;
    bool timedOut = false;
    bool unknownPeer = false;
    bool badTls = false;
    bool tooLarge = false;
};

bool isLoopback(const QUrl &url) {
    const QString host = url.host();
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

QtTransport::~QtTransport() {
    if (m_current && m_current->reply != nullptr) {
        m_current->reply->disconnect();
        m_current->reply->abort();
    }
}

QNetworkAccessManager &QtTransport::managerFor(const HttpRequest &request) {
    // A kept connection is not looked at again, so connections never outlive the trust that let them in.
    if (!m_manager || request.beforeTrust || m_managerKeys != request.trustedTlsKeys) {
        if (m_manager)
            m_manager.release()->deleteLater();
        m_manager = std::make_unique<QNetworkAccessManager>();
        m_manager->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
        m_manager->setAutoDeleteReplies(false);
        if (isLoopback(m_server))
            m_manager->setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
        m_managerKeys = request.trustedTlsKeys;
    }
    return *m_manager;
}

QNetworkReply *QtTransport::dispatch(QNetworkAccessManager &manager, const HttpRequest &request) {
    QUrl url = m_server;
    const QUrl target = QUrl::fromEncoded(QByteArray::fromStdString(request.path));
    url.setPath(target.path());
    url.setQuery(target.query(QUrl::FullyEncoded), QUrl::StrictMode);
    QNetworkRequest out(url);
    out.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    out.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    out.setRawHeader("Accept-Encoding", "identity");
    for (const HttpHeader &header : request.headers)
        out.setRawHeader(QByteArray::fromStdString(header.name), QByteArray::fromStdString(header.value));
    QByteArray body = compressed(request);
    if (!body.isEmpty())
        out.setRawHeader("Content-Encoding", "zstd");
    else
        body = bytesOf(request.body);
    if (request.method == "GET")
        return manager.get(out);
    if (request.method == "HEAD")
        return manager.head(out);
    if (request.method == "PATCH") {
        // Qt sends a request that a kept connection cut once more by itself, from its first byte. A piece of a photo
        // goes on where the office says that it is, so its body can be read only once.
        auto *once = new OnceOnly(body);
        out.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        out.setHeader(QNetworkRequest::ContentLengthHeader, body.size());
        QNetworkReply *reply = manager.sendCustomRequest(out, QByteArray::fromStdString(request.method), once);
        once->setParent(reply);
        return reply;
    }
    return manager.sendCustomRequest(out, QByteArray::fromStdString(request.method), body);
}

void QtTransport::send(const HttpRequest &request, std::function<void(TransportResult)> done) {
    const bool plain = m_server.scheme() == QLatin1String("http");
    if (plain ? !isLoopback(m_server) : m_server.scheme() != QLatin1String("https")) {
        QTimer::singleShot(0, [done = std::move(done)] { done(TransportFailure::BadTls); });
        return;
    }
    auto exchange = std::make_shared<Exchange>();
    exchange->done = std::move(done);
    exchange->trusted = request.trustedTlsKeys;
    exchange->beforeTrust = request.beforeTrust;
    QNetworkReply *reply = dispatch(managerFor(request), request);
    exchange->reply = reply;
    m_current = exchange;
    exchange->quiet.setSingleShot(true);
    exchange->quiet.setInterval(m_quietMs);
    Exchange *raw = exchange.get(); // lives until the reply has finished
    QObject::connect(&raw->quiet, &QTimer::timeout, reply, [raw] {
        raw->timedOut = true;
        raw->reply->abort();
    });
    QObject::connect(reply, &QNetworkReply::sslErrors, reply, [raw](const QList<QSslError> &errors) {
        if (std::all_of(errors.begin(), errors.end(), isForgiven))
            raw->reply->ignoreSslErrors(errors);
        else
            raw->badTls = true;
    });
    QObject::connect(reply, &QNetworkReply::encrypted, reply, [raw] {
        raw->peerKey = keyOfPeer(*raw->reply);
        const bool known =
            raw->peerKey && std::find(raw->trusted.begin(), raw->trusted.end(), *raw->peerKey) != raw->trusted.end();
        if (raw->beforeTrust ? raw->peerKey.has_value() : known)
            return;
        raw->unknownPeer = true;
        raw->reply->abort(); // the handshake is over, nothing of the request was sent
    });
    QObject::connect(reply, &QNetworkReply::uploadProgress, reply, [raw](qint64, qint64) { raw->quiet.start(); });
    QObject::connect(reply, &QNetworkReply::downloadProgress, reply, [raw](qint64 received, qint64) {
        raw->quiet.start();
        if (received > kMaxAnswerBytes) {
            raw->tooLarge = true;
            raw->reply->abort();
        }
    });
    QObject::connect(reply, &QNetworkReply::finished, reply, [this, exchange] { finish(exchange); });
    exchange->quiet.start();
}

void QtTransport::finish(const std::shared_ptr<Exchange> &exchange) {
    QNetworkReply *reply = exchange->reply;
    exchange->quiet.stop();
    const std::function<void(TransportResult)> done = std::move(exchange->done);
    const auto answer = [&](TransportResult result) {
        reply->deleteLater(); // and with it the connections that hold the exchange
        m_current.reset();
        // Through the event loop, so that a caller may send the next request from here without recursion.
        QTimer::singleShot(0, [done, result = std::move(result)]() mutable { done(std::move(result)); });
    };
    if (exchange->unknownPeer)
        return answer(TransportFailure::UnknownPeer);
    if (exchange->badTls)
        return answer(TransportFailure::BadTls);
    if (exchange->timedOut)
        return answer(TransportFailure::Timeout);
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    // An error with a status is an answer (403, 404, …); one without, or with a cut body, is none.
    const bool cut = reply->error() == QNetworkReply::RemoteHostClosedError ||
                     reply->error() == QNetworkReply::OperationCanceledError;
    if (status == 0 || cut || exchange->tooLarge)
        return answer(reply->error() == QNetworkReply::SslHandshakeFailedError ? TransportFailure::BadTls
                                                                               : TransportFailure::NetworkDown);
    HttpResponse response;
    response.status = status;
    for (const QNetworkReply::RawHeaderPair &header : reply->rawHeaderPairs())
        response.headers.push_back({header.first.toStdString(), header.second.toStdString()});
    response.body = toBytes(viewOf(reply->readAll()));
    if (m_server.scheme() == QLatin1String("http"))
        response.loopbackPlain = true;
    else
        response.peerTlsKey = keyOfPeer(*reply); // a kept connection emits no `encrypted`, but still has its peer
    answer(std::move(response));
}

} // namespace zhicha
