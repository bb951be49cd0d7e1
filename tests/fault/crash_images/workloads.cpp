// The eight workloads of which images are taken.
#include "shared/crypto/digest.h"
#include "shared/sqlite/migrator.h"
#include "sync-server/office/fsck.h"
#include "sync-server/office/keys.h"
#include "sync-server/store/sqlite/sqlite_ledger.h"
#include "tests/fault/crash_images/image_taker.h"

#include <nlohmann/json.hpp>

namespace zhicha {
extern const std::span<const Migration> tabletMigrations;
}

namespace zhicha::test {

namespace {
constexpr int kMostExchanges = 400;

void note(World &world, const Status &status, const char *what) {
    if (!status)
        world.unexpected(what, status.error());
}
template <typename T>
void note(World &world, const Result<T> &result, const char *what) {
    if (!result)
        world.unexpected(what, result.error());
}

/** One whole sync, an exchange a step. */
void sync(World &world, ImageTaker &taker, SimTablet &tablet) {
    tablet.machine.reset();
    for (int i = 0; i < kMostExchanges; ++i) {
        taker.step([&] { exchange(world, tablet); });
        if (!tablet.machine || tablet.machine->state() == SyncMachine::State::Done)
            return;
        if (tablet.machine->state() == SyncMachine::State::Waiting)
            world.nowMs += 60'000;
    }
}

/** Enrolled and in step, before anything is watched. */
void ready(World &world) {
    for (const auto &tablet : world.tablets) {
        enrolTablet(world, *tablet);
        tablet->machine.reset();
        for (int i = 0; i < kMostExchanges; ++i) {
            exchange(world, *tablet);
            if (tablet->machine && tablet->machine->state() == SyncMachine::State::Done)
                break;
        }
    }
}

/** A JPEG by its first bytes, with noise behind them: of the size that is asked for, and like no other. */
Bytes pictureOf(World &world, std::size_t size) {
    Bytes picture{0xff, 0xd8, 0xff, 0xe0};
    Bytes noise(size);
    for (std::uint8_t &byte : noise)
        byte = static_cast<std::uint8_t>(world.dice.next());
    append(picture, noise);
    return picture;
}

Uuid startCheck(World &world, ImageTaker &taker, SimTablet &tablet) {
    Uuid check;
    taker.step([&] {
        CheckStart start;
        start.site = world.office.sites()[0];
        start.noFixReason = "室内";
        const auto started = tablet.recorder->startCheck(start);
        note(world, started, "a check");
        check = started ? *started : Uuid();
        note(world, tablet.audit(), "audit");
    });
    return check;
}

void findings(World &world, ImageTaker &taker, SimTablet &tablet, const Uuid &check, int count) {
    for (int i = 0; i < count; ++i)
        taker.step([&] {
            FindingRecorded finding;
            finding.check = check;
            finding.severity = "minor";
            finding.text = "隐患" + std::to_string(i);
            note(world, tablet.recorder->recordFinding(finding), "a finding");
            note(world, tablet.audit(), "audit");
        });
}

void photo(World &world, ImageTaker &taker, SimTablet &tablet, const Uuid &check, std::size_t size) {
    taker.step([&] {
        PhotoToAdd photo;
        photo.check = check;
        photo.to = check;
        const Bytes bytes = pictureOf(world, size);
        world.pictures[sha256(bytes)] = bytes;
        note(world, tablet.photos->add(photo, bytes), "a photo");
        note(world, tablet.audit(), "audit");
    });
}

void enrolAndFirstPull(World &world, ImageTaker &taker) {
    taker.watchOffice();
    taker.watchTablet(*world.tablets[0]);
    taker.step([&] { enrolTablet(world, *world.tablets[0]); });
    sync(world, taker, *world.tablets[0]);
}

void checkWithFindingsAndPhotos(World &world, ImageTaker &taker) {
    ready(world);
    SimTablet &tablet = *world.tablets[0];
    taker.watchTablet(tablet);
    const Uuid check = startCheck(world, taker, tablet);
    findings(world, taker, tablet, check, 3);
    for (int i = 0; i < 3; ++i)
        photo(world, taker, tablet, check, 3000 + 70'000 * static_cast<std::size_t>(i));
}

void draftsUnderTyping(World &world, ImageTaker &taker) {
    ready(world);
    SimTablet &tablet = *world.tablets[0];
    taker.watchTablet(tablet);
    const Uuid check = startCheck(world, taker, tablet);
    const std::array<Uuid, 2> ids{newUuid(tablet.clock, tablet.random), newUuid(tablet.clock, tablet.random)};
    std::string typed;
    for (int i = 0; i < 40; ++i) {
        typed += "字";
        const Draft draft{
            ids[static_cast<std::size_t>(i % 2)], "finding.record", check, {{"text", typed}}, world.nowMs};
        taker.step([&] { note(world, tablet.store->drafts().put(draft), "a draft"); });
        taker.told(tablet).drafts[draft.id] = draft.content;
    }
}

void fullDay(World &world, ImageTaker &taker) {
    ready(world);
    SimTablet &tablet = *world.tablets[0];
    taker.watchOffice();
    taker.watchTablet(tablet);
    for (int i = 0; i < 30; ++i)
        taker.step([&] { record(world, tablet); });
    sync(world, taker, tablet);
}

void pullWithConflicts(World &world, ImageTaker &taker) {
    ready(world);
    SimTablet &first = *world.tablets[0];
    SimTablet &second = *world.tablets[1];
    const Uuid check = startCheck(world, taker, first);
    findings(world, taker, first, check, 2);
    sync(world, taker, first);
    taker.step([&] {
        const auto invite = first.recorder->makeInvite(check, 600'000);
        note(world, invite, "an invite");
        if (invite)
            note(world, second.recorder->joinCheck(check, *invite), "a join");
        note(world, second.audit(), "audit");
    });
    sync(world, taker, second);
    // Both change what the other changes, and the office too.
    for (int i = 0; i < 12; ++i)
        taker.step([&] { record(world, i % 2 == 0 ? first : second); });
    taker.watchTablet(first);
    taker.watchTablet(second);
    taker.watchOffice();
    for (int i = 0; i < 4; ++i)
        taker.step([&] { actAtOffice(world); });
    sync(world, taker, second);
    sync(world, taker, first);
    sync(world, taker, second);
}

void photoCutAndResumed(World &world, ImageTaker &taker) {
    ready(world);
    SimTablet &tablet = *world.tablets[0];
    const Uuid check = startCheck(world, taker, tablet);
    photo(world, taker, tablet, check, 1'400'000);
    taker.watchTablet(tablet);
    taker.watchOffice();
    world.faults.cutBody = 400;
    for (int i = 0; i < 4; ++i)
        sync(world, taker, tablet);
    world.faults = Faults();
    sync(world, taker, tablet);
}

LedgerStoreOptions ledgerOn(const World &world, const SimVfs &vfs) {
    LedgerStoreOptions options;
    options.path = "ledger.db";
    options.vfs = vfs.vfs();
    options.exclusive = true;
    options.sealKey = sealKeyOf(world.office.keys().tokenKey);
    return options;
}

/** Half restored: it opens, it is no damaged file, and everything that the backup held is in it. */
Status holdsTheBackup(const World &world, SimDisk &disk, std::int64_t log) {
    const SimVfs vfs(disk, "image-restored");
    ZHICHA_ASSIGN(const std::unique_ptr<LedgerWriter> ledger, openSqliteLedger(ledgerOn(world, vfs)));
    std::string damage;
    ZHICHA_TRY(ledger->selfCheck([&](const StoreFault &fault) { damage += fault.table + " " + fault.what + "; "; }));
    ZHICHA_ASSIGN(const std::int64_t there, ledger->lastLog());
    if (!damage.empty() || there < log)
        return fail(Code::Internal, "a restored ledger has " + std::to_string(there) + " of " + std::to_string(log) +
                                        " operations; " + damage);
    return {};
}

/** What a restore does to the ledger of a backup: a new generation is opened on it. */
Status openGenerationOn(World &world, SimDisk &disk) {
    const SimVfs vfs(disk, "restored");
    ZHICHA_ASSIGN(const std::unique_ptr<LedgerWriter> ledger, openSqliteLedger(ledgerOn(world, vfs)));
    Intake intake(*ledger, world.office.keys(), world.office.clock, world.office.random);
    ZHICHA_ASSIGN(const std::string signedNote, intake.checkpoint());
    ZHICHA_ASSIGN(const Checkpoint checkpoint, openCheckpoint(signedNote, world.office.keys().log.publicKey()));
    ZHICHA_ASSIGN(ServerKeys keys, openGeneration(*ledger, world.office.keys().note, world.office.root(), {},
                                                  checkpoint, "restored", world.office.clock, world.office.random));
    ZHICHA_ASSIGN(const nlohmann::json found, checkLedger(*ledger, keys, nullptr));
    return found.at("ok").get<bool>() ? Status()
                                      : Status(fail(Code::Internal, found.at("problems").dump().substr(0, 300)));
}

void backupAndRestore(World &world, ImageTaker &taker) {
    ready(world);
    SimTablet &tablet = *world.tablets[0];
    for (int i = 0; i < 6; ++i)
        taker.step([&] { record(world, tablet); });
    sync(world, taker, tablet);
    taker.watchOffice();
    taker.step([&] { // the office's word that a backup was made
        const auto transaction = world.office.intake().open();
        note(world, transaction, "a transaction");
        if (!transaction)
            return;
        const std::int64_t log = (*transaction)->lastLog();
        note(world,
             (*transaction)
                 ->append({"backup.made",
                           (*transaction)->newId(),
                           {{"log", log}, {"size", (*transaction)->leafCount()}, {"root", Digest{}}, {"photos", 0}}}),
             "backup.made");
        note(world, (*transaction)->commit(), "a commit");
    });
    const auto last = world.office.ledger().lastLog();
    world.office.close();
    const std::unique_ptr<SimDisk> copy = world.office.disk.copyAfter(PowerCut::KeepAll, world.seed);
    note(world, world.office.open(), "opening again");
    taker.watchOther(*copy,
                     [&world, log = last.value_or(0)](SimDisk &disk) { return holdsTheBackup(world, disk, log); });
    taker.step([&] { note(world, openGenerationOn(world, *copy), "a new generation"); });
    taker.forget(*copy);
}

/** A store of each earlier version is opened by this one. */
void migration(World &world, ImageTaker &taker) {
    SimTablet &tablet = *world.tablets[0];
    for (std::size_t version = 1; version < tabletMigrations.size(); ++version) {
        tablet.close();
        const SimVfs vfs(tablet.disk, "old-store");
        DatabaseOptions options;
        options.path = "store.db";
        options.vfs = vfs.vfs();
        options.exclusive = true;
        taker.step([&] {
            for (const std::string name : {"store.db", "store.db-wal"})
                if (tablet.disk.exists(name))
                    note(world, tablet.disk.remove(name), "removing a store");
            auto old = Database::open(options);
            note(world, old, "an old store");
            if (old)
                note(world, migrate(*old, tabletMigrations.first(version)), "its version");
        });
        if (version == 1)
            taker.watchTablet(tablet);
        taker.step([&] { note(world, tablet.open(), "opening an old store"); });
        taker.step([&] { enrolTablet(world, tablet); });
    }
    sync(world, taker, tablet);
}

constexpr Workload kWorkloads[] = {
    {"enrol and first pull", enrolAndFirstPull}, {"check with three findings and photos", checkWithFindingsAndPhotos},
    {"drafts under typing", draftsUnderTyping},  {"sync of a full day", fullDay},
    {"pull with conflicts", pullWithConflicts},  {"photo upload cut and resumed", photoCutAndResumed},
    {"backup and restore", backupAndRestore},    {"migration", migration}};
} // namespace

std::span<const Workload> workloads() {
    return kWorkloads;
}

} // namespace zhicha::test
