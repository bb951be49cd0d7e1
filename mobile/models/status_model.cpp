#include "mobile/models/status_model.h"

#include "mobile/models/text_format.h"
#include "mobile/models/ui.h"
#include "mobile/platform/store_thread.h"

#include <QDir>
#include <QFile>
#include <QLocale>

#include <filesystem>

namespace zhicha {

namespace {
constexpr std::int64_t kIdleMs = 15 * 60 * 1000; ///< as the sync worker plans when everything is delivered

/** Percent of the first battery that the system knows; -1 without one. */
int batteryPercent() {
    const QDir supplies("/sys/class/power_supply");
    for (const QString &name : supplies.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile capacity(supplies.filePath(name) + "/capacity");
        bool fits = false;
        const int percent = capacity.open(QIODevice::ReadOnly) ? capacity.readAll().trimmed().toInt(&fits) : 0;
        if (fits)
            return percent;
    }
    return -1;
}
} // namespace

StatusModel::StatusModel(StoreThread &store, const QString &data) : m_store(store), m_data(data) {
    m_soon.setSingleShot(true);
    m_soon.setInterval(300);
    connect(&m_soon, &QTimer::timeout, this, &StatusModel::refresh);
    connect(&m_tick, &QTimer::timeout, this, &StatusModel::tick);
    m_tick.start(1000);
    connect(&store.sync(), &SyncWorker::moved, this, &StatusModel::noteMoved);
    tick();
}

void StatusModel::noteMoved(bool working) {
    m_working = working;
    if (!working)
        m_lastRoundMs = systemClock().nowMs();
    refreshSoon();
}

void StatusModel::refreshSoon() {
    if (!m_soon.isActive())
        m_soon.start();
}

void StatusModel::clear() {
    m_brief = {};
    m_working = false;
    emit changed();
}

void StatusModel::refresh() {
    if (m_asked) {
        m_again = true;
        return;
    }
    m_asked = true;
    m_store.run(
        this, [](StoreSession &session) { return StatusView(session.store()).brief(); },
        [this](const Result<StatusBrief> &brief) {
            m_asked = false;
            if (brief)
                m_brief = *brief;
            emit changed();
            if (std::exchange(m_again, false))
                refreshSoon();
        });
}

void StatusModel::tick() {
    const std::int64_t now = systemClock().nowMs();
    const int minute = static_cast<int>(now / 60'000 % 1'000'000);
    if (m_brief.sync.nextTryMs > 0)
        emit changed(); // the seconds until the next try
    if (minute == m_minute)
        return;
    m_minute = minute;
    // Asks the disk itself: QStorageInfo looks among the mount points, and where a sandbox hides them there would be no
    // space and no shutter.
    std::error_code unknown;
    const std::filesystem::space_info space = std::filesystem::space(QFile::encodeName(m_data).toStdString(), unknown);
    if (!unknown)
        m_freeBytes = static_cast<qint64>(space.available);
    m_battery = batteryPercent();
    emit ticked();
}

int StatusModel::sync() const {
    const SyncState &sync = m_brief.sync;
    if (m_working)
        return static_cast<int>(ui::Sync::Sending);
    if (sync.code == codeName(Code::SessionExpired))
        return static_cast<int>(ui::Sync::SignInExpired);
    if (sync.stopped)
        return static_cast<int>(ui::Sync::Stopped);
    if (sync.code == codeName(Code::NetworkDown) && sync.nextTryMs > 0)
        return static_cast<int>(ui::Sync::Offline);
    if (sync.nextTryMs > 0)
        return static_cast<int>(ui::Sync::Failed);
    if (sync.lastSuccessMs != 0 && waitingRecords() == 0 && waitingPhotos() == 0)
        return static_cast<int>(ui::Sync::Done);
    return static_cast<int>(ui::Sync::Offline);
}

QString StatusModel::lastDelivered() const {
    return everDelivered() ? text::when(m_brief.sync.lastSuccessMs, systemClock().nowMs()) : QString();
}

QString StatusModel::waitingSize() const {
    return text::size(std::max<std::int64_t>(m_brief.originals.bytes - m_brief.originals.sentBytes, 0));
}

QString StatusModel::originalsSize() const {
    return text::size(m_brief.originals.sentBytes) + " / " + text::size(m_brief.originals.bytes);
}

QString StatusModel::lastLog() const {
    return m_brief.lastLog == 0 ? QString()
                                : QLocale(QLocale::English).toString(static_cast<qlonglong>(m_brief.lastLog));
}

QString StatusModel::nextTry() const {
    return m_lastRoundMs == 0 ? QString() : text::clock(m_lastRoundMs + kIdleMs);
}

int StatusModel::troubles() const {
    return static_cast<int>(m_brief.troubled + m_brief.originals.parked + m_brief.previews.parked + m_brief.parkedRuns);
}

int StatusModel::retrySeconds() const {
    const std::int64_t left = m_brief.sync.nextTryMs - systemClock().nowMs();
    return m_brief.sync.nextTryMs == 0 ? 0 : static_cast<int>(std::max<std::int64_t>((left + 999) / 1000, 0));
}

QString StatusModel::freeSpace() const {
    return text::size(m_freeBytes);
}

int StatusModel::spaceLevel() const {
    return m_freeBytes < 200'000'000 ? 3 : m_freeBytes < 500'000'000 ? 2 : m_freeBytes < 2'000'000'000 ? 1 : 0;
}

QString StatusModel::clock() const {
    return text::clock(systemClock().nowMs());
}

QString StatusModel::date() const {
    return text::dayAndYear(systemClock().nowMs());
}

QString StatusModel::weekday() const {
    return text::weekday(systemClock().nowMs());
}

int StatusModel::offlineDays() const {
    const std::int64_t since = m_brief.sync.lastSuccessMs;
    return since == 0 ? 0 : static_cast<int>((systemClock().nowMs() - since) / 86'400'000);
}

} // namespace zhicha
