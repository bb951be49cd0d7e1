// Goal: no body of a tablet's request crashes the server or is read as something that it does not say: enrolment,
// session, runs, presentation. Method: libFuzzer; the first byte chooses the reader.
#include "sync-server/intake/messages.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    using namespace zhicha;
    if (size == 0)
        return 0;
    const ByteView rest(data + 1, size - 1);
    switch (data[0] % 5) {
    case 0:
        if (const auto request = readEnrolRequest(rest))
            ZHICHA_CHECK(normalizeCode(request->code).size() <= request->code.size());
        break;
    case 1:
        (void)readSessionRequest(rest).has_value();
        break;
    case 2:
        if (const auto runs = readRuns(rest)) {
            ZHICHA_CHECK(runs->size() <= 64);
            for (const Bytes &run : *runs)
                (void)decodeRun(run).has_value();
        }
        break;
    case 3:
        if (const auto shown = readPresentation(rest, false))
            ZHICHA_CHECK(shown->runs.size() <= 4);
        break;
    default:
        // Spans of log numbers come back as they went, whatever text a setting held.
        const LogSpans spans = readLogSpans(textOf(rest.first(std::min<std::size_t>(rest.size(), 200))));
        ZHICHA_CHECK(readLogSpans(writeLogSpans(spans)) == spans);
    }
    return 0;
}
