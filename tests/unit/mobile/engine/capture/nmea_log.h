#pragma once
// Helpers of the NMEA tests: whole sentences from their bodies, and a count of fixes that shares nothing with the
// parser.
#include "mobile/engine/capture/nmea_parser.h"

#include <cstdio>
#include <fstream>
#include <regex>
#include <sstream>

namespace zhicha::test {

inline std::string withChecksum(const std::string &body) {
    unsigned sum = 0;
    for (const char c : body)
        sum ^= static_cast<unsigned char>(c);
    char tail[8];
    std::snprintf(tail, sizeof tail, "*%02X\r\n", sum);
    return "$" + body + tail;
}

inline std::vector<HeardFix> parse(const std::string &log, NmeaOptions options = {}) {
    NmeaParser parser(options);
    parser.feed(viewOf(log), 0);
    parser.finish();
    return parser.take();
}

/** The naive count: lines that match whole, status letters by regular expression, neighbours of one time grouped by
 * their text. An epoch counts if one line says valid and none says invalid. */
inline int countValidEpochs(const std::string &log) {
    static const std::regex line(R"(\$G[PNLAQB](RMC|GGA|GNS|GLL),([^*$]*)\*([0-9A-Fa-f]{2}))");
    static const std::regex rmc(R"(([0-9.]*),([AV]),.*)"), gga(R"(([0-9.]*),[^,]*,[^,]*,[^,]*,[^,]*,([0-9]),.*)"),
        gns(R"(([0-9.]*),[^,]*,[^,]*,[^,]*,[^,]*,([A-Z]+),.*)"), gll(R"([^,]*,[^,]*,[^,]*,[^,]*,([0-9.]*),([AV]).*)");
    int count = 0;
    std::string time;
    bool valid = false, refused = false;
    const auto close = [&] {
        count += valid && !refused ? 1 : 0;
        valid = refused = false;
    };
    for (auto it = std::sregex_iterator(log.begin(), log.end(), line); it != std::sregex_iterator(); ++it) {
        const std::string all = it->str();
        if (withChecksum(all.substr(1, all.size() - 4)).substr(0, all.size()) != all)
            continue;
        const std::string type = (*it)[1], rest = (*it)[2];
        std::smatch m;
        const std::regex &shape = type == "RMC" ? rmc : type == "GGA" ? gga : type == "GNS" ? gns : gll;
        if (!std::regex_match(rest, m, shape))
            continue;
        if (m[1].str() != time) {
            close();
            time = m[1];
        }
        const std::string status = m[2];
        const bool says = status != "V" && status != "0" && status.find_first_not_of('N') != std::string::npos;
        (says ? valid : refused) = true;
    }
    close();
    return count;
}

inline std::string fileText(const std::string &path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

} // namespace zhicha::test
