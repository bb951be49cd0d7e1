#pragma once
// Drafts: what is being typed, saved at most 0.7 s behind the keyboard, valid or not. No operations.
#include "mobile/engine/store/sql.h"
#include "shared/oplog/cbor.h"

namespace zhicha {

struct Draft {
    Uuid id; ///< the entity's, minted when typing began
    std::string kind;
    std::optional<Uuid> check;
    cbor::Map content;
    std::int64_t updatedMs = 0;
};

/** Threads: the store's. Each call is one durable statement outside a transaction, or part of the caller's. */
class DraftTable {
public:
    explicit DraftTable(Sql &sql) : m_sql(sql) {}
    Status put(const Draft &draft);
    Result<std::optional<Draft>> get(const Uuid &id);
    Result<std::vector<Draft>> all(); ///< the latest first
    Status remove(const Uuid &id);    ///< fine if there is none

private:
    Sql &m_sql;
};

} // namespace zhicha
