#pragma once
// The office of a simulated history: the product's own ledger, intake, photo store and router on a disk in memory.
#include "sync-server/http/resources/tablet/ledger_blob_gate.h"
#include "sync-server/http/router.h"
#include "sync-server/store/directory/directory_photo_store.h"
#include "tests/simulation/dice.h"
#include "tests/support/ops/op_builder.h"
#include "tests/support/sim_vfs.h"

namespace zhicha::test {

/** Owner: the history. Threads: one. */
class SimOffice {
public:
    SimOffice(std::uint64_t seed, const std::int64_t &worldMs);

    /** A fresh ledger with a unit, sites, items and one inspector for each team given. */
    Status init(const std::vector<std::string> &teams);
    /** Opens what the disk holds, as a started server does. */
    Status open();
    void close() { m_running.reset(); }
    [[nodiscard]] bool running() const { return m_running != nullptr; }
    /** The process ends and starts again; `cut` = what the disk forgets. */
    Status restart(PowerCut cut);

    /** As `backup` of a server that stands still for a moment: the ledger and the photos that it counts as received. */
    Status takeBackup();
    [[nodiscard]] std::size_t backups() const { return m_backups.size(); }
    [[nodiscard]] std::int64_t generationOf(std::size_t which) const { return m_backups[which].generation; }
    /** The machine is lost, with its disk and its keys but for the root key. One of the backups is put on another, and
     *  opened as the product's restore does. -> where the new origin begins */
    Result<Checkpoint> restoreBackup(std::size_t which);

    /** What the server would answer. */
    [[nodiscard]] Response handle(const Request &request) { return m_running->router.handle(request); }
    /** The link breaks after `bytes` of the body. */
    void handleCut(Request request, std::size_t bytes);

    [[nodiscard]] Intake &intake() { return *m_running->intake; }
    [[nodiscard]] LedgerWriter &ledger() { return *m_running->ledger; }
    [[nodiscard]] DirectoryPhotoStore &photos() { return *m_running->photos; }
    [[nodiscard]] const ServerKeys &keys() const { return m_keys; }
    [[nodiscard]] const SigningKey &root() const { return m_root; }
    [[nodiscard]] Digest fingerprint() const { return fingerprintOf(m_root.publicKey()); }
    [[nodiscard]] const std::vector<Uuid> &persons() const { return m_persons; }
    [[nodiscard]] const std::vector<Uuid> &sites() const { return m_sites; }
    [[nodiscard]] const std::vector<Uuid> &items() const { return m_items; }

    SimDisk disk;
    SimClock clock;
    SeededRandom random;
    bool sealedPhotos; ///< half of the seeds keep photos under keys

private:
    struct Running {
        std::unique_ptr<LedgerWriter> ledger;
        std::unique_ptr<Intake> intake;
        std::unique_ptr<DirectAccess> access;
        std::unique_ptr<DirectoryPhotoStore> photos;
        std::unique_ptr<LedgerBlobGate> gate;
        Router router;
    };
    struct Backup {
        std::int64_t generation = 0;
        std::map<std::string, Bytes> files;
    };
    Status fill(const std::vector<std::string> &teams);
    [[nodiscard]] LedgerStoreOptions storeOptions(const SecretKey &tokenKey);
    Status noteBackup(const Checkpoint &checkpoint, std::int64_t log, std::size_t photos);
    Status unpack(const Backup &backup);

    SimVfs m_vfs;
    SigningKey m_root;
    ServerKeys m_keys;
    std::vector<Uuid> m_persons, m_sites, m_items;
    std::vector<Backup> m_backups;
    std::unique_ptr<Running> m_running;
};

} // namespace zhicha::test
