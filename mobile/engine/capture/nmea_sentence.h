#pragma once
// From a receiver's bytes to whole NMEA 0183 sentences: everything that is not provably one is dropped here.
#include "shared/base/bytes.h"

#include <array>
#include <functional>

namespace zhicha {

/** NMEA 0183 allows 82 characters; chips with many decimals or long texts go beyond, none that we read past this. */
constexpr std::size_t kMaxSentenceBytes = 160;
constexpr std::size_t kMaxSentenceFields = 40;

/** Views into the framer's buffer: valid during the call only. */
struct NmeaSentence {
    std::string_view talker; ///< GP, GN, BD, …
    std::string_view type;   ///< RMC, GGA, …
    std::array<std::string_view, kMaxSentenceFields> fields;
    std::size_t count = 0;
    /** Field n as the standard numbers them, from 1; empty if the sentence is shorter. */
    [[nodiscard]] std::string_view field(std::size_t n) const {
        return n >= 1 && n <= count ? fields[n - 1] : std::string_view{};
    }
};

struct NmeaCounts {
    std::uint64_t sentences = 0;   ///< whole, with a right checksum, from a talker we know
    std::uint64_t badChecksum = 0; ///< absent, cut or wrong
    std::uint64_t broken = 0;      ///< too long, or with bytes that no sentence has
    std::uint64_t malformed = 0;   ///< whole, but with a field that is none (a 61st minute, a letter in a number)
    std::uint64_t undated = 0;     ///< positions before the first date: no time, so no fix
    std::uint64_t late = 0;        ///< sentences of an epoch that is already closed
};

/** Cuts a stream into sentences.
 *  Accepts: talkers GP GN BD GB GL GA GQ. The checksum is obligatory, also for a receiver that never sends one:
 *           without it one flipped bit on the wire moves a position by kilometres unseen, and every chip of the last
 *           20 years sends it.
 *  Input:   any bytes in any splits; a `$` starts anew, a byte outside 0x20 to 0x7e drops what was begun.
 *  Memory:  kMaxSentenceBytes. Threads: one.
 */
class NmeaFramer {
public:
    using Sink = std::function<void(const NmeaSentence &)>;
    void feed(ByteView bytes, const Sink &sink);
    /** The stream ended: a last sentence without its line end counts if its checksum stands. */
    void finish(const Sink &sink);
    NmeaCounts counts;

private:
    void endLine(const Sink &sink);
    std::array<char, kMaxSentenceBytes> m_line{};
    std::size_t m_size = 0;
    bool m_inside = false; ///< after a `$`
};

} // namespace zhicha
