#pragma once
// An issued paper as it stands in its operation: JSON, members sorted, no white space (docs/FORMATS.md "Papers").
#include "sync-server/office/papers/paper_draft.h"

#include <nlohmann/json_fwd.hpp>

namespace zhicha {

struct PaperContent {
    documents::Paper paper;
    std::vector<RestsOn> restsOn;
};

/** TooLarge where the operation would not hold it. */
[[nodiscard]] Result<std::string> paperContentText(const PaperContent &content);
[[nodiscard]] nlohmann::json paperContentJson(const PaperContent &content);
/** BadEncoding for what is no such content; it may come from a file. */
[[nodiscard]] Result<PaperContent> readPaperContent(std::string_view text);

} // namespace zhicha
