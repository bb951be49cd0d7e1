#pragma once
// One prepared statement. Prepared once, kept by the table object that owns it, used many times.
#include "shared/base/bytes.h"
#include "shared/base/result.h"

#include <concepts>
#include <limits>

struct sqlite3_stmt;

namespace zhicha {

/** Owner:   the object whose SQL it is; it must die before its Database.
 *  Threads: the thread of its Database.
 *  Shape:   parameters count from 1 (`position(":name")` looks one up), columns from 0.
 *  Lives:   text and blobs are borrowed, not copied: what was bound must stay until reset(). Temporaries do not
 * compile; bindCopy copies. Views from text() and blob() hold until the next step() or reset(). Errors:  a failed bind
 * is reported by the next step(); codes as in sqlite_error.h. */
class Statement {
public:
    Statement() = default;
    explicit Statement(sqlite3_stmt *statement) : m_statement(statement) {}
    Statement(Statement &&other) noexcept;
    Statement &operator=(Statement &&other) noexcept;
    ~Statement();

    template <std::integral T>
    Statement &bind(int position, T value) {
        if constexpr (std::numeric_limits<T>::digits > 63)
            ZHICHA_CHECK(value <= static_cast<T>(std::numeric_limits<std::int64_t>::max()));
        return bindInteger(position, static_cast<std::int64_t>(value));
    }
    Statement &bind(int position, double value);
    Statement &bind(int position, std::string_view text);
    Statement &bind(int position, ByteView blob);
    Statement &bind(int position, std::nullopt_t);
    template <typename T>
    Statement &bind(int position, const std::optional<T> &value) {
        return value ? bind(position, *value) : bind(position, std::nullopt);
    }
    Statement &bind(int position, const char *text) { return bind(position, std::string_view(text)); }
    Statement &bind(int position, const std::string &text) { return bind(position, std::string_view(text)); }
    Statement &bind(int position, const Bytes &blob) { return bind(position, ByteView(blob)); }
    template <std::size_t N>
    Statement &bind(int position, const std::array<std::uint8_t, N> &blob) {
        return bind(position, ByteView(blob));
    }
    Statement &bind(int position, std::string &&text) = delete; // would dangle: name it, or bindCopy
    Statement &bind(int position, Bytes &&blob) = delete;
    template <std::size_t N>
    Statement &bind(int position, std::array<std::uint8_t, N> &&blob) = delete;
    template <typename T>
    requires(!std::integral<T>) Statement &bind(int position, std::optional<T> &&value) = delete;
    Statement &bindCopy(int position, std::string_view text);
    Statement &bindCopy(int position, ByteView blob);

    /** Position of `:name`; a name that the SQL does not have is a defect of ours. */
    [[nodiscard]] int position(const char *name) const;

    /** True: a row is there. False: done (and reset already, so that the next bind may follow). */
    Result<bool> step();
    /** Runs a statement that yields no row, then resets it, whatever came out. */
    Status run();
    /** Calls visit(*this) for each row until it fails, then resets. */
    template <typename Visit>
    Status forEach(Visit &&visit) {
        for (;;) {
            auto row = step();
            if (!row)
                return std::move(row).error();
            if (!*row)
                return {};
            if (Status status = visit(*this); !status) {
                reset();
                return status;
            }
        }
    }
    /** Ends the use: releases the read snapshot and forgets what was bound by reference. */
    void reset();

    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] std::string_view text(int column) const; ///< empty for NULL
    [[nodiscard]] ByteView blob(int column) const;         ///< empty for NULL
    /** The blob as a fixed size; nullopt if it is NULL or has another size. */
    template <std::size_t N>
    [[nodiscard]] std::optional<std::array<std::uint8_t, N>> fixed(int column) const {
        return fixedBytes<N>(blob(column));
    }
    [[nodiscard]] int columnCount() const;
    [[nodiscard]] explicit operator bool() const { return m_statement != nullptr; }

private:
    Statement &bindInteger(int position, std::int64_t value);
    void noteBind(int resultCode);

    sqlite3_stmt *m_statement = nullptr;
    int m_bindError = 0;
};

/** Resets a cached statement at the end of the scope: `ScopedReset done(m_find);`. */
class ScopedReset {
public:
    explicit ScopedReset(Statement &statement) : m_statement(statement) {}
    ScopedReset(const ScopedReset &) = delete;
    ScopedReset &operator=(const ScopedReset &) = delete;
    ~ScopedReset() { m_statement.reset(); }

private:
    Statement &m_statement;
};

} // namespace zhicha
