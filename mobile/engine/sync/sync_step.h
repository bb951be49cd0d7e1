#pragma once
// One part of a sync round, and what all parts share.
#include "mobile/engine/store/local_store.h"
#include "mobile/engine/sync/http_message.h"

namespace zhicha {

/** What the parts of one round share. Owner: SyncMachine. */
struct SyncContext {
    LocalStore &store;
    const Clock &clock;
    RandomSource &random;
    std::string token;
    bool uploadOnly = false; ///< a revoked device delivers, and reads nothing
    bool carried = false;    ///< answers came by courier: the office's clock in them is of another day
    std::int64_t sentMonotonicUs = 0;
    /** What went wrong with one item without stopping the round: shown, tried again in the next round. */
    std::vector<Error> troubles = {};

    /** A request with the session's token. */
    [[nodiscard]] HttpRequest authorized(std::string method, std::string path, Bytes body = {}) const;
    /** Takes the office's clock from an answer to the request that was sent last. */
    Status noteServerTime(std::int64_t serverMs);
    /** Opens a checkpoint with the log key of its generation. WrongServer if only a newer key note can say (its
     *  detail is kNeedsNewerNote); BadSignature, BadEncoding. */
    Result<Checkpoint> open(const std::string &note) const;
};
inline constexpr std::string_view kNeedsNewerNote = "the office has a newer key note";

/** Threads: the store's. Errors of both calls decide in SyncMachine what comes next. */
class SyncStep {
public:
    virtual ~SyncStep() = default;
    /** The next request; nullopt when this part is done. */
    virtual Result<std::optional<HttpRequest>> next() = 0;
    virtual Status onAnswer(const HttpResponse &response) = 0;
    /** The request that was out will have no answer: forget what depended on it. */
    virtual void interrupted() {}
};

} // namespace zhicha
