#pragma once
// 标注: draws on a copy of a photo and keeps that copy as a picture of its own.
#include "mobile/models/check_reading.h"
#include "mobile/models/mark_canvas.h"
#include "mobile/models/page_controller.h"

namespace zhicha {

/** Unfinished marks are on disk after each stroke and come back with the page. */
class MarkController : public zhicha::PageController {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString check MEMBER m_check NOTIFY changed REQUIRED)
    Q_PROPERTY(QString photo MEMBER m_photo NOTIFY changed REQUIRED)
    Q_PROPERTY(zhicha::MarkCanvas *canvas READ canvas WRITE setCanvas NOTIFY changed)
    Q_PROPERTY(QString source READ source NOTIFY changed)
    Q_PROPERTY(QStringList stamp READ stamp NOTIFY changed) ///< the lines below the copy
    Q_PROPERTY(bool saving READ saving NOTIFY changed)

public:
    using PageController::PageController;
    [[nodiscard]] MarkCanvas *canvas() const { return m_canvas; }
    void setCanvas(MarkCanvas *canvas);
    [[nodiscard]] QString source() const;
    [[nodiscard]] QStringList stamp() const;
    [[nodiscard]] bool saving() const { return m_saving; }
    Q_INVOKABLE void save();

signals:
    void changed();
    void saved(); ///< the copy and its operation are durable

protected:
    void read() override;

private:
    struct Loaded {
        CheckReading check;
        PhotoReading photo;
        std::vector<PhotoMark> marks;
    };
    void keepMarks();
    void draw(const Bytes &original, const std::vector<PhotoMark> &marks, const QStringList &lines);
    void keep(const Result<Bytes> &copy);
    void failed(const Error &error);

    QString m_check;
    QString m_photo;
    QPointer<MarkCanvas> m_canvas;
    std::vector<PhotoMark> m_kept; ///< as they stand on disk
    CheckReading m_reading;
    PhotoReading m_of;
    bool m_loaded = false;
    bool m_saving = false;
};

} // namespace zhicha
