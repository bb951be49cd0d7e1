#pragma once
// The disk as a parameter: photo files go through it, so that a simulation can lose, tear or refuse writes.
#include "shared/base/bytes.h"
#include "shared/base/result.h"

#include <memory>

namespace zhicha {

/** One open file. Owner: the caller; closed by the destructor. Threads: one at a time. */
class DiskFile {
public:
    virtual ~DiskFile() = default;
    /** Writes all of `bytes` at `offset` (extends the file). DiskFull, DiskError. */
    virtual Status writeAt(std::uint64_t offset, ByteView bytes) = 0;
    /** Reads up to `out.size()` bytes at `offset`; fewer only at the end of the file. */
    virtual Result<std::size_t> readAt(std::uint64_t offset, std::span<std::uint8_t> out) = 0;
    virtual Result<std::uint64_t> size() = 0;
    virtual Status truncate(std::uint64_t size) = 0;
    /** After this returns the content survives a power cut. A failed sync is never tried again (the pages are gone). */
    virtual Status sync() = 0;
};

/** A folder tree. Paths are relative to its root, '/'-separated. Threads: safe from any thread. */
class Disk {
public:
    virtual ~Disk() = default;
    enum class Open { Read, ReadWrite, Create }; ///< Create: makes it or opens it, never truncates
    virtual Result<std::unique_ptr<DiskFile>> open(const std::string &path, Open mode) = 0;
    /** Replaces `to` in one step; durable only after syncFolder. */
    virtual Status rename(const std::string &from, const std::string &to) = 0;
    virtual Status remove(const std::string &path) = 0; ///< NotFound if it is not there
    virtual bool exists(const std::string &path) = 0;
    /** Makes the folder and its parents, each synced in its parent. */
    virtual Status makeFolder(const std::string &path) = 0;
    virtual Status syncFolder(const std::string &path) = 0;
    virtual Result<std::vector<std::string>> list(const std::string &folder) = 0; ///< names, sorted
    virtual Result<std::uint64_t> freeBytes() = 0;
};

} // namespace zhicha
