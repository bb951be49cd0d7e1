#include "shared/base/plant.h"
#include "shared/files/frame_walk.h"
#include "shared/files/sealed_frame.h"

#include <algorithm>

namespace zhicha {

SealedWriter::SealedWriter(std::unique_ptr<DiskFile> file, const std::optional<FileKey> &key, RandomSource &random)
    : m_file(std::move(file)), m_key(key), m_random(&random) {}

Result<SealedWriter> SealedWriter::create(Disk &disk, const std::string &path, const std::optional<FileKey> &key,
                                          RandomSource &random) {
    ZHICHA_ASSIGN(auto file, disk.open(path, Disk::Open::Create));
    ZHICHA_TRY(file->truncate(0));
    SealedWriter writer(std::move(file), key, random);
    if (key) {
        ZHICHA_TRY(writer.m_file->writeAt(0, viewOf(sealed::kMagic)));
        writer.m_at.disk = sealed::kMagic.size();
    }
    writer.m_synced = writer.m_at;
    return writer;
}

Result<SealedWriter> SealedWriter::reopen(Disk &disk, const std::string &path, const std::optional<FileKey> &key,
                                          RandomSource &random, FilePosition at) {
    ZHICHA_ASSIGN(auto file, disk.open(path, Disk::Open::ReadWrite));
    ZHICHA_ASSIGN(const std::uint64_t there, file->size());
    if (there < at.disk)
        return fail(Code::StoreDamaged, path + " is shorter than it was");
    if (there > at.disk)
        ZHICHA_TRY(file->truncate(at.disk));
    SealedWriter writer(std::move(file), key, random);
    writer.m_at = writer.m_synced = at;
    return writer;
}

Result<SealedWriter> SealedWriter::resume(Disk &disk, const std::string &path, const std::optional<FileKey> &key,
                                          RandomSource &random, std::uint64_t keep, const ByteSink &sink) {
    FilePosition end{keep, keep};
    {
        ZHICHA_ASSIGN(const auto file, disk.open(path, Disk::Open::Read));
        if (key) {
            ZHICHA_ASSIGN(end, sealed::walkFrames(*file, *key, 0, keep,
                                                  [&](std::uint64_t, ByteView plain) { return sink(plain); }));
            if (end.plain != keep)
                return fail(Code::StoreDamaged, path + " has no frame that ends at " + std::to_string(keep));
        } else {
            Bytes buffer(kFrameBytes);
            for (std::uint64_t at = 0; at < keep;) {
                const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(keep - at, buffer.size()));
                ZHICHA_ASSIGN(const std::size_t got, file->readAt(at, std::span(buffer).first(wanted)));
                if (got != wanted)
                    return fail(Code::StoreDamaged, path + " is shorter than it was");
                ZHICHA_TRY(sink(ByteView(buffer).first(got)));
                at += got;
            }
        }
    }
    return reopen(disk, path, key, random, end);
}

Status SealedWriter::flush(ByteView plain) {
    if (!m_key) {
        ZHICHA_TRY(m_file->writeAt(m_at.disk, plain));
        m_at.disk += plain.size();
    } else {
        m_frame.clear();
        sealed::sealFrame(*m_key, m_at.plain, plain, *m_random, m_frame);
        ZHICHA_TRY(m_file->writeAt(m_at.disk, m_frame));
        m_at.disk += m_frame.size();
    }
    m_at.plain += plain.size();
    return {};
}

Status SealedWriter::flushWaiting() {
    if (m_waiting.empty())
        return {};
    ZHICHA_TRY(flush(m_waiting));
    m_waiting.clear();
    return {};
}

Status SealedWriter::write(ByteView bytes) {
    while (!bytes.empty()) {
        if (m_waiting.empty() && bytes.size() >= kFrameBytes) { // whole frames pass without a copy
            ZHICHA_TRY(flush(bytes.first(kFrameBytes)));
            bytes = bytes.subspan(kFrameBytes);
            continue;
        }
        const std::size_t part = std::min(bytes.size(), kFrameBytes - m_waiting.size());
        append(m_waiting, bytes.first(part));
        bytes = bytes.subspan(part);
        if (m_waiting.size() == kFrameBytes)
            ZHICHA_TRY(flushWaiting());
    }
    return {};
}

Status SealedWriter::sync() {
    ZHICHA_TRY(flushWaiting());
    ZHICHA_TRY(m_file->sync());
    m_synced = m_at;
    return {};
}

Status SealedWriter::close() {
    ZHICHA_TRY(flushWaiting());
    if (m_key) {
        m_frame.clear();
        sealed::sealTrailer(*m_key, m_at.plain, *m_random, m_frame);
        ZHICHA_TRY(m_file->writeAt(m_at.disk, m_frame));
    }
    return plant("skip_fsync") ? Status() : m_file->sync();
}

} // namespace zhicha
