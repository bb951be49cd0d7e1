#pragma once
// A paper as DOCX (ECMA-376, transitional), for those who go on writing: the same elements in the same places as
// typesetter.h puts them, as far as a text that flows can say that.
#include "shared/base/bytes.h"
#include "shared/documents/paper.h"

namespace zhicha::documents {

/** What checkPaper refuses is refused. */
[[nodiscard]] Result<Bytes> writeDocx(const Paper &paper);

} // namespace zhicha::documents
