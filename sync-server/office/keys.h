#pragma once
// Keys of the office: new ones under the offline root key.
#include "sync-server/office/init.h"

#include <nlohmann/json_fwd.hpp>

namespace zhicha {

/** The newest root-signed note that the ledger itself holds (key.put). WrongServer if the root key is another. */
[[nodiscard]] Result<KeyNote> newestKeyNote(LedgerReader &ledger, const SigningKey &root);

/** Opens a new generation: fresh server and log keys, a new server chain, log.open naming the checkpoint it continues.
 */
[[nodiscard]] Result<ServerKeys> openGeneration(LedgerWriter &ledger, const KeyNote &old, const SigningKey &root,
                                                const std::vector<Digest> &tlsKeys, const Checkpoint &continues,
                                                const std::string &reason, const Clock &clock, RandomSource &random);

/** Fresh keys of the next generation under a note that lists the old ones as past, with this serial or a higher one. */
[[nodiscard]] ServerKeys nextGeneration(const KeyNote &old, const SigningKey &root, const std::vector<Digest> &tlsKeys,
                                        std::int64_t serial, const Clock &clock, RandomSource &random);
/** log.open and the keys, as the first words of a server chain that the ledger has. */
[[nodiscard]] Status announceGeneration(LedgerWriter &ledger, const ServerKeys &keys, const Checkpoint &continues,
                                        const std::string &reason, const Clock &clock, RandomSource &random);

/** `key DIR --purpose …`: tls and sealing replace one key under a note with the next serial (the old TLS key stays
 * listed beside it); log and server open a new generation. Writes the folder's secrets.
 * {"purpose","serial","generation"} */
[[nodiscard]] Result<nlohmann::json> replaceKey(const LedgerFolder &folder, const std::string &purpose,
                                                const std::string &rootKeyFile, const std::optional<TlsMaterial> &tls,
                                                const std::optional<Digest> &tlsKey, const Clock &clock,
                                                RandomSource &random);

} // namespace zhicha
