#pragma once
// JSON whose numbers stay the text that they were: points, degrees and metres never pass through binary floats, and
// what came in goes out again digit for digit.
#include "shared/base/result.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace zhicha {

inline constexpr std::size_t kMaxJsonBytes = 64u << 20;
inline constexpr std::size_t kMaxJsonValues = 2'000'000; ///< bounds the memory that a hostile file can take
inline constexpr std::size_t kMaxJsonDepth = 32;

struct JsonMember;

/** One value. Members of an object keep the order of the file. */
struct JsonText {
    enum class Kind : std::uint8_t { Null, True, False, Number, String, Array, Object };
    Kind kind = Kind::Null;
    std::string text; ///< of a string, or of a number as written
    std::vector<JsonText> items;
    std::vector<JsonMember> members;

    [[nodiscard]] const JsonText *member(std::string_view name) const; ///< nullptr if there is none
    void add(std::string_view name, JsonText value);                   ///< to an object
    [[nodiscard]] bool isEmptyList() const { return kind == Kind::Array && items.empty(); }
};

/** A struct of its own: a pair of an unfinished type is refused by clang's reading of the library. */
struct JsonMember {
    std::string name;
    JsonText value;
};

/** BadEncoding (no JSON, a repeated key, too deep), TooLarge. */
[[nodiscard]] Result<JsonText> parseJsonText(std::string_view text);
/** Compact; parseJsonText(writeJsonText(v)) == v. */
[[nodiscard]] std::string writeJsonText(const JsonText &value);
void appendJsonString(std::string &out, std::string_view text);

/** A decimal (no exponent) times 10^digits, halves away from zero. `exact` says whether nothing was rounded off.
 *  nullopt if the text is no decimal or the result does not fit. */
struct ScaledDecimal {
    std::int64_t value = 0;
    bool exact = true;
};
[[nodiscard]] std::optional<ScaledDecimal> scaleDecimal(std::string_view text, int digits);
/** The shortest decimal of value / 10^digits. */
[[nodiscard]] std::string decimalText(std::int64_t value, int digits);

} // namespace zhicha
