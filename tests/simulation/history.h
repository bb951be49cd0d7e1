#pragma once
// One simulated history: some tablets, one office, a bad link, all in one thread and all from one seed.
#include "tests/simulation/observed.h"
#include "tests/simulation/sim_office.h"
#include "tests/simulation/sim_tablet.h"

#include <set>

namespace zhicha::test {

/** What a history found, in words that begin with the name of the invariant (design 3 "Invariants"). */
struct Findings {
    std::vector<std::string> broken;
    void add(std::string what) {
        if (broken.size() < 20)
            broken.push_back(std::move(what));
    }
};

/** What all parts of one history share. */
struct World {
    World(std::uint64_t itsSeed, bool tells);

    void say(const std::string &what) const;
    /** Notes an error that no fault of this history explains. */
    void unexpected(const std::string &where, const Error &error);

    const std::uint64_t seed;
    const bool verbose;
    Dice dice;
    Faults faults;
    std::int64_t nowMs = 1'795'482'000'000; ///< 2026-11-24T01:00:00Z; passes only when told
    SimOffice office;
    std::vector<std::unique_ptr<SimTablet>> tablets;
    Findings findings;
    std::uint64_t officeFaultAt = 0; ///< the call of the office's disk at which a fault is set; 0 = none

    std::map<Digest, Bytes> pictures; ///< everything that was ever photographed
    std::map<std::pair<std::int64_t, std::int64_t>, Digest>
        checkpoints; ///< generation, size → root, as tablets saw them
    std::int64_t exchanges = 0, records = 0;
    Observed observed; ///< what people could swear to

    struct Old { ///< a request that may come again, and what was answered
        Request request;
        HttpResponse response;
    };
    std::vector<Old> old;
    std::set<std::string> garbled; ///< photos of which a bit turned on the way

    Dice fate; ///< of backups and restores: a history that has none is the same as if there were none anywhere
    struct Restore {
        std::int64_t generation = 0; ///< that was opened
        std::int64_t from = 0;       ///< of which earlier one
        std::int64_t leaves = 0;     ///< with so much of it
    };
    std::vector<Restore> restores;
    /** So many leaves the trees of two generations have in common; of one and the same, all. */
    [[nodiscard]] std::int64_t sharedLeaves(std::int64_t one, std::int64_t other) const;
    bool endedEarly = false; ///< a chief ended a reconciliation before all tablets had been back
};

/** Everything goes as it should from now on, until all is in step: then the office and each tablet know everything.
 *  False (and a finding) if that does not happen. */
bool settle(World &world);
/** The invariants, on a history that is settled. */
void checkInvariants(World &world);
/** After a settled history with a restore: numbers have waited; the chief ends the reconciliation. False (and a
 * finding) if that cannot be. */
bool endReconciling(World &world);
/** What must hold of a history with restores once it is settled. */
Status checkRestores(World &world);
/** A history that broke off over a finding: what people saw of it until then. */
void judgeBrokenOff(World &world);
/** A whole history. */
[[nodiscard]] Findings runHistory(std::uint64_t seed, bool verbose);

// Its parts
void record(World &world, SimTablet &tablet);       ///< one thing that an inspector does
void actAtOffice(World &world);                     ///< one thing that the office does
void exchange(World &world, SimTablet &tablet);     ///< one request of the tablet's sync over the bad link
void injectFaults(World &world, SimTablet &tablet); ///< disks, clocks and processes
/** A backup is taken, the office's machine is lost and an older backup takes its place, or the chief ends that. */
void actOnBackups(World &world);
/** What the tablet's person was told since the last time: saved, acknowledged. */
void noteTold(World &world, SimTablet &tablet);
/** The tablet says that it has everything: what it sees of the checks that it may read. */
void noteRead(World &world, SimTablet &tablet);
/** Crashed disks and broken connections: the process ends and is started again. */
void recoverAll(World &world);
/** The tablet's person enrols it (again, if the code was not taken; `known`: also if a restored office has forgotten
 *  it). */
void enrolTablet(World &world, SimTablet &tablet, bool known = false);

} // namespace zhicha::test
