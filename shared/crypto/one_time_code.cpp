#include "shared/crypto/one_time_code.h"

#include "shared/base/error.h"
#include "shared/crypto/digest.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace zhicha {

std::string hotp(ByteView secret, std::uint64_t counter, int digits) {
    ZHICHA_CHECK(digits >= 6 && digits <= 8);
    std::array<std::uint8_t, 8> message{};
    for (int i = 7; i >= 0; --i, counter >>= 8)
        message[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(counter);
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> mac{};
    unsigned size = 0;
    ZHICHA_CHECK(HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), message.data(), message.size(),
                      mac.data(), &size) != nullptr &&
                 size == 20);
    const std::size_t at = mac[19] & 0x0f; // RFC 4226 §5.3: dynamic truncation
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i)
        number = (number << 8) | mac[at + i];
    number &= 0x7fffffff;
    std::string code(static_cast<std::size_t>(digits), '0');
    for (auto it = code.rbegin(); it != code.rend(); ++it, number /= 10)
        *it = static_cast<char>('0' + number % 10);
    return code;
}

std::optional<std::int64_t> matchCode(ByteView secret, std::string_view code, std::int64_t utcMs,
                                      std::int64_t lastUsed) {
    const std::int64_t now = codeStep(utcMs);
    std::optional<std::int64_t> found;
    for (const std::int64_t step : {now - 1, now, now + 1}) {
        if (step < 0 || step <= lastUsed)
            continue;
        const std::string expected = hotp(secret, static_cast<std::uint64_t>(step));
        if (code.size() == expected.size() && equalInConstantTime(viewOf(code), viewOf(expected)))
            found = step;
    }
    return found;
}

std::string toBase32(ByteView bytes) {
    constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string out;
    std::uint32_t held = 0;
    int bits = 0;
    for (const std::uint8_t byte : bytes) {
        held = (held << 8) | byte;
        for (bits += 8; bits >= 5; bits -= 5)
            out.push_back(kLetters[(held >> (bits - 5)) & 31]);
    }
    if (bits > 0)
        out.push_back(kLetters[(held << (5 - bits)) & 31]);
    return out;
}

} // namespace zhicha
