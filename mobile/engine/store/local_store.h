#pragma once
// The tablet's store: one encrypted file (and a folder of sealed photos) per person.
#include "mobile/engine/store/draft_table.h"
#include "mobile/engine/store/identity.h"
#include "mobile/engine/store/own_checks.h"
#include "mobile/engine/store/photo_table.h"
#include "mobile/engine/store/run_table.h"
#include "mobile/engine/store/state_table.h"
#include "mobile/engine/store/store_key.h"
#include "mobile/engine/store/tablet_fold.h"
#include "mobile/engine/store/track_table.h"
#include "shared/sqlite/transaction.h"

namespace zhicha {

struct StoreOptions {
    std::string databasePath; ///< of store.db, as SQLite's file system takes it
    std::string vfs;          ///< empty: the system's
    bool exclusive = false;   ///< no other connection: needed where there is no shared memory
    bool encrypted = true;    ///< false only in simulations, whose file system has no cipher
    PasswordCost cost;        ///< of a new store; an existing one keeps its own
};

/** Owner:   the engine; everything below works on one. Threads: the one that opened it.
 *  Files:   store.key and photos/ on `disk`, store.db at `databasePath`.
 *  Holds:   nothing unacknowledged is ever deleted (triggers refuse it); sequence and head of the chain are read from
 *           the file for each append, so that two processes on one store cannot use one number twice. */
class LocalStore {
public:
    /** Opens the store, or makes it if there is none. WrongPin, StoreDamaged, StoreNewer, StoreLocked. */
    [[nodiscard]] static Result<std::unique_ptr<LocalStore>> openOrCreate(const StoreOptions &options, Disk &disk,
                                                                          std::string_view pin, RandomSource &random);
    /** NotFound if there is none. */
    [[nodiscard]] static Result<std::unique_ptr<LocalStore>> open(const StoreOptions &options, Disk &disk,
                                                                  std::string_view pin, RandomSource &random);

    [[nodiscard]] Database &database() { return m_db; }
    [[nodiscard]] Disk &disk() { return m_disk; }
    [[nodiscard]] StateTable &state() { return m_state; }
    [[nodiscard]] OperationTable &operations() { return m_operations; }
    [[nodiscard]] EntityTable &entities() { return m_entities; }
    [[nodiscard]] OwnChecks &ownChecks() { return m_ownChecks; }
    [[nodiscard]] RunTable &runs() { return m_runs; }
    [[nodiscard]] PhotoTable &photos() { return m_photos; }
    [[nodiscard]] DraftTable &drafts() { return m_drafts; }
    [[nodiscard]] TrackTable &track() { return m_track; }
    [[nodiscard]] TabletFold &fold() { return m_fold; }
    [[nodiscard]] Result<Transaction> begin() { return Transaction::begin(m_db); }

    /** nullopt before `enrol` began. */
    [[nodiscard]] const std::optional<Identity> &identity() const { return m_identity; }
    /** Who the tablet is and whose note it holds count from the commit on: inside a transaction the caller commits,
     * then reloads. What a full disk rolled back must not live on in memory. */
    Status setIdentity(const Identity &identity);
    Status reload();
    /** NotAllowed (AfterUser) unless the tablet is enrolled. */
    Result<Identity> enrolledIdentity() const;
    [[nodiscard]] const std::optional<KeyNote> &keyNote() const { return m_keyNote; }
    /** Stores a note that openKeyNote accepted; its server chains count from now on. */
    Status setKeyNote(const KeyNote &note, ByteView asSigned);
    Status forgetKeyNote();                         ///< only before enrolment: the fingerprint was another one
    Result<std::optional<Checkpoint>> checkpoint(); ///< the last one whose consistency was proven
    Status setCheckpoint(const Checkpoint &checkpoint);
    Result<std::optional<ClockEstimate>> clock();
    Status setClock(const ClockEstimate &estimate);
    /** Head of the own chain; seq 0 = its start. */
    Result<ChainHead> chainHead();
    /** The acknowledged mark: every own operation up to it has a receipt that was verified. */
    Result<std::int64_t> acknowledged();

private:
    LocalStore(Database db, Disk &disk)
        : m_db(std::move(db)), m_disk(disk), m_sql(m_db), m_state(m_sql), m_operations(m_sql), m_entities(m_sql),
          m_ownChecks(m_entities), m_runs(m_sql), m_photos(m_sql), m_drafts(m_sql), m_track(m_sql),
          m_fold(m_sql, m_operations, m_entities) {}
    static Result<std::unique_ptr<LocalStore>> openWith(const StoreOptions &options, Disk &disk,
                                                        const std::optional<SecretKey> &key, RandomSource &random);
    Status load(RandomSource &random);

    Database m_db;
    Disk &m_disk;
    Sql m_sql;
    StateTable m_state;
    OperationTable m_operations;
    EntityTable m_entities;
    OwnChecks m_ownChecks;
    RunTable m_runs;
    PhotoTable m_photos;
    DraftTable m_drafts;
    TrackTable m_track;
    TabletFold m_fold;
    std::optional<Identity> m_identity;
    std::optional<KeyNote> m_keyNote;
};

} // namespace zhicha
