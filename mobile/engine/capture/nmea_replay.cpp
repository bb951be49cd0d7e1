#include "mobile/engine/capture/nmea_replay.h"

#include <fstream>

namespace zhicha {

Result<std::vector<HeardFix>> NmeaFileReplay::run(const std::string &path) {
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return fail(Code::NotFound, "receiver log: cannot be opened: " + path, Retry::AfterUser);
    std::array<char, 65536> piece;
    while (in) {
        in.read(piece.data(), piece.size());
        m_parser.feed(viewOf({piece.data(), static_cast<std::size_t>(in.gcount())}), 0);
    }
    if (in.bad() || !in.eof())
        return fail(Code::DiskError, "receiver log: cannot be read to its end: " + path, Retry::Later);
    m_parser.finish();
    return m_parser.take();
}

} // namespace zhicha
