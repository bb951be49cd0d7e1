#include "shared/files/frame_walk.h"
#include "shared/files/sealed_frame.h"

#include <algorithm>

namespace zhicha {

namespace sealed {

namespace {
Error damaged(const char *what) {
    return fail(Code::StoreDamaged, std::string("sealed file: ") + what);
}

Status readExactly(DiskFile &file, std::uint64_t offset, std::span<std::uint8_t> out) {
    ZHICHA_ASSIGN(const std::size_t got, file.readAt(offset, out));
    return got == out.size() ? Status() : damaged("it ends too early");
}
} // namespace

Result<FilePosition> walkFrames(DiskFile &file, const FileKey &key, std::uint64_t begin, std::uint64_t end,
                                const std::function<Status(std::uint64_t, ByteView)> &visit) {
    std::array<std::uint8_t, kMagic.size()> magic;
    ZHICHA_TRY(readExactly(file, 0, magic));
    if (textOf(magic) != kMagic)
        return damaged("its first bytes are not ours");
    FilePosition at{0, kMagic.size()};
    Bytes frame, plain;
    while (at.plain < end) {
        std::array<std::uint8_t, kWordSize> head;
        ZHICHA_TRY(readExactly(file, at.disk, head));
        const std::uint32_t length = wordOf(head);
        if (length == 0 || length > kFrameBytes) // also the trailer, come too early
            return damaged("a frame has an impossible length");
        if (at.plain + length > begin) {
            frame.resize(kOverhead + length);
            ZHICHA_TRY(readExactly(file, at.disk, frame));
            if (!openFrame(key, at.plain, frame, plain))
                return damaged("a frame was changed");
            ZHICHA_TRY(visit(at.plain, plain));
        }
        at.plain += length;
        at.disk += kOverhead + length;
    }
    return at;
}

} // namespace sealed

Result<SealedReader> SealedReader::open(Disk &disk, const std::string &path, const std::optional<FileKey> &key) {
    ZHICHA_ASSIGN(auto file, disk.open(path, Disk::Open::Read));
    ZHICHA_ASSIGN(const std::uint64_t onDisk, file->size());
    if (!key)
        return SealedReader(std::move(file), key, onDisk);
    std::array<std::uint8_t, sealed::kTrailerSize> trailer;
    if (onDisk < sealed::kMagic.size() + trailer.size())
        return sealed::damaged("it is too short");
    ZHICHA_TRY(sealed::readExactly(*file, onDisk - trailer.size(), trailer));
    const std::optional<std::uint64_t> size = sealed::openTrailer(*key, trailer);
    if (!size)
        return sealed::damaged("it has no valid end");
    return SealedReader(std::move(file), key, *size);
}

Status SealedReader::readPlain(std::uint64_t first, std::uint64_t last, const ByteSink &sink) {
    Bytes buffer(kFrameBytes);
    for (std::uint64_t at = first; at < last;) {
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(last - at, buffer.size()));
        ZHICHA_TRY(sealed::readExactly(*m_file, at, std::span(buffer).first(wanted)));
        ZHICHA_TRY(sink(ByteView(buffer).first(wanted)));
        at += wanted;
    }
    return {};
}

Status SealedReader::read(std::uint64_t first, std::uint64_t last, const ByteSink &sink) {
    if (first > last || last > m_size)
        return fail(Code::InvalidArgument, "a range outside the file");
    if (!m_key)
        return readPlain(first, last, sink);
    auto end = sealed::walkFrames(*m_file, *m_key, first, last, [&](std::uint64_t offset, ByteView plain) {
        const std::uint64_t from = std::max(first, offset) - offset;
        const std::uint64_t to = std::min<std::uint64_t>(last - offset, plain.size());
        return sink(plain.subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from)));
    });
    if (!end)
        return std::move(end).error();
    // The last byte is the last one only if the trailer follows at once: extra frames would be somebody's insertion.
    if (last == m_size) {
        ZHICHA_ASSIGN(const std::uint64_t onDisk, m_file->size());
        if (end->plain != m_size || end->disk + sealed::kTrailerSize != onDisk)
            return sealed::damaged("its length is not the one that was sealed");
    }
    return {};
}

} // namespace zhicha
