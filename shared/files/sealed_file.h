#pragma once
/** A photo at rest, sealed under a key of its own (or plain, behind the same interface, when there is no key).
 *
 *  Bytes of a sealed file: "zhicha/sealed/1\n", then frames: u32 LE length (1 … 65536) ‖ 24-byte random nonce ‖
 * ciphertext ‖ 16-byte tag, and one trailer: u32 LE 0x80000008 ‖ nonce ‖ sealed u64 LE total size ‖ tag, with nothing
 * behind it. XChaCha20-Poly1305; the associated data are u64 LE offset of the frame's first plain byte (all ones for
 * the trailer) ‖ the length word. So no frame can move, be left out, be cut or come from another photo, and a file that
 * is merely shorter lacks its trailer.
 *
 *  Appending never rewrites a byte: a sync in the middle of a frame closes that frame short, and what comes later
 * starts a new one. Acknowledged bytes therefore cannot be torn by later writes, and no nonce ever meets two
 * plaintexts. The price is 44 bytes per sync. Seeking walks the length words, one small read per 64 KiB, and
 * authenticates what it returns. */
#include "shared/base/disk.h"
#include "shared/base/sources.h"

#include <functional>

namespace zhicha {

using FileKey = std::array<std::uint8_t, 32>;
using ByteSink = std::function<Status(ByteView)>;
inline constexpr std::size_t kFrameBytes = 64 * 1024;

/** Where a file ends, in plain bytes and in bytes on disk. */
struct FilePosition {
    std::uint64_t plain = 0;
    std::uint64_t disk = 0;
};

/** Owner: the caller. Threads: one at a time. After any error the writer is spent: resume from the last sync. */
class SealedWriter {
public:
    /** A new empty file; what was there is cut to nothing. Its folder entry is the caller's to sync. */
    [[nodiscard]] static Result<SealedWriter> create(Disk &disk, const std::string &path,
                                                     const std::optional<FileKey> &key, RandomSource &random);
    /** Goes on after the first `keep` bytes, which must be a size that sync() once made durable. Each kept byte is
     * read, authenticated and given to `sink`; what stands behind them is cut off. StoreDamaged if they are not all
     * there. */
    [[nodiscard]] static Result<SealedWriter> resume(Disk &disk, const std::string &path,
                                                     const std::optional<FileKey> &key, RandomSource &random,
                                                     std::uint64_t keep, const ByteSink &sink);
    /** The same without reading, for who kept `synced()` in memory since that sync. */
    [[nodiscard]] static Result<SealedWriter> reopen(Disk &disk, const std::string &path,
                                                     const std::optional<FileKey> &key, RandomSource &random,
                                                     FilePosition at);
    /** Appends. Bytes may wait in memory (less than a frame) until sync or close. */
    Status write(ByteView bytes);
    /** After this all bytes written survive a power cut. Never tried again after a failure. */
    Status sync();
    /** Adds the trailer and syncs: the file is whole. The caller renames it and syncs the folder. */
    Status close();
    [[nodiscard]] std::uint64_t size() const { return m_at.plain + m_waiting.size(); }
    [[nodiscard]] FilePosition synced() const { return m_synced; }

private:
    SealedWriter(std::unique_ptr<DiskFile> file, const std::optional<FileKey> &key, RandomSource &random);
    Status flush(ByteView plain);
    Status flushWaiting();

    std::unique_ptr<DiskFile> m_file;
    std::optional<FileKey> m_key;
    RandomSource *m_random;
    FilePosition m_at, m_synced;
    Bytes m_waiting; // less than one frame
    Bytes m_frame;   // kept, so that no frame allocates
};

/** A whole file. Owner: the caller. Threads: one at a time. */
class SealedReader {
public:
    /** NotFound; StoreDamaged if the file is not whole (a plain one always is: its size is what it is). */
    [[nodiscard]] static Result<SealedReader> open(Disk &disk, const std::string &path,
                                                   const std::optional<FileKey> &key);
    [[nodiscard]] std::uint64_t size() const { return m_size; }
    /** Streams [first, last) in pieces of at most 64 KiB. InvalidArgument outside the file; StoreDamaged. */
    Status read(std::uint64_t first, std::uint64_t last, const ByteSink &sink);

private:
    SealedReader(std::unique_ptr<DiskFile> file, const std::optional<FileKey> &key, std::uint64_t size)
        : m_file(std::move(file)), m_key(key), m_size(size) {}
    Status readPlain(std::uint64_t first, std::uint64_t last, const ByteSink &sink);

    std::unique_ptr<DiskFile> m_file;
    std::optional<FileKey> m_key;
    std::uint64_t m_size;
};

} // namespace zhicha
