#pragma once
// The one table of everything that is refused or has no effect, on either side, in words for people: what happened,
// what is safe, what to do next, who can lift it. HTTP answers, screens, `status` and docs/PROTOCOL.md print it.
#include "shared/base/error.h"

#include <cstdint>
#include <span>

namespace zhicha {

/** Who can do something about it. */
enum class Lifter : std::uint8_t { Nobody, Inspector, Office, Administrator, SecurityOfficer };

struct Words {
    std::string_view zh;
    std::string_view en;
};
[[nodiscard]] Words lifterName(Lifter lifter);

/** One row. Every cell has words; they name no person, place or content. Static, never destroyed. */
struct Problem {
    std::string_view key; ///< codeName of a Code, a reason without effect, or the outcome of an operation
    int httpStatus = 0;   ///< the status that carries it; 0 = never an HTTP answer by itself
    Lifter lifter = Lifter::Nobody;
    Words what; ///< what happened
    Words safe; ///< what this means for the data
    Words next; ///< what to do
};

/** All rows, in the order in which docs/PROTOCOL.md prints them. */
[[nodiscard]] std::span<const Problem> allProblems();
/** nullptr if there is none. "ineffective:past_cut" answers the row of "past_cut". */
[[nodiscard]] const Problem *findProblem(std::string_view key);
/** The row of a code; every code has one. */
[[nodiscard]] const Problem &problemOf(Code code);

} // namespace zhicha
