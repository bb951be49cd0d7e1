#include "mobile/models/position_model.h"

#include "mobile/models/check_rows.h"
#include "mobile/models/problem_text.h"
#include "mobile/models/text_format.h"
#include "mobile/models/ui.h"

#include <algorithm>

namespace zhicha {

static_assert(static_cast<int>(ui::Receiver::Trouble) == static_cast<int>(ReceiverState::Trouble));
static_assert(static_cast<int>(ui::ReceiverTrouble::Ended) == static_cast<int>(ReceiverTrouble::Ended));

PositionModel::PositionModel(StoreThread &store, QObject *parent) : QObject(parent), m_track(store, m_receiver) {
    connect(&m_receiver, &PositionReceiver::changed, this, &PositionModel::changed);
    connect(&m_track, &TrackRecorder::changed, this, &PositionModel::changed);
}

int PositionModel::retrySeconds() const {
    const std::int64_t at = m_receiver.view().retryAtMs;
    return at == 0 ? 0 : static_cast<int>(std::max<std::int64_t>((at - monotonicMs() + 999) / 1000, 1));
}

std::optional<Fix> PositionModel::usable() const {
    const auto &latest = m_receiver.view().latest;
    if (!latest)
        return std::nullopt;
    const Fix fix = latest->at(monotonicMs());
    return freshness(fix.ageMs) == Freshness::Unusable ? std::nullopt : std::optional(fix);
}

int PositionModel::fix() const {
    const ReceiverView &view = m_receiver.view();
    if (view.state == ReceiverState::Off)
        return static_cast<int>(ui::Fix::Off);
    if (!view.latest)
        return static_cast<int>(ui::Fix::Missing);
    switch (freshness(view.latest->at(monotonicMs()).ageMs)) {
    case Freshness::Unusable:
        return static_cast<int>(ui::Fix::Unusable);
    case Freshness::Old:
        return static_cast<int>(ui::Fix::Old);
    case Freshness::Good:
        break;
    }
    return static_cast<int>(doubt() == 0 ? ui::Fix::Good : ui::Fix::Suspicious);
}

qreal PositionModel::accuracyM() const {
    const auto &latest = m_receiver.view().latest;
    return latest && latest->fix.accuracyMm ? static_cast<qreal>(*latest->fix.accuracyMm) / 1000 : 0;
}

int PositionModel::ageSeconds() const {
    const auto &latest = m_receiver.view().latest;
    return latest ? static_cast<int>(latest->at(monotonicMs()).ageMs / 1000) : 0;
}

int PositionModel::doubt() const {
    const auto &latest = m_receiver.view().latest;
    const std::uint32_t flags = latest ? latest->fix.flags : 0;
    if (flags & kFixJump)
        return static_cast<int>(ui::Doubt::Jump);
    if (flags & kFixFrozen)
        return static_cast<int>(ui::Doubt::FrozenNoise);
    if (flags & kFixFewSatellites)
        return static_cast<int>(ui::Doubt::FewSatellites);
    // A replay is called simulated wherever it is shown; a flag of the system's own is a doubt.
    return static_cast<int>((flags & kFixMock) && !simulated() ? ui::Doubt::MockFlag : ui::Doubt::NoDoubt);
}

bool PositionModel::simulated() const {
    const auto &latest = m_receiver.view().latest;
    return m_receiver.choice().kind == PositionChoice::Kind::Log ||
           (latest && latest->fix.source == FixSource::Simulated);
}

int PositionModel::satellites() const {
    const auto &latest = m_receiver.view().latest;
    return latest ? latest->satellitesUsed.value_or(0) : 0;
}

bool PositionModel::beidou() const {
    const auto &sky = m_receiver.view().satellites.inView;
    const auto tracked = std::count_if(sky.begin(), sky.end(), [](const Satellite &s) { return s.snrDb.has_value(); });
    const auto ours = std::count_if(sky.begin(), sky.end(),
                                    [](const Satellite &s) { return s.snrDb.has_value() && s.system == "GB"; });
    return ours > 0 && 2 * ours >= tracked;
}

QString PositionModel::place() const {
    const auto fix = usable();
    return fix ? text::place(fix->at.lat, fix->at.lon) : QString();
}

int PositionModel::clockOffSeconds() const {
    const auto fix = usable();
    if (!fix || simulated())
        return 0;
    return static_cast<int>((systemClock().nowMs() - fix->ageMs - fix->t) / 1000);
}

QString PositionModel::check() const {
    return recording() ? QString::fromStdString(toText(m_track.underWay().check)) : QString();
}

QString PositionModel::siteName() const {
    return text::fromUtf8(m_track.underWay().siteName);
}

int PositionModel::trackMinutes() const {
    if (!recording() || m_receiver.choice().kind == PositionChoice::Kind::Off)
        return -1;
    return static_cast<int>(std::max<std::int64_t>(systemClock().nowMs() - m_track.underWay().sinceMs, 0) / 60'000);
}

QString PositionModel::trackTrouble() const {
    return m_track.trouble() ? problemText(*m_track.trouble()).what : QString();
}

int PositionModel::fence() const {
    if (!m_track.reading() || !usable())
        return static_cast<int>(ui::Fence::Unknown);
    return m_track.leftMs() != 0 ? static_cast<int>(ui::Fence::Left) : fenceEnum(m_track.reading()->relation);
}

qreal PositionModel::fenceDistanceM() const {
    return m_track.reading() ? static_cast<qreal>(m_track.reading()->boundaryMm) / 1000 : 0;
}

QString PositionModel::arrivedAt() const {
    const auto arrival = m_track.arrival();
    return arrival ? text::clockSeconds(arrival->t) : QString();
}

int PositionModel::dwellMinutes() const {
    return static_cast<int>(m_track.dwellMs() / 60'000);
}

int PositionModel::leftMinutes() const {
    return m_track.leftMs() == 0 || !m_track.lastFix()
               ? 0
               : static_cast<int>(std::max<std::int64_t>(m_track.lastFix()->fix.t - m_track.leftMs(), 0) / 60'000);
}

} // namespace zhicha
