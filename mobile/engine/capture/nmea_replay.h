#pragma once
// A recorded receiver log, read at full speed.
#include "mobile/engine/capture/nmea_parser.h"
#include "shared/base/result.h"

namespace zhicha {

/** Reads a whole file through an NmeaParser, in pieces, as fast as the disk gives it.
 *  Errors:  NotFound (cannot be opened), DiskError (cannot be read to its end). A log without a fix is no error.
 *  Threads: one. */
class NmeaFileReplay {
public:
    explicit NmeaFileReplay(NmeaOptions options = {}) : m_parser(options) {}
    /** Every fix in the order of the log, each with heardMs and age 0. */
    [[nodiscard]] Result<std::vector<HeardFix>> run(const std::string &path);
    [[nodiscard]] const NmeaCounts &counts() const { return m_parser.counts(); }

private:
    NmeaParser m_parser;
};

} // namespace zhicha
