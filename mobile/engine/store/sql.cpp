#include "mobile/engine/store/sql.h"

namespace zhicha {

Result<Statement *> Sql::get(const char *text) {
    const auto it = m_statements.find(text);
    if (it != m_statements.end())
        return &it->second;
    ZHICHA_ASSIGN(Statement statement, m_db.prepare(text));
    return &m_statements.emplace(text, std::move(statement)).first->second;
}

} // namespace zhicha
