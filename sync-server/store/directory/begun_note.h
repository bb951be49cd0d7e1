#pragma once
// What is known of a photo that was begun: its size and how much of it is durable. Small, rewritten in place, checked.
#include "shared/base/disk.h"

namespace zhicha {

/** 32 bytes: "zhphoto1" ‖ u64 LE size ‖ u64 LE durable ‖ first 8 bytes of SHA-256 over the 24 before. One sector: a
 * power cut leaves the old note or the new one. Written only after the bytes it speaks of were synced, so it never
 * lies. */
struct BegunNote {
    std::uint64_t size = 0;
    std::uint64_t durable = 0;
};

/** Writes and syncs; the folder is the caller's to sync when the note is new. */
[[nodiscard]] Status writeNote(Disk &disk, const std::string &path, const BegunNote &note);
/** NotFound if there is none, or one that was never finished or was damaged: then the photo counts as not begun. */
[[nodiscard]] Result<BegunNote> readNote(Disk &disk, const std::string &path);

} // namespace zhicha
