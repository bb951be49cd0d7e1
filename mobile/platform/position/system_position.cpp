#include "mobile/platform/position/system_position.h"

#include <QGeoPositionInfo>

#include <cmath>

namespace zhicha {

namespace {
constexpr int kEveryMs = 1'000;
/** A system's service is not asked every ten seconds whether it has come to life. */
constexpr std::int64_t kServiceSilentMs = 60'000;

ReceiverTiming patient(ReceiverTiming timing) {
    timing.silentAfterMs = timing.reopenAfterMs = kServiceSilentMs; // indoors it says nothing at all, which is no fault
    return timing;
}

std::optional<std::int32_t> angle(double degrees, double most) {
    if (!std::isfinite(degrees) || std::abs(degrees) > most)
        return std::nullopt;
    return static_cast<std::int32_t>(std::llround(degrees * kDegree));
}
} // namespace

std::optional<HeardFix> heardFrom(const QGeoPositionInfo &info, std::int64_t heardMs) {
    const auto lat = angle(info.coordinate().latitude(), 90);
    const auto lon = angle(info.coordinate().longitude(), 180);
    if (!lat || !lon || !info.timestamp().isValid())
        return std::nullopt;
    HeardFix heard;
    heard.fix.source = FixSource::System;
    heard.fix.t = info.timestamp().toMSecsSinceEpoch();
    heard.fix.at = {*lat, *lon};
    heard.heardMs = heardMs;
    const qreal accuracy = info.attribute(QGeoPositionInfo::HorizontalAccuracy);
    if (info.hasAttribute(QGeoPositionInfo::HorizontalAccuracy) && std::isfinite(accuracy) && accuracy > 0 &&
        accuracy < 1e7)
        heard.fix.accuracyMm = std::llround(accuracy * 1000);
    const qreal speed = info.attribute(QGeoPositionInfo::GroundSpeed);
    if (info.hasAttribute(QGeoPositionInfo::GroundSpeed) && std::isfinite(speed) && speed >= 0 && speed < 1e5)
        heard.speedMmPerSecond = std::llround(speed * 1000);
    return heard;
}

SystemPosition::SystemPosition(const ReceiverTiming &timing) : m_watch(patient(timing)) {
    m_tick.setParent(this);
    m_tick.setInterval(kEveryMs);
    connect(&m_tick, &QTimer::timeout, this, &SystemPosition::tick);
}

void SystemPosition::start() {
    m_watch.start(monotonicMs());
    m_judge.reset();
    m_tick.start();
    open();
}

void SystemPosition::stop() {
    m_tick.stop();
    m_source.reset();
    m_watch.stop();
    emit changed();
}

void SystemPosition::open() {
    m_source.reset();
    for (const QString &name : QGeoPositionInfoSource::availableSources()) {
        if (name == QLatin1String("nmea") || name == QLatin1String("positionpoll"))
            continue;
        m_source.reset(QGeoPositionInfoSource::createSource(name, nullptr));
        if (m_source)
            break;
    }
    if (!m_source) {
        m_watch.lost(ReceiverTrouble::NoService, {}, monotonicMs());
        emit changed();
        return;
    }
    connect(m_source.get(), &QGeoPositionInfoSource::positionUpdated, this, &SystemPosition::take);
    connect(m_source.get(), &QGeoPositionInfoSource::errorOccurred, this, &SystemPosition::failed);
    m_watch.opened(monotonicMs());
    m_source->setUpdateInterval(kEveryMs);
    m_source->startUpdates();
    emit changed();
}

void SystemPosition::take(const QGeoPositionInfo &info) {
    const std::int64_t now = monotonicMs();
    auto heard = heardFrom(info, now);
    m_watch.came(static_cast<std::uint64_t>(now), now); // that it speaks at all
    if (!heard)
        return;
    heard->fix = m_judge.judge(heard->fix, std::nullopt);
    m_watch.heard(*heard);
    emit this->heard(*heard);
}

void SystemPosition::failed(QGeoPositionInfoSource::Error error) {
    if (error == QGeoPositionInfoSource::NoError || error == QGeoPositionInfoSource::UpdateTimeoutError)
        return; // silence is the watch's to tell
    const ReceiverTrouble trouble = error == QGeoPositionInfoSource::AccessError   ? ReceiverTrouble::NoPermission
                                    : error == QGeoPositionInfoSource::ClosedError ? ReceiverTrouble::CutOff
                                                                                   : ReceiverTrouble::NoService;
    // Not from within its own signal: the source would be taken away from under it.
    QMetaObject::invokeMethod(
        this,
        [this, trouble] {
            m_source.reset();
            m_watch.lost(trouble, {}, monotonicMs());
            emit changed();
        },
        Qt::QueuedConnection);
}

void SystemPosition::tick() {
    if (m_watch.retryDue(monotonicMs()))
        open();
    emit changed();
}

} // namespace zhicha
