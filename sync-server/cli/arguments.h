#pragma once
// A command line as words and options: `--name value`, `--name=value`, and flags without a value.
#include "shared/base/result.h"

#include <map>
#include <set>
#include <vector>

namespace zhicha {

struct Arguments {
    std::vector<std::string> words;             ///< in order, without the command's own name
    std::map<std::string, std::string> options; ///< by name without dashes; "" for flags
    std::vector<std::string> questions;         ///< --question may stand several times

    [[nodiscard]] bool has(const std::string &name) const { return options.contains(name); }
    [[nodiscard]] std::string get(const std::string &name, const std::string &absent = {}) const;
    /** WrongUsage if the word is missing; `what` names it for people. */
    [[nodiscard]] Result<std::string> word(std::size_t index, const std::string &what) const;
    [[nodiscard]] Result<std::string> option(const std::string &name) const; ///< WrongUsage if missing
    [[nodiscard]] Result<std::int64_t> number(const std::string &name) const;
};

/** `values` and `flags` are the options that the command knows; another one is WrongUsage. */
[[nodiscard]] Result<Arguments> readArguments(const std::vector<std::string> &given,
                                              const std::set<std::string> &values, const std::set<std::string> &flags);

} // namespace zhicha
