#pragma once
// The small languages inside tus and range headers, parsed strictly: numbers, metadata, byte ranges.
#include "shared/base/bytes.h"

namespace zhicha {

/** Decimal digits only, at most 18 of them; nullopt for anything else, an empty text included. */
[[nodiscard]] std::optional<std::uint64_t> readDecimal(std::string_view text);

/** The value of `key` in an Upload-Metadata field (tus 1.0 creation: "key base64,key2 base64"), decoded.
 *  nullopt if the key is missing, given twice, or its value is no strict base64. */
[[nodiscard]] std::optional<std::string> tusMetadata(std::string_view field, std::string_view key);

/** Half-open range of bytes. */
struct ByteRange {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
};
enum class RangeVerdict { Whole, Part, Unsatisfiable };

/** One range of "bytes=a-b", "bytes=a-" or "bytes=-n" (RFC 9110 §14.1.2). Other units, several ranges or a broken
 *  field mean the whole, as the RFC allows. `range` is set for Whole and Part. */
[[nodiscard]] RangeVerdict readRange(std::string_view field, std::uint64_t size, ByteRange &range);

} // namespace zhicha
