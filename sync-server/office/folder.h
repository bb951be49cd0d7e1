#pragma once
// The data folder of one ledger: DIR/ledger.db, DIR/server.keys, DIR/photos/, DIR/lock, DIR/control.sock. Secrets lie
// in server.keys, outside the database, sealed by the key file where there is one.
#include "sync-server/intake/server_keys.h"
#include "sync-server/store/ledger_store.h"
#include "sync-server/store/photo_store.h"

namespace zhicha {

struct TlsMaterial {
    std::string certificatePem;
    std::string privateKeyPem;
};

/** What server.keys holds. */
struct FolderSecrets {
    ServerKeys keys;
    TlsMaterial tls;
    /** Which of the ledger's tables were sealed (store/sqlite/table_seals.h): none, those of the first seals, or all of
     *  kTablesSealed. Kept here, so that nobody who holds the database alone can have them sealed anew. */
    std::int64_t tablesSealed = 0;
};
inline constexpr std::int64_t kTablesSealed = 2;

/** The paths and the key of a folder; opens nothing. Errors: NotFound, InvalidArgument (a key file that is empty or too
 *  short), WrongUsage (key file given to a folder that was made without one, or the other way round). */
class LedgerFolder {
public:
    [[nodiscard]] static Result<LedgerFolder> at(std::string folder, const std::string &keyFile);
    [[nodiscard]] const std::string &path() const { return m_path; }
    [[nodiscard]] std::string ledgerPath() const { return m_path + "/ledger.db"; }
    [[nodiscard]] std::string lockPath() const { return m_path + "/lock"; }
    [[nodiscard]] std::string socketPath() const { return m_path + "/control.sock"; }
    [[nodiscard]] std::string photosPath() const { return m_path + "/photos"; }
    /** For reading; a check of the seals and every writer need sealedOptions(). */
    [[nodiscard]] LedgerStoreOptions storeOptions() const;
    [[nodiscard]] LedgerStoreOptions sealedOptions(const SecretKey &tokenKey) const;
    [[nodiscard]] const std::optional<SecretKey> &key() const { return m_key; }
    [[nodiscard]] bool exists() const;

    Status writeSecrets(const FolderSecrets &secrets, RandomSource &random) const;
    [[nodiscard]] Result<FolderSecrets> readSecrets() const;
    /** Seals the tables of a ledger that is older than the seals, once. Whoever opens the folder for writing calls it
     *  first, under the lock. */
    Status sealOldTables(FolderSecrets &secrets, RandomSource &random) const;

private:
    LedgerFolder(std::string path, std::optional<SecretKey> key) : m_path(std::move(path)), m_key(key) {}
    std::string m_path;
    std::optional<SecretKey> m_key;
};

/** The lock of a folder: one process serves or commands it at a time. Released when destroyed or when the process ends.
 */
class FolderLock {
public:
    /** StoreLocked if another process holds it. */
    [[nodiscard]] static Result<FolderLock> take(const LedgerFolder &folder);
    FolderLock(FolderLock &&other) noexcept : m_file(other.m_file) { other.m_file = -1; }
    FolderLock &operator=(FolderLock &&) = delete;
    ~FolderLock();

private:
    explicit FolderLock(int file) : m_file(file) {}
    int m_file;
};

/** Key material from a file: SHA-256 of its content, at least 16 bytes. NotFound, InvalidArgument. */
[[nodiscard]] Result<SecretKey> readKeyFile(const std::string &path);

} // namespace zhicha
