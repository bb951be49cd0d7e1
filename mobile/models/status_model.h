#pragma once
// The line that is always on the screen: state, last success, what is pending, next try; and what the tablet has left.
#include "mobile/engine/status/status_view.h"

#include <QObject>
#include <QTimer>

#include <QtQml/qqmlregistration.h>
#include <cstdlib>

namespace zhicha {

class StoreThread;

/** Owner: App. Threads: the screen's. Looks into the store when the sync moved or something was recorded, at most three
 *  times a second. Times are ready texts; states are enums of mobile/models/ui.h. */
class StatusModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("App.status")
    Q_PROPERTY(int sync READ sync NOTIFY changed) ///< Ui.Sync
    Q_PROPERTY(bool working READ working NOTIFY changed)
    Q_PROPERTY(QString lastDelivered READ lastDelivered NOTIFY changed)
    Q_PROPERTY(bool everDelivered READ everDelivered NOTIFY changed)
    Q_PROPERTY(int waitingRecords READ waitingRecords NOTIFY changed)
    Q_PROPERTY(int waitingPhotos READ waitingPhotos NOTIFY changed)
    Q_PROPERTY(QString waitingSize READ waitingSize NOTIFY changed)
    Q_PROPERTY(int records READ records NOTIFY changed)
    Q_PROPERTY(int recordsDone READ recordsDone NOTIFY changed)
    Q_PROPERTY(int previews READ previews NOTIFY changed)
    Q_PROPERTY(int previewsDone READ previewsDone NOTIFY changed)
    Q_PROPERTY(int originals READ originals NOTIFY changed)
    Q_PROPERTY(int originalsDone READ originalsDone NOTIFY changed)
    Q_PROPERTY(QString originalsSize READ originalsSize NOTIFY changed) ///< 41 / 118 MB
    Q_PROPERTY(QString lastLog READ lastLog NOTIFY changed)             ///< 48,213; empty without a receipt
    Q_PROPERTY(QString nextTry READ nextTry NOTIFY changed) ///< when all is done, the clock of the next question
    Q_PROPERTY(int troubles READ troubles NOTIFY changed)
    Q_PROPERTY(QString code READ code NOTIFY changed)             ///< of what went wrong last; empty = nothing
    Q_PROPERTY(int retrySeconds READ retrySeconds NOTIFY changed) ///< until the next try after a failure
    Q_PROPERTY(QString freeSpace READ freeSpace NOTIFY ticked)
    Q_PROPERTY(qreal freeBytes READ freeBytes NOTIFY ticked)
    Q_PROPERTY(int photosLeft READ photosLeft NOTIFY ticked)
    Q_PROPERTY(int spaceLevel READ spaceLevel NOTIFY ticked) ///< 0 plenty, 1 < 2 GB, 2 < 500 MB, 3 < 200 MB: no shutter
    Q_PROPERTY(int battery READ battery NOTIFY ticked)       ///< percent; -1 = this machine has none
    Q_PROPERTY(QString clock READ clock NOTIFY ticked)
    Q_PROPERTY(QString date READ date NOTIFY ticked)
    Q_PROPERTY(QString weekday READ weekday NOTIFY ticked)
    Q_PROPERTY(bool clockKnown READ clockKnown NOTIFY changed)
    Q_PROPERTY(bool clockOff READ clockOff NOTIFY changed)      ///< by more than two minutes
    Q_PROPERTY(int clockBehind READ clockBehind NOTIFY changed) ///< seconds behind the office's; negative: ahead
    Q_PROPERTY(int offlineDays READ offlineDays NOTIFY changed)

public:
    static constexpr qint64 kPhotoBytes = 5'000'000; ///< what a shot of 12 megapixels takes, preview included

    StatusModel(StoreThread &store, const QString &data);
    [[nodiscard]] int sync() const;
    [[nodiscard]] bool working() const { return m_working; }
    [[nodiscard]] QString lastDelivered() const;
    [[nodiscard]] bool everDelivered() const { return m_brief.sync.lastSuccessMs != 0; }
    [[nodiscard]] int waitingRecords() const { return static_cast<int>(m_brief.waitingRecords()); }
    [[nodiscard]] int waitingPhotos() const { return static_cast<int>(m_brief.waitingPhotos()); }
    [[nodiscard]] QString waitingSize() const;
    [[nodiscard]] int records() const { return static_cast<int>(m_brief.records); }
    [[nodiscard]] int recordsDone() const { return static_cast<int>(m_brief.acknowledged); }
    [[nodiscard]] int previews() const { return static_cast<int>(m_brief.previews.all); }
    [[nodiscard]] int previewsDone() const { return static_cast<int>(m_brief.previews.done); }
    [[nodiscard]] int originals() const { return static_cast<int>(m_brief.originals.all); }
    [[nodiscard]] int originalsDone() const { return static_cast<int>(m_brief.originals.done); }
    [[nodiscard]] QString originalsSize() const;
    [[nodiscard]] QString lastLog() const;
    [[nodiscard]] QString nextTry() const;
    [[nodiscard]] int troubles() const;
    [[nodiscard]] QString code() const { return QString::fromStdString(m_brief.sync.code); }
    [[nodiscard]] int retrySeconds() const;
    [[nodiscard]] QString freeSpace() const;
    [[nodiscard]] qreal freeBytes() const { return static_cast<qreal>(m_freeBytes); }
    [[nodiscard]] int photosLeft() const { return static_cast<int>(m_freeBytes / kPhotoBytes); }
    [[nodiscard]] int spaceLevel() const;
    [[nodiscard]] int battery() const { return m_battery; }
    [[nodiscard]] QString clock() const;
    [[nodiscard]] QString date() const;
    [[nodiscard]] QString weekday() const;
    [[nodiscard]] int offlineDays() const;
    [[nodiscard]] bool clockKnown() const { return m_brief.clockBehindMs.has_value(); }
    [[nodiscard]] bool clockOff() const { return std::abs(clockBehind()) > 120; }
    [[nodiscard]] int clockBehind() const { return static_cast<int>(m_brief.clockBehindMs.value_or(0) / 1000); }

public slots:
    void refreshSoon();
    void clear(); ///< the store closed

signals:
    void changed();
    void ticked();

private:
    void refresh();
    void tick();
    void noteMoved(bool working);

    StoreThread &m_store;
    QString m_data;
    StatusBrief m_brief;
    QTimer m_soon;
    QTimer m_tick;
    qint64 m_freeBytes = 0;
    qint64 m_lastRoundMs = 0;
    int m_battery = -1;
    int m_minute = -1;
    bool m_working = false;
    bool m_asked = false;
    bool m_again = false;
};

} // namespace zhicha
