#pragma once
// Single values of the store: who the tablet is, what it knows of the office, where its sync stands.
#include "mobile/engine/store/sql.h"
#include "shared/oplog/cbor.h"

namespace zhicha {

/** Keys of the state table. */
namespace statekey {
inline constexpr std::string_view kIdentity = "identity";
inline constexpr std::string_view kKeyNote = "key_note"; ///< as signed
inline constexpr std::string_view kCheckpoint = "checkpoint";
inline constexpr std::string_view kCursor = "cursor";
inline constexpr std::string_view kClock = "clock";
inline constexpr std::string_view kToken = "token";
inline constexpr std::string_view kSync = "sync";       ///< last success, failures, next try
inline constexpr std::string_view kOrigin = "origin";   ///< where the own chain stands in a new origin
inline constexpr std::string_view kPresent = "present"; ///< generation that is to be shown what earlier ones gave out
inline constexpr std::string_view kBreaks = "breaks";   ///< restores that lost something which had been received
inline constexpr std::string_view kFileNameKey = "file_name_key";
inline constexpr std::string_view kCurrentCheck = "current_check";
inline constexpr std::string_view kChainStart = "chain_start"; ///< h(0) of the own chain
} // namespace statekey

/** Threads: the store's. Errors: SQLite's; StoreDamaged for a value that does not decode. */
class StateTable {
public:
    explicit StateTable(Sql &sql) : m_sql(sql) {}
    Result<std::optional<Bytes>> get(std::string_view key);
    Status put(std::string_view key, ByteView value);
    Status remove(std::string_view key);
    /** The same for values in CBOR. */
    Result<std::optional<cbor::Value>> value(std::string_view key);
    Status putValue(std::string_view key, const cbor::Value &value);

private:
    Sql &m_sql;
};

} // namespace zhicha
