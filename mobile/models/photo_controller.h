#pragma once
// One photo, whole, with what is known of it; and its place among those of the same finding or answer.
#include "mobile/models/check_rows.h"
#include "mobile/models/page_controller.h"

namespace zhicha {

class PhotoController : public zhicha::PageController {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString check MEMBER m_check NOTIFY idChanged REQUIRED)
    Q_PROPERTY(QString photo MEMBER m_photo NOTIFY idChanged REQUIRED)
    Q_PROPERTY(QString source READ source NOTIFY changed) ///< of the original; empty: not on this tablet
    Q_PROPERTY(QString site READ site NOTIFY changed)
    Q_PROPERTY(int obtained READ obtained NOTIFY changed)
    Q_PROPERTY(bool imported READ imported NOTIFY changed)
    Q_PROPERTY(QString importNote READ importNote NOTIFY changed)
    Q_PROPERTY(QString shotAt READ shotAt NOTIFY changed)
    Q_PROPERTY(QString position READ position NOTIFY changed)
    Q_PROPERTY(QString size READ size NOTIFY changed)
    Q_PROPERTY(QString fingerprint READ fingerprint NOTIFY changed) ///< SHA-256, in groups of eight
    Q_PROPERTY(int photoState READ photoState NOTIFY changed)
    Q_PROPERTY(bool voided READ voided NOTIFY changed)
    Q_PROPERTY(bool mayRemove READ mayRemove NOTIFY changed)
    Q_PROPERTY(bool mayMark READ mayMark NOTIFY changed) ///< its original is here, so that a copy can be drawn on

public:
    explicit PhotoController(QObject *parent = nullptr) : PageController(parent) {}
    [[nodiscard]] QString source() const;
    [[nodiscard]] QString site() const;
    [[nodiscard]] int obtained() const;
    [[nodiscard]] bool imported() const { return m_of.imported; }
    [[nodiscard]] QString importNote() const;
    [[nodiscard]] QString shotAt() const;
    [[nodiscard]] QString position() const;
    [[nodiscard]] QString size() const;
    [[nodiscard]] QString fingerprint() const;
    [[nodiscard]] int photoState() const;
    [[nodiscard]] bool voided() const { return m_of.isVoid; }
    [[nodiscard]] bool mayRemove() const { return !m_of.isVoid && !m_of.id.isNil(); }
    [[nodiscard]] bool mayMark() const { return mayRemove() && m_of.record.has_value(); }
    Q_INVOKABLE void remove(const QString &reason); ///< a tombstone; the original stays
    Q_INVOKABLE void restore();                     ///< takes that back

signals:
    void idChanged();
    void changed();

protected:
    void read() override;

private:
    QString m_check;
    QString m_photo;
    QString m_site;
    PhotoReading m_of;
};

} // namespace zhicha
