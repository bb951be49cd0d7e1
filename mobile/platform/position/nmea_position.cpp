#include "mobile/platform/position/nmea_position.h"

#include "shared/base/sources.h"

namespace zhicha {

namespace {
/** No live receiver is dated before this program: what says so counts weeks that ran over (2026-01-01). */
constexpr std::int64_t kProgramBornMs = 1'767'225'600'000;
constexpr int kTickMs = 100;
constexpr std::int64_t kTellEveryMs = 1'000;

NmeaOptions optionsFor(NmeaPosition::Replay replay) {
    NmeaOptions options;
    if (replay == NmeaPosition::Replay::No)
        options.notBeforeMs = kProgramBornMs;
    else
        options.source = FixSource::Simulated;
    return options;
}
} // namespace

NmeaPosition::NmeaPosition(std::unique_ptr<NmeaLink> link, Replay replay, const ReceiverTiming &timing)
    : m_link(std::move(link)), m_replay(replay), m_watch(timing), m_parser(optionsFor(replay)) {
    m_link->setParent(this); // moves to another thread together
    m_tick.setParent(this);
    m_tick.setInterval(kTickMs);
    connect(&m_tick, &QTimer::timeout, this, &NmeaPosition::tick);
    connect(m_link.get(), &NmeaLink::opened, this, [this] {
        m_watch.opened(monotonicMs());
        emit changed();
    });
    connect(m_link.get(), &NmeaLink::came, this, &NmeaPosition::take);
    connect(m_link.get(), &NmeaLink::lost, this, [this](ReceiverTrouble trouble, const QString &detail) {
        m_parser.finish();
        giveFixes();
        m_watch.lost(trouble, detail.toStdString(), monotonicMs());
        renew();
        emit changed();
    });
}

// What a line cut short must not be joined with what another connection says.
void NmeaPosition::renew() {
    m_parser = NmeaParser(optionsFor(m_replay));
}

void NmeaPosition::start() {
    m_watch.start(monotonicMs());
    m_shiftMs.reset();
    renew();
    m_tick.start();
    emit changed();
    m_link->open();
}

void NmeaPosition::stop() {
    m_tick.stop();
    m_link->close();
    m_watch.stop();
    emit changed();
}

void NmeaPosition::take(const QByteArray &bytes) {
    const std::int64_t now = monotonicMs();
    m_parser.feed({reinterpret_cast<const std::uint8_t *>(bytes.constData()), static_cast<std::size_t>(bytes.size())},
                  now);
    m_watch.came(m_parser.counts().sentences, now);
    m_watch.sees(m_parser.satellites());
    giveFixes();
}

void NmeaPosition::giveFixes() {
    for (HeardFix &heard : m_parser.take()) {
        if (m_replay == Replay::AtPace) {
            if (!m_shiftMs)
                m_shiftMs = systemClock().nowMs() - heard.fix.t;
            heard.fix.t += *m_shiftMs;
        }
        m_watch.heard(heard);
        emit this->heard(heard);
    }
}

void NmeaPosition::tick() {
    const std::int64_t now = monotonicMs();
    m_parser.closeIfQuiet(now);
    giveFixes();
    if (m_watch.shouldReopen(now)) {
        m_link->close();
        m_watch.lost(ReceiverTrouble::Silent, {}, now);
        renew();
    }
    if (m_watch.retryDue(now))
        m_link->open();
    const ReceiverState state = m_watch.view(now).state;
    if (state == m_told && now - m_toldMs < kTellEveryMs)
        return;
    m_told = state;
    m_toldMs = now;
    emit changed();
}

} // namespace zhicha
