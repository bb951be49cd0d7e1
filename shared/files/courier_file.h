#pragma once
/** A sealed file that a person carries between tablet and office (docs/FORMATS.md "Courier file"): only who holds the
 *  private half of the box key reads it, and nobody changes, reorders, cuts or extends it unnoticed.
 *
 *  "zhicha/courier/1\n" ‖ u32 LE length ‖ sealed box of a fresh 32-byte key ‖ pieces. Each piece: u32 LE length (41 …
 *  65536 + 41) ‖ 24-byte nonce ‖ ciphertext ‖ tag under that key; the context names its number, its plain first byte
 *  says whether it is the last one. Inside, the stream is a row of records: u32 LE length ‖ that many bytes. */
#include "shared/base/disk.h"
#include "shared/crypto/box.h"

#include <functional>

namespace zhicha {

/** Owner: the caller. Threads: one at a time. Written beside its name and renamed when whole: a cut copy has none. */
class CourierWriter {
public:
    /** AlreadyDone if the file exists. */
    [[nodiscard]] static Result<CourierWriter> create(Disk &disk, const std::string &path,
                                                      const std::array<std::uint8_t, 32> &reader, RandomSource &random);
    CourierWriter(CourierWriter &&) noexcept = default;
    CourierWriter &operator=(CourierWriter &&) = delete;
    ~CourierWriter();              ///< what was not closed leaves nothing behind
    Status record(ByteView bytes); ///< at most kMaxCourierRecord
    /** Raw bytes behind a record that says how many. */
    Status bytes(ByteView piece);
    Status close();

private:
    CourierWriter(Disk &disk, std::string path, std::unique_ptr<DiskFile> file, RandomSource &random)
        : m_disk(&disk), m_path(std::move(path)), m_file(std::move(file)), m_random(&random) {}
    Status flush(bool last);
    Status put(ByteView raw);
    Disk *m_disk;
    std::string m_path;
    std::unique_ptr<DiskFile> m_file;
    RandomSource *m_random;
    SecretKey m_key{};
    Bytes m_waiting;
    std::uint64_t m_at = 0, m_piece = 0;
};

inline constexpr std::size_t kMaxCourierRecord = 16 * 1024 * 1024;

/** Every byte that it hands out was authenticated. Errors: NotFound; BadSignature (sealed for somebody else, or not
 * what was sealed); BadEncoding (no such file, cut or with something behind it). */
class CourierReader {
public:
    [[nodiscard]] static Result<CourierReader> open(Disk &disk, const std::string &path, const BoxKeyPair &keys);
    /** The next record; nullopt at the end of the whole file. */
    Result<std::optional<Bytes>> record();
    /** The raw bytes behind a record, in pieces; BadEncoding if the file ends before. */
    Status bytes(std::uint64_t count, const std::function<Status(ByteView)> &sink);

private:
    explicit CourierReader(std::unique_ptr<DiskFile> file) : m_file(std::move(file)) {}
    Status fill();
    Result<Bytes> take(std::size_t count);
    std::unique_ptr<DiskFile> m_file;
    SecretKey m_key{};
    Bytes m_plain;
    std::size_t m_used = 0;
    std::uint64_t m_at = 0, m_piece = 0;
    bool m_last = false;
};

} // namespace zhicha
