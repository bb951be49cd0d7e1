#include "mobile/engine/capture/nmea_sentence.h"

#include "shared/base/plant.h"

#include <algorithm>

namespace zhicha {
namespace {

constexpr std::array<std::string_view, 7> kTalkers{"GP", "GN", "BD", "GB", "GL", "GA", "GQ"};

int hexDigit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}

// line is what stands after the `$`. True if it ends in `*hh` and hh is the exclusive or of all before the star.
bool hasRightChecksum(std::string_view line) {
    if (line.size() < 3 || line[line.size() - 3] != '*')
        return false;
    const int high = hexDigit(line[line.size() - 2]);
    const int low = hexDigit(line[line.size() - 1]);
    if (high < 0 || low < 0)
        return false;
    unsigned sum = 0;
    for (const char c : line.substr(0, line.size() - 3))
        sum ^= static_cast<unsigned char>(c);
    return sum == static_cast<unsigned>(high * 16 + low) || plant("nmea_checksum_ignored");
}

// body = TTSSS,field,field…; false if it has another shape or too many fields.
bool split(std::string_view body, NmeaSentence &out) {
    const std::size_t comma = body.find(',');
    if (comma != 5)
        return false;
    out.talker = body.substr(0, 2);
    out.type = body.substr(2, 3);
    for (std::size_t at = comma + 1; at <= body.size();) {
        if (out.count == kMaxSentenceFields)
            return false;
        const std::size_t end = std::min(body.find(',', at), body.size());
        out.fields[out.count++] = body.substr(at, end - at);
        at = end + 1;
    }
    return true;
}

} // namespace

void NmeaFramer::endLine(const Sink &sink) {
    std::string_view line(m_line.data(), m_size);
    m_inside = false;
    m_size = 0;
    while (!line.empty() && line.back() == ' ')
        line.remove_suffix(1); // some chips pad their lines
    if (!hasRightChecksum(line)) {
        ++counts.badChecksum;
        return;
    }
    NmeaSentence sentence;
    if (!split(line.substr(0, line.size() - 3), sentence))
        return; // proprietary ($P…) or of another shape: whole, but nothing for us
    if (std::find(kTalkers.begin(), kTalkers.end(), sentence.talker) == kTalkers.end())
        return;
    ++counts.sentences;
    sink(sentence);
}

void NmeaFramer::feed(ByteView bytes, const Sink &sink) {
    for (const std::uint8_t byte : bytes) {
        const char c = static_cast<char>(byte);
        if (c == '$') {
            if (m_inside)
                ++counts.broken; // cut in the middle by the next one
            m_inside = true;
            m_size = 0;
        } else if (!m_inside) {
            continue;
        } else if (c == '\r' || c == '\n') {
            endLine(sink);
        } else if (byte < 0x20 || byte > 0x7e || m_size == m_line.size()) {
            ++counts.broken;
            m_inside = false;
        } else {
            m_line[m_size++] = c;
        }
    }
}

void NmeaFramer::finish(const Sink &sink) {
    if (m_inside)
        endLine(sink);
}

} // namespace zhicha
