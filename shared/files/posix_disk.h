#pragma once
// The real disk: a folder, through POSIX calls.
#include "shared/base/disk.h"

namespace zhicha {

/** Holds the root folder open; every path is resolved below it (no "..", no absolute path, no link as last part, no
 * NUL: InvalidArgument). Errors:  DiskFull (ENOSPC, EDQUOT), NotFound (ENOENT), DiskError with the system's text.
 * Interrupted and short calls are continued. A file whose sync failed refuses every later sync and write: re-open and
 * look again. Threads: any; one DiskFile by one thread at a time. */
class PosixDisk final : public Disk {
public:
    /** Makes `root` (its parent must exist). */
    [[nodiscard]] static Result<std::unique_ptr<PosixDisk>> open(const std::string &root);
    ~PosixDisk() override;
    PosixDisk(const PosixDisk &) = delete;
    PosixDisk &operator=(const PosixDisk &) = delete;

    Result<std::unique_ptr<DiskFile>> open(const std::string &path, Open mode) override;
    Status rename(const std::string &from, const std::string &to) override;
    Status remove(const std::string &path) override;
    bool exists(const std::string &path) override;
    Status makeFolder(const std::string &path) override;
    Status syncFolder(const std::string &path) override; ///< "" is the root
    Result<std::vector<std::string>> list(const std::string &folder) override;
    Result<std::uint64_t> freeBytes() override;

private:
    explicit PosixDisk(int root) : m_root(root) {}
    int m_root;
};

} // namespace zhicha
