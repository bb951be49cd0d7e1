#pragma once
// The words of a command line, checked against what a command takes.
#include "shared/base/result.h"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zhicha::cli {

struct OptionInfo {
    std::string_view name; ///< without the hyphens
    bool takesValue = true;
    bool required = false;
    bool repeats = false;
    std::string_view help; ///< English, one line
};

/** What was given. Options that the command does not name are refused: WrongUsage. */
class Arguments {
public:
    /** `words` after the command's own words. `positionals`: how many are wanted exactly. */
    [[nodiscard]] static Result<Arguments> parse(std::span<const std::string> words, std::size_t positionals,
                                                 std::span<const OptionInfo> options);
    [[nodiscard]] const std::string &positional(std::size_t index) const { return m_positionals[index]; }
    [[nodiscard]] bool has(std::string_view name) const { return m_options.find(name) != m_options.end(); }
    /** The value; empty if it was not given. */
    [[nodiscard]] std::string value(std::string_view name) const;
    [[nodiscard]] std::optional<std::string> optional(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> values(std::string_view name) const;
    /** Whole number in decimal. WrongUsage. */
    [[nodiscard]] Result<std::int64_t> integer(std::string_view name) const;
    /** Decimal degrees as 1e-7 degrees, rounded. WrongUsage beyond ±`limit` degrees. */
    [[nodiscard]] Result<std::int64_t> degrees(std::string_view name, std::int64_t limit) const;

private:
    std::vector<std::string> m_positionals;
    std::map<std::string, std::vector<std::string>, std::less<>> m_options;
};

} // namespace zhicha::cli
