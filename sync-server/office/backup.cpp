#include "sync-server/office/backup.h"

#include "shared/crypto/password.h"
#include "sync-server/office/keys.h"
#include "sync-server/office/reconcile.h"
#include "sync-server/office/tar.h"
#include "sync-server/store/sqlite/sqlite_ledger.h"

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

namespace zhicha {

namespace {
constexpr std::string_view kLedgerMember = "ledger.db";

/** Photos that the copied ledger counts as received, and the checkpoint that it stands at. */
struct Contents {
    std::set<Digest> photos;
    Checkpoint checkpoint;
    std::int64_t log = 0;
};

Result<Contents> readContents(LedgerReader &ledger, const PublicKey &logKey) {
    Contents contents;
    ZHICHA_ASSIGN(contents.log, ledger.lastLog());
    ZHICHA_ASSIGN(const std::optional<std::string> note, ledger.setting(std::string(kCheckpointSetting)));
    if (!note)
        return fail(Code::StoreDamaged, "the ledger has no checkpoint");
    ZHICHA_ASSIGN(contents.checkpoint, openCheckpoint(*note, logKey));
    ZHICHA_TRY(ledger.forEachExpectedPhoto([&](const PhotoExpectation &photo) -> Status {
        ZHICHA_ASSIGN(const std::optional<Withdrawal> erased,
                      ledger.withdrawal(Withdrawal::What::ErasedPhoto, photo.photo));
        if (photo.received && !photo.preview && !erased)
            contents.photos.insert(photo.photo);
        return {};
    }));
    return contents;
}

std::string photoMember(const Digest &photo) {
    const std::string hex = toHex(photo);
    return "photos/" + hex.substr(0, 2) + "/" + hex.substr(2);
}

/** Removes a file of ours at the end of the scope. */
class TemporaryFile {
public:
    explicit TemporaryFile(std::string path) : m_path(std::move(path)) { ::unlink(m_path.c_str()); }
    TemporaryFile(const TemporaryFile &) = delete;
    TemporaryFile &operator=(const TemporaryFile &) = delete;
    ~TemporaryFile() { ::unlink(m_path.c_str()); }
    [[nodiscard]] const std::string &path() const { return m_path; }

private:
    std::string m_path;
};

/** Tells the ledger, so that tablets learn which originals are safe. */
Status noteBackup(LedgerAccess &access, const Contents &contents) {
    return access.write([&](Intake &intake) -> Status {
        ZHICHA_ASSIGN(const std::unique_ptr<IntakeTransaction> transaction, intake.open());
        const auto made = transaction->append({"backup.made",
                                               transaction->newId(),
                                               {{"log", contents.log},
                                                {"size", contents.checkpoint.size},
                                                {"root", contents.checkpoint.root},
                                                {"photos", static_cast<std::int64_t>(contents.photos.size())}}});
        if (!made)
            return made.error();
        const auto committed = transaction->commit();
        return committed ? Status() : Status(committed.error());
    });
}
} // namespace

Result<nlohmann::json> backupLedger(const LedgerFolder &folder, LedgerAccess &access, const std::string &file) {
    if (::access(file.c_str(), F_OK) == 0)
        return fail(Code::AlreadyDone, file + " exists already");
    const TemporaryFile copy(folder.path() + "/backup.tmp.db");
    ZHICHA_TRY(backupSqliteLedger(folder.storeOptions(), copy.path()));
    LedgerStoreOptions options = folder.storeOptions();
    options.path = copy.path();
    ZHICHA_ASSIGN(const Contents contents, [&]() -> Result<Contents> {
        ZHICHA_ASSIGN(const std::unique_ptr<LedgerReader> reader, openSqliteLedgerReader(options));
        return readContents(*reader, access.keys().log.publicKey());
    }());
    ZHICHA_ASSIGN(TarWriter tar, TarWriter::create(file));
    ZHICHA_TRY(tar.addFile(std::string(kLedgerMember), copy.path()));
    for (const Digest &photo : contents.photos)
        ZHICHA_TRY(tar.addFile(photoMember(photo), folder.path() + "/" + photoMember(photo)));
    ZHICHA_TRY(tar.close());
    ZHICHA_TRY(noteBackup(access, contents));
    struct stat status {};
    ::stat(file.c_str(), &status);
    return nlohmann::json{{"file", file},
                          {"log", contents.log},
                          {"size", contents.checkpoint.size},
                          {"photos", contents.photos.size()},
                          {"bytes", static_cast<std::int64_t>(status.st_size)}};
}

namespace {
constexpr std::int64_t kMaxNoteBytes = 64 * 1024;

/** Notes that were signed after the backup are not in it. A serial that no count of rotations reaches is newer than any
 *  of them. */
std::int64_t serialAfterALoss(const Clock &clock) {
    return clock.nowMs() / 1000;
}

/** The key note that a tablet wrote into a file. */
Result<KeyNote> readKeyNote(const std::string &file, const SigningKey &root) {
    std::ifstream in(file, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (!in || text.empty() || text.size() > static_cast<std::size_t>(kMaxNoteBytes))
        return fail(Code::NotFound, file + " cannot be read as a key note");
    return openKeyNote(viewOf(text), fingerprintOf(root.publicKey()));
}

/** Every earlier server chain of the note, so that what tablets show of it can be held against its key. */
Status putPastChains(LedgerWriter &ledger, const KeyNote &note) {
    for (const KeyNote::Past &past : note.past) {
        ZHICHA_ASSIGN(const std::optional<ChainRecord> known, ledger.chain(past.serverDevice));
        if (known)
            continue;
        ChainRecord chain;
        chain.device = past.serverDevice;
        chain.key = past.serverKey;
        chain.server = true;
        chain.generation = past.generation;
        chain.head = {0, chainStart(note.ledger, chain.suite, chain.device, chain.key)};
        ZHICHA_TRY(ledger.putChain(chain));
        DeviceFacts facts;
        facts.server = true;
        facts.generation = past.generation;
        ZHICHA_TRY(ledger.setDeviceFacts(chain.device, facts));
    }
    return {};
}

/** The chains of the new generation and of all before it, and an open reconciliation: one transaction. */
Status prepareGeneration(LedgerWriter &ledger, const ServerKeys &keys, const Contents &contents) {
    ZHICHA_TRY(ledger.begin());
    Status prepared = [&]() -> Status {
        ZHICHA_TRY(ledger.putSetting("ledger", toText(keys.ledger)));
        ZHICHA_TRY(putPastChains(ledger, keys.note));
        ZHICHA_TRY(putServerChain(ledger, keys));
        return beginReconciliation(ledger, keys.note.generation, contents.log, contents.checkpoint.size);
    }();
    if (!prepared) {
        ledger.rollback();
        return prepared;
    }
    return ledger.commit();
}
} // namespace

Result<RestoredGeneration> openRestored(LedgerWriter &ledger, const SigningKey &root,
                                        const std::optional<KeyNote> &shown, const std::vector<Digest> &tlsKeys,
                                        const Clock &clock, RandomSource &random) {
    ZHICHA_ASSIGN(const KeyNote inBackup, newestKeyNote(ledger, root));
    if (shown && shown->ledger != inBackup.ledger)
        return fail(Code::WrongServer, "the key note that was given is of another ledger");
    ZHICHA_ASSIGN(const Contents contents, readContents(ledger, inBackup.logKey));
    const KeyNote &newest = shown && shown->serial > inBackup.serial ? *shown : inBackup;
    ServerKeys keys = nextGeneration(newest, root, tlsKeys, serialAfterALoss(clock), clock, random);
    ZHICHA_TRY(prepareGeneration(ledger, keys, contents));
    ZHICHA_TRY(announceGeneration(ledger, keys, contents.checkpoint, "restored from a backup", clock, random));
    return RestoredGeneration{std::move(keys), contents.checkpoint, contents.log, contents.photos.size()};
}

Result<nlohmann::json> restoreLedger(const std::string &file, const LedgerFolder &folder,
                                     const std::string &rootKeyFile, const std::string &noteFile,
                                     const TlsMaterial &tls, const Digest &tlsKey, const Clock &clock,
                                     RandomSource &random) {
    if (folder.exists())
        return fail(Code::AlreadyDone, folder.path() + " holds a ledger already; restore into an empty folder");
    ZHICHA_ASSIGN(const SigningKey root, readRootKey(rootKeyFile));
    std::optional<KeyNote> shown;
    if (!noteFile.empty()) {
        ZHICHA_ASSIGN(shown, readKeyNote(noteFile, root));
    }
    ::mkdir(folder.path().c_str(), 0700);
    ZHICHA_TRY(unpackTar(file, folder.path()));
    ZHICHA_ASSIGN(const FolderLock lock, FolderLock::take(folder));
    // The backup's seals were made with a key that is not in it: its tables are taken as they are, under a new one.
    const SecretKey tokenKey = random.array<32>();
    LedgerStoreOptions options = folder.sealedOptions(tokenKey);
    options.sealAnew = true;
    ZHICHA_ASSIGN(const std::unique_ptr<LedgerWriter> ledger, openSqliteLedger(options));
    ZHICHA_ASSIGN(RestoredGeneration restored, openRestored(*ledger, root, shown, {tlsKey}, clock, random));
    restored.keys.tokenKey = tokenKey;
    ZHICHA_TRY(folder.writeSecrets({restored.keys, tls, kTablesSealed}, random));
    return nlohmann::json{{"generation", restored.keys.note.generation},
                          {"log", restored.log},
                          {"photos", restored.photos},
                          {"note",
                           "a new generation is open; tablets bring back what they hold beyond this backup, and "
                           "no check gets a number until `reconcile --end`"}};
}

Result<nlohmann::json> restoreFromTablets(const std::string &noteFile, const LedgerFolder &folder,
                                          const std::string &rootKeyFile, const TlsMaterial &tls, const Digest &tlsKey,
                                          const Clock &clock, RandomSource &random) {
    if (folder.exists())
        return fail(Code::AlreadyDone, folder.path() + " holds a ledger already; begin in an empty folder");
    ZHICHA_ASSIGN(const SigningKey root, readRootKey(rootKeyFile));
    ZHICHA_ASSIGN(const KeyNote note, readKeyNote(noteFile, root));
    ::mkdir(folder.path().c_str(), 0700);
    ZHICHA_ASSIGN(const FolderLock lock, FolderLock::take(folder));
    const std::string password = randomPassword(random);
    ZHICHA_ASSIGN(const std::string passwordHash, hashPassword(password, PasswordCost()));
    const ServerKeys keys = nextGeneration(note, root, {tlsKey}, serialAfterALoss(clock), clock, random);
    ZHICHA_TRY(folder.writeSecrets({keys, tls, kTablesSealed}, random));
    LedgerStoreOptions options = folder.sealedOptions(keys.tokenKey);
    options.mustExist = false;
    ZHICHA_ASSIGN(const std::unique_ptr<LedgerWriter> ledger, openSqliteLedger(options));
    const Contents nothing{{}, {note.ledger, note.generation, 0, merkleEmptyRoot(), clock.nowMs()}, 0};
    ZHICHA_TRY(prepareGeneration(*ledger, keys, nothing));
    ZHICHA_TRY(announceGeneration(*ledger, keys, nothing.checkpoint,
                                  "nothing was left; tablets bring back what they hold", clock, random));
    Intake intake(*ledger, keys, clock, random);
    ZHICHA_TRY(firstAdministrator(intake, "administrator", passwordHash));
    return nlohmann::json{{"generation", keys.note.generation},
                          {"administrator", "administrator"},
                          {"password", password},
                          {"fingerprint", toHex(fingerprintOf(root.publicKey()))}};
}

} // namespace zhicha
