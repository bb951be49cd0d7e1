#pragma once
// The zip around an XLSX. Internal to zhicha_sheets.
#include "shared/documents/sheet.h"

#include <map>

namespace zhicha::documents {

/** The XML members by their names without a leading slash; pictures, themes and the like are passed over unread. */
[[nodiscard]] Result<std::map<std::string, std::string>> unpackSheetMembers(ByteView file, const SheetLimits &limits);

} // namespace zhicha::documents
