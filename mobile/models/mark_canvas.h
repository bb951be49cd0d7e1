#pragma once
// The marks over a photo, as fingers draw them.
#include "mobile/models/photo_marks.h"

#include <QQuickPaintedItem>

namespace zhicha {

/** Covers the painted picture exactly. Threads: the screen's. */
class MarkCanvas : public QQuickPaintedItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(int shape MEMBER m_shape NOTIFY toolChanged)    ///< Ui.MarkShape
    Q_PROPERTY(bool bright MEMBER m_bright NOTIFY toolChanged) ///< amber instead of red
    Q_PROPERTY(int count READ count NOTIFY marksChanged)
    Q_PROPERTY(bool full READ full NOTIFY marksChanged)

public:
    using QQuickPaintedItem::QQuickPaintedItem;
    [[nodiscard]] int count() const { return static_cast<int>(m_marks.size()); }
    [[nodiscard]] bool full() const { return m_marks.size() >= kMostMarks; }
    [[nodiscard]] const std::vector<PhotoMark> &marks() const { return m_marks; }
    void setMarks(std::vector<PhotoMark> marks);
    Q_INVOKABLE void press(const QPointF &at);
    Q_INVOKABLE void move(const QPointF &at);
    Q_INVOKABLE void release(); ///< a mark that is only a point is none
    Q_INVOKABLE void undo();
    void paint(QPainter *painter) override;

signals:
    void toolChanged();
    void marksChanged(); ///< one was finished or taken back

private:
    [[nodiscard]] QPointF part(const QPointF &at) const;

    std::vector<PhotoMark> m_marks;
    PhotoMark m_drawing;
    bool m_isDrawing = false;
    int m_shape = 0;
    bool m_bright = false;
};

} // namespace zhicha
