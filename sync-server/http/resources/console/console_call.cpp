#include "sync-server/http/resources/console/console_call.h"

#include "shared/protocol/console_problems.h"
#include "sync-server/http/problem_response.h"

#include <charconv>

namespace zhicha {

using nlohmann::json;

namespace {
constexpr std::int64_t kMostRows = 200;
constexpr std::int64_t kUsualRows = 50;

std::string dumped(const json &body) {
    return body.dump(-1, ' ', false, json::error_handler_t::replace);
}
} // namespace

Status AuditedAccess::write(const std::function<Status(Intake &)> &work) {
    return m_access.write([&](Intake &intake) -> Status {
        AuditNote &note = m_call.audit;
        if (note.act.empty() || note.written)
            return work(intake);
        AuditTable &trail = intake.ledger().audit();
        trail.carryAudit([&] { return m_call.auditEntry(note.refusal); });
        const Status done = work(intake);
        note.written = trail.endCarry();
        return done;
    });
}

AuditEntry ConsoleCall::auditEntry(const std::string &refusal) const {
    AuditEntry entry;
    entry.atMs = context.signIn.clock().nowMs();
    if (user) {
        entry.person = user->person;
        entry.name = user->name;
    }
    entry.act = audit.act;
    entry.objectKind = audit.objectKind;
    entry.object = audit.object;
    entry.result = refusal.empty() ? "ok" : "refused";
    entry.code = refusal;
    entry.address = request.peer;
    return entry;
}

Error ConsoleCall::refuse(std::string code, json more) {
    m_code = std::move(code);
    m_more = std::move(more);
    return fail(Code::NotAllowed, m_code);
}

Error ConsoleCall::badField(const std::string &field, const std::string &why) {
    m_more["field"] = field;
    return fail(Code::InvalidArgument, field + ": " + why);
}

Result<std::optional<std::string>> ConsoleCall::maybeText(const std::string &field, std::size_t maxBytes) {
    const auto it = body.find(field);
    if (it == body.end() || it->is_null())
        return std::optional<std::string>();
    if (!it->is_string())
        return badField(field, "a text");
    std::string text = it->get<std::string>();
    if (text.size() > maxBytes || !isUtf8(text))
        return badField(field, "at most " + std::to_string(maxBytes) + " bytes of text");
    return std::optional(std::move(text));
}

Result<std::string> ConsoleCall::text(const std::string &field, std::size_t maxBytes) {
    ZHICHA_ASSIGN(std::optional<std::string> text, maybeText(field, maxBytes));
    if (!text || text->empty())
        return badField(field, "a text is needed");
    return *std::move(text);
}

Result<bool> ConsoleCall::flag(const std::string &field, bool absent) {
    const auto it = body.find(field);
    if (it == body.end())
        return absent;
    if (!it->is_boolean())
        return badField(field, "true or false");
    return it->get<bool>();
}

Result<std::int64_t> ConsoleCall::number(const std::string &field) {
    const auto it = body.find(field);
    if (it == body.end() || !it->is_number_integer() ||
        (it->is_number_unsigned() && it->get<std::uint64_t>() > std::uint64_t{1} << 53))
        return badField(field, "a whole number");
    return it->get<std::int64_t>();
}

Result<Uuid> ConsoleCall::id(const std::string &field) {
    ZHICHA_ASSIGN(const std::string value, text(field, 64));
    const auto id = uuidFromText(value);
    return id ? Result<Uuid>(*id) : badField(field, "a UUID");
}

Result<Uuid> ConsoleCall::pathId(const std::string &name) const {
    const auto id = uuidFromText(request.param(name));
    return id ? Result<Uuid>(*id) : fail(Code::NotFound, "no such " + name);
}

std::string ConsoleCall::query(const std::string &name) const {
    // A search sends its filters in the body: what was typed never stands in a URL.
    if (const auto it = body.find(name); it != body.end() && it->is_string())
        return it->get<std::string>();
    const auto it = request.query.find(name);
    return it == request.query.end() ? std::string() : it->second;
}

Result<std::optional<Uuid>> ConsoleCall::queryId(const std::string &name) {
    const std::string text = query(name);
    if (text.empty())
        return std::optional<Uuid>();
    const auto id = uuidFromText(text);
    if (!id)
        return badField(name, "a UUID");
    return id;
}

Result<std::int64_t> ConsoleCall::limit() {
    if (const auto it = body.find("limit"); it != body.end() && it->is_number_integer()) {
        const auto asked = it->get<std::int64_t>();
        return asked < 1 || asked > kMostRows ? Result<std::int64_t>(badField("limit", "1 to 200")) : asked;
    }
    const std::string text = query("limit");
    if (text.empty())
        return kUsualRows;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 1 || value > kMostRows)
        return badField("limit", "1 to 200");
    return value;
}

Response jsonResponse(int status, const json &body) {
    return textResponse(status, "application/json", dumped(body));
}

Response consoleProblem(const ConsoleCall &call, const Error &error, const std::string &requestId) {
    if (!call.refused()) {
        Response response = problemResponse(error);
        json document = json::parse(response.body, nullptr, false);
        document["request"] = requestId;
        document.update(call.refusalMore().is_object() ? call.refusalMore() : json::object());
        response.body = toBytes(viewOf(dumped(document)));
        return response;
    }
    const Problem *problem = findConsoleProblem(call.refusalCode());
    ZHICHA_CHECK(problem != nullptr);
    const Words who = lifterName(problem->lifter);
    json document{{"type", "urn:zhicha:problem:" + call.refusalCode()},
                  {"title", problem->what.zh},
                  {"status", problem->httpStatus},
                  {"code", call.refusalCode()},
                  {"what", problem->what.zh},
                  {"what_en", problem->what.en},
                  {"safe", problem->safe.zh},
                  {"safe_en", problem->safe.en},
                  {"next", problem->next.zh},
                  {"next_en", problem->next.en},
                  {"who", who.zh},
                  {"who_en", who.en},
                  {"request", requestId}};
    document.update(call.refusalMore());
    Response response = textResponse(problem->httpStatus, "application/problem+json", dumped(document));
    if (problem->httpStatus == 429)
        response.headers.emplace_back("Retry-After", "30");
    return response;
}

} // namespace zhicha
