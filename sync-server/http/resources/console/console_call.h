#pragma once
// One request of the console after the gate: who asks, what for, and how it is refused (docs/CONSOLE_API.md §1).
#include "sync-server/http/message.h"
#include "sync-server/office/access.h"
#include "sync-server/office/office.h"
#include "sync-server/office/signin/sign_in.h"
#include "sync-server/store/photo_store.h"

#include <nlohmann/json.hpp>

namespace zhicha {

class EventHub;
class IndexKeeper;
class LedgerBook;
class TileSource;

/** What all resources of the console share. Owner: `serve`; outlives the router. Threads: any. */
struct ConsoleContext {
    LedgerAccess &access;
    PhotoStore &photos;
    const SignIn &signIn;
    EventHub &hub;
    IndexKeeper &keeper;
    const TileSource &tiles;
    LedgerBook &book;
    std::string serverUrl; ///< what enrolment codes are printed with
};

/** What goes into the audit trail beside who, when and from where. */
struct AuditNote {
    std::string act; ///< "" = nothing is written
    std::string objectKind;
    std::string object;
    std::string refusal = {}; ///< of an act whose refusal is itself written (a wrong password): the code
    bool written = false;     ///< it is in the trail, committed together with what it tells
};

class ConsoleCall;

/** The ledger as one request uses it: the first commit of a write takes the request's audit entry along.
 *  Owner: the call. Threads: the call's. */
class AuditedAccess final : public LedgerAccess {
public:
    AuditedAccess(LedgerAccess &access, ConsoleCall &call) : m_access(access), m_call(call) {}
    Status write(const std::function<Status(Intake &)> &work) override;
    Status read(const std::function<Status(LedgerReader &)> &work) override { return m_access.read(work); }
    [[nodiscard]] const ServerKeys &keys() const override { return m_access.keys(); }
    [[nodiscard]] const Clock &clock() const override { return m_access.clock(); }
    [[nodiscard]] RandomSource &random() override { return m_access.random(); }

private:
    LedgerAccess &m_access;
    ConsoleCall &m_call;
};

/** Owner: the gate, for one request. Threads: one. */
class ConsoleCall {
public:
    ConsoleCall(const Request &from, ConsoleContext &with) : request(from), context(with), access(with.access, *this) {}
    ConsoleCall(const ConsoleCall &) = delete;
    ConsoleCall &operator=(const ConsoleCall &) = delete;

    const Request &request;
    ConsoleContext &context;
    AuditedAccess access;
    nlohmann::json body = nlohmann::json::object();
    Bytes token;
    std::optional<ConsoleSession> session;
    std::optional<ConsoleUser> user;
    std::set<std::string> roles;
    Reach reach = Reach::None;
    AuditNote audit;
    std::string cookie; ///< Set-Cookie of the answer; "" = none

    /** The entry of `audit` as it stands now. */
    [[nodiscard]] AuditEntry auditEntry(const std::string &refusal) const;
    [[nodiscard]] Actor actor() const { return {session ? std::optional(session->person) : std::nullopt}; }
    /** Refuses with one of consoleProblems(): `return call.refuse("recused");`. */
    Error refuse(std::string code, nlohmann::json more = nlohmann::json::object());
    [[nodiscard]] bool refused() const { return !m_code.empty(); }
    [[nodiscard]] const std::string &refusalCode() const { return m_code; }
    [[nodiscard]] const nlohmann::json &refusalMore() const { return m_more; }
    /** The field of the body that an InvalidArgument is about. */
    Error badField(const std::string &field, const std::string &why);
    /** A further member of the problem document. */
    void addDetail(const std::string &name, nlohmann::json value) { m_more[name] = std::move(value); }

    // Fields of the body: InvalidArgument with the field's name.
    Result<std::string> text(const std::string &field, std::size_t maxBytes = 4000);
    Result<std::optional<std::string>> maybeText(const std::string &field, std::size_t maxBytes = 4000);
    Result<bool> flag(const std::string &field, bool absent);
    Result<std::int64_t> number(const std::string &field);
    Result<Uuid> id(const std::string &field);
    /** A UUID in the path: NotFound for anything else. */
    Result<Uuid> pathId(const std::string &name) const;
    [[nodiscard]] std::string query(const std::string &name) const;
    Result<std::optional<Uuid>> queryId(const std::string &name);
    Result<std::int64_t> limit();

private:
    std::string m_code;
    nlohmann::json m_more = nlohmann::json::object();
};

[[nodiscard]] Response jsonResponse(int status, const nlohmann::json &body);
/** The refusal as a problem document. `requestId` is what the person may quote. */
[[nodiscard]] Response consoleProblem(const ConsoleCall &call, const Error &error, const std::string &requestId);

} // namespace zhicha
