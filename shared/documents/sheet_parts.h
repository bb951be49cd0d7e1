#pragma once
// What a workbook says of itself before its cells: where its parts stand, which sheets are seen, which numbers are
// dates, the texts that cells share. Internal to zhicha_sheets.
#include "shared/documents/sheet.h"

#include <map>
#include <optional>

namespace zhicha::documents {

using SheetMembers = std::map<std::string, std::string>;

struct NamedPart {
    std::string name;
    std::string part; ///< name of a member
};

/** As the file says it; nothing in it is trusted beyond that. */
struct WorkbookParts {
    std::vector<NamedPart> sheets; ///< the visible ones, in their order
    std::vector<std::string> texts;
    std::vector<bool> isDate; ///< by style
    bool from1904 = false;
};

[[nodiscard]] Result<WorkbookParts> readWorkbookParts(const SheetMembers &members, const SheetLimits &limits);

/** "_x0001_" as the sign that it stands for. */
[[nodiscard]] std::string unescapedFromSheet(std::string_view text);

} // namespace zhicha::documents
