#pragma once
// --photo FILE … of several commands.
#include "mobile/cli/command_table.h"

namespace zhicha::cli {

/** Reads and judges every file before anything is recorded, so that one bad file does not leave half a record.
 *  BadPicture, TooLarge, NotFound: naming the file. */
[[nodiscard]] Result<std::vector<Bytes>> readPhotos(const Arguments &arguments);
/** Keeps each under `to`; the words of what was kept, for JSON. */
[[nodiscard]] Result<nlohmann::json> addPhotos(Session &session, const Arguments &arguments,
                                               const std::vector<Bytes> &pictures, const Uuid &check, const Uuid &to);

} // namespace zhicha::cli
