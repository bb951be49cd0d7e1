#pragma once
// A person's security key over an operation of the server's chain: what it signs, how that stands in the operation, and
// how anybody checks it later with the operation alone (docs/FORMATS.md "Assertions").
#include "shared/base/ids.h"
#include "shared/oplog/cbor.h"
#include "sync-server/office/signin/webauthn.h"

namespace zhicha {

inline constexpr const char *kAssertionField = "assertion";
inline constexpr std::size_t kMostCovered = 4; ///< statements that one touch covers

/** What one operation says, and who says it. */
struct SignedStatement {
    Uuid ledger;
    std::string kind;
    Uuid entity;
    Uuid actor;
    cbor::Map fields; ///< of the body; the assertion itself is left out
};
/** The bytes that are hashed. */
[[nodiscard]] Bytes statementBytes(const SignedStatement &statement);
[[nodiscard]] Digest statementDigest(const SignedStatement &statement);
/** What the key is asked to sign: all statements of one touch. */
[[nodiscard]] Bytes challengeOver(const std::vector<Digest> &statements);

/** A touch, with what is needed to check it. */
struct KeyWord {
    Bytes credential;
    std::int64_t algorithm = 0;
    Bytes publicKey;
    std::string rpId, origin;
    Assertion assertion;
    std::vector<Digest> covers;
};
[[nodiscard]] cbor::Map keyWordFields(const KeyWord &word);
/** BadEncoding for what is none. */
[[nodiscard]] Result<KeyWord> readKeyWord(const cbor::Map &fields);
/** The new sign count. BadSignature: of another key, page or statement, or nobody touched it. */
[[nodiscard]] Result<std::int64_t> checkKeyWord(const KeyWord &word, const Digest &statement, std::int64_t signCount);
/** Of an operation as it stands in the log, if it bears one; nothing to say where it bears none. */
[[nodiscard]] Status checkStoredWord(const SignedStatement &statement);

} // namespace zhicha
