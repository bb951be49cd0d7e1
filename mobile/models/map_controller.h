#pragma once
// What the map shows of the open check: fence, track with its gaps, where photos were taken.
#include "mobile/models/check_reading.h"
#include "mobile/models/page_controller.h"

#include <QPointF>

namespace zhicha {

class MapController : public zhicha::PageController {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString check READ check WRITE setCheck NOTIFY idChanged)
    Q_PROPERTY(QString site READ site NOTIFY changed)
    Q_PROPERTY(bool hasFence READ hasFence NOTIFY changed)
    Q_PROPERTY(bool hasTrack READ hasTrack NOTIFY changed)
    Q_PROPERTY(QString length READ length NOTIFY changed) ///< of the track
    Q_PROPERTY(QString gaps READ gaps NOTIFY changed)     ///< 缺口 1 处 3 分; empty without one
    Q_PROPERTY(QString centre READ centre NOTIFY changed)

public:
    struct Piece {
        std::vector<LatLon> points;
        std::int64_t gapBeforeMs = 0;
    };
    explicit MapController(QObject *parent = nullptr) : PageController(parent) {}
    [[nodiscard]] QString check() const { return m_check; }
    void setCheck(const QString &check);
    [[nodiscard]] QString site() const;
    [[nodiscard]] bool hasFence() const { return !m_fence.empty(); }
    [[nodiscard]] bool hasTrack() const { return !m_track.empty(); }
    [[nodiscard]] QString length() const;
    [[nodiscard]] QString gaps() const;
    [[nodiscard]] QString centre() const;
    [[nodiscard]] const std::vector<LatLon> &fence() const { return m_fence; } ///< as a ring of corners
    [[nodiscard]] const std::vector<Piece> &track() const { return m_track; }

signals:
    void idChanged();
    void changed();

protected:
    void read() override;

private:
    void take(const CheckReading &check, std::vector<LatLon> fence);

    QString m_check;
    QString m_site;
    std::vector<LatLon> m_fence;
    std::vector<Piece> m_track;
};

} // namespace zhicha
