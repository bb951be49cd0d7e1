#include "tests/simulation/sim_office.h"

#include "shared/crypto/digest.h"
#include "sync-server/http/resources/tablet/tablet_resource.h"
#include "sync-server/office/backup.h"
#include "sync-server/office/init.h"
#include "sync-server/store/sqlite/sqlite_ledger.h"

namespace zhicha::test {

SimOffice::SimOffice(std::uint64_t seed, const std::int64_t &worldMs)
    : disk(seed), clock(worldMs), random(seed), sealedPhotos(seed % 2 == 0), m_vfs(disk, "sim-office"),
      m_root(SigningKey::generate(random)),
      m_keys(makeServerKeys(newUuid(clock, random), "督查室", m_root, 1, {}, clock, random)) {}

LedgerStoreOptions SimOffice::storeOptions(const SecretKey &tokenKey) {
    LedgerStoreOptions options;
    options.path = "ledger.db";
    options.vfs = m_vfs.vfs();
    options.exclusive = true;
    options.mustExist = disk.exists("ledger.db");
    options.sealKey = sealKeyOf(tokenKey);
    return options;
}

Status SimOffice::open() {
    auto running = std::make_unique<Running>();
    ZHICHA_ASSIGN(running->ledger, openSqliteLedger(storeOptions(m_keys.tokenKey)));
    running->intake = std::make_unique<Intake>(*running->ledger, m_keys, clock, random);
    running->access = std::make_unique<DirectAccess>(*running->intake);
    const PhotoKeyOf keyOf = [sealed = sealedPhotos](const Digest &photo) -> Result<std::optional<FileKey>> {
        return sealed ? std::optional<FileKey>(sha256(photo)) : std::nullopt;
    };
    running->photos = std::make_unique<DirectoryPhotoStore>(disk, random, keyOf);
    running->gate = std::make_unique<LedgerBlobGate>(*running->access);
    addTabletRoutes(running->router, *running->access);
    addBlobRoutes(running->router, *running->photos, *running->gate);
    m_running = std::move(running);
    return {};
}

Status SimOffice::restart(PowerCut cut) {
    close();
    disk.limitGrowth(std::nullopt);
    disk.restart(cut);
    clock.reboot();
    return open();
}

Status SimOffice::init(const std::vector<std::string> &teams) {
    ZHICHA_TRY(open());
    ZHICHA_TRY(openFreshLedger(ledger(), m_keys, m_root, clock, random));
    ZHICHA_TRY(restart(PowerCut::KeepAll)); // the store reads its ledger's id when it is opened
    return fill(teams);
}

Status SimOffice::fill(const std::vector<std::string> &teams) {
    ZHICHA_ASSIGN(const std::unique_ptr<IntakeTransaction> transaction, intake().open());
    const auto put = [&](ServerOperation operation) -> Status {
        const auto appended = transaction->append(std::move(operation));
        return appended ? Status() : Status(appended.error());
    };
    const Uuid unit = derivedId(m_keys.ledger, "unit", "u1");
    ZHICHA_TRY(put({"unit.put", unit, {{"code", "u1"}, {"name", "某县"}, {"group", "county"}, {"vice_mayor", "王"}}}));
    for (const std::string code : {"s1", "s2"}) {
        m_sites.push_back(derivedId(m_keys.ledger, "site", code));
        ZHICHA_TRY(put({"site.put",
                        m_sites.back(),
                        {{"code", code},
                         {"name", "现场"},
                         {"unit", unit},
                         {"lat", 182'500'000},
                         {"lon", 1'095'000'000},
                         {"radius_mm", 200'000},
                         {"crs", "WGS-84"}}}));
    }
    for (const std::string code : {"i1", "i2"}) {
        m_items.push_back(derivedId(m_keys.ledger, "item", code));
        ZHICHA_TRY(put({"item.register",
                        m_items.back(),
                        {{"code", code},
                         {"number", code},
                         {"title", "事项"},
                         {"source", 1},
                         {"kind", "general"},
                         {"lead", unit},
                         {"cooperating", cbor::Array{}},
                         {"issued_on", "2026-01-01"},
                         {"due_on", "2026-12-31"},
                         {"responsible_person", "李"},
                         {"supervisor", "赵"}}}));
    }
    for (std::size_t i = 0; i < teams.size(); ++i) {
        m_persons.push_back(transaction->newId());
        ZHICHA_TRY(put({"person.put", m_persons.back(), {{"name", "督查员" + std::to_string(i)}, {"team", teams[i]}}}));
        ZHICHA_TRY(put({"role.grant",
                        transaction->newId(),
                        {{"person", m_persons.back()}, {"role", "inspector"}, {"from", transaction->nowMs()}}}));
    }
    const auto committed = transaction->commit();
    return committed ? Status() : Status(committed.error());
}

Status SimOffice::takeBackup() {
    std::set<Digest> photos;
    ZHICHA_TRY(ledger().forEachExpectedPhoto([&](const PhotoExpectation &photo) {
        if (photo.received && !photo.preview)
            photos.insert(photo.photo);
        return Status();
    }));
    ZHICHA_ASSIGN(const std::int64_t log, ledger().lastLog());
    ZHICHA_ASSIGN(const std::string note, intake().checkpoint());
    ZHICHA_ASSIGN(const Checkpoint checkpoint, openCheckpoint(note, m_keys.log.publicKey()));
    disk.limitGrowth(std::nullopt);
    close();
    Backup backup{m_keys.note.generation, {}};
    for (const std::string path : {"ledger.db", "ledger.db-wal"})
        if (disk.exists(path))
            backup.files[path] = disk.content(path);
    for (const Digest &photo : photos) {
        const std::string hex = toHex(photo);
        const std::string path = "photos/" + hex.substr(0, 2) + "/" + hex.substr(2);
        if (disk.exists(path))
            backup.files[path] = disk.content(path);
    }
    m_backups.push_back(std::move(backup));
    ZHICHA_TRY(open());
    return noteBackup(checkpoint, log, photos.size());
}

/** Tells the ledger, as `backup` does, so that tablets learn which originals are safe. */
Status SimOffice::noteBackup(const Checkpoint &checkpoint, std::int64_t log, std::size_t photos) {
    ZHICHA_ASSIGN(const std::unique_ptr<IntakeTransaction> transaction, intake().open());
    const auto made = transaction->append({"backup.made",
                                           transaction->newId(),
                                           {{"log", log},
                                            {"size", checkpoint.size},
                                            {"root", checkpoint.root},
                                            {"photos", static_cast<std::int64_t>(photos)}}});
    ZHICHA_TRY(made ? Status() : Status(made.error()));
    const auto committed = transaction->commit();
    return committed ? Status() : Status(committed.error());
}

Status SimOffice::unpack(const Backup &backup) {
    for (const auto &[path, bytes] : backup.files) {
        for (std::size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1))
            ZHICHA_TRY(disk.makeFolder(path.substr(0, slash)));
        ZHICHA_ASSIGN(const std::unique_ptr<DiskFile> file, disk.open(path, Disk::Open::Create));
        ZHICHA_TRY(file->writeAt(0, bytes));
        ZHICHA_TRY(file->sync());
        const std::size_t slash = path.rfind('/');
        ZHICHA_TRY(disk.syncFolder(slash == std::string::npos ? "" : path.substr(0, slash)));
    }
    return {};
}

Result<Checkpoint> SimOffice::restoreBackup(std::size_t which) {
    close();
    disk.replace();
    clock.reboot();
    const Backup &backup = m_backups[which];
    ZHICHA_TRY(unpack(backup));
    // Where a generation was opened after the backup, the operator shows the note that a tablet or the one who opened
    // it still has.
    std::optional<KeyNote> shown;
    if (m_keys.note.generation > backup.generation)
        shown = m_keys.note;
    const SecretKey tokenKey = random.array<32>();
    LedgerStoreOptions options = storeOptions(tokenKey);
    options.sealAnew = true;
    ZHICHA_ASSIGN(std::unique_ptr<LedgerWriter> ledger, openSqliteLedger(options));
    ZHICHA_ASSIGN(RestoredGeneration restored, openRestored(*ledger, m_root, shown, {}, clock, random));
    ledger.reset();
    m_keys = std::move(restored.keys);
    m_keys.tokenKey = tokenKey;
    ZHICHA_TRY(open());
    return restored.continues;
}

void SimOffice::handleCut(Request request, std::size_t bytes) {
    const RouteMatch found = m_running->router.match(request);
    if (found.route == nullptr || !found.route->upload)
        return; // a request that is read whole before its handler runs: half of it never reaches one
    const Bytes body = std::move(request.body);
    request.body.clear();
    UploadStart start = Router::startUpload(*found.route, request);
    auto *stream = std::get_if<std::unique_ptr<BodyStream>>(&start);
    if (stream == nullptr)
        return;
    const Status written = (*stream)->write(ByteView(body).first(std::min(bytes, body.size())));
    static_cast<void>(written.has_value()); // whatever it says, nobody is there to hear it
    (*stream)->abandon();
}

} // namespace zhicha::test
