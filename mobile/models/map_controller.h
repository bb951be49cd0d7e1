#pragma once
// What the map shows of the open check: fence, track with its gaps, where photos were taken.
#include "mobile/models/check_reading.h"
#include "mobile/models/page_controller.h"
#include "shared/geo/gcj02.h"

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
    Q_PROPERTY(bool hasTiles READ hasTiles NOTIFY changed)
    Q_PROPERTY(QString tileSource READ tileSource NOTIFY changed)   ///< title and attribution, with the approval number
    Q_PROPERTY(QString tileSystem READ tileSystem NOTIFY changed)   ///< WGS-84, CGCS2000 or GCJ-02
    Q_PROPERTY(QString tileTrouble READ tileTrouble NOTIFY changed) ///< the chosen file is no map
    Q_PROPERTY(bool hasHere READ hasHere NOTIFY fixMoved)

public:
    struct Piece {
        std::vector<LatLon> points;
        std::int64_t gapBeforeMs = 0;
    };
    /** Photos that were taken within a few steps of each other. */
    struct Pin {
        LatLon at;
        int count = 0;
        int severity = 0; ///< Ui.Severity, the gravest
        QString photo;    ///< the first one
        QString finding;  ///< that it hangs on; empty: none
        QString source;
        QString title;
        QString meta;
    };
    explicit MapController(QObject *parent = nullptr);
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
    [[nodiscard]] const std::vector<Pin> &pins() const { return m_pins; }
    [[nodiscard]] std::optional<Fix> here() const { return app().position()->usable(); } ///< WGS-84
    [[nodiscard]] bool hasHere() const { return here().has_value(); }
    [[nodiscard]] bool hasTiles() const { return app().tiles().layer().has_value(); }
    [[nodiscard]] QString tileSource() const;
    [[nodiscard]] QString tileSystem() const;
    [[nodiscard]] QString tileTrouble() const;
    [[nodiscard]] Datum tileDatum() const;
    [[nodiscard]] int minZoom() const;
    [[nodiscard]] int maxZoom() const;
    [[nodiscard]] int tileGeneration() const { return app().tiles().generation(); }
    [[nodiscard]] std::vector<LatLon> tileBounds() const; ///< two corners; empty if the file does not say

signals:
    void idChanged();
    void changed();
    void fixMoved(); ///< the tablet's own place, or its age

protected:
    void read() override;

private:
    struct Loaded {
        CheckReading check;
        std::vector<LatLon> fence;
        std::vector<Fix> untold; ///< of the track, in no operation yet
    };
    [[nodiscard]] static Result<Loaded> load(StoreSession &session, const Uuid &check, const Uuid &journeySite);
    void take(Loaded loaded);
    void append(const Fix &fix);

    QString m_check;
    QString m_site;
    std::vector<LatLon> m_fence;
    std::vector<Piece> m_track;
    std::vector<Pin> m_pins;
    std::optional<std::int64_t> m_lastMs; ///< of the track's last point
};

} // namespace zhicha
