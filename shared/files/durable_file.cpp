#include "shared/files/durable_file.h"

namespace zhicha {

Status writeDurably(Disk &disk, const std::string &path, ByteView content) {
    const std::string aside = path + ".new";
    {
        ZHICHA_ASSIGN(const auto file, disk.open(aside, Disk::Open::Create));
        ZHICHA_TRY(file->truncate(0)); // left by a crash
        ZHICHA_TRY(file->writeAt(0, content));
        ZHICHA_TRY(file->sync());
    }
    ZHICHA_TRY(disk.rename(aside, path));
    return disk.syncFolder(folderOf(path));
}

Result<Bytes> readWhole(Disk &disk, const std::string &path, std::uint64_t maxBytes) {
    ZHICHA_ASSIGN(const auto file, disk.open(path, Disk::Open::Read));
    ZHICHA_ASSIGN(const std::uint64_t size, file->size());
    if (size > maxBytes)
        return fail(Code::TooLarge, path + " has " + std::to_string(size) + " bytes");
    Bytes content(static_cast<std::size_t>(size));
    ZHICHA_ASSIGN(const std::size_t got, file->readAt(0, content));
    content.resize(got);
    return content;
}

std::string folderOf(const std::string &path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

} // namespace zhicha
