#pragma once
// A tablet of a simulated history: the product's own store, recorder and sync machine on a disk in memory, and beside
// them what its person was told: which operations are saved, how far the office acknowledged them.
#include "mobile/engine/record/photo_intake.h"
#include "mobile/engine/sync/sync_machine.h"
#include "tests/simulation/dice.h"
#include "tests/support/ops/op_builder.h"
#include "tests/support/sim_vfs.h"

namespace zhicha::test {

/** Owner: the history. Threads: one. */
class SimTablet {
public:
    SimTablet(int number, std::uint64_t seed, const std::int64_t &worldMs);

    /** Opens what the disk holds, as a started program does, and compares it with what the person was told. */
    Status open();
    void close();
    [[nodiscard]] bool running() const { return store != nullptr; }
    /** Holds what the store says now against what was said before: nothing saved is gone or changed, nothing
     *  acknowledged is taken back. Takes what is new into account. */
    Status audit();

    const int number;
    SimDisk disk;
    SimClock clock;
    SeededRandom random;
    std::unique_ptr<LocalStore> store;
    std::optional<Recorder> recorder;
    std::optional<PhotoIntake> photos;
    std::unique_ptr<SyncMachine> machine;

    // What the person was told
    std::vector<Digest> saved;     ///< d of operation i + 1 of the own chain
    std::size_t noted = 0;         ///< so many of them stand in what was observed
    std::int64_t acknowledged = 0; ///< up to here, by the origin that the tablet knows
    std::int64_t origin = 0;       ///< its generation
    std::int64_t seenOrigin = 0;   ///< of the last checkpoint that it was seen with
    std::int64_t seenLeaves = 0;
    bool overtaken = false;    ///< it came to an office that was restored from less than it had a checkpoint of
    std::uint64_t faultAt = 0; ///< the call of the disk at which a fault is set; 0 = none
    bool online = true;
    bool full = false; ///< its disk has a limit

private:
    SimVfs m_vfs;
};

} // namespace zhicha::test
