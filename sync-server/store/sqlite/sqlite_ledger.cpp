#include "sync-server/store/sqlite/sqlite_ledger.h"

#include "shared/sqlite/backup.h"
#include "sync-server/store/sqlite/schema.h"
#include "sync-server/store/sqlite/sqlite_ledger_impl.h"

#include <algorithm>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace zhicha {

namespace {
constexpr const char *kCheckpointName = "checkpoint"; ///< the setting that intake signs with each transaction
constexpr std::size_t kCheckpointFileBytes = 512;     ///< a sector
constexpr std::int64_t kConsoleTablesVersion = 3;     ///< the migration that made further tables of the office

DatabaseOptions databaseOptions(const LedgerStoreOptions &options, bool readOnly) {
    DatabaseOptions out;
    out.path = options.path;
    out.key = options.key;
    out.readOnly = readOnly;
    out.mustExist = options.mustExist;
    out.exclusive = options.exclusive && !readOnly;
    out.vfs = options.vfs;
    return out;
}
} // namespace

Result<std::unique_ptr<LedgerWriter>> openSqliteLedger(const LedgerStoreOptions &options) {
    ZHICHA_ASSIGN(Database database, Database::open(databaseOptions(options, false)));
    ZHICHA_ASSIGN(const std::int64_t version, database.readInteger("PRAGMA user_version"));
    ZHICHA_TRY(migrate(database, ledgerMigrations()));
    auto ledger = std::make_unique<SqliteLedger>(std::move(database), options.sealKey);
    ZHICHA_TRY(ledger->start());
    if (options.vfs.empty())
        ledger->keepCheckpointIn(options.path + ".checkpoint");
    const bool madeTables = version < kConsoleTablesVersion;
    ZHICHA_TRY(ledger->startSeals(options.sealAnew                      ? SqliteLedger::Seal::All
                                  : options.sealNewTables && madeTables ? SqliteLedger::Seal::New
                                                                        : SqliteLedger::Seal::AsTheyAre));
    return std::unique_ptr<LedgerWriter>(std::move(ledger));
}

Result<std::unique_ptr<LedgerWriter>> openScratchLedger() {
    DatabaseOptions options;
    options.path = ":memory:";
    options.wal = false;
    ZHICHA_ASSIGN(Database database, Database::open(options));
    ZHICHA_TRY(migrate(database, ledgerMigrations()));
    return std::unique_ptr<LedgerWriter>(std::make_unique<SqliteLedger>(std::move(database), std::nullopt));
}

Result<std::unique_ptr<LedgerReader>> openSqliteLedgerReader(const LedgerStoreOptions &options) {
    ZHICHA_ASSIGN(Database database, Database::open(databaseOptions(options, true)));
    auto ledger = std::make_unique<SqliteLedger>(std::move(database), options.sealKey);
    ZHICHA_TRY(ledger->start());
    return std::unique_ptr<LedgerReader>(std::move(ledger));
}

SqliteLedger::~SqliteLedger() {
    m_transaction.reset();
    m_statements.clear(); // statements die before their database
    m_composed.clear();
    m_seals.close();
    if (m_checkpointPath.empty() || m_database.needsReopen())
        return;
    // Readers may close after the writer, and they move nothing: what stays in the WAL is all that a copy forgets.
    const Status moved = m_database.checkpoint();
    static_cast<void>(moved.has_value()); // where somebody still reads, the next writer does it
}

/** Behind the commit, so that it never promises more than the ledger holds. Not synced and not checked: an older one
 *  says nothing wrong. One sector, so that it is the old or the new one. */
