#pragma once
// SHA-256 (FIPS 180-4) of bytes that lie there or pass by.
#include "shared/base/bytes.h"

#include <memory>

namespace zhicha {

[[nodiscard]] Digest sha256(ByteView bytes);
/** Of the concatenation of the parts, without copying them. */
[[nodiscard]] Digest sha256(std::initializer_list<ByteView> parts);
/** H(domain ‖ 0x00 ‖ parts…): every digest of ours names its purpose, so that none can serve another. */
[[nodiscard]] Digest taggedDigest(std::string_view domain, std::initializer_list<ByteView> parts);

/** Running digest. Threads: one at a time. */
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256 &&) noexcept;
    Sha256 &operator=(Sha256 &&) noexcept;
    void update(ByteView bytes);
    /** The digest so far; updates may go on afterwards. */
    [[nodiscard]] Digest digest() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/** HMAC-SHA-256 (RFC 2104). */
[[nodiscard]] Digest hmacSha256(ByteView key, ByteView message);
/** Compares in time that does not depend on the content. */
[[nodiscard]] bool equalInConstantTime(ByteView a, ByteView b);

} // namespace zhicha
