#pragma once
// Result<T>: a value or an Error, with std::expected's names so that it can become an alias for it in C++23.
#include "shared/base/error.h"

#include <optional>
#include <variant>

namespace zhicha {

template <typename T>
class [[nodiscard]] Result {
public:
    using value_type = T;
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}     // NOLINT: implicit by design
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {} // NOLINT
    [[nodiscard]] bool has_value() const noexcept { return m_state.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }
    [[nodiscard]] T &value() & { return std::get<0>(m_state); }
    [[nodiscard]] const T &value() const & { return std::get<0>(m_state); }
    [[nodiscard]] T &&value() && { return std::get<0>(std::move(m_state)); }
    T &operator*() & { return value(); }
    const T &operator*() const & { return value(); }
    T &&operator*() && { return std::move(*this).value(); }
    T *operator->() { return &value(); }
    const T *operator->() const { return &value(); }
    [[nodiscard]] Error &error() & { return std::get<1>(m_state); }
    [[nodiscard]] const Error &error() const & { return std::get<1>(m_state); }
    [[nodiscard]] Error &&error() && { return std::get<1>(std::move(m_state)); }
    [[nodiscard]] T value_or(T other) const { return has_value() ? value() : std::move(other); }

private:
    std::variant<T, Error> m_state;
};

template <>
class [[nodiscard]] Result<void> {
public:
    using value_type = void;
    Result() = default;
    Result(Error error) : m_error(std::move(error)) {} // NOLINT: implicit by design
    [[nodiscard]] bool has_value() const noexcept { return !m_error.has_value(); }
    explicit operator bool() const noexcept { return has_value(); }
    [[nodiscard]] Error &error() & { return *m_error; }
    [[nodiscard]] const Error &error() const & { return *m_error; }
    [[nodiscard]] Error &&error() && { return *std::move(m_error); }

private:
    std::optional<Error> m_error;
};

using Status = Result<void>;

[[nodiscard]] inline Error fail(Code code, std::string detail, Retry retry = Retry::Never) {
    return Error{code, std::move(detail), retry};
}

} // namespace zhicha

#define ZHICHA_CONCAT2(a, b) a##b
#define ZHICHA_CONCAT(a, b) ZHICHA_CONCAT2(a, b)
/** Returns the error of a Status from the calling function. */
#define ZHICHA_TRY(expression)                                                                                         \
    do {                                                                                                               \
        if (auto zhichaStatus = (expression); !zhichaStatus)                                                           \
            return std::move(zhichaStatus).error();                                                                    \
    } while (false)
/** ZHICHA_ASSIGN(auto x, expression): x = the value, or returns the error. */
#define ZHICHA_ASSIGN(declaration, expression)                                                                         \
    ZHICHA_ASSIGN_AS(ZHICHA_CONCAT(zhichaResult, __LINE__), declaration, expression)
#define ZHICHA_ASSIGN_AS(name, declaration, expression)                                                                \
    auto name = (expression);                                                                                          \
    if (!name)                                                                                                         \
        return std::move(name).error();                                                                                \
    declaration = std::move(name).value()
