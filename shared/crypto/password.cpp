#include "shared/crypto/password.h"

#include "shared/crypto/sodium_start.h"

namespace zhicha {

Result<SecretKey> keyFromPassword(std::string_view password, const Salt &salt, const PasswordCost &cost) {
    startSodium();
    if (password.empty())
        return fail(Code::InvalidArgument, "the PIN or passphrase is empty");
    if (cost.operations < crypto_pwhash_OPSLIMIT_MIN || cost.operations > 64 ||
        cost.memoryBytes < crypto_pwhash_MEMLIMIT_MIN || cost.memoryBytes > (std::uint64_t{1} << 30))
        return fail(Code::InvalidArgument, "the cost of the key derivation is out of range");
    SecretKey key;
    if (crypto_pwhash(key.data(), key.size(), password.data(), password.size(), salt.data(), cost.operations,
                      static_cast<std::size_t>(cost.memoryBytes), crypto_pwhash_ALG_ARGON2ID13) != 0)
        return fail(Code::Internal, "not enough memory to derive the key", Retry::Later);
    return key;
}

Result<std::string> hashPassword(std::string_view password, const PasswordCost &cost) {
    startSodium();
    std::array<char, crypto_pwhash_STRBYTES> out{};
    if (crypto_pwhash_str(out.data(), password.data(), password.size(), cost.operations,
                          static_cast<std::size_t>(cost.memoryBytes)) != 0)
        return fail(Code::Internal, "not enough memory to hash the password", Retry::Later);
    return std::string(out.data());
}

bool passwordMatches(const std::string &stored, std::string_view password) {
    startSodium();
    return crypto_pwhash_str_verify(stored.c_str(), password.data(), password.size()) == 0;
}

} // namespace zhicha
