#include "sync-server/http/tls_context.h"

namespace zhicha {
namespace {

int chooseProtocol(SSL *, const unsigned char **out, unsigned char *outSize, const unsigned char *in, unsigned inSize,
                   void *) {
    static constexpr unsigned char kOurs[] = "\x08http/1.1";
    unsigned char *chosen = nullptr;
    if (SSL_select_next_proto(&chosen, outSize, kOurs, sizeof kOurs - 1, in, inSize) != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

} // namespace

Result<std::unique_ptr<boost::asio::ssl::context>> makeTlsContext(const TlsFiles &files) {
    namespace ssl = boost::asio::ssl;
    auto context = std::make_unique<ssl::context>(ssl::context::tls_server);
    SSL_CTX *native = context->native_handle();
    boost::system::error_code ec;
    context->use_certificate_chain(boost::asio::buffer(files.certificatePem), ec);
    if (ec)
        return fail(Code::InvalidArgument, "TLS certificate cannot be read: " + ec.message());
    context->use_private_key(boost::asio::buffer(files.privateKeyPem), ssl::context::pem, ec);
    if (ec || SSL_CTX_check_private_key(native) != 1)
        return fail(Code::InvalidArgument, "TLS private key cannot be read or belongs to another certificate");
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_options(native, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_cipher_list(native, "ECDHE+AESGCM:ECDHE+CHACHA20");
    // Idle connections hold no record buffers, and resumption costs the server no memory.
    SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_alpn_select_cb(native, chooseProtocol, nullptr);
    return context;
}

} // namespace zhicha
