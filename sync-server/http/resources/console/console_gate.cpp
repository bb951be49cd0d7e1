#include "sync-server/http/resources/console/console_gate.h"

#include "shared/base/base64url.h"
#include "shared/crypto/digest.h"

#include <algorithm>

namespace zhicha {

using nlohmann::json;

namespace {
constexpr std::string_view kPrefix = "/api/v1/console";
constexpr std::string_view kApiPolicy = "default-src 'none'; frame-ancestors 'none'";

bool changes(const Request &request) {
    return request.method != "GET" && request.method != "HEAD";
}

bool isIdempotencyKey(std::string_view key) {
    return key.size() >= 8 && key.size() <= 64 && std::all_of(key.begin(), key.end(), [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
                      c == '_';
           });
}

Digest requestDigest(const Request &request) {
    std::string path;
    for (const std::string &segment : request.segments)
        path += "/" + segment;
    return taggedDigest("zhicha/v1/console-request", {viewOf(request.method), viewOf(path), request.body});
}
} // namespace

std::string sessionCookie(ByteView token) {
    std::string cookie(kSessionCookie);
    cookie += "=" + toBase64Url(token) + "; Path=/; Secure; HttpOnly; SameSite=Strict";
    return token.empty() ? cookie + "; Max-Age=0" : cookie;
}

Bytes tokenOfCookies(std::string_view header) {
    const std::string name = std::string(kSessionCookie) + "=";
    for (std::size_t at = 0; at < header.size();) {
        const std::size_t end = std::min(header.find(';', at), header.size());
        std::string_view pair = header.substr(at, end - at);
        while (pair.starts_with(' '))
            pair.remove_prefix(1);
        if (pair.starts_with(name))
            return fromBase64Url(pair.substr(name.size())).value_or(Bytes());
        at = end + 1;
    }
    return {};
}

void addSafetyHeaders(Response &response, std::string_view contentSecurityPolicy, bool tls) {
    response.headers.emplace_back("Content-Security-Policy", contentSecurityPolicy);
    response.headers.emplace_back("Referrer-Policy", "no-referrer");
    response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
    response.headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
    response.headers.emplace_back("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
    if (tls)
        response.headers.emplace_back("Strict-Transport-Security", "max-age=31536000");
}

Status inTransaction(LedgerAccess &access, const std::function<Status(LedgerWriter &)> &work) {
    return access.write([&](Intake &intake) -> Status {
        ZHICHA_TRY(intake.ledger().begin());
        if (Status done = work(intake.ledger()); !done) {
            intake.ledger().rollback();
            return done;
        }
        return intake.ledger().commit();
    });
}

ConsoleRule operationRule(Resource resource, Verb verb, bool fresh) {
    ConsoleRule rule{resource, verb};
    rule.operation = true;
    rule.fresh = fresh;
    return rule;
}

void ConsoleGate::add(const char *method, const std::string &path, const ConsoleRule &rule, ConsoleHandler handler) {
    RouteLimits limits;
    limits.maxBodyBytes = std::string_view(method) == "GET" ? 0 : rule.maxBodyBytes;
    m_router.add(
        method, std::string(kPrefix) + path, limits,
        [this, rule, handler = std::move(handler)](const Request &request) { return serve(rule, handler, request); });
}

Response ConsoleGate::refusal(ConsoleCall &call, const Error &error) const {
    return consoleProblem(call, error, toHex(m_context.signIn.random().array<4>()));
}

Response ConsoleGate::serve(const ConsoleRule &rule, const ConsoleHandler &handler, const Request &request) {
    ConsoleCall call(request, m_context);
    Result<Response> answered = admit(call, rule, handler);
    std::string code;
    if (!answered)
        code = call.refused() ? call.refusalCode() : std::string(codeName(answered.error().code));
    else if (answered->status >= 400)
        code = std::to_string(answered->status);
    Response response = answered ? std::move(*answered) : refusal(call, answered.error());
    if (const Status written = writeAudit(call, code); !written) {
        // What the trail cannot hold is not told either: nobody looks at evidence unseen.
        ConsoleCall unwritten(request, m_context);
        response = refusal(unwritten, written.error());
        call.cookie.clear();
    }
    if (!call.cookie.empty())
        response.headers.emplace_back("Set-Cookie", call.cookie);
    addSafetyHeaders(response, kApiPolicy, request.tls);
    return response;
}

/** A browser names where a request comes from; what does not come from a page of ours changes nothing. */
Status ConsoleGate::checkOrigin(ConsoleCall &call, const ConsoleRule &) {
    const Request &request = call.request;
    const std::string_view site = request.header("sec-fetch-site");
    const bool navigated = site == "none" && !changes(request);
    if (!site.empty() && site != "same-origin" && !navigated)
        return call.refuse("bad_csrf");
    const std::string_view origin = request.header("origin");
    const std::string own = std::string(request.tls ? "https://" : "http://") + std::string(request.header("host"));
    if (!origin.empty() && origin != own)
        return call.refuse("bad_csrf");
    return {};
}

Status ConsoleGate::findSession(ConsoleCall &call, const ConsoleRule &rule) {
    call.token = tokenOfCookies(call.request.header("cookie"));
    std::string reason = "none";
    ZHICHA_TRY(m_context.access.read([&](LedgerReader &reader) -> Status {
        ZHICHA_ASSIGN(call.session, m_context.signIn.find(reader, call.token, reason));
        if (!call.session)
            return {};
        ZHICHA_ASSIGN(call.user, userOf(reader, call.session->person));
        ZHICHA_ASSIGN(call.roles, rolesOf(reader, call.session->person));
        return {};
    }));
    if (!call.user)
        call.session.reset();
    if (!call.session && rule.admits != Admits::Anybody)
        return call.refuse("signed_out", {{"reason", reason}});
    if (!call.session)
        return {};
    const bool active = !rule.background && call.request.header("x-background").empty();
    const std::int64_t now = m_context.signIn.clock().nowMs();
    if (active && now - call.session->seenMs > kSeenEveryMs) {
        call.session->seenMs = now;
        ZHICHA_TRY(inTransaction(m_context.access, [&](LedgerWriter &ledger) -> Status {
            // Only the time: what another request changed meanwhile stays.
            ZHICHA_ASSIGN(std::optional<ConsoleSession> stored, ledger.accounts().session(call.session->token));
            if (!stored || !stored->ended.empty())
                return {};
            stored->seenMs = now;
            return ledger.accounts().putSession(*stored);
        }));
    }
    return {};
}

Status ConsoleGate::readBody(ConsoleCall &call) const {
    const Request &request = call.request;
    if (request.body.empty())
        return {};
    const std::string_view type = request.header("content-type");
    if (type != "application/json" && !type.starts_with("application/json;"))
        return fail(Code::BadEncoding, "the body is no application/json");
    // Depth is bounded before anything recurses over the document.
    int depth = 0;
    const auto shallow = [&depth](int at, json::parse_event_t, json &) {
        depth = std::max(depth, at);
        return at <= 32;
    };
    call.body = json::parse(request.body.begin(), request.body.end(), shallow, false);
    if (call.body.is_discarded() || !call.body.is_object() || depth > 32)
        return fail(Code::BadEncoding, "the body is no JSON object");
    return {};
}

Result<Response> ConsoleGate::admit(ConsoleCall &call, const ConsoleRule &rule, const ConsoleHandler &handler) {
    const Request &request = call.request;
    ZHICHA_TRY(checkOrigin(call, rule));
    if (!request.header("authorization").empty()) {
        ZHICHA_TRY(admitToken(call, rule));
        ZHICHA_TRY(readBody(call));
        return handler(call);
    }
    ZHICHA_TRY(findSession(call, rule));
    if (changes(request) && call.session) {
        const std::string expected = m_context.signIn.csrfOf(call.token);
        if (!equalInConstantTime(viewOf(expected), viewOf(request.header("x-csrf"))))
            return call.refuse("bad_csrf");
    }
    if (rule.admits == Admits::FullSession) {
        if (call.session->state != "full")
            return call.refuse("needs_second_factor", {{"state", call.session->state}});
        call.reach = mayUse(call.roles, rule.resource, rule.verb);
        if (call.reach == Reach::None) {
            call.audit = {"refused", std::string(request.segments.size() > 3 ? request.segments[3] : ""), ""};
            return call.refuse("not_yours", {{"needed", rolesThatMay(rule.resource, rule.verb)}});
        }
        const std::int64_t age = m_context.signIn.clock().nowMs() - call.session->secondFactorMs;
        if (rule.fresh && (age > kStepUpMs || age < 0))
            return call.refuse("needs_second_factor");
    }
    if (!rule.rawBody)
        ZHICHA_TRY(readBody(call));
    return rule.operation ? once(call, handler) : handler(call);
}

/** The same key and content give the same answer, once done. */
Result<Response> ConsoleGate::once(ConsoleCall &call, const ConsoleHandler &handler) {
    const std::string key(call.request.header("idempotency-key"));
    if (!isIdempotencyKey(key))
        return call.badField("Idempotency-Key", "8 to 64 letters, digits, - and _");
    const Uuid person = call.session->person;
    const Digest digest = requestDigest(call.request);
    const std::string running = toText(person) + "/" + key;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_running.insert(running).second)
            return fail(Code::Busy, "the first request of this number is still running", Retry::Later);
    }
    struct Leave {
        ConsoleGate &gate;
        const std::string &name;
        ~Leave() {
            const std::lock_guard lock(gate.m_mutex);
            gate.m_running.erase(name);
        }
    } const leave{*this, running};
    const auto known = m_context.access.look<std::optional<RememberedAnswer>>(
        [&](LedgerReader &reader) { return reader.accounts().answer(person, key); });
    ZHICHA_TRY(known ? Status() : Status(known.error()));
    if (*known) {
        if ((*known)->request != digest)
            return call.refuse("key_reused");
        return textResponse(static_cast<int>((*known)->status), "application/json", (*known)->body);
    }
    ZHICHA_ASSIGN(Response response, handler(call));
    const RememberedAnswer answer{digest, response.status, std::string(textOf(response.body)),
                                  m_context.signIn.clock().nowMs()};
    ZHICHA_TRY(inTransaction(m_context.access,
                             [&](LedgerWriter &ledger) { return ledger.accounts().putAnswer(person, key, answer); }));
    return response;
}

Status ConsoleGate::writeAudit(ConsoleCall &call, const std::string &refusal) {
    // An act may be in the trail as done and its answer still be a refusal: then that is told as well.
    const bool told = call.audit.written && (refusal.empty() || !call.audit.refusal.empty());
    if (call.audit.act.empty() || told)
        return {};
    const Status written = inTransaction(
        m_context.access, [&](LedgerWriter &ledger) { return ledger.audit().appendAudit(call.auditEntry(refusal)); });
    return written ? written
                   : fail(written.error().code, "the audit trail cannot be written: " + written.error().detail,
                          written.error().retry);
}

} // namespace zhicha
