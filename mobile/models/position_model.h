#pragma once
// Where the tablet is, as every page shows it: the receiver, the fix with its age, the fence, the track.
#include "mobile/models/track_recorder.h"

#include <QtQml/qqmlregistration.h>

namespace zhicha {

/** Owner: App. Threads: the screen's. States are enums of mobile/models/ui.h. */
class PositionModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("App.position")
    Q_PROPERTY(int receiver READ receiver NOTIFY changed) ///< Ui.Receiver
    Q_PROPERTY(int receiverTrouble READ receiverTrouble NOTIFY changed)
    Q_PROPERTY(int retrySeconds READ retrySeconds NOTIFY changed) ///< until the next try; 0 = none is planned
    Q_PROPERTY(int fix READ fix NOTIFY changed)                   ///< Ui.Fix
    Q_PROPERTY(qreal accuracyM READ accuracyM NOTIFY changed)     ///< 0 = the receiver does not say
    Q_PROPERTY(int ageSeconds READ ageSeconds NOTIFY changed)
    Q_PROPERTY(int doubt READ doubt NOTIFY changed)
    Q_PROPERTY(bool simulated READ simulated NOTIFY changed)
    Q_PROPERTY(int satellites READ satellites NOTIFY changed)           ///< behind the fix; 0 = unknown
    Q_PROPERTY(bool beidou READ beidou NOTIFY changed)                  ///< most of those tracked are BeiDou's
    Q_PROPERTY(QString place READ place NOTIFY changed)                 ///< empty without a usable fix
    Q_PROPERTY(int clockOffSeconds READ clockOffSeconds NOTIFY changed) ///< the tablet's clock minus the satellites'
    Q_PROPERTY(bool recording READ recording NOTIFY changed)
    Q_PROPERTY(bool onTheWay READ onTheWay NOTIFY changed) ///< set out, and the check has not started
    Q_PROPERTY(QString check READ check NOTIFY changed)    ///< of the track; empty without one
    Q_PROPERTY(QString siteName READ siteName NOTIFY changed)
    Q_PROPERTY(int trackMinutes READ trackMinutes NOTIFY changed)     ///< -1: no track runs
    Q_PROPERTY(QString trackTrouble READ trackTrouble NOTIFY changed) ///< why a fix did not get on the disk
    Q_PROPERTY(int fence READ fence NOTIFY changed)                   ///< Ui.Fence
    Q_PROPERTY(qreal fenceDistanceM READ fenceDistanceM NOTIFY changed)
    Q_PROPERTY(QString arrivedAt READ arrivedAt NOTIFY changed) ///< 13:12:40
    Q_PROPERTY(int dwellMinutes READ dwellMinutes NOTIFY changed)
    Q_PROPERTY(int leftMinutes READ leftMinutes NOTIFY changed)

public:
    PositionModel(StoreThread &store, QObject *parent = nullptr);

    [[nodiscard]] PositionReceiver &source() { return m_receiver; }
    [[nodiscard]] TrackRecorder &track() { return m_track; }
    [[nodiscard]] const TrackRecorder &track() const { return m_track; }

    [[nodiscard]] int receiver() const { return static_cast<int>(m_receiver.view().state); }
    [[nodiscard]] int receiverTrouble() const { return static_cast<int>(m_receiver.view().trouble); }
    [[nodiscard]] int retrySeconds() const;
    [[nodiscard]] int fix() const;
    [[nodiscard]] qreal accuracyM() const;
    [[nodiscard]] int ageSeconds() const;
    [[nodiscard]] int doubt() const;
    [[nodiscard]] bool simulated() const;
    [[nodiscard]] int satellites() const;
    [[nodiscard]] bool beidou() const;
    [[nodiscard]] QString place() const;
    [[nodiscard]] int clockOffSeconds() const;
    [[nodiscard]] bool recording() const { return m_track.following(); }
    [[nodiscard]] bool onTheWay() const { return m_track.onTheWay(); }
    [[nodiscard]] QString check() const;
    [[nodiscard]] QString siteName() const;
    [[nodiscard]] int trackMinutes() const;
    [[nodiscard]] QString trackTrouble() const;
    [[nodiscard]] int fence() const;
    [[nodiscard]] qreal fenceDistanceM() const;
    [[nodiscard]] QString arrivedAt() const;
    [[nodiscard]] int dwellMinutes() const;
    [[nodiscard]] int leftMinutes() const;
    /** The fix of here and now, with its age; nullopt if it is too old to be used. */
    [[nodiscard]] std::optional<Fix> usable() const;

signals:
    void changed(); ///< once a second while the receiver is on, so that the age ticks

private:
    PositionReceiver m_receiver;
    TrackRecorder m_track;
};

} // namespace zhicha
