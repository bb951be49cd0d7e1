#pragma once
// What a receiver is doing, as the screen tells it: from what came and when, never from what was hoped for.
#include "mobile/engine/capture/nmea_parser.h"

namespace zhicha {

enum class ReceiverState { Off, Opening, Searching, Fixed, Stale, Trouble };
/** Why there is none. Silent: the line is open and nothing comes. Unreadable: something comes, but no NMEA, as with a
 *  wrong baud rate. Ended: a log was replayed to its end. */
enum class ReceiverTrouble { None, NoDevice, NoPermission, NoService, Unreachable, CutOff, Silent, Unreadable, Ended };

struct ReceiverView {
    ReceiverState state = ReceiverState::Off;
    ReceiverTrouble trouble = ReceiverTrouble::None;
    std::string detail; ///< as the system words it; for the log and the curious
    std::optional<HeardFix> latest;
    SatelliteView satellites;
    std::int64_t retryAtMs = 0; ///< monotonic; 0 = no further try is planned
};

struct ReceiverTiming {
    std::int64_t firstRetryMs = 1'000; ///< doubled after each failure
    std::int64_t lastRetryMs = 30'000;
    std::int64_t silentAfterMs = 10'000; ///< receivers talk each second; a cold one too
    std::int64_t reopenAfterMs = 30'000; ///< a line that is silent this long is opened anew
};

/** Owner:   a position source. Threads: one. Time: monotonic milliseconds, passed in.
 *  Holds:   the back-off begins anew only when a sentence came, so that a port which opens and dies at once is not
 *           opened a thousand times. A fix older than kUnusableAfterMs is Stale whatever the line does. */
class ReceiverWatch {
public:
    explicit ReceiverWatch(ReceiverTiming timing = {}) : m_timing(timing) {}

    void start(std::int64_t nowMs); ///< being opened
    void stop();
    void opened(std::int64_t nowMs);
    /** `sentences`: whole ones so far, of this line. */
    void came(std::uint64_t sentences, std::int64_t nowMs);
    void heard(const HeardFix &fix) { m_latest = fix; }
    void sees(SatelliteView satellites) { m_satellites = std::move(satellites); }
    void lost(ReceiverTrouble trouble, std::string detail, std::int64_t nowMs);

    /** True when the time for another try has come; it is then being opened. */
    bool retryDue(std::int64_t nowMs);
    /** True for an open line that has been silent for too long: close it, then lost(Silent). */
    [[nodiscard]] bool shouldReopen(std::int64_t nowMs) const;
    [[nodiscard]] ReceiverView view(std::int64_t nowMs) const;

private:
    enum class Line { Off, Opening, Open, Lost };
    [[nodiscard]] ReceiverTrouble quiet(std::int64_t nowMs) const;

    ReceiverTiming m_timing;
    Line m_line = Line::Off;
    ReceiverTrouble m_trouble = ReceiverTrouble::None;
    std::string m_detail;
    int m_failures = 0;
    std::int64_t m_retryAtMs = 0;
    std::int64_t m_openedMs = 0;
    std::int64_t m_lastByteMs = 0;
    std::int64_t m_lastSentenceMs = 0;
    std::uint64_t m_sentences = 0;
    std::optional<HeardFix> m_latest;
    SatelliteView m_satellites;
};

} // namespace zhicha
