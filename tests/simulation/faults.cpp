// What goes wrong outside the link: disks, clocks, processes.
#include "tests/simulation/history.h"

namespace zhicha::test {

namespace {
constexpr std::int64_t kDayMs = 24 * 3600 * 1000;

PowerCut anyCut(Dice &dice) {
    constexpr std::array cuts{PowerCut::LoseAll, PowerCut::Torn, PowerCut::KeepAll};
    return cuts[static_cast<std::size_t>(dice.below(3))];
}

/** From a second to ten years, either way: each size is as likely as any other. */
std::int64_t clockError(Dice &dice) {
    std::int64_t ms = 1000;
    for (int i = dice.below(18); i > 0; --i)
        ms *= 3;
    ms = std::min(ms, 3652 * kDayMs);
    return dice.coin() ? ms : -ms;
}

void openTablet(World &world, SimTablet &tablet) {
    tablet.faultAt = 0;
    tablet.full = false;
    tablet.disk.limitGrowth(std::nullopt);
    tablet.disk.failCall(0);
    const Status opened = tablet.open();
    if (opened)
        return;
    // It may name an invariant of its own, such as "8 saved: …".
    const std::string &what = opened.error().detail;
    const std::string number = what.substr(0, what.find_first_not_of("0123456789"));
    world.findings.add((number.empty() ? "7 opens again: " : "7, " + number + " opens again: ") + what + " (tablet " +
                       std::to_string(tablet.number) + ")");
}

void openOffice(World &world, PowerCut cut) {
    world.officeFaultAt = 0;
    if (const Status opened = world.office.restart(cut); !opened)
        world.findings.add("7 opens again: office: " + opened.error().detail);
}
} // namespace

void recoverAll(World &world) {
    if (world.office.disk.crashed()) {
        const PowerCut cut = anyCut(world.dice);
        world.say("office restarts after a power cut");
        openOffice(world, cut);
    } else if (world.office.ledger().needsReopen()) {
        world.say("office opens its ledger again after an error of its disk");
        openOffice(world, PowerCut::KeepAll);
    } else if (world.officeFaultAt != 0 && world.office.disk.calls() >= world.officeFaultAt) {
        world.officeFaultAt = 0;
    }
    for (const auto &tablet : world.tablets) {
        const bool failed = tablet->faultAt != 0 && tablet->disk.calls() >= tablet->faultAt;
        if (tablet->disk.crashed()) {
            tablet->close();
            tablet->disk.restart(anyCut(world.dice));
            tablet->clock.reboot();
        } else if (failed) {
            tablet->close();
        } else if (tablet->running()) {
            continue;
        }
        world.say("tablet " + std::to_string(tablet->number) + " starts again");
        openTablet(world, *tablet);
    }
}

void injectFaults(World &world, SimTablet &tablet) {
    Dice &dice = world.dice;
    const Faults &faults = world.faults;
    if (tablet.faultAt == 0 && dice.perMille(faults.tabletCrash)) {
        tablet.faultAt = tablet.disk.calls() + 1 + static_cast<std::uint64_t>(dice.below(40));
        tablet.disk.crashAtCall(tablet.faultAt);
        world.say("fault: power cut of tablet " + std::to_string(tablet.number) + " soon");
    } else if (tablet.faultAt == 0 && dice.perMille(faults.tabletError)) {
        tablet.faultAt = tablet.disk.calls() + 1 + static_cast<std::uint64_t>(dice.below(40));
        tablet.disk.failCall(tablet.faultAt);
        world.say("fault: disk error of tablet " + std::to_string(tablet.number) + " soon");
    }
    if (world.officeFaultAt == 0 && dice.perMille(faults.officeCrash)) {
        world.officeFaultAt = world.office.disk.calls() + 1 + static_cast<std::uint64_t>(dice.below(60));
        world.office.disk.crashAtCall(world.officeFaultAt);
        world.say("fault: power cut of the office soon");
    } else if (world.officeFaultAt == 0 && dice.perMille(faults.officeError)) {
        world.officeFaultAt = world.office.disk.calls() + 1 + static_cast<std::uint64_t>(dice.below(60));
        world.office.disk.failCall(world.officeFaultAt);
        world.say("fault: disk error of the office soon");
    }
    if (dice.perMille(faults.tabletFull)) {
        tablet.full = true;
        tablet.disk.limitGrowth(static_cast<std::uint64_t>(dice.below(40'000)));
        world.say("fault: disk of tablet " + std::to_string(tablet.number) + " nearly full");
    } else if (dice.perMille(200)) {
        tablet.full = false;
        tablet.disk.limitGrowth(std::nullopt);
    }
    if (dice.perMille(faults.officeFull))
        world.office.disk.limitGrowth(static_cast<std::uint64_t>(dice.below(80'000)));
    else if (dice.perMille(200))
        world.office.disk.limitGrowth(std::nullopt);
    if (dice.perMille(faults.kill)) { // kill -9: what was written stays, synced or not
        if (dice.coin())
            world.office.disk.crashNow();
        else
            tablet.disk.crashNow();
    }
    if (dice.perMille(faults.clockJump))
        tablet.clock.setErrorMs(dice.below(4) == 0 ? 0 : clockError(dice));
    if (dice.perMille(faults.clockJump / 2))
        world.office.clock.setErrorMs(dice.coin() ? 0 : dice.below(7'200'000) - 3'600'000);
    if (dice.perMille(faults.reboot))
        tablet.clock.reboot();
    if (dice.perMille(faults.night))
        world.nowMs += dice.coin() ? kDayMs / 2 : 5 * 60'000; // sessions end, codes and challenges run out
    if (dice.perMille(80))
        tablet.online = !tablet.online;
}

} // namespace zhicha::test
