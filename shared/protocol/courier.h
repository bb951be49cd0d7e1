#pragma once
// The words of the records that a courier file carries (docs/FORMATS.md "Courier file"), for both sides.
#include <cstdint>
#include <string_view>

namespace zhicha::protocol {

inline constexpr std::int64_t kCourierVersion = 1;
inline constexpr std::string_view kCourierPurpose = "courier"; ///< of the outbox's signature

// `what` of a record
inline constexpr std::string_view kOutboxRecord = "outbox"; ///< the first one of an outbox
inline constexpr std::string_view kRunRecord = "run";
inline constexpr std::string_view kPhotoRecord = "photo";           ///< its bytes follow raw
inline constexpr std::string_view kReceiptsRecord = "receipts";     ///< the first one of what goes back
inline constexpr std::string_view kOperationsRecord = "operations"; ///< an answer to runs, with its consistency proof
inline constexpr std::string_view kChangesRecord = "changes";       ///< a page

} // namespace zhicha::protocol
