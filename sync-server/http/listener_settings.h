#pragma once
// Every limit and time of the listener, each with its reason; tests set small ones.
#include <chrono>
#include <cstdint>
#include <string>

namespace zhicha {

struct TlsFiles {
    std::string certificatePem; ///< leaf first, then its chain
    std::string privateKeyPem;
};

struct ListenerSettings {
    std::string address = "127.0.0.1"; ///< an IPv4 or IPv6 address; no name
    std::uint16_t port = 0;            ///< 0: the system chooses, see Listener::port()
    bool tls = true;                   ///< off only for loopback: start() refuses it elsewhere
    TlsFiles tlsFiles;

    unsigned ioThreads = 2;     ///< parsing and TLS
    unsigned workerThreads = 4; ///< handlers: they wait for the disk

    std::size_t maxConnections = 4096;
    std::size_t maxConnectionsPerAddress = 1024; ///< an office's tablets may share one address
    /** Buffered bodies of all connections together: what hostile clients can make us hold. More is answered 503. */
    std::uint64_t maxBufferedBytes = 128ull << 20;

    std::size_t headerLimitBytes = 16 * 1024;

    std::chrono::milliseconds handshakeDeadline{10000};
    std::chrono::milliseconds idleDeadline{75000};   ///< between requests; above the usual 60 s of proxies
    std::chrono::milliseconds headerDeadline{10000}; ///< first to last byte of a head
    /** Each 64 KiB of a body, so that at least 2 KiB/s pass: the slowest link worth keeping a buffer for. */
    std::chrono::milliseconds bodyBlockDeadline{30000};
    std::chrono::milliseconds writeDeadline{30000}; ///< each block of at most 256 KiB
    std::chrono::milliseconds lingerDeadline{2000}; ///< reading on after a refusal, so that it reaches the client
    std::chrono::milliseconds stopDeadline{20000};  ///< what stop() gives to running requests
};

} // namespace zhicha
