#pragma once
// Keys from what people remember: Argon2id (RFC 9106).
#include "shared/crypto/box.h"

namespace zhicha {

/** Cost of one derivation. Stored beside the salt, so that it can grow without locking anybody out. */
struct PasswordCost {
    std::uint64_t operations = 3;
    std::uint64_t memoryBytes = 64u << 20;
};
inline constexpr std::size_t kSaltSize = 16;
using Salt = std::array<std::uint8_t, kSaltSize>;

/** InvalidArgument for an empty password or costs outside libsodium's range; DiskFull never; Internal if out of memory.
 */
[[nodiscard]] Result<SecretKey> keyFromPassword(std::string_view password, const Salt &salt, const PasswordCost &cost);
/** The string form that is stored for console users ($argon2id$…). */
[[nodiscard]] Result<std::string> hashPassword(std::string_view password, const PasswordCost &cost);
[[nodiscard]] bool passwordMatches(const std::string &stored, std::string_view password);

} // namespace zhicha
