#include "tests/simulation/history.h"

#include "mobile/engine/sync/enrol_step.h"
#include "sync-server/intake/enrolment.h"

#include <cstdio>

namespace zhicha::test {

namespace {
constexpr int kMostRounds = 12;
constexpr int kMostExchanges = 3000; ///< of one tablet in one round

int tabletCount(std::uint64_t seed) {
    Dice dice(seed ^ 0x7ab1e7);
    return 2 + dice.below(3);
}

/** Runs one tablet's sync until it rests. True if it is done and nothing is left. */
bool syncUndisturbed(World &world, SimTablet &tablet) {
    tablet.machine.reset();
    tablet.online = true;
    for (int i = 0; i < kMostExchanges; ++i) {
        exchange(world, tablet);
        if (!tablet.machine)
            return false;
        const SyncMachine::State state = tablet.machine->state();
        if (state == SyncMachine::State::Done)
            return !tablet.machine->error();
        if (state == SyncMachine::State::Waiting) {
            world.nowMs += std::max<std::int64_t>(0, tablet.machine->waitUntilMs() - tablet.clock.nowMs());
            return false;
        }
        if (state == SyncMachine::State::Stopped)
            return false;
    }
    world.findings.add("sync: tablet " + std::to_string(tablet.number) + " never rests");
    return false;
}

/** A reviewer lets in who waits to join. */
Status grantWaiting(World &world, bool &granted) {
    LedgerWriter &ledger = world.office.ledger();
    std::vector<std::pair<Uuid, Uuid>> waiting;
    ZHICHA_TRY(ledger.forEachOperation(1, [&](const LogOperation &operation) -> Status {
        if (operation.kind == "check.join" && operation.check)
            waiting.emplace_back(operation.operation.device, *operation.check);
        return {};
    }));
    for (const auto &[device, check] : waiting) {
        ZHICHA_ASSIGN(const bool in, ledger.inScope(device, check));
        if (in)
            continue;
        ZHICHA_ASSIGN(const auto transaction, world.office.intake().open());
        const auto appended = transaction->append(
            {"scope.grant", transaction->newId(), {{"device", device}, {"entity", check}, {"why", "reviewer"}}});
        ZHICHA_TRY(appended ? Status() : Status(appended.error()));
        const auto committed = transaction->commit();
        ZHICHA_TRY(committed ? Status() : Status(committed.error()));
        granted = true;
    }
    return {};
}
} // namespace

World::World(std::uint64_t itsSeed, bool tells)
    : seed(itsSeed), verbose(tells), dice(itsSeed), faults(Faults::of(dice)), office(itsSeed, nowMs),
      fate(itsSeed ^ 0xbac4) {
    if (fate.coin()) {
        faults.backup = 15 + fate.below(60);
        faults.restore = 4 + fate.below(14);
        faults.earlyEnd = fate.coin() ? 0 : 30;
    }
    for (int i = 0; i < tabletCount(seed); ++i)
        tablets.push_back(std::make_unique<SimTablet>(i, seed * 8 + static_cast<std::uint64_t>(i) + 1, nowMs));
}

void World::say(const std::string &what) const {
    if (verbose)
        std::printf("%8lld ms  %s\n", static_cast<long long>(nowMs - 1'795'482'000'000), what.c_str());
}

void World::unexpected(const std::string &where, const Error &error) {
    findings.add("unexpected: " + where + ": " + std::string(codeName(error.code)) + ": " + error.detail);
}

void enrolTablet(World &world, SimTablet &tablet, bool known) {
    if (!tablet.running() || (!known && tablet.store->identity() && tablet.store->identity()->enrolled))
        return;
    const Uuid person = world.office.persons()[static_cast<std::size_t>(tablet.number)];
    const auto code = makeEnrolCode(world.office.intake(), person);
    if (!code) {
        if (world.officeFaultAt == 0 && code.error().code != Code::DiskFull)
            world.unexpected("an enrolment code", code.error());
        return;
    }
    const Enrolment enrolment{"http://127.0.0.1:1", *code, world.office.fingerprint(), "平板"};
    const Status begun = beginEnrolment(*tablet.store, enrolment, tablet.clock, tablet.random);
    world.say("tablet " + std::to_string(tablet.number) + " enrols" + (begun ? "" : ": " + begun.error().detail));
    if (begun)
        tablet.machine.reset(); // the sync begins anew with the new code
}

bool settle(World &world) {
    world.faults = Faults();
    world.old.clear();
    recoverAll(world);
    world.office.disk.crashAtCall(0);
    world.office.disk.failCall(0);
    world.office.clock.setErrorMs(0);
    if (const Status opened = world.office.restart(PowerCut::KeepAll); !opened)
        world.findings.add("7 opens again: office: " + opened.error().detail);
    world.officeFaultAt = 0;
    for (const auto &tablet : world.tablets) {
        tablet->disk.crashAtCall(0);
        tablet->disk.failCall(0);
        tablet->disk.limitGrowth(std::nullopt);
        tablet->close();
        tablet->faultAt = 0;
        tablet->full = false;
        if (const Status opened = tablet->open(); !opened)
            world.findings.add("7 opens again: tablet " + std::to_string(tablet->number) + ": " +
                               opened.error().detail);
    }
    if (!world.findings.broken.empty())
        return false;
    std::string last;
    for (int round = 0; round < kMostRounds; ++round) {
        const auto before = world.office.ledger().lastLog();
        bool done = true;
        last.clear();
        for (const auto &tablet : world.tablets) {
            if (!tablet->store->identity() || !tablet->store->identity()->enrolled)
                if (!tablet->store->identity() || round > 0)
                    enrolTablet(world, *tablet);
            if (syncUndisturbed(world, *tablet))
                continue;
            done = false;
            const bool forgotten =
                tablet->machine && tablet->machine->error() && tablet->machine->error()->code == Code::UnknownDevice;
            if (forgotten && !world.restores.empty())
                enrolTablet(world, *tablet, true);
            last += " tablet " + std::to_string(tablet->number);
            if (tablet->machine && tablet->machine->error())
                last += ": " + std::string(codeName(tablet->machine->error()->code)) + ": " +
                        tablet->machine->error()->detail;
        }
        bool granted = false;
        if (const Status looked = grantWaiting(world, granted); !looked)
            world.unexpected("grants", looked.error());
        const auto after = world.office.ledger().lastLog();
        if (done && !granted && before && after && *before == *after)
            return true;
        if (!world.findings.broken.empty())
            return false;
    }
    world.findings.add("sync: not in step after " + std::to_string(kMostRounds) + " undisturbed rounds:" + last);
    return false;
}

Findings runHistory(std::uint64_t seed, bool verbose) {
    SimVfs::seedEngine(static_cast<std::uint32_t>(seed));
    World world(seed, verbose);
    const std::vector<std::string> teams{"甲", world.dice.coin() ? "甲" : "乙", "乙", "甲"};
    if (const Status begun =
            world.office.init({teams.begin(), teams.begin() + static_cast<std::ptrdiff_t>(world.tablets.size())});
        !begun) {
        world.unexpected("the office's first start", begun.error());
        return world.findings;
    }
    for (const auto &tablet : world.tablets) {
        if (const Status opened = tablet->open(); !opened)
            world.unexpected("the first start of a tablet", opened.error());
        enrolTablet(world, *tablet);
    }
    const int steps = 60 + world.dice.below(140);
    for (int step = 0; step < steps && world.findings.broken.empty(); ++step) {
        SimTablet &tablet = *world.dice.pick(world.tablets);
        world.nowMs += 1 + world.dice.below(60'000);
        injectFaults(world, tablet);
        recoverAll(world);
        actOnBackups(world);
        if (!world.office.running())
            break;
        const int what = world.dice.below(100);
        if (what < 35)
            record(world, tablet);
        else if (what < 43)
            actAtOffice(world);
        else
            for (int i = world.dice.below(8); i >= 0; --i) {
                exchange(world, tablet);
                recoverAll(world);
            }
        recoverAll(world);
    }
    if (world.findings.broken.empty() && settle(world) && endReconciling(world))
        checkInvariants(world);
    else
        judgeBrokenOff(world);
    world.say(std::to_string(world.records) + " records, " + std::to_string(world.exchanges) + " exchanges");
    for (const auto &tablet : world.tablets)
        tablet->close();
    world.office.close();
    return world.findings;
}

} // namespace zhicha::test
