#pragma once
// Small files that are replaced whole: the old content or the new one, whenever the power goes.
#include "shared/base/disk.h"

namespace zhicha {

/** Writes `path`.new, syncs it, renames it over `path`, syncs the folder. On success the content survives a power cut;
 *  on any error `path` is as it was (or, if only the folder's sync failed, either). Nothing is tried again. */
[[nodiscard]] Status writeDurably(Disk &disk, const std::string &path, ByteView content);
/** The whole file. NotFound; TooLarge beyond `maxBytes`. */
[[nodiscard]] Result<Bytes> readWhole(Disk &disk, const std::string &path, std::uint64_t maxBytes);
/** The folder part of a path, "" for the root. */
[[nodiscard]] std::string folderOf(const std::string &path);

} // namespace zhicha
