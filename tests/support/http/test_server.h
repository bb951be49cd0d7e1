#pragma once
// A real listener on a free loopback port, with a photo store in a temporary folder and a few handlers to play with.
#include "shared/base/sources.h"
#include "shared/files/posix_disk.h"
#include "sync-server/http/listener.h"
#include "sync-server/http/resources/service_resource.h"
#include "sync-server/http/tls_identity.h"
#include "sync-server/store/directory/directory_photo_store.h"
#include "tests/support/http/test_gate.h"
#include "tests/support/temp_folder.h"

#include <future>

namespace zhicha::test {

/** Small times, so that slow clients are found out quickly; tests that need patience set it themselves. */
inline ListenerSettings quickSettings() {
    using namespace std::chrono_literals;
    ListenerSettings settings;
    settings.tls = false;
    settings.ioThreads = 2;
    settings.workerThreads = 2;
    settings.handshakeDeadline = 300ms;
    settings.idleDeadline = 5s;
    settings.headerDeadline = 300ms;
    settings.bodyBlockDeadline = 300ms;
    settings.lingerDeadline = 300ms;
    settings.stopDeadline = 5s;
    return settings;
}

class TestServer {
    std::mutex m_mutex; // first, because the listener writes its last lines while it is destroyed
    std::string m_lines;

public:
    explicit TestServer(const ListenerSettings &settings = quickSettings())
        : disk(PosixDisk::open(folder / "photos").value()),
          photos(*disk, systemRandom(), [](const Digest &) { return Result<std::optional<FileKey>>(std::nullopt); }),
          log([this](std::string_view line) {
              const std::lock_guard lock(m_mutex);
              m_lines.append(line);
          }) {
        addServiceRoutes(router, metrics, [] { return Status(); });
        addBlobRoutes(router, photos, gate);
        RouteLimits echo;
        echo.maxBodyBytes = 64 * 1024;
        echo.maxUnpackedBytes = 256 * 1024;
        router.add("POST", "/echo", echo, [](const Request &request) {
            Response response;
            response.mediaType = "application/octet-stream";
            response.body = request.body;
            return response;
        });
        router.add("GET", "/stream", RouteLimits(), [](const Request &request) { return streamed(request); });
        router.add("GET", "/slow", RouteLimits(), [this](const Request &) {
            entered.set_value();
            released.get_future().wait();
            return textResponse(200, "text/plain", "done");
        });
        router.add("GET", "/live", RouteLimits(), [this](const Request &) {
            // It has nothing to say and never ends by itself.
            const std::shared_ptr<void> held(nullptr, [this](void *) { liveEnded.set_value(); });
            StreamedBody body;
            body.pause = std::chrono::milliseconds(20);
            body.next = [held] { return Bytes(); };
            body.ended = [] { return false; };
            Response response;
            response.mediaType = "text/event-stream";
            response.stream = std::move(body);
            return response;
        });
        router.add("GET", "/throw", RouteLimits(), [](const Request &) -> Response { throw std::runtime_error("x"); });
        auto started = Listener::start(settings, router, metrics, log, systemClock());
        if (!started)
            throw std::runtime_error(started.error().detail);
        listener = std::move(started).value();
    }
    [[nodiscard]] std::uint16_t port() const { return listener->port(); }
    std::string lines() {
        const std::lock_guard lock(m_mutex);
        return m_lines;
    }

    TempFolder folder;
    std::unique_ptr<PosixDisk> disk;
    DirectoryPhotoStore photos;
    TestGate gate;
    Router router;
    Metrics metrics;
    AccessLog log;
    std::promise<void> entered;   ///< set when /slow runs
    std::promise<void> liveEnded; ///< set when the body of /live is gone
    std::promise<void> released;  ///< lets /slow answer
    std::unique_ptr<Listener> listener;

private:
    /** ?pieces=N of 10,000 bytes each; &sized: with a length; &cut: fails after them. */
    static Response streamed(const Request &request) {
        const auto pieces = std::stoul("0" + request.query.at("pieces"));
        const bool cut = request.query.count("cut") > 0;
        Response response;
        response.mediaType = "application/octet-stream";
        StreamedBody body;
        if (request.query.count("sized") > 0)
            body.size = pieces * 10000 + (cut ? 1 : 0);
        body.next = [left = pieces, cut]() mutable -> Result<Bytes> {
            if (left == 0 && cut)
                return fail(Code::DiskError, "broken");
            if (left == 0)
                return Bytes();
            --left;
            return Bytes(10000, 'x');
        };
        response.stream = std::move(body);
        return response;
    }
};

/** GET path with HTTP/1.1, Host and whatever fields are given ("Name: value\r\n"). */
inline std::string get(const std::string &path, const std::string &fields = "") {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n";
}
inline std::string post(const std::string &path, const std::string &body, const std::string &fields = "") {
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + fields +
           "\r\n" + body;
}

} // namespace zhicha::test
