#pragma once
// The one door of the console: origin, CSRF, session, policy, second factor, idempotency and audit stand here, so that
// a resource only parses, calls office/ and prints.
#include "sync-server/http/resources/console/console_call.h"
#include "sync-server/http/router.h"

#include <mutex>

namespace zhicha {

/** Which sessions a resource serves. */
enum class Admits : std::uint8_t {
    Anybody,     ///< also without a session (`call.session` may be empty)
    HalfOpen,    ///< whoever gave a password
    FullSession, ///< both factors, password not to be changed
};

struct ConsoleRule {
    Resource resource = Resource::Frame;
    Verb verb = Verb::Read;
    Admits admits = Admits::FullSession;
    bool operation = false;  ///< needs an Idempotency-Key, answers a repetition with the first answer
    bool fresh = false;      ///< needs a second factor of the last 5 minutes
    bool background = false; ///< no sign of activity
    bool rawBody = false;    ///< the body is a file as it is, no JSON
    std::uint64_t maxBodyBytes = 64 * 1024;
};

/** Something that is written once for its Idempotency-Key. */
[[nodiscard]] ConsoleRule operationRule(Resource resource, Verb verb, bool fresh = false);

using ConsoleHandler = std::function<Result<Response>(ConsoleCall &)>;

/** Owner: `serve`. Threads: filled by one, then any. */
class ConsoleGate {
public:
    ConsoleGate(Router &router, ConsoleContext &context) : m_router(router), m_context(context) {}
    /** `path` under /api/v1/console, "" or "/…". */
    void add(const char *method, const std::string &path, const ConsoleRule &rule, ConsoleHandler handler);

private:
    [[nodiscard]] Response serve(const ConsoleRule &rule, const ConsoleHandler &handler, const Request &request);
    Result<Response> admit(ConsoleCall &call, const ConsoleRule &rule, const ConsoleHandler &handler);
    Status checkOrigin(ConsoleCall &call, const ConsoleRule &rule);
    Status findSession(ConsoleCall &call, const ConsoleRule &rule);
    /** A program with a token: reading of what its scopes name, without cookie and CSRF. */
    Status admitToken(ConsoleCall &call, const ConsoleRule &rule);
    Status readBody(ConsoleCall &call) const;
    Result<Response> once(ConsoleCall &call, const ConsoleHandler &handler);
    /** Writes what no transaction of the call has taken along: looks at evidence, and refusals. */
    Status writeAudit(ConsoleCall &call, const std::string &refusal);
    [[nodiscard]] Response refusal(ConsoleCall &call, const Error &error) const;

    Router &m_router;
    ConsoleContext &m_context;
    std::mutex m_mutex;
    std::set<std::string> m_running; ///< idempotency keys whose first request is not answered yet
};

/** The cookie's name and how it is written. */
inline constexpr std::string_view kSessionCookie = "__Host-zhicha";
[[nodiscard]] std::string sessionCookie(ByteView token); ///< empty token: the cookie goes
/** base64url of 32 bytes in a Cookie header; empty if there is none. */
[[nodiscard]] Bytes tokenOfCookies(std::string_view header);
/** Headers on every answer of the console, pages included. */
void addSafetyHeaders(Response &response, std::string_view contentSecurityPolicy, bool tls);

/** Runs `work` on the ledger thread in a transaction of its own, committed if it succeeds. */
[[nodiscard]] Status inTransaction(LedgerAccess &access, const std::function<Status(LedgerWriter &)> &work);

} // namespace zhicha
