#include "mobile/engine/sync/sync_step.h"
#include "shared/protocol/paths.h"

namespace zhicha {

HttpRequest SyncContext::authorized(std::string method, std::string path, Bytes body) const {
    HttpRequest request;
    request.method = std::move(method);
    request.path = std::move(path);
    request.body = std::move(body);
    request.headers.push_back(
        {std::string(protocol::kAuthorizationHeader), std::string(protocol::kBearerPrefix) + token});
    if (!request.body.empty())
        request.headers.push_back({"Content-Type", std::string(protocol::kCborType)});
    return request;
}

Status SyncContext::noteServerTime(std::int64_t serverMs) {
    if (carried)
        return {};
    // The answer was under way for about half of the time between question and answer.
    const std::int64_t now = clock.monotonicUs();
    ClockEstimate estimate;
    estimate.serverMs = serverMs + (now - sentMonotonicUs) / 2000;
    estimate.wallMs = clock.nowMs();
    estimate.monotonicUs = now;
    estimate.boot = clock.bootId();
    return store.setClock(estimate);
}

Result<Checkpoint> SyncContext::open(const std::string &note) const {
    const std::optional<KeyNote> &keys = store.keyNote();
    if (!keys)
        return fail(Code::WrongServer, std::string(kNeedsNewerNote), Retry::Later);
    auto checkpoint = openCheckpoint(note, keys->logKey);
    for (std::size_t i = 0; !checkpoint && i < keys->past.size(); ++i)
        checkpoint = openCheckpoint(note, keys->past[i].logKey);
    if (!checkpoint) {
        // A restored office signs with a key that only its newer note lists. The origin line is not believed here: it
        // only says that asking for a note is worth it.
        const std::string known = checkpointOrigin(keys->ledger, keys->generation);
        if (checkpoint.error().code == Code::BadSignature && note.starts_with(known.substr(0, known.rfind('/') + 1)) &&
            !note.starts_with(known + "\n"))
            return fail(Code::WrongServer, std::string(kNeedsNewerNote), Retry::Later);
        return checkpoint;
    }
    if (checkpoint->ledger != keys->ledger)
        return fail(Code::WrongServer, "the checkpoint is of another ledger");
    if (checkpoint->generation < keys->generation)
        return fail(Code::BadProof, "the checkpoint is of an origin that was given up");
    return checkpoint;
}

} // namespace zhicha
