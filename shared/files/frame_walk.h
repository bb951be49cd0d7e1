#pragma once
// Private to the folder: going through the frames of an open sealed file from the start.
#include "shared/files/sealed_file.h"

namespace zhicha::sealed {

/** Visits the frames until `end` plain bytes are passed. Frames that end at or before `begin` are skipped by their
 * length word; the others are authenticated and handed to `visit` with the offset of their first byte. Returns where it
 * stopped (always a frame's end). StoreDamaged as soon as a frame is not what was sealed. */
[[nodiscard]] Result<FilePosition> walkFrames(DiskFile &file, const FileKey &key, std::uint64_t begin,
                                              std::uint64_t end,
                                              const std::function<Status(std::uint64_t, ByteView)> &visit);

} // namespace zhicha::sealed
