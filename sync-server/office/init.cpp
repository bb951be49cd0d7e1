#include "sync-server/office/init.h"

#include "shared/crypto/password.h"
#include "sync-server/intake/intake.h"
#include "sync-server/store/sqlite/sqlite_ledger.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace zhicha {

namespace {
/** A small secret file of 0600 that must not exist yet, written and synced. */
Status writeNewSecret(const std::string &path, const std::string &content) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return fail(errno == EEXIST ? Code::AlreadyDone : Code::DiskError, path + ": " + std::strerror(errno));
    const bool written =
        ::write(file, content.data(), content.size()) == static_cast<ssize_t>(content.size()) && ::fsync(file) == 0;
    ::close(file);
    return written ? Status() : fail(Code::DiskError, path + " could not be written");
}
} // namespace

Status firstAdministrator(Intake &intake, const std::string &name, const std::string &passwordHash) {
    ZHICHA_ASSIGN(const std::unique_ptr<IntakeTransaction> transaction, intake.open());
    const Uuid person = transaction->newId();
    const auto put = transaction->append({"person.put", person, {{"name", name}}});
    ZHICHA_TRY(put ? Status() : Status(put.error()));
    const auto grant =
        transaction->append({"role.grant",
                             transaction->newId(),
                             {{"person", person}, {"role", "administrator"}, {"from", intake.clock().nowMs()}}});
    ZHICHA_TRY(grant ? Status() : Status(grant.error()));
    ZHICHA_TRY(intake.ledger().putUser({person, name, "administrator", std::nullopt, passwordHash}));
    const auto committed = transaction->commit();
    return committed ? Status() : Status(committed.error());
}

std::string randomPassword(RandomSource &random) {
    constexpr std::string_view kLetters = "abcdefghjkmnpqrstvwxyz23456789"; // none that look alike
    std::string out;
    for (const std::uint8_t byte : random.array<20>()) {
        if (out.size() % 6 == 5)
            out.push_back('-');
        out.push_back(kLetters[byte % kLetters.size()]);
    }
    return out;
}

Result<SigningKey> readRootKey(const std::string &path) {
    std::ifstream file(path);
    std::string hex;
    if (!(file >> hex))
        return fail(Code::NotFound, "the root key file " + path + " cannot be read");
    const auto bytes = fromHex(hex);
    const auto seed = bytes ? fixedBytes<32>(*bytes) : std::nullopt;
    if (!seed)
        return fail(Code::BadEncoding, "the root key file " + path + " does not hold 64 hex digits");
    return SigningKey::fromSeed(*seed);
}

ServerKeys makeServerKeys(const Uuid &ledger, const std::string &name, const SigningKey &root, std::int64_t generation,
                          const std::vector<Digest> &tlsKeys, const Clock &clock, RandomSource &random) {
    ServerKeys keys{ledger,
                    SigningKey::generate(random),
                    SigningKey::generate(random),
                    generateBoxKeys(random),
                    random.array<32>(),
                    {},
                    {}};
    keys.note.ledger = ledger;
    keys.note.name = name;
    keys.note.serial = generation;
    keys.note.issuedAtMs = clock.nowMs();
    keys.note.generation = generation;
    keys.note.logKey = keys.log.publicKey();
    keys.note.serverDevice = newUuid(clock, random);
    keys.note.serverKey = keys.chain.publicKey();
    keys.note.sealingKey = keys.sealing.publicKey;
    keys.note.tlsKeys = tlsKeys;
    keys.signedNote = signKeyNote(keys.note, root);
    return keys;
}

Status putServerChain(LedgerWriter &ledger, const ServerKeys &keys) {
    ChainRecord chain;
    chain.device = keys.device();
    chain.key = keys.chain.publicKey();
    chain.server = true;
    chain.generation = keys.note.generation;
    chain.head = {0, chainStart(keys.ledger, chain.suite, chain.device, chain.key)};
    ZHICHA_TRY(ledger.putChain(chain));
    DeviceFacts facts;
    facts.server = true;
    facts.generation = keys.note.generation;
    return ledger.setDeviceFacts(keys.device(), facts);
}

