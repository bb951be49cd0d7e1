// Any bytes from a receiver: no crash, and every fix that comes out is a place with a time and a sensible accuracy.
// The first byte chooses how the rest is split, so that sentences are cut at every place; if it is odd, each line gets
// its right checksum first, so that the fuzzer reaches what lies behind it.
#include "mobile/engine/capture/nmea_parser.h"

#include <algorithm>
#include <cstdlib>

namespace {

std::string withChecksums(std::string_view lines) {
    std::string out;
    for (std::size_t at = 0; at < lines.size();) {
        const std::size_t end = std::min(lines.find('\n', at), lines.size());
        const std::string_view body = lines.substr(at, end - at);
        unsigned sum = 0;
        for (const char c : body)
            sum ^= static_cast<unsigned char>(c);
        const std::uint8_t byte = static_cast<std::uint8_t>(sum);
        out += "$" + std::string(body) + "*" + zhicha::toHex({&byte, 1}) + "\r\n";
        at = end + 1;
    }
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    if (size == 0)
        return 0;
    const std::size_t piece = std::size_t{data[0]} + 1;
    const std::string_view rest = zhicha::textOf({data + 1, size - 1});
    const std::string stream = data[0] % 2 == 1 ? withChecksums(rest) : std::string(rest);
    zhicha::NmeaOptions options;
    options.notBeforeMs = 1'764'000'000'000;
    zhicha::NmeaParser parser(options);
    for (std::size_t at = 0; at < stream.size(); at += piece) {
        const auto now = static_cast<std::int64_t>(at);
        parser.feed(zhicha::viewOf(std::string_view(stream).substr(at, piece)), now);
        parser.closeIfQuiet(now + data[0]);
    }
    parser.finish();
    (void)parser.satellites();
    for (const zhicha::HeardFix &heard : parser.take()) {
        if (!zhicha::isPlace(heard.fix.at.lat, heard.fix.at.lon) || heard.fix.accuracyMm.value_or(1) <= 0 ||
            heard.fix.t <= 0)
            std::abort();
    }
    return 0;
}
