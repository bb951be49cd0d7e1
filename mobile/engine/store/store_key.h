#pragma once
// The key of the store: 32 random bytes, wrapped by a key that Argon2id makes of the person's PIN or passphrase.
#include "shared/base/disk.h"
#include "shared/crypto/password.h"

namespace zhicha {

inline constexpr const char *kStoreKeyFile = "store.key";

/** File: CBOR {version: 1, salt, operations, memory, wrapped}; written durably, replaced whole. The cost stands in it,
 *  so that it can grow later without locking anybody out. */
[[nodiscard]] Result<SecretKey> makeStoreKey(Disk &disk, std::string_view pin, const PasswordCost &cost,
                                             RandomSource &random);
/** NotFound without the file; WrongPin; StoreDamaged if the file is not one of ours. */
[[nodiscard]] Result<SecretKey> openStoreKey(Disk &disk, std::string_view pin);

} // namespace zhicha
