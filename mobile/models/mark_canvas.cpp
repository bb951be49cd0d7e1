#include "mobile/models/mark_canvas.h"

#include <QLineF>

#include <algorithm>

namespace zhicha {

namespace {
constexpr double kLeastPixels = 8; ///< shorter is a tap
}

QPointF MarkCanvas::part(const QPointF &at) const {
    return {std::clamp(at.x() / std::max(1.0, width()), 0.0, 1.0),
            std::clamp(at.y() / std::max(1.0, height()), 0.0, 1.0)};
}

void MarkCanvas::setMarks(std::vector<PhotoMark> marks) {
    m_marks = std::move(marks);
    update();
    emit marksChanged();
}

void MarkCanvas::press(const QPointF &at) {
    if (full())
        return;
    m_drawing = {static_cast<PhotoMark::Shape>(std::clamp(m_shape, 0, 2)), m_bright, {part(at)}};
    m_isDrawing = true;
}

void MarkCanvas::move(const QPointF &at) {
    if (!m_isDrawing)
        return;
    if (m_drawing.shape == PhotoMark::Shape::Line && m_drawing.points.size() < kMostMarkPoints)
        m_drawing.points << part(at);
    else if (m_drawing.points.size() < 2)
        m_drawing.points << part(at);
    else
        m_drawing.points.last() = part(at);
    update();
}

void MarkCanvas::release() {
    if (!std::exchange(m_isDrawing, false))
        return;
    const QRectF box = m_drawing.points.boundingRect();
    if (m_drawing.points.size() > 1 && std::max(box.width() * width(), box.height() * height()) >= kLeastPixels) {
        m_marks.push_back(std::exchange(m_drawing, {}));
        emit marksChanged();
    }
    update();
}

void MarkCanvas::undo() {
    if (m_marks.empty())
        return;
    m_marks.pop_back();
    update();
    emit marksChanged();
}

void MarkCanvas::paint(QPainter *painter) {
    std::vector<PhotoMark> shown = m_marks;
    if (m_isDrawing)
        shown.push_back(m_drawing);
    drawMarks(*painter, shown, {width(), height()});
}

} // namespace zhicha
