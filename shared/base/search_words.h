#pragma once
// Text as a full-text index finds it, Chinese included: runs of Han characters become single characters and pairs,
// everything else words in lower case (ASCII).
#include <string>
#include <string_view>

namespace zhicha {

/** What is stored: "青龙公园3号" -> "青 龙 公 园 青龙 龙公 公园 3 号". */
[[nodiscard]] std::string indexWords(std::string_view text);
/** An FTS5 query that finds every text with all the pieces that were typed; "" if nothing searchable was typed. */
[[nodiscard]] std::string searchQuery(std::string_view typed);

} // namespace zhicha
