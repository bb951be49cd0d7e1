// The link between a tablet and the office: requests of the sync machine through the product's router, with what
// networks do to them.
#include "shared/protocol/paths.h"
#include "tests/simulation/history.h"

#include <algorithm>

namespace zhicha::test {

namespace {

Request requestOf(const HttpRequest &request) {
    Request out;
    out.method = request.method;
    ZHICHA_CHECK(readTarget(request.path, out).has_value());
    for (const HttpHeader &header : request.headers) {
        std::string name = header.name;
        std::transform(name.begin(), name.end(), name.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        out.headers[name] = header.value;
    }
    out.peer = "192.0.2.1";
    out.contentLength = request.body.size();
    out.body = request.body;
    return out;
}

HttpResponse responseOf(const Request &request, Response response) {
    HttpResponse out;
    out.status = response.status;
    out.loopbackPlain = true;
    if (!response.mediaType.empty())
        out.headers.push_back({"Content-Type", response.mediaType});
    for (auto &[name, value] : response.headers)
        out.headers.push_back({name, value});
    if (request.method != "HEAD")
        out.body = std::move(response.body);
    return out;
}

HttpResponse page(int status, const std::string &type) {
    HttpResponse response;
    response.status = status;
    response.headers.push_back({"Content-Type", type});
    response.body = toBytes(viewOf(std::string_view("<html><body>login</body></html>")));
    response.loopbackPlain = true;
    return response;
}

/** The office's answer, or none if its machine went down over it. */
std::optional<HttpResponse> ask(World &world, const Request &request) {
    HttpResponse response = responseOf(request, world.office.handle(request));
    if (world.office.disk.crashed())
        return std::nullopt;
    return response;
}

/** Old requests come again: their answers go nowhere. */
void deliverLate(World &world) {
    if (world.old.empty() || !world.dice.perMille(world.faults.late))
        return;
    const World::Old again = world.dice.pick(world.old);
    world.say("late: " + again.request.method);
    static_cast<void>(ask(world, again.request).has_value());
}

void remember(World &world, const Request &request, const HttpResponse &response) {
    World::Old old{request, response};
    if (world.old.size() < 12)
        world.old.push_back(std::move(old));
    else
        world.dice.pick(world.old) = std::move(old);
}

/** A bit of a photo turns on its way, once for each photo: the third time the product gives up, and is right to. */
bool garble(World &world, Request &request) {
    if (request.method != "PATCH" || request.body.empty() || !world.dice.perMille(world.faults.garble) ||
        !world.garbled.insert(request.segments.back()).second)
        return false;
    world.dice.pick(request.body) ^= 1;
    world.say("garbled photo");
    return true;
}

/** Some answers do not arrive as they were sent. */
void spoil(World &world, const HttpRequest &request, HttpResponse &response) {
    Dice &dice = world.dice;
    const bool proves =
        request.path.starts_with(protocol::kOperationsPath) || request.path.starts_with(protocol::kProofPath);
    if (!response.body.empty() && dice.perMille(world.faults.truncate)) {
        response.body.resize(static_cast<std::size_t>(dice.below(static_cast<int>(response.body.size()))));
        world.say("truncated answer");
    }
    // Where the tablet must prove what it is told, a lie must not count.
    if (proves && response.status == 200 && !response.body.empty() && dice.perMille(world.faults.corrupt)) {
        dice.pick(response.body) ^= static_cast<std::uint8_t>(1u << dice.below(8));
        world.say("corrupted answer");
    }
    if (proves && dice.perMille(world.faults.stale))
        for (const World::Old &old : world.old)
            if (old.request.method == request.method && request.path.starts_with(protocol::kOperationsPath) &&
                old.request.segments.back() == "operations" && old.request.headers == requestOf(request).headers) {
                response = old.response;
                world.say("stale answer");
                break;
            }
    if (dice.perMille(world.faults.unknownPeer)) {
        response.loopbackPlain = false;
        response.peerTlsKey = Digest{1};
    }
}

/** nullopt: no answer. */
std::optional<HttpResponse> carry(World &world, const HttpRequest &request) {
    Dice &dice = world.dice;
    const Faults &faults = world.faults;
    Request sent = requestOf(request);
    deliverLate(world);
    if (world.office.disk.crashed() || dice.perMille(faults.dropRequest))
        return std::nullopt;
    if (dice.perMille(faults.captive))
        return dice.coin() ? page(200, "text/html") : page(302, "text/html");
    if (dice.perMille(faults.badGateway))
        return page(dice.coin() ? 502 : 503, "text/html");
    if (!sent.body.empty() && dice.perMille(faults.cutBody)) {
        world.say("cut in the body");
        world.office.handleCut(sent, static_cast<std::size_t>(dice.below(static_cast<int>(sent.body.size()) + 1)));
        return std::nullopt;
    }
    const bool garbled = garble(world, sent);
    std::optional<HttpResponse> response = ask(world, sent);
    if (!response)
        return std::nullopt;
    if (dice.perMille(faults.duplicate))
        response = dice.coin() ? ask(world, sent) : (static_cast<void>(ask(world, sent).has_value()), response);
    if (!response || dice.perMille(faults.dropAnswer))
        return std::nullopt;
    if (!garbled)
        remember(world, sent, *response);
    spoil(world, request, *response);
    return response;
}

void noteCheckpoint(World &world, SimTablet &tablet) {
    const auto known = tablet.store->checkpoint();
    if (!known || !*known)
        return;
    if (tablet.seenOrigin != 0 && tablet.seenLeaves > world.sharedLeaves(tablet.seenOrigin, (*known)->generation))
        tablet.overtaken = true;
    tablet.seenOrigin = (*known)->generation;
    tablet.seenLeaves = (*known)->size;
    const auto [it, isNew] = world.checkpoints.try_emplace({(*known)->generation, (*known)->size}, (*known)->root);
    if (!isNew && it->second != (*known)->root)
        world.findings.add("13 checkpoints: two roots of size " + std::to_string((*known)->size));
}

/** Delivered means that the office's word stands in this tablet's own store. */
Status deliveredOnlyByTheOfficesWord(World &world, SimTablet &tablet) {
    ZHICHA_ASSIGN(const auto photos, tablet.store->photos().inState(PhotoState::Delivered));
    for (const PhotoRecord &photo : photos) {
        if (photo.preview)
            continue;
        bool said = false;
        ZHICHA_ASSIGN(const auto words, tablet.store->entities().ofCheck(photo.check, EntityType::Received));
        for (const KnownEntity &word : words)
            for (const cbor::Value &digest : *word.row.value("digests")->array())
                said = said || digest.digest() == photo.digest;
        if (!said)
            world.findings.add("1 photos: " + toHex(photo.digest).substr(0, 8) +
                               " counts as delivered before the office said so");
    }
    return {};
}

/** What the machine says at rest must be a consequence of the faults. */
void judge(World &world, SimTablet &tablet) {
    const std::optional<Error> &error = tablet.machine->error();
    if (!error || tablet.disk.crashed())
        return;
    const bool disturbed = tablet.faultAt != 0 || tablet.full;
    // An answer's fault is the office's: it will pass without anybody at the tablet.
    if (tablet.machine->state() == SyncMachine::State::Stopped && error->detail.starts_with("HTTP 5"))
        world.unexpected("a fault of the office stops tablet " + std::to_string(tablet.number), *error);
    // A corrupted head may frighten the tablet for a round; it must be calm again when the link is sound.
    if ((error->code == Code::ChainGap || error->code == Code::ChainFork) && world.faults.corrupt == 0)
        world.findings.add("6 gaps and forks: tablet " + std::to_string(tablet.number) + ": " + error->detail);
    if ((error->code == Code::StoreDamaged || error->code == Code::Internal) && !disturbed)
        world.unexpected("sync of tablet " + std::to_string(tablet.number), *error);
    if (error->code == Code::BadCode)
        enrolTablet(world, tablet);
    if (error->code == Code::UnknownDevice && !world.restores.empty())
        enrolTablet(world, tablet, true); // it had never pulled what enrolled it: the office tells it again who it is
}

/** The check into which an operation was born, as every reader finds it: changes are filed through their entity. */
std::optional<Uuid> bornInto(const Statement &row) { // kind, check
    const KindInfo *kind = findKind(row.text(0));
    return kind != nullptr && kind->idRole == IdRole::Birth && kind->field("check") != nullptr
               ? uuidFromBytes(row.blob(1))
               : std::nullopt;
}

Status noteSaved(World &world, SimTablet &tablet) {
    const Uuid device = tablet.store->identity()->device;
    ZHICHA_ASSIGN(Statement fresh, tablet.store->database().prepare(
                                       "SELECT kind, check_id, seq, d FROM operations WHERE own = 1 AND seq > ?1 "
                                       "ORDER BY seq"));
    fresh.bind(1, static_cast<std::int64_t>(tablet.noted));
    return fresh.forEach([&](Statement &row) -> Status {
        if (tablet.noted == tablet.saved.size())
            return {}; // not told yet
        world.observed.saved(device, row.integer(2), row.fixed<32>(3).value_or(Digest{}), bornInto(row));
        ++tablet.noted;
        return {};
    });
}

Status seeChecks(World &world, SimTablet &tablet) {
    LocalStore &store = *tablet.store;
    const Uuid device = store.identity()->device;
    std::set<Uuid> checks;
    ZHICHA_TRY(store.entities().forEachOfType(EntityType::Check, [&](const Uuid &id, const EntityRow &row) -> Status {
        if (row.device == device)
            checks.insert(id);
        return {};
    }));
    ZHICHA_TRY(store.entities().forEachOfType(EntityType::Scope, [&](const Uuid &, const EntityRow &row) -> Status {
        if (row.uuid("device") == device && row.uuid("entity"))
            checks.insert(*row.uuid("entity"));
        return {};
    }));
    for (const Uuid &check : checks) {
        ZHICHA_ASSIGN(const auto placed, store.operations().inCheck(check));
        std::vector<Observed::Key> seen;
        for (const OperationTable::Placed &one : placed)
            if (const KindInfo *kind = findKind(one.kind); kind != nullptr && kind->idRole == IdRole::Birth)
                seen.emplace_back(one.device, one.seq);
        world.observed.read(device, check, seen);
    }
    return {};
}

} // namespace

void noteTold(World &world, SimTablet &tablet) {
    if (!tablet.store->identity() || !tablet.store->identity()->enrolled)
        return;
    if (tablet.noted < tablet.saved.size())
        if (const Status noted = noteSaved(world, tablet); !noted && tablet.faultAt == 0)
            world.unexpected("reading a tablet's chain", noted.error());
    if (tablet.origin == world.office.keys().note.generation)
        world.observed.acknowledged(tablet.store->identity()->device, tablet.acknowledged);
}

void noteRead(World &world, SimTablet &tablet) {
    if (const Status read = seeChecks(world, tablet); !read && tablet.faultAt == 0)
        world.unexpected("reading a tablet's checks", read.error());
}

void exchange(World &world, SimTablet &tablet) {
    if (!tablet.running() || !tablet.online || tablet.disk.crashed() || !tablet.store->identity())
        return;
    if (!tablet.machine)
        tablet.machine = std::make_unique<SyncMachine>(*tablet.store, tablet.clock, tablet.random);
    const std::optional<HttpRequest> request = tablet.machine->next();
    if (!request) {
        judge(world, tablet);
        if (tablet.machine && tablet.machine->state() == SyncMachine::State::Done && !tablet.disk.crashed())
            noteRead(world, tablet);
        if (tablet.machine && !tablet.disk.crashed() && world.dice.coin())
            tablet.machine->start(); // a network appears, or the person asks
        return;
    }
    ++world.exchanges;
    if (request->path.starts_with(protocol::kChangesPath))
        world.observed.asked(tablet.store->identity()->device);
    world.nowMs += 1 + world.dice.below(400);
    const std::optional<HttpResponse> response = carry(world, *request);
    world.say("tablet " + std::to_string(tablet.number) + ": " + request->method + " " + request->path.substr(0, 40) +
              " -> " + (response ? std::to_string(response->status) : "nothing"));
    world.nowMs += 1 + world.dice.below(400);
    if (response)
        tablet.machine->onResponse(*response);
    else
        tablet.machine->onFailure(world.dice.coin() ? TransportFailure::NetworkDown : TransportFailure::Timeout);
    if (tablet.disk.crashed())
        return;
    if (const Status same = tablet.audit(); !same && tablet.faultAt == 0)
        world.findings.add(same.error().detail);
    noteTold(world, tablet);
    noteCheckpoint(world, tablet);
    if (request->path.starts_with(protocol::kBlobsPath))
        if (const Status looked = deliveredOnlyByTheOfficesWord(world, tablet); !looked && tablet.faultAt == 0)
            world.unexpected("reading a tablet's photos", looked.error());
}

} // namespace zhicha::test
