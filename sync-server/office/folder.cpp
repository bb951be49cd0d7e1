#include "sync-server/office/folder.h"

#include "shared/crypto/digest.h"
#include "shared/files/durable_file.h"
#include "shared/files/posix_disk.h"
#include "sync-server/store/sqlite/sqlite_ledger.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace zhicha {

namespace {
constexpr std::string_view kSecretsName = "server.keys";
constexpr std::string_view kContext = "zhicha/v1/server-keys";
constexpr std::size_t kMaxSecretsBytes = 1 << 20;

Bytes encodeSecrets(const FolderSecrets &secrets) {
    Bytes out;
    cbor::Writer(out)
        .array(5)
        .bytes(encodeServerSecrets(secrets.keys))
        .bytes(secrets.keys.signedNote)
        .text(secrets.tls.certificatePem)
        .text(secrets.tls.privateKeyPem)
        .integer(secrets.tablesSealed);
    return out;
}

/** Whether the folder's secrets are sealed; nullopt if there are none. */
std::optional<bool> sealedOnDisk(const std::string &folder) {
    std::ifstream file(folder + "/" + std::string(kSecretsName), std::ios::binary);
    char mark = 0;
    if (!file.get(mark))
        return std::nullopt;
    return mark == 'S';
}
} // namespace

Result<SecretKey> readKeyFile(const std::string &path) {
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return fail(Code::NotFound, "the key file " + path + " cannot be read");
    const std::string content((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (content.size() < 16)
        return fail(Code::InvalidArgument, "the key file " + path + " is shorter than 16 bytes");
    return sha256(viewOf(content));
}

Result<LedgerFolder> LedgerFolder::at(std::string folder, const std::string &keyFile) {
    while (folder.size() > 1 && folder.back() == '/')
        folder.pop_back();
    std::optional<SecretKey> key;
    if (!keyFile.empty()) {
        ZHICHA_ASSIGN(key, readKeyFile(keyFile));
    }
    if (const auto sealed = sealedOnDisk(folder); sealed && *sealed != key.has_value())
        return fail(Code::WrongUsage, *sealed ? "this folder was made with a key file: give it with --key-file"
                                              : "this folder was made without a key file");
    return LedgerFolder(std::move(folder), key);
}

bool LedgerFolder::exists() const {
    return ::access(ledgerPath().c_str(), F_OK) == 0;
}

LedgerStoreOptions LedgerFolder::sealedOptions(const SecretKey &tokenKey) const {
    LedgerStoreOptions options = storeOptions();
    options.sealKey = sealKeyOf(tokenKey);
    return options;
}

Status LedgerFolder::sealOldTables(FolderSecrets &secrets, RandomSource &random) const {
    if (secrets.tablesSealed == kTablesSealed)
        return {};
    LedgerStoreOptions options = sealedOptions(secrets.keys.tokenKey);
    options.sealAnew = secrets.tablesSealed == 0;
    options.sealNewTables = secrets.tablesSealed == 1;
    { ZHICHA_ASSIGN(const std::unique_ptr<LedgerWriter> sealed, openSqliteLedger(options)); }
    secrets.tablesSealed = kTablesSealed;
    return writeSecrets(secrets, random);
}

LedgerStoreOptions LedgerFolder::storeOptions() const {
    LedgerStoreOptions options;
    options.path = ledgerPath();
    // The database's own key is derived, so that the key that seals the secrets never serves another purpose.
    if (m_key)
        options.key = taggedDigest("zhicha/v1/ledger-key", {*m_key});
    return options;
}

Status LedgerFolder::writeSecrets(const FolderSecrets &secrets, RandomSource &random) const {
    ZHICHA_ASSIGN(const std::unique_ptr<PosixDisk> disk, PosixDisk::open(m_path));
    Bytes content;
    content.push_back(m_key ? 'S' : 'P');
    const Bytes plain = encodeSecrets(secrets);
    append(content, m_key ? seal(*m_key, plain, kContext, random) : plain);
    const mode_t before = ::umask(0077);
    const Status written = writeDurably(*disk, std::string(kSecretsName), content);
    ::umask(before);
    return written;
}

Result<FolderSecrets> LedgerFolder::readSecrets() const {
    ZHICHA_ASSIGN(const std::unique_ptr<PosixDisk> disk, PosixDisk::open(m_path));
    ZHICHA_ASSIGN(const Bytes content, readWhole(*disk, std::string(kSecretsName), kMaxSecretsBytes));
    if (content.empty())
        return fail(Code::StoreDamaged, "server.keys is empty");
    Bytes plain(content.begin() + 1, content.end());
    if (content[0] == 'S') {
        if (!m_key)
            return fail(Code::WrongUsage, "this folder was made with a key file: give it with --key-file");
        auto opened = openSealed(*m_key, plain, kContext);
        if (!opened)
            return fail(Code::WrongPin, "the key file is not the one that this folder was made with");
        plain = std::move(*opened);
    }
    cbor::Reader in(plain);
    const auto parts = in.array(); // 4 before the tables were sealed
    if (parts != 4 && parts != 5)
        in.breakOff("server.keys has 5 parts");
    const Bytes secrets = toBytes(in.bytes());
    const Bytes note = toBytes(in.bytes());
    TlsMaterial tls;
    tls.certificatePem = in.text();
    tls.privateKeyPem = in.text();
    const std::int64_t tablesSealed = parts == 5 ? in.integer() : 0;
    if (const Status end = in.finish(); !end)
        return fail(Code::StoreDamaged, "server.keys does not read: " + end.error().detail);
    if (tablesSealed < 0 || tablesSealed > kTablesSealed)
        return fail(Code::StoreNewer, "a newer version sealed this ledger's tables");
    ZHICHA_ASSIGN(ServerKeys keys, decodeServerKeys(secrets, note));
    return FolderSecrets{std::move(keys), std::move(tls), tablesSealed};
}

Result<FolderLock> FolderLock::take(const LedgerFolder &folder) {
    const int file = ::open(folder.lockPath().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return fail(Code::NotFound, folder.path() + ": " + std::strerror(errno));
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        ::close(file);
        return fail(Code::StoreLocked, folder.path() + " is in use by another process", Retry::Later);
    }
    return FolderLock(file);
}

FolderLock::~FolderLock() {
    if (m_file >= 0)
        ::close(m_file);
}

} // namespace zhicha
