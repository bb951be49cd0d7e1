#include "shared/files/posix_disk.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <utility>

namespace zhicha {

namespace {

Error systemError(int number, const std::string &doing) {
    const std::string detail = doing + ": " + std::generic_category().message(number);
    if (number == ENOSPC || number == EDQUOT)
        return fail(Code::DiskFull, detail, Retry::AfterUser);
    return fail(number == ENOENT ? Code::NotFound : Code::DiskError, detail);
}

Status checkPath(const std::string &path, bool mayBeRoot = false) {
    if (path.empty() && mayBeRoot)
        return {};
    bool good = !path.empty() && path.find('\0') == std::string::npos;
    for (std::size_t at = 0; good && at <= path.size();) {
        const std::size_t end = std::min(path.find('/', at), path.size());
        const std::string_view part = std::string_view(path).substr(at, end - at);
        good = !part.empty() && part != "." && part != "..";
        at = end + 1;
    }
    return good ? Status() : fail(Code::InvalidArgument, "a path that leaves its folder or names nothing");
}

class Descriptor {
public:
    explicit Descriptor(int number) : m_number(number) {}
    Descriptor(Descriptor &&other) noexcept : m_number(std::exchange(other.m_number, -1)) {}
    Descriptor &operator=(Descriptor &&) = delete;
    ~Descriptor() {
        if (m_number >= 0)
            ::close(m_number); // what must not be lost was synced before: nothing to do about an error here
    }
    [[nodiscard]] int number() const { return m_number; }

private:
    int m_number;
};

int openRetrying(int root, const char *path, int flags) {
    for (;;) {
        const int number = ::openat(root, path, flags | O_CLOEXEC, 0600);
        if (number >= 0 || errno != EINTR)
            return number;
    }
}

class PosixFile final : public DiskFile {
public:
    PosixFile(Descriptor file, std::string path) : m_file(std::move(file)), m_path(std::move(path)) {}

