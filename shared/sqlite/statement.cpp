#include "shared/sqlite/statement.h"

#include "shared/sqlite/sqlite_error.h"

#include <sqlite3.h>
#include <utility>

namespace zhicha {

namespace {
// A null pointer would bind NULL; an empty text or blob is a value.
const void *pointerOf(const void *data) {
    return data != nullptr ? data : "";
}
} // namespace

Statement::Statement(Statement &&other) noexcept
    : m_statement(std::exchange(other.m_statement, nullptr)), m_bindError(std::exchange(other.m_bindError, 0)) {}

Statement &Statement::operator=(Statement &&other) noexcept {
    if (this != &other) {
        sqlite3_finalize(m_statement);
        m_statement = std::exchange(other.m_statement, nullptr);
        m_bindError = std::exchange(other.m_bindError, 0);
    }
    return *this;
}

Statement::~Statement() {
    sqlite3_finalize(m_statement); // its code repeats the last step's, which was reported
}

void Statement::noteBind(int resultCode) {
    if (resultCode != SQLITE_OK && m_bindError == SQLITE_OK)
        m_bindError = resultCode;
}

Statement &Statement::bindInteger(int position, std::int64_t value) {
    noteBind(sqlite3_bind_int64(m_statement, position, value));
    return *this;
}

Statement &Statement::bind(int position, double value) {
    noteBind(sqlite3_bind_double(m_statement, position, value));
    return *this;
}

Statement &Statement::bind(int position, std::string_view text) {
    noteBind(sqlite3_bind_text64(m_statement, position, static_cast<const char *>(pointerOf(text.data())), text.size(),
                                 SQLITE_STATIC, SQLITE_UTF8));
    return *this;
}

Statement &Statement::bind(int position, ByteView blob) {
    noteBind(sqlite3_bind_blob64(m_statement, position, pointerOf(blob.data()), blob.size(), SQLITE_STATIC));
    return *this;
}

Statement &Statement::bind(int position, std::nullopt_t) {
    noteBind(sqlite3_bind_null(m_statement, position));
    return *this;
}

Statement &Statement::bindCopy(int position, std::string_view text) {
    noteBind(sqlite3_bind_text64(m_statement, position, static_cast<const char *>(pointerOf(text.data())), text.size(),
                                 SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

Statement &Statement::bindCopy(int position, ByteView blob) {
    noteBind(sqlite3_bind_blob64(m_statement, position, pointerOf(blob.data()), blob.size(), SQLITE_TRANSIENT));
    return *this;
}

int Statement::position(const char *name) const {
    const int found = sqlite3_bind_parameter_index(m_statement, name);
    ZHICHA_CHECK(found > 0);
    return found;
}

Result<bool> Statement::step() {
    ZHICHA_CHECK(m_statement != nullptr);
    int code = m_bindError;
    if (code == SQLITE_OK) {
        code = sqlite3_step(m_statement);
        if (code == SQLITE_ROW)
            return true;
        if (code == SQLITE_DONE) {
            sqlite3_reset(m_statement);
            return false;
        }
    }
    Error error = sqliteError(sqlite3_db_handle(m_statement), code, sqlite3_sql(m_statement));
    reset();
    return error;
}

Status Statement::run() {
    auto row = step();
    if (!row)
        return std::move(row).error();
    if (*row)
        reset();
    return {};
}

void Statement::reset() {
    if (m_statement == nullptr)
        return;
    sqlite3_reset(m_statement);
    m_bindError = SQLITE_OK;
}

bool Statement::isNull(int column) const {
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(m_statement, column);
}

double Statement::real(int column) const {
    return sqlite3_column_double(m_statement, column);
}

std::string_view Statement::text(int column) const {
    const auto *data = reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column));
    const int size = sqlite3_column_bytes(m_statement, column);
    return data != nullptr ? std::string_view(data, static_cast<std::size_t>(size)) : std::string_view();
}

ByteView Statement::blob(int column) const {
    const auto *data = static_cast<const std::uint8_t *>(sqlite3_column_blob(m_statement, column));
    const int size = sqlite3_column_bytes(m_statement, column);
    return data != nullptr ? ByteView(data, static_cast<std::size_t>(size)) : ByteView();
}

int Statement::columnCount() const {
    return sqlite3_column_count(m_statement);
}

} // namespace zhicha
