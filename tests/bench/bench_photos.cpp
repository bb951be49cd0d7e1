// Row 4: photos, eight at once, digest and fsync, over plain HTTP and TLS, against one thread that writes, digests and
// syncs the same bytes; and what a large photo costs in memory. Listener, tus and photo store are the product's; the
// gate stands for the ledger.
#include "shared/crypto/digest.h"
#include "tests/bench/figures.h"
#include "tests/bench/rows.h"
#include "tests/support/http/raw_client.h"
#include "tests/support/http/test_server.h"

#include <cstring>
#include <fcntl.h>
#include <latch>
#include <thread>

namespace {
using namespace zhicha;
using namespace zhicha::bench;

constexpr std::size_t kAtOnce = 8;
constexpr std::size_t kBlock = 64 * 1024;

Bytes makePhoto(std::uint64_t seed, std::size_t size) {
    Dice dice(seed);
    Bytes photo(size);
    for (std::size_t at = 0; at + 8 <= size; at += 8) {
        const std::uint64_t word = dice.next();
        std::memcpy(photo.data() + at, &word, 8);
    }
    return photo;
}

double rawMegabytes(const std::string &folder, const std::vector<Bytes> &photos) {
    double bytes = 0;
    const double took = seconds([&] {
        for (std::size_t i = 0; i < photos.size(); ++i) {
            const int file = ::open((folder + "/raw" + std::to_string(i)).c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0600);
            needed(file >= 0, "no file");
            Sha256 digest;
            for (std::size_t at = 0; at < photos[i].size(); at += kBlock) {
                const std::size_t size = std::min(kBlock, photos[i].size() - at);
                needed(::write(file, photos[i].data() + at, size) == static_cast<ssize_t>(size), "a short write");
                digest.update({photos[i].data() + at, size});
            }
            needed(digest.digest() != Digest(), "no digest");
            needed(::fsync(file) == 0, "no fsync");
            ::close(file);
            bytes += static_cast<double>(photos[i].size());
        }
    });
    return bytes / took / 1e6;
}

std::string head(const std::string &method, const std::string &path, const std::string &fields, std::size_t size) {
    return method + " " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\nTus-Resumable: 1.0.0\r\n" +
           fields + "Content-Length: " + std::to_string(size) + "\r\n\r\n";
}

void upload(test::RawClient &client, const Bytes &photo, std::size_t chunk) {
    const std::string hex = toHex(sha256(photo));
    const std::string length = std::to_string(photo.size());
    needed(client.send(
               head("POST", "/api/v1/blobs",
                    "Upload-Length: " + length + "\r\nUpload-Metadata: sha256 " + toBase64(viewOf(hex)) + "\r\n", 0)) &&
               client.read().status == 201,
           "no upload was created");
    for (std::size_t at = 0; at < photo.size(); at += chunk) {
        const std::size_t size = std::min(chunk, photo.size() - at);
        const std::string_view bytes(reinterpret_cast<const char *>(photo.data()) + at, size);
        needed(client.send(head(
                   "PATCH", "/api/v1/blobs/" + hex,
                   "Content-Type: application/offset+octet-stream\r\nUpload-Offset: " + std::to_string(at) + "\r\n",
                   size)) &&
                   client.send(bytes) && client.read().status == 204,
               "a chunk was not taken");
    }
}

ListenerSettings settingsOf(bool tls) {
    ListenerSettings settings;
    settings.tls = tls;
    if (tls) {
        const auto identity = need(makeTlsIdentity("localhost", systemClock()));
        settings.tlsFiles = {identity.certificatePem, identity.privateKeyPem};
    }
    return settings;
}

double sentMegabytes(const std::vector<Bytes> &photos, bool tls, std::size_t chunk) {
    test::TestServer server(settingsOf(tls));
    std::latch ready(kAtOnce + 1);
    std::vector<std::thread> threads;
    double bytes = 0;
    for (const Bytes &photo : photos)
        bytes += static_cast<double>(photo.size());
    for (std::size_t i = 0; i < kAtOnce; ++i)
        threads.emplace_back([&, i] {
            test::RawClient client(server.port());
            needed(client.connected() && (!tls || client.startTls()), "no connection");
            ready.arrive_and_wait();
            for (std::size_t k = i; k < photos.size(); k += kAtOnce)
                upload(client, photos[k], chunk);
        });
    ready.arrive_and_wait();
    return bytes / 1e6 / seconds([&] {
               for (std::thread &thread : threads)
                   thread.join();
           });
}

/** KiB of resident memory at its highest since the last reset. */
double peakKib() {
    std::ifstream status("/proc/self/status");
    for (std::string text; std::getline(status, text);)
        if (text.starts_with("VmHWM:"))
            return std::atof(text.c_str() + 6);
    return 0;
}

double peakOfUpload(const Bytes &photo) {
    test::TestServer server(settingsOf(false));
    test::RawClient client(server.port());
    upload(client, makePhoto(99, 4096), 4096); // threads and buffers are there
    std::ofstream("/proc/self/clear_refs") << "5";
    const double before = peakKib();
    upload(client, photo, photo.size());
    return peakKib() - before;
}
} // namespace

int main(int argc, char **argv) {
    const auto megabytes = static_cast<std::size_t>(option(argc, argv, "megabytes", 5));
    title("4 photos, eight at once, digest and fsync");
    test::TempFolder folder;
    std::vector<Bytes> photos;
    for (std::uint64_t i = 0; i < 4 * kAtOnce; ++i)
        photos.push_back(makePhoto(i, megabytes * 1'000'000));
    rawMegabytes(folder.path(), photos);
    const double raw = rawMegabytes(folder.path(), photos);
    const double plain = sentMegabytes(photos, false, photos[0].size());
    const double tls = sentMegabytes(photos, true, photos[0].size());
    const double chunks = sentMegabytes(photos, true, 512 * 1024);
    line("photos, of 5 MB unless told", static_cast<double>(photos.size()), "");
    line("baseline: raw write, digest, fsync, one thread", raw, "MB/s");
    line("over TLS", tls, "MB/s");
    line("over TLS in the tablet's chunks of 512 KiB, each durable", chunks, "MB/s");
    verdict("over plain HTTP", plain, "MB/s", 250, true);
    verdict("ratio of plain HTTP to the baseline", plain / raw, "", 0.5, true);
    photos.clear();
    const double small = peakOfUpload(makePhoto(1, 1'000'000));
    const double large = peakOfUpload(makePhoto(2, 50'000'000));
    line("memory above rest for a photo of 1 MB", small / 1024, "MiB");
    verdict("memory above rest for a photo of 50 MB", large / 1024, "MiB", small / 1024 + 1, false);
    return 0;
}