    Status writeAt(std::uint64_t offset, ByteView bytes) override {
        ZHICHA_TRY(usable());
        while (!bytes.empty()) {
            const ssize_t done = ::pwrite(m_file.number(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
            if (done < 0 && errno == EINTR)
                continue;
            if (done <= 0)
                return systemError(done == 0 ? EIO : errno, "writing " + m_path);
            offset += static_cast<std::uint64_t>(done);
            bytes = bytes.subspan(static_cast<std::size_t>(done));
        }
        return {};
    }

    Result<std::size_t> readAt(std::uint64_t offset, std::span<std::uint8_t> out) override {
        std::size_t got = 0;
        while (got < out.size()) {
            const ssize_t done =
                ::pread(m_file.number(), out.data() + got, out.size() - got, static_cast<off_t>(offset + got));
            if (done < 0 && errno == EINTR)
                continue;
            if (done < 0)
                return systemError(errno, "reading " + m_path);
            if (done == 0)
                break;
            got += static_cast<std::size_t>(done);
        }
        return got;
    }

    Result<std::uint64_t> size() override {
        struct stat about {};
        if (::fstat(m_file.number(), &about) != 0)
            return systemError(errno, "looking at " + m_path);
        return static_cast<std::uint64_t>(about.st_size);
    }

    Status truncate(std::uint64_t size) override {
        ZHICHA_TRY(usable());
        while (::ftruncate(m_file.number(), static_cast<off_t>(size)) != 0)
            if (errno != EINTR)
                return systemError(errno, "cutting " + m_path);
        return {};
    }

    Status sync() override {
        ZHICHA_TRY(usable());
        if (::fdatasync(m_file.number()) == 0) // the size counts as data; only the times do not
            return {};
        m_syncFailed = true; // the kernel has dropped the pages and would answer a second call with success
        return systemError(errno, "syncing " + m_path);
    }

private:
    Status usable() const {
        return m_syncFailed ? fail(Code::DiskError, "an earlier sync failed: " + m_path) : Status();
    }
    Descriptor m_file;
    std::string m_path;
    bool m_syncFailed = false;
};

} // namespace

Result<std::unique_ptr<PosixDisk>> PosixDisk::open(const std::string &root) {
    if (::mkdir(root.c_str(), 0700) != 0 && errno != EEXIST)
        return systemError(errno, "making the folder " + root);
    const int number = openRetrying(AT_FDCWD, root.c_str(), O_RDONLY | O_DIRECTORY);
    if (number < 0)
        return systemError(errno, "opening the folder " + root);
    return std::unique_ptr<PosixDisk>(new PosixDisk(number));
}

PosixDisk::~PosixDisk() {
    ::close(m_root);
}

Result<std::unique_ptr<DiskFile>> PosixDisk::open(const std::string &path, Open mode) {
    ZHICHA_TRY(checkPath(path));
    int flags = O_NOFOLLOW | O_NONBLOCK; // a pipe or device in the folder must not hang us
    flags |= mode == Open::Read ? O_RDONLY : O_RDWR;
    flags |= mode == Open::Create ? O_CREAT : 0;
    const int number = openRetrying(m_root, path.c_str(), flags);
    if (number < 0)
        return systemError(errno, "opening " + path);
    Descriptor file(number);
    struct stat about {};
    if (::fstat(number, &about) != 0 || !S_ISREG(about.st_mode))
        return fail(Code::DiskError, "no plain file: " + path);
    return std::unique_ptr<DiskFile>(std::make_unique<PosixFile>(std::move(file), path));
}

Status PosixDisk::rename(const std::string &from, const std::string &to) {
    ZHICHA_TRY(checkPath(from));
    ZHICHA_TRY(checkPath(to));
    return ::renameat(m_root, from.c_str(), m_root, to.c_str()) == 0 ? Status()
                                                                     : systemError(errno, "renaming " + from);
}

Status PosixDisk::remove(const std::string &path) {
    ZHICHA_TRY(checkPath(path));
    return ::unlinkat(m_root, path.c_str(), 0) == 0 ? Status() : systemError(errno, "removing " + path);
}

bool PosixDisk::exists(const std::string &path) {
    return checkPath(path) && ::faccessat(m_root, path.c_str(), F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

Status PosixDisk::makeFolder(const std::string &path) {
    ZHICHA_TRY(checkPath(path));
    for (std::size_t end = path.find('/');; end = path.find('/', end + 1)) {
        const std::string folder = path.substr(0, end);
        if (::mkdirat(m_root, folder.c_str(), 0700) == 0) {
            const std::size_t parent = folder.rfind('/');
            ZHICHA_TRY(syncFolder(parent == std::string::npos ? "" : folder.substr(0, parent)));
        } else if (errno != EEXIST) {
            return systemError(errno, "making the folder " + folder);
        }
        if (end == std::string::npos)
            return {};
    }
}

Status PosixDisk::syncFolder(const std::string &path) {
    ZHICHA_TRY(checkPath(path, true));
    const Descriptor folder(openRetrying(m_root, path.empty() ? "." : path.c_str(), O_RDONLY | O_DIRECTORY));
    if (folder.number() < 0)
        return systemError(errno, "opening the folder " + path);
    return ::fsync(folder.number()) == 0 ? Status() : systemError(errno, "syncing the folder " + path);
}

Result<std::vector<std::string>> PosixDisk::list(const std::string &folder) {
    ZHICHA_TRY(checkPath(folder, true));
    const int number = openRetrying(m_root, folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY);
    DIR *entries = number < 0 ? nullptr : ::fdopendir(number);
    if (entries == nullptr)
        return systemError(errno, "listing " + folder);
    std::vector<std::string> names;
    errno = 0;
    while (const dirent *entry = ::readdir(entries)) {
        const std::string_view name = entry->d_name;
        if (name != "." && name != "..")
            names.emplace_back(name);
        errno = 0;
    }
    const int failed = errno;
    ::closedir(entries);
    if (failed != 0)
        return systemError(failed, "listing " + folder);
    std::sort(names.begin(), names.end());
    return names;
}

Result<std::uint64_t> PosixDisk::freeBytes() {
    struct statvfs about {};
    if (::fstatvfs(m_root, &about) != 0)
        return systemError(errno, "asking for free space");
    return static_cast<std::uint64_t>(about.f_bavail) * about.f_frsize;
}

} // namespace zhicha
