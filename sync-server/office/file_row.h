#pragma once
// One object of a ledger file, read member by member; what nobody asked for becomes `extra`, so that it comes back.
#include "sync-server/office/ledger_file.h"

#include <set>

namespace zhicha {

/** Errors stay: the first one holds. The row and the entry outlive the reader. */
class FileRow {
public:
    FileRow(const JsonText &row, FileEntry &entry) : m_row(row), m_entry(entry) {}

    [[nodiscard]] const FileEntry &entry() const { return m_entry; }
    [[nodiscard]] Status status() const { return m_error ? Status(*m_error) : Status(); }
    void refuse(std::string_view name, std::string_view why);
    void refuse(const Error &error); ///< one that names its own place

    /** An explicit null of an optional member says what its absence says; it is kept, so that it comes back. */
    const JsonText *find(std::string_view name, bool required);
    /** The same of a list; an empty one is kept like a null. */
    const std::vector<JsonText> *list(std::string_view name, bool required);
    std::optional<std::string> text(std::string_view name, bool required);
    std::optional<std::string> day(std::string_view name, bool required);
    std::optional<std::string> number(std::string_view name, bool required);

    void putText(std::string_view name, bool required = true);
    void putWord(std::string_view name, std::initializer_list<std::string_view> words);
    void putDay(std::string_view name, bool required = true);
    /** A whole number. */
    void putWhole(std::string_view name, std::int64_t least, std::int64_t most);
    /** A decimal kept as an integer; the text is kept beside it where it says more than the integer. */
    void putScaled(std::string_view name, const std::string &field, int digits, std::int64_t least, std::int64_t most);
    /** A day that is written by another kind than the one that bears the entity. */
    void putChange(std::string_view name);

    void keep(std::string_view name);
    void finish(); ///< moves what was not read into `extra`

private:
    const JsonText &m_row;
    FileEntry &m_entry;
    std::set<std::string, std::less<>> m_read;
    cbor::Map m_extra;
    std::optional<Error> m_error;
};

} // namespace zhicha
