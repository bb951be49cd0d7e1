#pragma once
// The first start of a ledger: root key, keys under a root-signed note, the server chain's first run, one
// administrator.
#include "sync-server/office/folder.h"

namespace zhicha {

struct InitOptions {
    std::string folder;
    std::string name = "督查室";
    std::string keyFile; ///< made with fresh random bytes if it is named and does not exist
    TlsMaterial tls;
    Digest tlsKey{}; ///< SHA-256 of the certificate's SubjectPublicKeyInfo
};

struct InitAnswer {
    std::string administrator;
    std::string password;
    std::string rootKeyFile; ///< outside the folder: to be kept offline
    std::string fingerprint;
};

/** AlreadyDone if the folder holds a ledger. */
[[nodiscard]] Result<InitAnswer> initLedger(const InitOptions &options, const Clock &clock, RandomSource &random);

/** Fresh keys of one generation under a root-signed note. */
[[nodiscard]] ServerKeys makeServerKeys(const Uuid &ledger, const std::string &name, const SigningKey &root,
                                        std::int64_t generation, const std::vector<Digest> &tlsKeys, const Clock &clock,
                                        RandomSource &random);
/** The first transaction of a fresh ledger file: settings, the server chain, ledger.open, key.put. */
[[nodiscard]] Status openFreshLedger(LedgerWriter &ledger, const ServerKeys &keys, const SigningKey &root,
                                     const Clock &clock, RandomSource &random);
/** Puts the server chain of these keys into the ledger (new ledger, or a new generation). Inside a transaction. */
[[nodiscard]] Status putServerChain(LedgerWriter &ledger, const ServerKeys &keys);
/** The key.put operations that say which keys hold. */
[[nodiscard]] Status announceKeys(class IntakeTransaction &transaction, const ServerKeys &keys);

/** The first account of a ledger, which its administrator signs in with. */
[[nodiscard]] Status firstAdministrator(class Intake &intake, const std::string &name, const std::string &passwordHash);

/** Reads and writes the root key file (32 bytes, hex). */
[[nodiscard]] Result<SigningKey> readRootKey(const std::string &path);
/** A password that can be read out over the telephone. */
[[nodiscard]] std::string randomPassword(RandomSource &random);

} // namespace zhicha
