#pragma once
// A consistent copy of a ledger with its photos in one file (a tar), made while serving; and its way back.
#include "sync-server/office/access.h"
#include "sync-server/office/folder.h"

#include <nlohmann/json_fwd.hpp>

namespace zhicha {

/** Ledger first, then the photos that it counts as received: those never change. Appends backup.made.
 *  {"file","log","size","photos","bytes"}. AlreadyDone if the file exists. */
[[nodiscard]] Result<nlohmann::json> backupLedger(const LedgerFolder &folder, LedgerAccess &access,
                                                  const std::string &file);

/** Unpacks into a folder without a ledger and opens a new generation under the root key: log.open names the restored
 *  checkpoint, and a reconciliation begins (reconcile.h). `noteFile`: the key note that a tablet holds
 *  (`zhicha-field key-note`), needed where a generation was opened after the backup; empty = the backup's own. */
[[nodiscard]] Result<nlohmann::json> restoreLedger(const std::string &file, const LedgerFolder &folder,
                                                   const std::string &rootKeyFile, const std::string &noteFile,
                                                   const TlsMaterial &tls, const Digest &tlsKey, const Clock &clock,
                                                   RandomSource &random);

/** What a restore makes of a ledger that was just unpacked. */
struct RestoredGeneration {
    ServerKeys keys; ///< of the new generation, with a token key that seals nothing yet
    Checkpoint continues;
    std::int64_t log = 0;
    std::size_t photos = 0;
};
/** The part of restoreLedger that needs no folder. `shown`: the newest key note that somebody holds, if not the
 *  ledger's own. */
[[nodiscard]] Result<RestoredGeneration> openRestored(LedgerWriter &ledger, const SigningKey &root,
                                                      const std::optional<KeyNote> &shown,
                                                      const std::vector<Digest> &tlsKeys, const Clock &clock,
                                                      RandomSource &random);

/** The server is lost and there is no backup: an empty ledger under the same id and root key, whose tablets bring back
 *  what they hold. {"generation","administrator","password","fingerprint"} */
[[nodiscard]] Result<nlohmann::json> restoreFromTablets(const std::string &noteFile, const LedgerFolder &folder,
                                                        const std::string &rootKeyFile, const TlsMaterial &tls,
                                                        const Digest &tlsKey, const Clock &clock, RandomSource &random);

} // namespace zhicha
