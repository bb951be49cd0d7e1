// The office's machine is lost, and an older backup takes its place under a new origin, as the product's restore does
// it, while tablets hold more than the backup does. What must then hold: all that tablets hold comes back, who was told
// more than the backup knows is told of the break, and no official number is given before an officer ends the
// reconciliation.
#include "mobile/engine/status/status_view.h"
#include "sync-server/intake/presented.h"
#include "sync-server/office/reconcile.h"
#include "tests/simulation/history.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

namespace zhicha::test {

namespace {
constexpr std::size_t kMostRestores = 3;

void backUp(World &world) {
    const Status taken = world.office.takeBackup();
    world.say("office: backup " + (taken ? std::to_string(world.office.backups()) : taken.error().detail));
    if (!taken)
        world.unexpected("a backup", taken.error());
}

void restoreOffice(World &world) {
    const auto which = static_cast<std::size_t>(world.fate.below(static_cast<int>(world.office.backups())));
    world.officeFaultAt = 0;
    const auto restored = world.office.restoreBackup(which);
    if (!restored)
        return world.unexpected("a restore", restored.error());
    world.restores.push_back({world.office.keys().note.generation, world.office.generationOf(which), restored->size});
    world.observed.restored();
    world.say("office: lost, restored from backup " + std::to_string(which + 1) + " of " +
              std::to_string(world.office.backups()) + " with " + std::to_string(restored->size) +
              " leaves as generation " + std::to_string(world.restores.back().generation));
}

bool isReconciling(World &world) {
    const auto open = reconciliationIsOpen(world.office.ledger());
    return open && *open;
}

/** Numbers that this generation gave out. */
Result<int> numbersGiven(World &world) {
    int given = 0;
    ZHICHA_TRY(world.office.ledger().forEachOperation(1, [&](const LogOperation &operation) {
        if (operation.kind == "check.number" && operation.operation.device == world.office.keys().device())
            ++given;
        return Status();
    }));
    return given;
}

/** Every operation that a tablet holds with its body, the office's own earlier words among them. */
Status allIsBack(World &world, SimTablet &tablet) {
    LedgerReader &ledger = world.office.ledger();
    ZHICHA_ASSIGN(Statement held, tablet.store->database().prepare(
                                      "SELECT entity, d, kind, device, seq FROM operations WHERE body IS NOT NULL"));
    return held.forEach([&](Statement &row) -> Status {
        const auto entity = uuidFromBytes(row.blob(0));
        const auto d = row.fixed<32>(1);
        if (!entity || !d)
            return {};
        ZHICHA_ASSIGN(const std::optional<LogOperation> there, ledger.operationByDigest(*entity, *d));
        if (!there || isHole(*there))
            world.findings.add("1 restore: tablet " + std::to_string(tablet.number) + " holds " +
                               std::string(row.text(2)) + " " + toHex(*d).substr(0, 8) + ", " +
                               toText(uuidFromBytes(row.blob(3)).value_or(Uuid{})) + "/" +
                               std::to_string(row.integer(4)) + ", the office does not");
        return {};
    });
}

Status breakIsStated(World &world, SimTablet &tablet) {
    ZHICHA_ASSIGN(const StatusSummary summary, StatusView(*tablet.store).summary());
    if (tablet.overtaken && summary.breaks == 0)
        world.findings.add("1 restore: tablet " + std::to_string(tablet.number) +
                           " was told more than the restored office knew, and is not told so");
    if (world.restores.empty() && summary.breaks != 0)
        world.findings.add("13 checkpoints: tablet " + std::to_string(tablet.number) + " states a break without any");
    return {};
}

Status numbersAreGiven(World &world) {
    ZHICHA_ASSIGN(const nlohmann::json report, reconciliationReport(world.office.ledger(), world.office.keys()));
    if (report.at("waiting_numbers").get<std::int64_t>() != 0)
        world.findings.add("1 restore: checks wait for a number that nothing holds up");
    if (!report.at("doubled_numbers").empty() && !world.endedEarly)
        world.findings.add("2 restore: a number was given twice: " + report.at("doubled_numbers").dump());
    return {};
}

void chiefEnds(World &world) {
    const auto ended = endReconciliation(world.office.intake(), Actor{}, 0);
    world.say("office: the chief ends the reconciliation" + (ended ? "" : ": " + ended.error().detail));
}
} // namespace

std::int64_t World::sharedLeaves(std::int64_t one, std::int64_t other) const {
    if (one == other)
        return std::numeric_limits<std::int64_t>::max();
    const auto newer = std::ranges::find(restores, std::max(one, other), &Restore::generation);
    return newer == restores.end() ? 0 : std::min(newer->leaves, sharedLeaves(newer->from, std::min(one, other)));
}

void actOnBackups(World &world) {
    if (world.office.disk.crashed() || world.officeFaultAt != 0 || world.office.ledger().needsReopen())
        return;
    if (world.fate.perMille(world.faults.backup))
        backUp(world);
    else if (world.office.backups() > 0 && world.restores.size() < kMostRestores &&
             world.fate.perMille(world.faults.restore))
        restoreOffice(world);
    else if (world.fate.perMille(world.faults.earlyEnd) && isReconciling(world)) {
        chiefEnds(world);
        world.endedEarly = world.endedEarly || !isReconciling(world);
    }
}

bool endReconciling(World &world) {
    if (world.restores.empty() || !isReconciling(world))
        return true;
    const auto given = numbersGiven(world);
    if (!given || *given != 0)
        world.findings.add("1 restore: a number was given before an officer ended the reconciliation");
    chiefEnds(world);
    if (isReconciling(world))
        world.findings.add("1 restore: the chief cannot end the reconciliation");
    return world.findings.broken.empty() && settle(world);
}

Status checkRestores(World &world) {
    for (const auto &tablet : world.tablets) {
        ZHICHA_TRY(breakIsStated(world, *tablet));
        if (!world.restores.empty())
            ZHICHA_TRY(allIsBack(world, *tablet));
    }
    return world.restores.empty() ? Status() : numbersAreGiven(world);
}

} // namespace zhicha::test
