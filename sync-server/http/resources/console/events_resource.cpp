// events: server-sent events (WHATWG HTML §9.2). What a page hears is what its lists would show: kinds and ids alone.
#include "sync-server/http/resources/console/resources.h"
#include "sync-server/office/console/event_hub.h"

#include <charconv>

namespace zhicha {

using nlohmann::json;

namespace {
constexpr std::chrono::milliseconds kPause{250};
constexpr std::int64_t kBeatUs = 15'000'000;
constexpr std::int64_t kLongestUs = 600'000'000; ///< a browser comes back by itself
constexpr std::int64_t kSessionEveryUs = 5'000'000;
constexpr std::size_t kMostChanges = 200;
constexpr int kStreamsOfSession = 4;

/** Open streams per session, so that one page left in many tabs holds few connections. */
class StreamCount {
public:
    bool enter(const Digest &session) {
        const std::lock_guard lock(m_mutex);
        int &count = m_counts[session];
        if (count >= kStreamsOfSession)
            return false;
        ++count;
        return true;
    }
    void leave(const Digest &session) {
        const std::lock_guard lock(m_mutex);
        if (const auto it = m_counts.find(session); it != m_counts.end() && --it->second == 0)
            m_counts.erase(it);
    }

private:
    std::mutex m_mutex;
    std::map<Digest, int> m_counts;
};

StreamCount &streams() {
    static StreamCount counts;
    return counts;
}

/** One watcher. Owner: the body that is being sent. Threads: one worker after the other. */
class EventStream {
public:
    EventStream(ConsoleContext &context, Bytes token, const ConsoleSession &session, std::set<std::string> roles,
                std::vector<Uuid> people, std::int64_t log)
        : m_context(context), m_token(std::move(token)), m_session(session.token), m_roles(std::move(roles)),
          m_people(std::move(people)), m_log(log), m_startUs(context.signIn.clock().monotonicUs()) {}
    ~EventStream() { streams().leave(m_session); }
    EventStream(const EventStream &) = delete;
    EventStream &operator=(const EventStream &) = delete;

    Result<Bytes> next() {
        std::string out;
        const std::int64_t now = m_context.signIn.clock().monotonicUs();
        if (m_first)
            out = "retry: 2000\nevent: hello\ndata: {\"log\":" + std::to_string(m_context.hub.log()) + "}\n\n";
        m_first = false;
        if (now - m_checkedUs >= kSessionEveryUs) {
            m_checkedUs = now;
            if (const std::string reason = whyEnded(); !reason.empty()) {
                m_ended = true;
                out += "event: session\ndata: " + json{{"state", "ended"}, {"reason", reason}}.dump() + "\n\n";
                return toBytes(viewOf(out));
            }
        }
        if (m_context.hub.log() > m_log)
            out += changes();
        if (out.empty() && now - m_saidUs >= kBeatUs)
            out = ": beat\n\n";
        if (!out.empty())
            m_saidUs = now;
        m_ended = m_ended || now - m_startUs >= kLongestUs;
        return toBytes(viewOf(out));
    }
    [[nodiscard]] bool ended() const { return m_ended; }

private:
    std::string whyEnded() {
        std::string reason;
        std::set<std::string> roles;
        const Status looked = m_context.access.read([&](LedgerReader &reader) -> Status {
            ZHICHA_ASSIGN(const std::optional<ConsoleSession> session, m_context.signIn.find(reader, m_token, reason));
            if (session) {
                ZHICHA_ASSIGN(roles, rolesOf(reader, session->person));
            }
            return {};
        });
        if (looked && reason.empty() && roles != m_roles)
            return "roles_changed";
        return looked ? reason : "";
    }

    [[nodiscard]] bool maySee(const ConsoleChange &change) const {
        const std::pair<const char *, Resource> kOf[]{
            {"check", Resource::Checks},        {"photo", Resource::Checks},   {"finding", Resource::Findings},
            {"conflict", Resource::Conflicts},  {"device", Resource::Devices}, {"person", Resource::People},
            {"feedback", Resource::Health},     {"item", Resource::Items},     {"request", Resource::Requests},
            {"rectification", Resource::Orders}};
        for (const auto &[kind, resource] : kOf) {
            if (change.kind != kind)
                continue;
            const Reach reach = mayUse(m_roles, resource, Verb::Read);
            if (reach == Reach::All)
                return true;
            if (reach == Reach::None || change.people.empty())
                return false;
            const std::size_t known = reach == Reach::Own ? 1 : m_people.size(); // the person itself stands first
            for (const Uuid &person : change.people)
                if (std::find(m_people.begin(), m_people.begin() + static_cast<std::ptrdiff_t>(known), person) !=
                    m_people.begin() + static_cast<std::ptrdiff_t>(known))
                    return true;
        }
        return false;
    }

    std::string changes() {
        EventHub::Page page = m_context.hub.since(m_log);
        m_log = page.log;
        json list = json::array();
        std::set<std::pair<std::string, std::string>> seen;
        for (const ConsoleChange &change : page.changes) {
            if (!maySee(change) || !seen.emplace(change.kind, change.id).second)
                continue;
            if (list.size() == kMostChanges) {
                page.more = true;
                break;
            }
            list.push_back({{"kind", change.kind}, {"id", change.id}});
        }
        if (list.empty() && !page.more)
            return "";
        json data{{"log", page.log}, {"changes", std::move(list)}};
        if (page.more)
            data["more"] = true;
        return "event: change\nid: " + std::to_string(page.log) + "\ndata: " + data.dump() + "\n\n";
    }

    ConsoleContext &m_context;
    const Bytes m_token;
    const Digest m_session;
    const std::set<std::string> m_roles;
    const std::vector<Uuid> m_people;
    std::int64_t m_log;
    const std::int64_t m_startUs;
    std::int64_t m_saidUs = 0;
    std::int64_t m_checkedUs = 0;
    bool m_first = true;
    bool m_ended = false;
};

Result<Response> getEvents(ConsoleCall &call) {
    ZHICHA_ASSIGN(std::vector<Uuid> people, call.access.look<std::vector<Uuid>>([&](LedgerReader &reader) {
        return teamOf(reader, call.session->person);
    }));
    std::int64_t log = call.context.hub.log();
    if (const std::string_view last = call.request.header("last-event-id"); !last.empty()) {
        std::int64_t read = 0;
        const auto [end, error] = std::from_chars(last.data(), last.data() + last.size(), read);
        if (error == std::errc() && end == last.data() + last.size() && read >= 0 && read <= log)
            log = read;
    }
    if (!streams().enter(call.session->token))
        return call.refuse("too_many");
    const auto stream =
        std::make_shared<EventStream>(call.context, call.token, *call.session, call.roles, std::move(people), log);
    Response response;
    response.mediaType = "text/event-stream";
    StreamedBody body;
    body.next = [stream] { return stream->next(); };
    body.ended = [stream] { return stream->ended(); };
    body.pause = kPause;
    response.stream = std::move(body);
    return response;
}
} // namespace

void addEventRoutes(ConsoleGate &gate) {
    ConsoleRule rule;
    rule.background = true;
    gate.add("GET", "/events", rule, getEvents);
}

} // namespace zhicha
