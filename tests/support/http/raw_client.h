#pragma once
// A client that says exactly the bytes it is told, over TCP or TLS, so that tests can be rude. POSIX and OpenSSL only.
#include "shared/base/bytes.h"

#include <algorithm>
#include <arpa/inet.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <utility>

namespace zhicha::test {

/** What came back: status, lower-case header text, body. status 0: nothing. */
struct RawAnswer {
    int status = 0;
    std::string head;
    std::string body;
    [[nodiscard]] std::string field(const std::string &lowerName) const {
        const auto at = head.find("\r\n" + lowerName + ": ");
        if (at == std::string::npos)
            return {};
        const auto from = at + lowerName.size() + 4;
        return head.substr(from, head.find("\r\n", from) - from);
    }
};

class RawClient {
public:
    explicit RawClient(std::uint16_t port, const char *address = "127.0.0.1", const char *from = nullptr) {
        m_socket = ::socket(AF_INET, SOCK_STREAM, 0);
        timeval patience{};
        patience.tv_sec = 10; // a server that hangs fails the test, it does not hang it
        ::setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        ::setsockopt(m_socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        if (from) {
            const auto own = endpoint(from, 0);
            ::bind(m_socket, reinterpret_cast<const sockaddr *>(&own), sizeof own);
        }
        const auto peer = endpoint(address, port);
        m_connected = ::connect(m_socket, reinterpret_cast<const sockaddr *>(&peer), sizeof peer) == 0;
    }
    ~RawClient() { close(); }
    RawClient(const RawClient &) = delete;
    RawClient &operator=(const RawClient &) = delete;

    /** TLS from here on; false if the handshake fails. Any certificate is taken: trust is tested elsewhere. */
    bool startTls(int maxVersion = 0) {
        m_context.reset(SSL_CTX_new(TLS_client_method()));
        if (maxVersion != 0)
            SSL_CTX_set_max_proto_version(m_context.get(), maxVersion);
        if (maxVersion != 0 && maxVersion < TLS1_2_VERSION) // or the library itself would not even try
            SSL_CTX_set_security_level(m_context.get(), 0);
        m_tls.reset(SSL_new(m_context.get()));
        SSL_set_fd(m_tls.get(), m_socket);
        return SSL_connect(m_tls.get()) == 1;
    }
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto sent =
                m_tls ? static_cast<ssize_t>(SSL_write(m_tls.get(), bytes.data(), static_cast<int>(bytes.size())))
                      : ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0)
                return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    void halfClose() { ::shutdown(m_socket, SHUT_WR); }
    void close() {
        if (m_socket >= 0)
            ::close(m_socket);
        m_socket = -1;
    }
    /** Cuts with a reset instead of an end, as a lost radio link or a NAT box would. */
    void reset() {
        const linger now{1, 0};
        ::setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        close();
    }
    /** Everything until the server closes; whatever was read before stays in front. */
    std::string readAll() {
        while (more()) {
        }
        return std::exchange(m_buffer, {});
    }
    /** True if the server has closed (or closes within the socket's patience) without another byte. */
    bool isClosed() { return m_buffer.empty() && !more() && m_ended; }
    /** One answer with a Content-Length, chunks, or no body; 1xx answers are returned as they come. */
    RawAnswer read(bool toHead = false) {
        RawAnswer answer;
        std::size_t end = 0;
        while ((end = m_buffer.find("\r\n\r\n")) == std::string::npos) {
            if (!more())
                return answer;
        }
        answer.head = lower(m_buffer.substr(0, end + 2));
        answer.status = std::atoi(answer.head.substr(9, 3).c_str());
        m_buffer.erase(0, end + 4);
        if (toHead || answer.status < 200 || answer.status == 204 || answer.status == 304)
            return answer;
        if (answer.field("transfer-encoding") == "chunked")
            answer.body = readChunks();
        else
            answer.body = take(static_cast<std::size_t>(std::atoll(answer.field("content-length").c_str())));
        return answer;
    }
    [[nodiscard]] bool connected() const { return m_connected; }
    /** SubjectPublicKeyInfo of the peer, DER; empty without TLS. */
    [[nodiscard]] Bytes peerKey() const {
        X509 *certificate = m_tls ? SSL_get1_peer_certificate(m_tls.get()) : nullptr;
        if (certificate == nullptr)
            return {};
        unsigned char *der = nullptr;
        const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);
        Bytes out(der, der + std::max(size, 0));
        OPENSSL_free(der);
        X509_free(certificate);
        return out;
    }

private:
    static sockaddr_in endpoint(const char *address, std::uint16_t port) {
        sockaddr_in result{};
        result.sin_family = AF_INET;
        result.sin_port = htons(port);
        ::inet_pton(AF_INET, address, &result.sin_addr);
        return result;
    }
    static std::string lower(std::string text) {
        for (char &c : text)
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        return text;
    }
    bool more() {
        char bytes[16384];
        const auto got = m_tls ? static_cast<ssize_t>(SSL_read(m_tls.get(), bytes, sizeof bytes))
                               : ::recv(m_socket, bytes, sizeof bytes, 0);
        if (got <= 0) {
            m_ended = got == 0 || errno == ECONNRESET || errno == EPIPE || m_tls;
            return false;
        }
        m_buffer.append(bytes, static_cast<std::size_t>(got));
        return true;
    }
    std::string take(std::size_t size) {
        while (m_buffer.size() < size && more()) {
        }
        std::string result = m_buffer.substr(0, size);
        m_buffer.erase(0, size);
        return result;
    }
    std::string readChunks() {
        std::string body;
        for (;;) {
            std::size_t end = 0;
            while ((end = m_buffer.find("\r\n")) == std::string::npos) {
                if (!more())
                    return body;
            }
            const auto size = std::strtoull(m_buffer.c_str(), nullptr, 16);
            m_buffer.erase(0, end + 2);
            body += take(size);
            take(2);
            if (size == 0)
                return body;
        }
    }
    struct FreeContext {
        void operator()(SSL_CTX *context) const { SSL_CTX_free(context); }
    };
    struct FreeTls {
        void operator()(SSL *tls) const { SSL_free(tls); }
    };
    int m_socket = -1;
    bool m_connected = false;
    bool m_ended = false;
    std::string m_buffer;
    std::unique_ptr<SSL_CTX, FreeContext> m_context;
    std::unique_ptr<SSL, FreeTls> m_tls;
};

} // namespace zhicha::test