Status announceKeys(IntakeTransaction &transaction, const ServerKeys &keys) {
    std::vector<std::pair<std::string, Bytes>> announced{{"log", toBytes(keys.note.logKey)},
                                                         {"server", toBytes(keys.note.serverKey)},
                                                         {"sealing", toBytes(keys.note.sealingKey)}};
    for (const Digest &key : keys.note.tlsKeys)
        announced.emplace_back("tls", toBytes(key));
    for (auto &[purpose, key] : announced) {
        const auto put = transaction.append({"key.put",
                                             transaction.newId(),
                                             {{"purpose", purpose},
                                              {"key", std::move(key)},
                                              {"from", keys.note.issuedAtMs},
                                              {"note", keys.signedNote}}});
        ZHICHA_TRY(put ? Status() : Status(put.error()));
    }
    return {};
}

Status openFreshLedger(LedgerWriter &ledger, const ServerKeys &keys, const SigningKey &root, const Clock &clock,
                       RandomSource &random) {
    ZHICHA_TRY(ledger.begin());
    Status prepared = ledger.putSetting("ledger", toText(keys.ledger));
    if (prepared)
        prepared = putServerChain(ledger, keys);
    if (!prepared) {
        ledger.rollback();
        return prepared;
    }
    ZHICHA_TRY(ledger.commit());
    IntakeTransaction transaction(ledger, keys, clock, random);
    ZHICHA_TRY(transaction.begin());
    const auto opened = transaction.append({"ledger.open",
                                            keys.ledger,
                                            {{"name", keys.note.name},
                                             {"suite", std::int64_t{kSuite1}},
                                             {"root_key", toBytes(root.publicKey())},
                                             {"level", "内部"}}});
    ZHICHA_TRY(opened ? Status() : Status(opened.error()));
    ZHICHA_TRY(announceKeys(transaction, keys));
    const auto committed = transaction.commit();
    return committed ? Status() : Status(committed.error());
}

Result<InitAnswer> initLedger(const InitOptions &options, const Clock &clock, RandomSource &random) {
    if (!options.keyFile.empty() && ::access(options.keyFile.c_str(), F_OK) != 0)
        ZHICHA_TRY(writeNewSecret(options.keyFile, toHex(random.array<32>()) + "\n"));
    ZHICHA_ASSIGN(const LedgerFolder folder, LedgerFolder::at(options.folder, options.keyFile));
    if (folder.exists())
        return fail(Code::AlreadyDone, folder.path() + " holds a ledger already");
    if (::mkdir(folder.path().c_str(), 0700) != 0 && errno != EEXIST)
        return fail(Code::DiskError, folder.path() + ": " + std::strerror(errno));
    ZHICHA_ASSIGN(const FolderLock lock, FolderLock::take(folder));

    const SigningKey root = SigningKey::generate(random);
    InitAnswer answer;
    answer.rootKeyFile = folder.path() + ".root.key";
    ZHICHA_TRY(writeNewSecret(answer.rootKeyFile, toHex(root.seed()) + "\n"));
    answer.fingerprint = toHex(fingerprintOf(root.publicKey()));
    answer.administrator = "administrator";
    answer.password = randomPassword(random);
    ZHICHA_ASSIGN(const std::string passwordHash, hashPassword(answer.password, PasswordCost()));

    const ServerKeys keys =
        makeServerKeys(newUuid(clock, random), options.name, root, 1, {options.tlsKey}, clock, random);
    ZHICHA_TRY(folder.writeSecrets({keys, options.tls, kTablesSealed}, random));
    LedgerStoreOptions store = folder.sealedOptions(keys.tokenKey);
    store.mustExist = false;
    ZHICHA_ASSIGN(const std::unique_ptr<LedgerWriter> ledger, openSqliteLedger(store));
    ZHICHA_TRY(openFreshLedger(*ledger, keys, root, clock, random));
    Intake intake(*ledger, keys, clock, random);
    ZHICHA_TRY(firstAdministrator(intake, answer.administrator, passwordHash));
    return answer;
}

} // namespace zhicha
