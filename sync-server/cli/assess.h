#pragma once
// `assess` and `due`: the figures of a ledger file, or of the ledger in a data folder as `export` prints it.
#include "sync-server/cli/arguments.h"

#include <functional>
#include <string>
#include <vector>

namespace zhicha {

/** What a command of figures prints: the JSON, and warnings for people on standard error. */
struct PrintedFigures {
    std::string out;
    std::string warnings;
};

/** `exported` gives the ledger of a data folder as the text of a ledger file. WrongUsage, NotFound, and whatever makes
 *  a ledger, a rule file or a holiday table refused; of the latter two the name of the file stands before the place. */
[[nodiscard]] Result<PrintedFigures> assessCommand(const Arguments &arguments,
                                                   const std::function<Result<std::string>()> &exported);
[[nodiscard]] Result<PrintedFigures> dueCommand(const Arguments &arguments,
                                                const std::function<Result<std::string>()> &exported);

/** The options that take a value. */
[[nodiscard]] std::set<std::string> figureOptions();

} // namespace zhicha
