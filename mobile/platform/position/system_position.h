#pragma once
// The system's own positions, through Qt Positioning.
#include "mobile/platform/position/position_source.h"
#include "shared/geo/plausibility.h"

#include <QGeoPositionInfoSource>
#include <QTimer>

namespace zhicha {

/** The plug-in for NMEA is passed over: receivers that speak it are read by our own parser, with accuracy and age. */
class SystemPosition : public PositionSource {
    Q_OBJECT
public:
    explicit SystemPosition(const ReceiverTiming &timing = {});
    void start() override;
    void stop() override;
    [[nodiscard]] ReceiverView view() const override { return m_watch.view(monotonicMs()); }

private:
    void open();
    void take(const QGeoPositionInfo &info);
    void failed(QGeoPositionInfoSource::Error error);
    void tick();

    std::unique_ptr<QGeoPositionInfoSource> m_source;
    ReceiverWatch m_watch;
    FixJudge m_judge;
    QTimer m_tick;
};

/** A fix of Qt's, as we record them; nullopt if it holds no whole position or no time. */
[[nodiscard]] std::optional<HeardFix> heardFrom(const QGeoPositionInfo &info, std::int64_t heardMs);

} // namespace zhicha
