#include "mobile/engine/store/state_table.h"

namespace zhicha {

Result<std::optional<Bytes>> StateTable::get(std::string_view key) {
    ZHICHA_ASSIGN(Statement * find, m_sql.get("SELECT value FROM state WHERE key = ?1"));
    const ScopedReset done(*find);
    find->bind(1, key);
    ZHICHA_ASSIGN(const bool found, find->step());
    return found ? std::optional(toBytes(find->blob(0))) : std::nullopt;
}

Status StateTable::put(std::string_view key, ByteView value) {
    ZHICHA_ASSIGN(Statement * write, m_sql.get("INSERT INTO state VALUES(?1, ?2) "
                                               "ON CONFLICT(key) DO UPDATE SET value = excluded.value"));
    return write->bind(1, key).bind(2, value).run();
}

Status StateTable::remove(std::string_view key) {
    ZHICHA_ASSIGN(Statement * write, m_sql.get("DELETE FROM state WHERE key = ?1"));
    return write->bind(1, key).run();
}

Result<std::optional<cbor::Value>> StateTable::value(std::string_view key) {
    ZHICHA_ASSIGN(const std::optional<Bytes> bytes, get(key));
    if (!bytes)
        return std::optional<cbor::Value>();
    auto decoded = cbor::decode(*bytes);
    if (!decoded)
        return fail(Code::StoreDamaged, "the stored value of " + std::string(key) + " does not decode");
    return std::optional(std::move(*decoded));
}

Status StateTable::putValue(std::string_view key, const cbor::Value &value) {
    return put(key, cbor::encode(value));
}

} // namespace zhicha
