#include "sync-server/store/directory/begun_note.h"

#include "shared/crypto/digest.h"

namespace zhicha {

namespace {

constexpr std::string_view kMagic = "zhphoto1";
constexpr std::size_t kChecked = 24, kNoteSize = 32;

void putU64(Bytes &to, std::uint64_t value) {
    for (int i = 0; i < 8; ++i)
        to.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

std::uint64_t u64At(ByteView bytes, std::size_t at) {
    std::uint64_t value = 0;
    for (std::size_t i = 8; i-- > 0;)
        value = value << 8 | bytes[at + i];
    return value;
}

} // namespace

Status writeNote(Disk &disk, const std::string &path, const BegunNote &note) {
    Bytes bytes = toBytes(viewOf(kMagic));
    putU64(bytes, note.size);
    putU64(bytes, note.durable);
    const Digest check = sha256(bytes);
    append(bytes, ByteView(check).first(kNoteSize - kChecked));
    ZHICHA_ASSIGN(const auto file, disk.open(path, Disk::Open::Create));
    ZHICHA_TRY(file->writeAt(0, bytes));
    return file->sync();
}

Result<BegunNote> readNote(Disk &disk, const std::string &path) {
    ZHICHA_ASSIGN(const auto file, disk.open(path, Disk::Open::Read));
    Bytes bytes(kNoteSize);
    ZHICHA_ASSIGN(const std::size_t got, file->readAt(0, bytes));
    const ByteView checked = ByteView(bytes).first(kChecked);
    const BegunNote note{u64At(bytes, 8), u64At(bytes, 16)};
    if (got != bytes.size() || textOf(checked.first(kMagic.size())) != kMagic || note.durable > note.size ||
        !sameBytes(ByteView(sha256(checked)).first(kNoteSize - kChecked), ByteView(bytes).subspan(kChecked)))
        return fail(Code::NotFound, "no usable note at " + path);
    return note;
}

} // namespace zhicha
