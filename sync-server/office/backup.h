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
 *  checkpoint. For a system whose tablets have delivered everything; tablets ahead of the backup are told so and keep
 *  what they hold. */
[[nodiscard]] Result<nlohmann::json> restoreLedger(const std::string &file, const LedgerFolder &folder,
                                                   const std::string &rootKeyFile, const TlsMaterial &tls,
                                                   const Digest &tlsKey, const Clock &clock, RandomSource &random);

} // namespace zhicha
