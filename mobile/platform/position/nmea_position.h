#pragma once
// Positions from NMEA, whatever the line: our parser, a watch over the receiver, and another try when the line is lost.
#include "mobile/platform/position/nmea_link.h"
#include "mobile/platform/position/position_source.h"

namespace zhicha {

/** `replay`: a recorded log. Its fixes are Simulated and say so, whoever recorded them: they are not where the tablet
 *  is now. At the receiver's pace their times are moved to now, so that a rehearsal behaves as a drive does. */
class NmeaPosition : public PositionSource {
    Q_OBJECT
public:
    enum class Replay { No, AtPace, AtOnce };
    NmeaPosition(std::unique_ptr<NmeaLink> link, Replay replay, const ReceiverTiming &timing = {});
    void start() override;
    void stop() override;
    [[nodiscard]] ReceiverView view() const override { return m_watch.view(monotonicMs()); }

private:
    void renew();
    void take(const QByteArray &bytes);
    void giveFixes();
    void tick();

    std::unique_ptr<NmeaLink> m_link;
    Replay m_replay;
    ReceiverWatch m_watch;
    NmeaParser m_parser;
    QTimer m_tick;
    ReceiverState m_told = ReceiverState::Off;
    std::int64_t m_toldMs = 0;
    std::optional<std::int64_t> m_shiftMs; ///< of a replay: from the log's time to now
};

} // namespace zhicha
