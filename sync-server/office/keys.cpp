#include "sync-server/office/keys.h"

#include "sync-server/intake/intake.h"
#include "sync-server/store/sqlite/sqlite_ledger.h"

#include <nlohmann/json.hpp>

namespace zhicha {

Result<KeyNote> newestKeyNote(LedgerReader &ledger, const SigningKey &root) {
    std::optional<KeyNote> newest;
    ZHICHA_TRY(ledger.forEachRowOfType(EntityType::Key, [&](const RowRecord &record) -> Status {
        const cbor::Value *note = record.row.value("note");
        if (note == nullptr || note->bytes() == nullptr)
            return {};
        ZHICHA_ASSIGN(const KeyNote opened, openKeyNote(*note->bytes(), fingerprintOf(root.publicKey())));
        if (!newest || opened.serial > newest->serial)
            newest = opened;
        return {};
    }));
    if (!newest)
        return fail(Code::StoreDamaged, "the ledger holds no key note");
    return *newest;
}

Result<ServerKeys> openGeneration(LedgerWriter &ledger, const KeyNote &old, const SigningKey &root,
                                  const std::vector<Digest> &tlsKeys, const Checkpoint &continues,
                                  const std::string &reason, const Clock &clock, RandomSource &random) {
    ServerKeys keys = nextGeneration(old, root, tlsKeys, old.serial + 1, clock, random);
    ZHICHA_TRY(ledger.begin());
    if (const Status put = putServerChain(ledger, keys); !put) {
        ledger.rollback();
        return put.error();
    }
    ZHICHA_TRY(ledger.commit());
    ZHICHA_TRY(announceGeneration(ledger, keys, continues, reason, clock, random));
    return keys;
}

ServerKeys nextGeneration(const KeyNote &old, const SigningKey &root, const std::vector<Digest> &tlsKeys,
                          std::int64_t serial, const Clock &clock, RandomSource &random) {
    ServerKeys keys = makeServerKeys(old.ledger, old.name, root, old.generation + 1, tlsKeys, clock, random);
    keys.note.serial = std::max(old.serial + 1, serial);
    keys.note.past = old.past;
    keys.note.past.push_back({old.generation, old.logKey, old.serverDevice, old.serverKey});
    keys.signedNote = signKeyNote(keys.note, root);
    return keys;
}

Status announceGeneration(LedgerWriter &ledger, const ServerKeys &keys, const Checkpoint &continues,
                          const std::string &reason, const Clock &clock, RandomSource &random) {
    IntakeTransaction transaction(ledger, keys, clock, random);
    ZHICHA_TRY(transaction.begin());
    const auto opened = transaction.append(
        {"log.open",
         transaction.newId(),
         {{"generation", keys.note.generation},
          {"continues", cbor::Map{{"origin", checkpointOrigin(continues.ledger, continues.generation)},
                                  {"size", continues.size},
                                  {"root", continues.root}}},
          {"reason", reason}}});
    ZHICHA_TRY(opened ? Status() : Status(opened.error()));
    ZHICHA_TRY(announceKeys(transaction, keys));
    const auto committed = transaction.commit();
    return committed ? Status() : Status(committed.error());
}

namespace {
Status announce(LedgerWriter &ledger, const ServerKeys &keys, const Clock &clock, RandomSource &random) {
    IntakeTransaction transaction(ledger, keys, clock, random);
    ZHICHA_TRY(transaction.begin());
    ZHICHA_TRY(announceKeys(transaction, keys));
    const auto committed = transaction.commit();
    return committed ? Status() : Status(committed.error());
}
} // namespace

Result<nlohmann::json> replaceKey(const LedgerFolder &folder, const std::string &purpose,
                                  const std::string &rootKeyFile, const std::optional<TlsMaterial> &tls,
                                  const std::optional<Digest> &tlsKey, const Clock &clock, RandomSource &random) {
    ZHICHA_ASSIGN(const SigningKey root, readRootKey(rootKeyFile));
    ZHICHA_ASSIGN(FolderSecrets secrets, folder.readSecrets());
    ZHICHA_ASSIGN(const PublicKey listed, claimedRootKey(secrets.keys.signedNote));
    if (listed != root.publicKey())
        return fail(Code::WrongServer, "this is not the root key of this ledger");
    ZHICHA_TRY(folder.sealOldTables(secrets, random));
    ZHICHA_ASSIGN(const std::unique_ptr<LedgerWriter> ledger,
                  openSqliteLedger(folder.sealedOptions(secrets.keys.tokenKey)));
    ServerKeys &keys = secrets.keys;
    if (purpose == "log" || purpose == "server") {
        Intake intake(*ledger, keys, clock, random);
        ZHICHA_ASSIGN(const std::string note, intake.checkpoint());
        ZHICHA_ASSIGN(const Checkpoint checkpoint, openCheckpoint(note, keys.log.publicKey()));
        ZHICHA_ASSIGN(ServerKeys next, openGeneration(*ledger, keys.note, root, keys.note.tlsKeys, checkpoint,
                                                      "new " + purpose + " key", clock, random));
        next.tokenKey = keys.tokenKey; // sessions go on, seals hold
        keys = std::move(next);
    } else if (purpose == "tls" || purpose == "sealing") {
        if (purpose == "tls") {
            if (!tls || !tlsKey)
                return fail(Code::WrongUsage, "a TLS key comes with its certificate");
            // The old key stays listed, so that tablets that hold the old note are not cut off before the restart.
            keys.note.tlsKeys.insert(keys.note.tlsKeys.begin(), *tlsKey);
            keys.note.tlsKeys.resize(std::min<std::size_t>(keys.note.tlsKeys.size(), 4));
            secrets.tls = *tls;
        } else {
            keys.sealing = generateBoxKeys(random);
            keys.note.sealingKey = keys.sealing.publicKey;
        }
        ++keys.note.serial;
        keys.note.issuedAtMs = clock.nowMs();
        keys.signedNote = signKeyNote(keys.note, root);
        ZHICHA_TRY(announce(*ledger, keys, clock, random));
    } else {
        return fail(Code::WrongUsage, "--purpose is one of tls, log, server, sealing");
    }
    ZHICHA_TRY(folder.writeSecrets(secrets, random));
    return nlohmann::json{{"purpose", purpose}, {"serial", keys.note.serial}, {"generation", keys.note.generation}};
}

} // namespace zhicha
