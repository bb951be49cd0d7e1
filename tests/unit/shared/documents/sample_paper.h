#pragma once
// Papers for the tests of shared/documents: one of ordinary size, and one whose text fills lines and pages exactly.
#include "shared/documents/paper.h"

namespace zhicha::documents {

[[nodiscard]] Paper samplePaper();
/** A body of so many paragraphs without any mark, each of so many signs. */
[[nodiscard]] Paper filledPaper(std::size_t paragraphs, std::size_t signs);
[[nodiscard]] std::string repeated(std::string_view text, std::size_t times);

} // namespace zhicha::documents
