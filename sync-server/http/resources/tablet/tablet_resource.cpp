#include "sync-server/http/resources/tablet/tablet_resource.h"

#include "shared/protocol/paths.h"
#include "shared/protocol/presenting.h"
#include "sync-server/http/problem_response.h"
#include "sync-server/intake/messages.h"
#include "sync-server/intake/own_chain.h"

#include <charconv>

namespace zhicha {

namespace {
constexpr std::uint64_t kSmallBody = 16 * 1024;

Response cborResponse(Bytes body) {
    Response response;
    response.status = 200;
    response.mediaType = protocol::kCborType;
    response.headers.emplace_back("Cache-Control", "no-store");
    response.body = std::move(body);
    return response;
}

Response answer(Result<Bytes> body) {
    return body ? cborResponse(std::move(*body)) : problemResponse(body.error());
}

/** A size in a query; `absent` if it is not there. */
Result<std::int64_t> querySize(const Request &request, const std::string &name, std::int64_t absent) {
    const auto it = request.query.find(name);
    if (it == request.query.end())
        return absent;
    std::int64_t value = -1;
    const char *end = it->second.data() + it->second.size();
    const auto [last, error] = std::from_chars(it->second.data(), end, value);
    if (error != std::errc() || last != end || value < 0)
        return fail(Code::InvalidArgument, name + " is not a size");
    return value;
}

Result<Bytes> postDevice(LedgerAccess &access, const Request &request) {
    ZHICHA_ASSIGN(const EnrolRequest enrolment, readEnrolRequest(request.body));
    ZHICHA_ASSIGN(const EnrolAnswer enrolled,
                  access.ask<EnrolAnswer>([&](Intake &intake) { return enrol(intake, enrolment); }));
    return writeEnrolAnswer(enrolled, access.clock().nowMs());
}

Result<Bytes> postSession(LedgerAccess &access, const Request &request) {
    ZHICHA_ASSIGN(const SessionRequest wanted, readSessionRequest(request.body));
    if (!wanted.challenge)
        return writeChallenge(makeChallenge(access.keys(), wanted.device, access.clock(), access.random()),
                              access.clock().nowMs());
    ZHICHA_ASSIGN(const IssuedToken token, access.ask<IssuedToken>([&](Intake &intake) {
        return openSession(intake.ledger(), intake.ledger(), intake.keys(), intake.clock(), wanted.device,
                           *wanted.challenge, wanted.signature);
    }));
    return writeToken(token, access.clock().nowMs());
}

Result<Bytes> postOperations(LedgerAccess &access, const Request &request) {
    ZHICHA_ASSIGN(const Session session, admitTablet(access, request));
    ZHICHA_ASSIGN(const std::vector<Bytes> runs, readRuns(request.body));
    ZHICHA_ASSIGN(const SubmitAnswer submitted,
                  access.ask<SubmitAnswer>([&](Intake &intake) { return intake.submit(session.device, runs); }));
    return writeSubmitAnswer(submitted, access.clock().nowMs());
}

/** A tablet whose enrolment was lost has no session: it may show the office's own old words, which are signed. */
Result<Bytes> postPresented(LedgerAccess &access, const Request &request) {
    const bool admitted = !request.header("authorization").empty();
    if (admitted) {
        const auto session = admitTablet(access, request);
        ZHICHA_TRY(session ? Status() : Status(session.error()));
    }
    ZHICHA_ASSIGN(const Presentation shown, readPresentation(request.body, admitted));
    ZHICHA_ASSIGN(const std::vector<std::string> words, access.ask<std::vector<std::string>>([&](Intake &intake) {
        return takePresented(intake, shown, admitted);
    }));
    return writePresented(words, access.clock().nowMs());
}

/** For a tablet whose store is behind what it delivered. */
Result<Bytes> getOwnChain(LedgerAccess &access, const Request &request) {
    ZHICHA_ASSIGN(const Session session, admitTablet(access, request));
    if (session.uploadOnly)
        return fail(Code::RevokedDevice, "a revoked device may deliver, and reads nothing");
    ZHICHA_ASSIGN(const std::int64_t after, querySize(request, "after", 0));
    return access.look<Bytes>([&](LedgerReader &reader) -> Result<Bytes> {
        ZHICHA_ASSIGN(const OwnChainPage page, readOwnChain(reader, access.keys().ledger, session.device, after));
        cbor::Array runs;
        for (const Bytes &run : page.runs)
            runs.emplace_back(run);
        return cbor::encode(
            cbor::Map{{"runs", std::move(runs)}, {"more", page.more}, {"time", access.clock().nowMs()}});
    });
}

Result<std::string> newestCheckpoint(LedgerReader &reader) {
    ZHICHA_ASSIGN(const std::optional<std::string> note, reader.setting(std::string(kCheckpointSetting)));
    if (!note)
        return fail(Code::StoreDamaged, "the ledger has no checkpoint");
    return *note;
}

Result<Bytes> getProof(LedgerAccess &access, const Request &request) {
    const auto session = admitTablet(access, request);
    ZHICHA_TRY(session ? Status() : Status(session.error()));
    ZHICHA_ASSIGN(const std::int64_t from, querySize(request, "from", 0));
    ZHICHA_ASSIGN(const std::int64_t to, querySize(request, "to", -1));
    return access.look<Bytes>([&](LedgerReader &reader) -> Result<Bytes> {
        ZHICHA_ASSIGN(const std::string note, newestCheckpoint(reader));
        ZHICHA_ASSIGN(const Checkpoint newest, openCheckpoint(note, access.keys().log.publicKey()));
        const std::int64_t end = to < 0 ? newest.size : to;
        if (from > end || end > newest.size)
            return fail(Code::InvalidArgument, "from and to are sizes of this tree, the smaller first");
        ZHICHA_ASSIGN(const std::vector<Digest> proof, consistencyProof(reader.tree(), from, end));
        return writeProof(from, end, proof, note);
    });
}

Result<Bytes> getChanges(LedgerAccess &access, const Request &request) {
    ZHICHA_ASSIGN(const Session session, admitTablet(access, request));
    if (session.uploadOnly)
        return fail(Code::RevokedDevice, "a revoked device may deliver, and reads nothing");
    const auto after = request.query.find("after");
    const std::string cursor = after == request.query.end() ? std::string() : after->second;
    return access.look<Bytes>([&](LedgerReader &reader) -> Result<Bytes> {
        ZHICHA_ASSIGN(const ChangesPage page, readChanges(reader, access.keys().ledger, session.device, cursor));
        ZHICHA_ASSIGN(const std::string note, newestCheckpoint(reader));
        return writeChanges(page, note, access.clock().nowMs());
    });
}
} // namespace

Result<Session> admitTablet(LedgerAccess &access, const Request &request) {
    const std::string_view header = request.header("authorization");
    if (!header.starts_with(protocol::kBearerPrefix))
        return fail(Code::SessionExpired, "this needs a session token", Retry::Later);
    const std::string token(header.substr(protocol::kBearerPrefix.size()));
    // Before a reader is borrowed: what this office never issued costs no look into the ledger.
    const auto issued = checkToken(access.keys(), access.clock(), token);
    ZHICHA_TRY(issued ? Status() : Status(issued.error()));
    return access.look<Session>(
        [&](LedgerReader &reader) { return admitToken(reader, access.keys(), access.clock(), token); });
}

void addTabletRoutes(Router &router, LedgerAccess &access) {
    const RouteLimits none;
    RouteLimits small;
    small.maxBodyBytes = kSmallBody;
    RouteLimits operations;
    operations.maxBodyBytes = protocol::kMaxRequestBytes;
    operations.maxUnpackedBytes = protocol::kMaxUnpackedBytes;
    router.add("GET", std::string(protocol::kKeysPath), none,
               [&access](const Request &) { return cborResponse(access.keys().signedNote); });
    const auto route = [&](const char *method, std::string_view path, const RouteLimits &limits, auto function) {
        router.add(method, std::string(path), limits,
                   [&access, function](const Request &request) { return answer(function(access, request)); });
    };
    route("POST", protocol::kDevicesPath, small, postDevice);
    route("POST", protocol::kSessionsPath, small, postSession);
    route("POST", protocol::kOperationsPath, operations, postOperations);
    route("POST", protocol::kPresentedPath, operations, postPresented);
    route("GET", protocol::kOwnChainPath, none, getOwnChain);
    route("GET", protocol::kProofPath, none, getProof);
    route("GET", protocol::kChangesPath, none, getChanges);
}

} // namespace zhicha