void SqliteLedger::writeCheckpoint() {
    if (m_checkpointPath.empty() || m_checkpoint.empty())
        return;
    std::string padded = std::exchange(m_checkpoint, std::string());
    padded.resize(std::max(padded.size(), kCheckpointFileBytes), '\n');
    const int file = ::open(m_checkpointPath.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return;
    const ssize_t written = ::pwrite(file, padded.data(), padded.size(), 0);
    static_cast<void>(written);
    ::close(file);
}

Status SqliteLedger::start() {
    ZHICHA_ASSIGN(const std::optional<std::string> id, setting("ledger"));
    if (!id)
        return {};
    const auto ledger = uuidFromText(*id);
    if (!ledger)
        return fail(Code::StoreDamaged, "the ledger's id does not read");
    m_ledger = *ledger;
    return {};
}

Status SqliteLedger::startSeals(Seal which) {
    if (!m_seals.hasKey()) {
        ZHICHA_ASSIGN(const std::int64_t sealed, m_database.readInteger("SELECT count(*) FROM table_seals"));
        return sealed == 0 ? Status() : fail(Code::WrongUsage, "a sealed ledger is written only with the seals' key");
    }
    if (m_ledger.isNil()) // a ledger that has no id yet has nothing to hide
        which = Seal::All;
    if (which == Seal::AsTheyAre)
        return {};
    ZHICHA_TRY(begin());
    if (Status sealed = which == Seal::All ? m_seals.sealAll() : m_seals.sealTablesOfConsole(); !sealed) {
        rollback();
        return sealed;
    }
    return commit();
}

Result<Statement *> SqliteLedger::cached(const char *sql) {
    if (const auto it = m_statements.find(sql); it != m_statements.end())
        return &it->second;
    ZHICHA_ASSIGN(Statement statement, m_database.prepare(sql));
    return &m_statements.emplace(sql, std::move(statement)).first->second;
}

Result<Statement *> SqliteLedger::composed(const std::string &sql) {
    if (const auto it = m_composed.find(sql); it != m_composed.end())
        return &it->second;
    ZHICHA_ASSIGN(Statement statement, m_database.prepare(sql));
    return &m_composed.emplace(sql, std::move(statement)).first->second;
}

Result<std::int64_t> SqliteLedger::deviceNumber(const Uuid &device) {
    if (const auto it = m_deviceNumbers.find(device); it != m_deviceNumbers.end())
        return it->second;
    ZHICHA_ASSIGN(Statement * find, cached("SELECT device_no FROM chains WHERE device = ?1"));
    const ScopedReset done(*find);
    ZHICHA_ASSIGN(const bool found, find->bind(1, device.bytes).step());
    if (!found)
        return fail(Code::NotFound, "no chain of this device");
    return m_deviceNumbers.emplace(device, find->integer(0)).first->second;
}

Result<std::int64_t> SqliteLedger::readCount(const char *sql) {
    ZHICHA_ASSIGN(Statement * statement, cached(sql));
    const ScopedReset done(*statement);
    ZHICHA_TRY([&]() -> Status {
        ZHICHA_ASSIGN(const bool found, statement->step());
        return found ? Status() : fail(Code::StoreDamaged, "a count without a row");
    }());
    return statement->integer(0);
}

Status SqliteLedger::begin() {
    ZHICHA_CHECK(!m_transaction);
    ZHICHA_ASSIGN(Transaction transaction, Transaction::begin(m_database));
    m_transaction.emplace(std::move(transaction));
    return {};
}

Status SqliteLedger::commit() {
    ZHICHA_CHECK(m_transaction);
    Status status = appendCarried();
    if (status)
        status = m_seals.beforeCommit();
    if (status)
        status = m_transaction->commit();
    if (!status) {
        rollback(); // forgets the checkpoint too: a later commit may not write one that never was
        return status;
    }
    m_transaction.reset();
    writeCheckpoint();
    m_carried = nullptr;
    return {};
}

void SqliteLedger::rollback() {
    m_transaction.reset();
    m_checkpoint.clear();
    m_deviceNumbers.clear(); // numbers given inside the transaction are gone
    m_seals.forget();
}

Result<std::optional<std::string>> SqliteLedger::setting(const std::string &name) {
    ZHICHA_ASSIGN(Statement * find, cached("SELECT value FROM settings WHERE name = ?1"));
    const ScopedReset done(*find);
    ZHICHA_ASSIGN(const bool found, find->bind(1, name).step());
    return found ? std::optional(std::string(find->text(0))) : std::nullopt;
}

Status SqliteLedger::putSetting(const std::string &name, const std::string &value) {
    ZHICHA_ASSIGN(Statement * put, cached("INSERT INTO settings VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET value = "
                                          "excluded.value"));
    ZHICHA_TRY(m_seals.change("settings", name, [&] { return put->bind(1, name).bind(2, value).run(); }));
    if (name == kCheckpointName)
        m_checkpoint = value;
    if (name == "ledger")
        return start();
    return {};
}

Result<Digest> SqliteLedger::read(int level, std::int64_t index) {
    ZHICHA_ASSIGN(Statement * find, cached("SELECT hash FROM tree WHERE level = ?1 AND node_index = ?2"));
    const ScopedReset done(*find);
    ZHICHA_ASSIGN(const bool found, find->bind(1, level).bind(2, index).step());
    const auto hash = found ? find->fixed<32>(0) : std::nullopt;
    if (!hash)
        return fail(Code::StoreDamaged, "a node of the tree is missing");
    return *hash;
}

Status SqliteLedger::write(int level, std::int64_t index, const Digest &hash) {
    ZHICHA_ASSIGN(Statement * put, cached("INSERT INTO tree VALUES(?1, ?2, ?3)"));
    return put->bind(1, level).bind(2, index).bind(3, hash).run();
}

Result<std::optional<Bytes>> SqliteLedger::photoKey(const Digest &photo) {
    ZHICHA_ASSIGN(Statement * find, cached("SELECT key FROM photo_keys WHERE photo = ?1"));
    const ScopedReset done(*find);
    ZHICHA_ASSIGN(const bool found, find->bind(1, photo).step());
    return found ? std::optional(toBytes(find->blob(0))) : std::nullopt;
}

Status SqliteLedger::putPhotoKey(const Digest &photo, ByteView key) {
    ZHICHA_ASSIGN(Statement * put, cached("INSERT INTO photo_keys VALUES(?1, ?2) ON CONFLICT DO NOTHING"));
    return m_seals.change("photo_keys", ByteView(photo), [&] { return put->bind(1, photo).bind(2, key).run(); });
}

Result<std::optional<EnrolCode>> SqliteLedger::enrolCode(const Digest &codeDigest) {
    ZHICHA_ASSIGN(Statement * find,
                  cached("SELECT person, expires_at_ms, used_by FROM enrol_codes WHERE code_digest = ?1"));
    const ScopedReset done(*find);
    ZHICHA_ASSIGN(const bool found, find->bind(1, codeDigest).step());
    if (!found)
        return std::optional<EnrolCode>();
    EnrolCode code;
    code.codeDigest = codeDigest;
    code.person = uuidFromBytes(find->blob(0)).value_or(Uuid{});
    code.expiresAtMs = find->integer(1);
    if (!find->isNull(2))
        code.usedBy = uuidFromBytes(find->blob(2));
    return std::optional(code);
}

Status SqliteLedger::putEnrolCode(const EnrolCode &code) {
    ZHICHA_ASSIGN(Statement * put, cached("INSERT INTO enrol_codes VALUES(?1, ?2, ?3, ?4) ON CONFLICT(code_digest) DO "
                                          "UPDATE SET used_by = excluded.used_by"));
    put->bind(1, code.codeDigest).bind(2, code.person.bytes).bind(3, code.expiresAtMs);
    if (code.usedBy)
        put->bind(4, code.usedBy->bytes);
    else
        put->bind(4, std::nullopt);
    return m_seals.change("enrol_codes", ByteView(code.codeDigest), [&] { return put->run(); });
}

Status SqliteLedger::forEachUser(const std::function<Status(const ConsoleUser &)> &visit) {
    ZHICHA_ASSIGN(Statement * all, cached("SELECT person, name, role, unit, password_hash FROM users ORDER BY name"));
    return all->forEach([&](Statement &row) -> Status {
        ConsoleUser user;
        user.person = uuidFromBytes(row.blob(0)).value_or(Uuid{});
        user.name = row.text(1);
        user.role = row.text(2);
        if (!row.isNull(3))
            user.unit = uuidFromBytes(row.blob(3));
        user.passwordHash = row.text(4);
        return visit(user);
    });
}

Status SqliteLedger::putUser(const ConsoleUser &user) {
    ZHICHA_ASSIGN(Statement * put,
                  cached("INSERT INTO users VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT(person) DO UPDATE SET name = "
                         "excluded.name, role = excluded.role, unit = excluded.unit, password_hash = "
                         "excluded.password_hash"));
    put->bind(1, user.person.bytes).bind(2, user.name).bind(3, user.role).bind(5, user.passwordHash);
    if (user.unit)
        put->bind(4, user.unit->bytes);
    else
        put->bind(4, std::nullopt);
    return m_seals.change("users", ByteView(user.person.bytes), [&] { return put->run(); });
}

Status SqliteLedger::forEachAlarm(const std::function<Status(const Alarm &)> &visit) {
    ZHICHA_ASSIGN(Statement * all, cached("SELECT number, at_ms, what, detail FROM alarms ORDER BY number"));
    return all->forEach([&](Statement &row) {
        return visit({row.integer(0), row.integer(1), std::string(row.text(2)), std::string(row.text(3))});
    });
}

Status SqliteLedger::addAlarm(std::int64_t atMs, const std::string &what, const std::string &detail) {
    ZHICHA_ASSIGN(const std::int64_t number, readCount("SELECT ifnull(max(number), 0) + 1 FROM alarms"));
    ZHICHA_ASSIGN(Statement * put, cached("INSERT INTO alarms VALUES(?1, ?2, ?3, ?4)"));
    put->bind(1, number).bind(2, atMs).bind(3, what).bind(4, detail);
    return m_seals.change("alarms", number, [&] { return put->run(); });
}

} // namespace zhicha
