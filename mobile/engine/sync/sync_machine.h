#pragma once
// The one state machine of a tablet's sync (docs/PROTOCOL.md), without a socket, a thread or a clock of its own.
#include "mobile/engine/sync/enrol_step.h"
#include "mobile/engine/sync/keys_step.h"
#include "mobile/engine/sync/own_step.h"
#include "mobile/engine/sync/photo_step.h"
#include "mobile/engine/sync/present_step.h"
#include "mobile/engine/sync/pull_step.h"
#include "mobile/engine/sync/send_step.h"
#include "mobile/engine/sync/session_step.h"

namespace zhicha {

enum class SyncGoal {
    Enrol,      ///< trust and enrolment only
    Everything, ///< also: send, pull, photos
};

/** Owner:   whoever has the transport. Threads: the store's.
 *  Use:     while (auto request = next()) { send it; onResponse or onFailure }. One request is out at a time. When
 * next() answers nullopt, state() says why: Waiting until waitUntilMs() (call next() again then, or start() at once
 *           when a network appears), Done, or Stopped until somebody does something (error()).
 *  Holds:   nothing but GET /keys is sent before trust; nothing is acknowledged without proof; one bad item is set
 * aside and shown, never in the way of the rest; a failed round changes nothing that is recorded. */
class SyncMachine {
public:
    enum class State { Working, Waiting, Done, Stopped };

    SyncMachine(LocalStore &store, const Clock &clock, RandomSource &random, SyncGoal goal = SyncGoal::Everything);

    /** A new round, now: somebody asks, or a network appeared. */
    void start();
    std::optional<HttpRequest> next();
    void onResponse(const HttpResponse &response);
    void onFailure(TransportFailure failure);

    [[nodiscard]] State state() const { return m_state; }
    /** Why it waits or stopped; what was set aside when Done. */
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    [[nodiscard]] std::int64_t waitUntilMs() const { return m_waitUntilMs; } ///< by the clock's nowMs()
    [[nodiscard]] const std::vector<Error> &troubles() const { return m_context.troubles; }

private:
    enum class Stage { Keys, Enrol, ShowEnrolment, Session, Send, Own, Pull, Present, Photos, PullAgain, Finish };
    [[nodiscard]] SyncStep *step();
    void advance();
    void handle(const Error &error, std::int64_t retryAfterMs);
    void askForKeys(const Error &error);
    /** `resume`: go on with the same part, so that a link that breaks every few requests still gets somewhere. */
    void wait(const Error &error, std::int64_t retryAfterMs, bool resume = true);
    void resume();
    void stop(const Error &error);
    void finish();
    void save();
    Result<bool> workLeft();

    LocalStore &m_store;
    const Clock &m_clock;
    SyncContext m_context;
    SyncGoal m_goal;
    KeysStep m_keys;
    EnrolStep m_enrol;
    SessionStep m_session;
    SendStep m_send;
    OwnStep m_own;
    PullStep m_pull;
    PresentStep m_present;
    EnrolmentShownStep m_enrolmentShown;
    PhotoStep m_photos;
    Stage m_stage = Stage::Keys;
    State m_state = State::Working;
    std::optional<Error> m_error;
    bool m_out = false;         ///< a request is out
    bool m_beforeTrust = false; ///< that request is the one that may go to anybody
    bool m_keysAsked = false;   ///< once a round: a note that does not help does not help twice
    bool m_resume = false;
    bool m_again = false; ///< a second round at once, since something was left
    int m_renewals = 0;
    std::int64_t m_failures = 0;
    std::int64_t m_lastSuccessMs = 0;
    std::int64_t m_waitUntilMs = 0;
};

} // namespace zhicha
