// Goal: the trust rules of docs/PROTOCOL.md hold on real TLS: what is not trusted gets no byte of a request.
// Method: a TLS server of the test's own on loopback, with a certificate made on the spot.
#include "mobile/platform/qt_transport.h"
#include "shared/crypto/digest.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QSslSocket>
#include <QTimer>

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace zhicha::test {

namespace {
QByteArray pemOf(const std::function<int(BIO *)> &write) {
    BIO *memory = BIO_new(BIO_s_mem());
    EXPECT_EQ(write(memory), 1);
    char *data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    QByteArray pem(data, size);
    BIO_free(memory);
    return pem;
}

struct Certificate {
    QSslCertificate certificate;
    QSslKey key;
    Digest spki{};
};

/** Self-signed, for another host name; `days` < 0: expired. */
Certificate makeCertificate(int days) {
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *x509 = X509_new();
    ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
    X509_gmtime_adj(X509_getm_notBefore(x509), -86'400L * 30);
    X509_gmtime_adj(X509_getm_notAfter(x509), 86'400L * days);
    X509_NAME *name = X509_get_subject_name(x509);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char *>("office.test"), -1, -1,
                               0);
    X509_set_issuer_name(x509, name);
    X509_set_pubkey(x509, key);
    X509_sign(x509, key, EVP_sha256());
    Certificate made;
    made.certificate = QSslCertificate(pemOf([&](BIO *out) { return PEM_write_bio_X509(out, x509); }));
    made.key = QSslKey(
        pemOf([&](BIO *out) { return PEM_write_bio_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr); }),
        QSsl::Ec);
    unsigned char *der = nullptr;
    const int size = i2d_PUBKEY(key, &der);
    made.spki = sha256(ByteView(der, static_cast<std::size_t>(size)));
    OPENSSL_free(der);
    X509_free(x509);
    EVP_PKEY_free(key);
    return made;
}

/** Answers every request with 200 and keeps what it read. */
class TlsServer {
public:
    explicit TlsServer(const Certificate &own) {
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificate(own.certificate);
        configuration.setPrivateKey(own.key);
        m_server.setSslConfiguration(configuration);
        QObject::connect(&m_server, &QTcpServer::pendingConnectionAvailable, &m_server, [this] {
            QTcpSocket *socket = m_server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                read += socket->readAll();
                if (silent || !read.contains("\r\n\r\n"))
                    return;
                socket->write("HTTP/1.1 200 OK\r\nContent-Type: application/cbor\r\nContent-Length: 1\r\n\r\n\xa0");
            });
        });
        EXPECT_TRUE(m_server.listen(QHostAddress::LocalHost));
    }
    [[nodiscard]] QUrl url() const { return QUrl(QStringLiteral("https://127.0.0.1:%1").arg(m_server.serverPort())); }
    QByteArray read;
    bool silent = false;

private:
    QSslServer m_server;
};

TransportResult exchange(QtTransport &transport, const HttpRequest &request) {
    QEventLoop loop;
    TransportResult out = TransportFailure::BadTls;
    transport.send(request, [&](TransportResult result) {
        out = std::move(result);
        loop.quit();
    });
    QTimer::singleShot(20'000, &loop, &QEventLoop::quit); // only so that a hanging test ends
    loop.exec();
    return out;
}

HttpRequest keysRequest() {
    HttpRequest request;
    request.method = "GET";
    request.path = "/api/v1/keys";
    request.beforeTrust = true;
    return request;
}

HttpRequest secretRequest(std::vector<Digest> trusted) {
    HttpRequest request;
    request.method = "POST";
    request.path = "/api/v1/operations";
    request.headers.push_back({"Authorization", "Bearer secret"});
    request.body = Bytes(5000, 'x');
    request.trustedTlsKeys = std::move(trusted);
    return request;
}

class QtTransportTest : public ::testing::Test {
protected:
    QtTransportTest() : own(makeCertificate(30)) {
        if (QCoreApplication::instance() == nullptr)
            m_application = std::make_unique<QCoreApplication>(m_argc, m_argv);
    }
    int m_argc = 1;
    char m_name[5] = "test";
    char *m_argv[2] = {m_name, nullptr};
    std::unique_ptr<QCoreApplication> m_application;
    Certificate own;
};

TEST_F(QtTransportTest, forgivesSelfSignedAndHostNameForTheKeysAlone) {
    TlsServer server(own);
    QtTransport transport(server.url());
    const TransportResult result = exchange(transport, keysRequest());
    const auto *response = std::get_if<HttpResponse>(&result);
    ASSERT_NE(response, nullptr);
    EXPECT_EQ(response->status, 200);
    EXPECT_EQ(response->peerTlsKey, own.spki);
    EXPECT_FALSE(response->loopbackPlain);
    EXPECT_TRUE(server.read.startsWith("GET /api/v1/keys HTTP/1.1\r\n"));
}

TEST_F(QtTransportTest, sendsToAListedKeyAndCompresses) {
    TlsServer server(own);
    QtTransport transport(server.url());
    ASSERT_TRUE(std::holds_alternative<HttpResponse>(exchange(transport, secretRequest({own.spki}))));
    EXPECT_TRUE(server.read.contains("Content-Encoding: zstd"));
    EXPECT_LT(server.read.size(), 2000);
}

TEST_F(QtTransportTest, sendsNotAByteToAnUnlistedKey) {
    TlsServer server(own);
    QtTransport transport(server.url());
    ASSERT_TRUE(std::holds_alternative<HttpResponse>(exchange(transport, keysRequest())));
    server.read.clear(); // the connection of the keys is open still: it must not be used for this
    const TransportResult result = exchange(transport, secretRequest({Digest{}}));
    ASSERT_TRUE(std::holds_alternative<TransportFailure>(result));
    EXPECT_EQ(std::get<TransportFailure>(result), TransportFailure::UnknownPeer);
    EXPECT_TRUE(server.read.isEmpty());
}

TEST_F(QtTransportTest, doesNotForgiveAnExpiredCertificate) {
    const Certificate expired = makeCertificate(-1);
    TlsServer server(expired);
    QtTransport transport(server.url());
    const TransportResult result = exchange(transport, secretRequest({expired.spki}));
    ASSERT_TRUE(std::holds_alternative<TransportFailure>(result));
    EXPECT_EQ(std::get<TransportFailure>(result), TransportFailure::BadTls);
    EXPECT_TRUE(server.read.isEmpty());
}

TEST_F(QtTransportTest, givesUpWhenNothingMoves) {
    TlsServer server(own);
    server.silent = true;
    QtTransport transport(server.url(), 200);
    const TransportResult result = exchange(transport, keysRequest());
    ASSERT_TRUE(std::holds_alternative<TransportFailure>(result));
    EXPECT_EQ(std::get<TransportFailure>(result), TransportFailure::Timeout);
}

TEST_F(QtTransportTest, speaksPlainHttpToThisMachineOnly) {
    QtTransport transport(QUrl(QStringLiteral("http://office.test:1")));
    EXPECT_EQ(std::get<TransportFailure>(exchange(transport, keysRequest())), TransportFailure::BadTls);
    EXPECT_TRUE(isLoopback(QUrl(QStringLiteral("http://127.0.0.9:1"))));
    EXPECT_TRUE(isLoopback(QUrl(QStringLiteral("http://[::1]:1"))));
    EXPECT_FALSE(isLoopback(QUrl(QStringLiteral("http://192.0.2.1:1"))));
}

} // namespace
} // namespace zhicha::test
