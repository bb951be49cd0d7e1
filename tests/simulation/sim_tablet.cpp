#include "tests/simulation/sim_tablet.h"

#include "mobile/engine/status/status_view.h"

namespace zhicha::test {

SimTablet::SimTablet(int its, std::uint64_t seed, const std::int64_t &worldMs)
    : number(its), disk(seed), clock(worldMs), random(seed), m_vfs(disk, "sim-tablet-" + std::to_string(its)) {}

void SimTablet::close() {
    machine.reset();
    photos.reset();
    recorder.reset();
    store.reset();
}

Status SimTablet::open() {
    close();
    StoreOptions options;
    options.databasePath = "store.db";
    options.vfs = m_vfs.vfs();
    options.exclusive = true;
    options.encrypted = false;
    ZHICHA_ASSIGN(store, LocalStore::openOrCreate(options, disk, "", random));
    recorder.emplace(*store, clock, random);
    photos.emplace(*recorder);
    ZHICHA_ASSIGN(const std::vector<PhotoRecord> adoptable, photos->recover());
    ZHICHA_TRY(audit());
    if (!store->identity() || !store->identity()->enrolled)
        return {};
    ZHICHA_ASSIGN(const StatusSummary summary, StatusView(*store).summary());
    if (summary.pendingOperations != static_cast<std::int64_t>(saved.size()) - acknowledged)
        return fail(Code::Internal, "10 outbox: " + std::to_string(summary.pendingOperations) + " pending of " +
                                        std::to_string(saved.size()) + " with " + std::to_string(acknowledged) +
                                        " acknowledged");
    return {};
}

Status SimTablet::audit() {
    if (!store->identity() || !store->identity()->enrolled)
        return saved.empty() ? Status() : Status(fail(Code::Internal, "8 saved: the identity is gone"));
    ZHICHA_ASSIGN(const ChainHead head, store->chainHead());
    if (head.seq < static_cast<std::int64_t>(saved.size()))
        return fail(Code::Internal, "8 saved: the chain ends at " + std::to_string(head.seq) + " of " +
                                        std::to_string(saved.size()) + " saved operations");
    if (!saved.empty()) { // the head of a chain covers all of it: the whole is compared at the end
        ZHICHA_ASSIGN(const auto last, store->operations().ownDigestAt(static_cast<std::int64_t>(saved.size())));
        if (last != saved.back())
            return fail(Code::Internal, "8 saved: operation " + std::to_string(saved.size()) + " has changed");
    }
    while (head.seq > static_cast<std::int64_t>(saved.size())) {
        ZHICHA_ASSIGN(const auto d, store->operations().ownDigestAt(static_cast<std::int64_t>(saved.size()) + 1));
        if (!d)
            return fail(Code::Internal, "6 gaps: the own chain has a hole at " + std::to_string(saved.size() + 1));
        saved.push_back(*d);
    }
    ZHICHA_ASSIGN(const std::int64_t mark, store->acknowledged());
    ZHICHA_ASSIGN(const std::optional<Checkpoint> known, store->checkpoint());
    if (known && known->generation > origin) { // a restored office has to receive anew what it has lost
        origin = known->generation;
        acknowledged = std::min(acknowledged, mark);
    }
    if (mark < acknowledged || mark > head.seq)
        return fail(Code::Internal, "1 acknowledged: the mark went from " + std::to_string(acknowledged) + " to " +
                                        std::to_string(mark) + " of " + std::to_string(head.seq));
    acknowledged = mark;
    return {};
}

} // namespace zhicha::test
