#pragma once
// The camera page: what a shot hangs on, how it was taken, the stamp on the preview; shot → durable → operation →
// sound.
#include "mobile/models/check_rows.h"
#include "mobile/models/page_controller.h"
#include "mobile/models/photo_work.h"
#include "mobile/platform/camera/camera.h"
#include "mobile/platform/camera/shutter_sound.h"

namespace zhicha {

/** `to`: id of what photos hang on: a recorded finding, an answer, a reply; a draft's id with `draftKind`; empty = the
 *  check. The stamp is drawn by the page over the finder, never into the original. */
class CameraController : public zhicha::PageController {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString check MEMBER m_check NOTIFY idChanged REQUIRED)
    Q_PROPERTY(QString to MEMBER m_to NOTIFY idChanged)
    Q_PROPERTY(QString draftKind MEMBER m_draftKind NOTIFY idChanged) ///< "finding", "reply"; empty: `to` is recorded
    Q_PROPERTY(int camera READ camera NOTIFY cameraChanged)           ///< Ui.CameraState
    Q_PROPERTY(bool available READ available NOTIFY cameraChanged)
    Q_PROPERTY(bool hasLens READ hasLens NOTIFY cameraChanged) ///< false: a folder, whose pictures are imports
    Q_PROPERTY(int lenses READ lenses NOTIFY cameraChanged)
    Q_PROPERTY(QString still READ still NOTIFY cameraChanged)
    Q_PROPERTY(int obtained READ obtained WRITE setObtained NOTIFY changed)
    Q_PROPERTY(QString document READ document WRITE setDocument NOTIFY changed) ///< of an approval
    Q_PROPERTY(bool mayShoot READ mayShoot NOTIFY changed)
    Q_PROPERTY(bool saving READ saving NOTIFY changed)
    Q_PROPERTY(QAbstractItemModel *shots READ shots CONSTANT) ///< of this visit, the newest first
    Q_PROPERTY(int shotCount READ shotCount NOTIFY changed)
    Q_PROPERTY(QString site READ site NOTIFY changed)
    Q_PROPERTY(QString place READ place NOTIFY changed) ///< what the photos hang on, in words; empty = the check
    Q_PROPERTY(QString stampTime READ stampTime NOTIFY ticked)
    Q_PROPERTY(QString person READ person CONSTANT)

public:
    explicit CameraController(QObject *parent = nullptr);
    [[nodiscard]] int camera() const { return static_cast<int>(m_camera->state()); }
    [[nodiscard]] bool available() const { return m_camera->state() == CameraState::Ready; }
    [[nodiscard]] bool hasLens() const { return m_camera->hasLens(); }
    [[nodiscard]] int lenses() const { return m_camera->lenses(); }
    [[nodiscard]] QString still() const { return m_camera->still(); }
    [[nodiscard]] int obtained() const { return m_obtained; }
    void setObtained(int obtained);
    [[nodiscard]] QString document() const { return m_document; }
    void setDocument(const QString &document);
    [[nodiscard]] bool mayShoot() const;
    [[nodiscard]] bool saving() const { return m_saving; }
    [[nodiscard]] QAbstractItemModel *shots() { return &m_shots; }
    [[nodiscard]] int shotCount() const { return m_shots.rowCount(); }
    [[nodiscard]] QString site() const;
    [[nodiscard]] QString place() const { return m_place; }
    [[nodiscard]] QString stampTime() const;
    [[nodiscard]] QString person() const { return app().personName(); }
    Q_INVOKABLE void showOn(QObject *output) { m_camera->showOn(output); }
    Q_INVOKABLE void nextLens() { m_camera->nextLens(); }
    /** A picture that was made elsewhere: kept and recorded as an import, whatever it says of itself. */
    Q_INVOKABLE void importFrom(const QString &url);
    Q_INVOKABLE void shoot(); ///< saved() when the photo and its operation are durable: only then a sound

signals:
    void idChanged();
    void cameraChanged();
    void changed();
    void ticked();
    void saved();

protected:
    void read() override;

private:
    void take(CheckReading check);
    void keep(const Camera::Picture &picture, PhotoToAdd photo);
    void kept(const Result<PhotoAdded> &added);
    [[nodiscard]] PhotoToAdd photoNow() const;
    [[nodiscard]] PhotoPlace placeOf() const;

    QString m_check;
    QString m_to;
    QString m_draftKind;
    QString m_document;
    QString m_place;
    CheckReading m_of;
    int m_obtained = 0;
    bool m_saving = false;
    std::unique_ptr<Camera> m_camera;
    ShutterSound m_sound;
    std::vector<Uuid> m_visit; ///< photos of this visit, the newest last
    GadgetModel<PhotoRow> m_shots;
    QTimer m_tick;
};

} // namespace zhicha
