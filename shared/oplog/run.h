#pragma once
// A run: the piece of a chain that is signed, sent and receipted together. docs/FORMATS.md "Run".
#include "shared/oplog/chain.h"

namespace zhicha {

inline constexpr std::size_t kMaxRunOperations = 500;
inline constexpr std::size_t kMaxRunBytes = 512 * 1024; ///< encoded, so that any run fits a request

/** One operation of a run as it travels: with its body, with the body's digest alone, or as d alone (out of scope). */
struct RunElement {
    std::optional<OperationBytes> operation; ///< absent: only d is known
    Digest d{};                              ///< always the operation's digest
};

struct RunBounds {
    Uuid ledger;
    std::uint8_t suite = kSuite1;
    Uuid device;
    std::int64_t first = 0; ///< sequence of the first operation
    std::int64_t last = 0;  ///< of the last one, included
    Digest before{};        ///< h(first - 1)
    Digest h{};             ///< h(last)
    bool operator==(const RunBounds &) const = default;
};

struct Run {
    RunBounds bounds;
    std::vector<RunElement> elements;
    Signature signature{};
};

/** Signs the bounds (never the elements, so that a reader of digests alone can check it). */
[[nodiscard]] Signature signRun(const RunBounds &bounds, const SigningKey &key);
[[nodiscard]] bool runSignatureFits(const RunBounds &bounds, const PublicKey &key, const Signature &signature);

/** TooLarge past the limits above. */
[[nodiscard]] Result<Bytes> encodeRun(const Run &run);

/** Decodes and recomputes the chain inside: after success d of every element is right and h follows from before.
 *  Errors: BadEncoding, TooLarge, BadProof (the elements do not lead from `before` to `h`). The signature is not
 *  checked here: the key belongs to the ledger. */
[[nodiscard]] Result<Run> decodeRun(ByteView bytes);

/** The first bytes of an encoded run tell whose it is, so that a caller can find the key before decoding it all. */
[[nodiscard]] Bytes runSignedContent(const RunBounds &bounds);

} // namespace zhicha
