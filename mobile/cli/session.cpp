#include "mobile/cli/session.h"

#include "mobile/engine/capture/picture_probe.h"
#include "shared/files/durable_file.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace zhicha::cli {

namespace {
Result<std::string> pinFromFile() {
    const char *path = std::getenv("ZHICHA_PIN_FILE");
    if (path == nullptr || *path == '\0')
        return fail(Code::InvalidArgument, "ZHICHA_PIN_FILE names no file: the store's PIN is the first line of one",
                    Retry::AfterUser);
    std::ifstream file(path);
    std::string pin;
    if (!file || !std::getline(file, pin))
        return fail(Code::InvalidArgument, "the file that ZHICHA_PIN_FILE names cannot be read", Retry::AfterUser);
    while (!pin.empty() && pin.back() == '\r')
        pin.pop_back();
    if (pin.empty())
        return fail(Code::InvalidArgument, "the first line of the PIN file is empty", Retry::AfterUser);
    return pin;
}
} // namespace

Result<Session> Session::open(const std::string &folder, bool mayCreate) {
    ZHICHA_ASSIGN(const std::string pin, pinFromFile());
    ZHICHA_ASSIGN(std::unique_ptr<StoreSession> opened, StoreSession::open(folder, pin, mayCreate));
    return Session(std::move(opened));
}

Result<Bytes> readOutside(const std::string &path) {
    std::error_code bad;
    const auto size = std::filesystem::file_size(path, bad);
    if (bad)
        return fail(Code::NotFound, "cannot read " + path + ": " + bad.message(), Retry::AfterUser);
    if (size > kMaxPictureBytes)
        return fail(Code::TooLarge, path + " has more than " + std::to_string(kMaxPictureBytes) + " bytes");
    std::ifstream file(path, std::ios::binary);
    Bytes bytes(size);
    file.read(reinterpret_cast<char *>(bytes.data()), static_cast<std::streamsize>(size));
    if (!file || static_cast<std::uintmax_t>(file.gcount()) != size)
        return fail(Code::DiskError, "cannot read all of " + path);
    return bytes;
}

Result<OutsidePlace> outsidePlace(const std::string &path) {
    const std::filesystem::path wanted(path);
    OutsidePlace place;
    place.name = wanted.filename().string();
    if (place.name.empty())
        return fail(Code::WrongUsage, "FILE names a folder", Retry::AfterUser);
    ZHICHA_ASSIGN(place.disk, PosixDisk::open(wanted.has_parent_path() ? wanted.parent_path().string() : "."));
    return place;
}

Status writeOutside(const std::string &path, ByteView content) {
    std::error_code bad;
    if (std::filesystem::exists(path, bad))
        return fail(Code::AlreadyDone, path + " exists already", Retry::AfterUser);
    ZHICHA_ASSIGN(const OutsidePlace place, outsidePlace(path));
    return writeDurably(*place.disk, place.name, content);
}

} // namespace zhicha::cli
