#include "shared/files/courier_file.h"

#include "shared/files/durable_file.h"

#include <algorithm>

namespace zhicha {

namespace {
constexpr std::string_view kCourierMagic = "zhicha/courier/1\n";
constexpr std::size_t kPiecePlain = 64 * 1024;
constexpr std::size_t kPieceOverhead = 24 + 16 + 1; // nonce, tag, the byte that says whether it is the last
constexpr std::size_t kMaxKeyBox = 256;

std::string contextOf(std::uint64_t piece) {
    return "zhicha/v1/courier/" + std::to_string(piece);
}

Bytes lengthWord(std::size_t length) {
    Bytes word(4);
    for (std::size_t i = 0; i < 4; ++i)
        word[i] = static_cast<std::uint8_t>(length >> (8 * i));
    return word;
}

std::size_t lengthOf(ByteView word) {
    std::size_t length = 0;
    for (std::size_t i = 0; i < 4; ++i)
        length |= static_cast<std::size_t>(word[i]) << (8 * i);
    return length;
}

Error notWhole() {
    return fail(Code::BadEncoding, "the courier file is cut, or is none");
}

/** Exactly as many bytes as wanted, from where the file stands. */
Result<Bytes> readExactly(DiskFile &file, std::uint64_t &at, std::size_t count) {
    Bytes out(count);
    ZHICHA_ASSIGN(const std::size_t got, file.readAt(at, out));
    if (got != count)
        return notWhole();
    at += count;
    return out;
}
} // namespace

Result<CourierWriter> CourierWriter::create(Disk &disk, const std::string &path,
                                            const std::array<std::uint8_t, 32> &reader, RandomSource &random) {
    if (disk.exists(path))
        return fail(Code::AlreadyDone, path + " exists already", Retry::AfterUser);
    ZHICHA_ASSIGN(std::unique_ptr<DiskFile> file, disk.open(path + ".new", Disk::Open::Create));
    ZHICHA_TRY(file->truncate(0));
    CourierWriter writer(disk, path, std::move(file), random);
    writer.m_key = random.array<32>();
    const Bytes box = sealToPublicKey(reader, writer.m_key);
    ZHICHA_TRY(writer.put(viewOf(kCourierMagic)));
    ZHICHA_TRY(writer.put(lengthWord(box.size())));
    ZHICHA_TRY(writer.put(box));
    return writer;
}

CourierWriter::~CourierWriter() {
    if (!m_file)
        return;
    m_file.reset();
    auto ignored = m_disk->remove(m_path + ".new"); // the next one of this name begins anew anyway
    static_cast<void>(ignored);
}

Status CourierWriter::put(ByteView raw) {
    ZHICHA_TRY(m_file->writeAt(m_at, raw));
    m_at += raw.size();
    return {};
}

Status CourierWriter::flush(bool last) {
    Bytes plain{static_cast<std::uint8_t>(last ? 1 : 0)};
    append(plain, m_waiting);
    m_waiting.clear();
    const Bytes piece = seal(m_key, plain, contextOf(m_piece++), *m_random);
    ZHICHA_TRY(put(lengthWord(piece.size())));
    return put(piece);
}

Status CourierWriter::bytes(ByteView piece) {
    while (!piece.empty()) {
        const std::size_t some = std::min(piece.size(), kPiecePlain - m_waiting.size());
        append(m_waiting, piece.first(some));
        piece = piece.subspan(some);
        if (m_waiting.size() == kPiecePlain)
            ZHICHA_TRY(flush(false));
    }
    return {};
}

Status CourierWriter::record(ByteView content) {
    if (content.size() > kMaxCourierRecord)
        return fail(Code::TooLarge, "a record of a courier file takes at most 16 MiB");
    ZHICHA_TRY(bytes(lengthWord(content.size())));
    return bytes(content);
}

Status CourierWriter::close() {
    ZHICHA_TRY(flush(true));
    ZHICHA_TRY(m_file->sync());
    m_file.reset();
    ZHICHA_TRY(m_disk->rename(m_path + ".new", m_path));
    return m_disk->syncFolder(folderOf(m_path));
}

Result<CourierReader> CourierReader::open(Disk &disk, const std::string &path, const BoxKeyPair &keys) {
    ZHICHA_ASSIGN(std::unique_ptr<DiskFile> file, disk.open(path, Disk::Open::Read));
    CourierReader reader(std::move(file));
    ZHICHA_ASSIGN(const Bytes magic, readExactly(*reader.m_file, reader.m_at, kCourierMagic.size()));
    if (textOf(magic) != kCourierMagic)
        return notWhole();
    ZHICHA_ASSIGN(const Bytes word, readExactly(*reader.m_file, reader.m_at, 4));
    const std::size_t length = lengthOf(word);
    if (length > kMaxKeyBox)
        return notWhole();
    ZHICHA_ASSIGN(const Bytes box, readExactly(*reader.m_file, reader.m_at, length));
    ZHICHA_ASSIGN(const Bytes key, openWithBoxKeys(keys, box));
    const auto fits = fixedBytes<32>(key);
    if (!fits)
        return notWhole();
    reader.m_key = *fits;
    return reader;
}

/** The next piece, authenticated. */
Status CourierReader::fill() {
    if (m_last)
        return notWhole();
    ZHICHA_ASSIGN(const Bytes word, readExactly(*m_file, m_at, 4));
    const std::size_t length = lengthOf(word);
    if (length < kPieceOverhead || length > kPiecePlain + kPieceOverhead)
        return notWhole();
    ZHICHA_ASSIGN(const Bytes piece, readExactly(*m_file, m_at, length));
    ZHICHA_ASSIGN(const Bytes plain, openSealed(m_key, piece, contextOf(m_piece++)));
    m_last = plain[0] == 1;
    m_plain.erase(m_plain.begin(), m_plain.begin() + static_cast<std::ptrdiff_t>(m_used));
    m_used = 0;
    append(m_plain, ByteView(plain).subspan(1));
    if (!m_last)
        return {};
    ZHICHA_ASSIGN(const std::uint64_t size, m_file->size());
    return size == m_at ? Status() : Status(notWhole());
}

Result<Bytes> CourierReader::take(std::size_t count) {
    Bytes out;
    out.reserve(std::min(count, kPiecePlain)); // a length is believed once its bytes are there
    while (out.size() < count) {
        if (m_used == m_plain.size())
            ZHICHA_TRY(fill());
        const std::size_t some = std::min(count - out.size(), m_plain.size() - m_used);
        append(out, ByteView(m_plain).subspan(m_used, some));
        m_used += some;
    }
    return out;
}

Result<std::optional<Bytes>> CourierReader::record() {
    while (m_used == m_plain.size() && !m_last)
        ZHICHA_TRY(fill());
    if (m_used == m_plain.size())
        return std::optional<Bytes>();
    ZHICHA_ASSIGN(const Bytes word, take(4));
    const std::size_t length = lengthOf(word);
    if (length > kMaxCourierRecord)
        return notWhole();
    ZHICHA_ASSIGN(Bytes content, take(length));
    return std::optional(std::move(content));
}

Status CourierReader::bytes(std::uint64_t count, const std::function<Status(ByteView)> &sink) {
    while (count > 0) {
        ZHICHA_ASSIGN(const Bytes piece, take(static_cast<std::size_t>(std::min<std::uint64_t>(count, kPiecePlain))));
        ZHICHA_TRY(sink(piece));
        count -= piece.size();
    }
    return {};
}

} // namespace zhicha
