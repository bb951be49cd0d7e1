#pragma once
// Routes: method and pattern to handler, with the limits that hold before a byte of the body is read. Free of sockets,
// so that the simulation calls it in one thread.
#include "sync-server/http/message.h"

#include <chrono>
#include <memory>

namespace zhicha {

/** A body on its way in. Owner: the connection (or Router::handle). Threads: one at a time, on worker threads.
 *  Exactly one of finish() and abandon() is called at the end, and nothing after it. */
class BodyStream {
public:
    virtual ~BodyStream() = default;
    /** The next piece, in order. An error ends the upload: abandon() is called and the error is answered. */
    virtual Status write(ByteView piece) = 0;
    /** Every byte is here: the answer. */
    virtual Response finish() = 0;
    /** The client is gone, or a write failed: keep what can be kept. */
    virtual void abandon() = 0;
};

using Handler = std::function<Response(const Request &)>;
/** Either where the body goes, or the whole answer of a refusal, which is sent before the body is read. A response
 *  and no Error, because a protocol's refusals carry headers of their own (tus: 412, 415). */
using UploadStart = std::variant<std::unique_ptr<BodyStream>, Response>;
/** Looks at the head alone. */
using UploadHandler = std::function<UploadStart(const Request &)>;

struct RouteLimits {
    std::uint64_t maxBodyBytes = 0;                ///< as sent
    std::uint64_t maxUnpackedBytes = 0;            ///< of a zstd body; 0 = the route takes none
    std::chrono::milliseconds bodyDeadline{30000}; ///< from the end of the head to the end of the body
    bool compressAnswer = true;                    ///< zstd, if the client takes it and it is worth it
};

struct Route {
    std::string method;
    std::string pattern; ///< "/api/v1/blobs/{sha256}": what logs and metrics name
    std::vector<std::string> segments;
    RouteLimits limits;
    Handler handler;      ///< one of these two
    UploadHandler upload; ///<
};

/** What a method and path lead to. */
struct RouteMatch {
    const Route *route = nullptr; ///< owned by the router
    std::string allow;            ///< where only the method does not fit: the value of Allow
};

/** Threads: filled by one thread, then read by any. */
class Router {
public:
    /** Errors: none; a pattern that is there already for that method is a defect of ours. */
    void add(std::string method, std::string pattern, RouteLimits limits, Handler handler);
    void addUpload(std::string method, std::string pattern, RouteLimits limits, UploadHandler handler);

    /** What may answer where no route fits (pages' deep links); nullopt leaves it to unmatched(). Runs in the caller's
     *  thread: it must not wait. */
    using Fallback = std::function<std::optional<Response>(const Request &)>;
    void setFallback(Fallback fallback) { m_fallback = std::move(fallback); }

    /** Finds the route and sets request.params. HEAD falls back on GET. Literal segments win over parameters. */
    [[nodiscard]] RouteMatch match(Request &request) const;
    /** 404, 405 with Allow, or 204 with Allow for OPTIONS: the answer where match() found no route. */
    [[nodiscard]] Response unmatched(const Request &request, const RouteMatch &match) const;
    /** Runs one whole request, its body already in `body`, under the route's limits: what a socket would have
     *  answered. Threads: any; the handler runs in the caller's. */
    [[nodiscard]] Response handle(Request request) const;
    /** The handlers with what they throw turned into an answer. */
    [[nodiscard]] static Response runBuffered(const Route &route, const Request &request);
    [[nodiscard]] static UploadStart startUpload(const Route &route, const Request &request);

    /** Every route, in the order in which they were added. */
    void forEach(const std::function<void(const Route &)> &visit) const {
        for (const std::unique_ptr<Route> &route : m_routes)
            visit(*route);
    }

private:
    void insert(Route route);
    std::vector<std::unique_ptr<Route>> m_routes;
    Fallback m_fallback;
};

} // namespace zhicha
