#include "mobile/models/photo_marks.h"

#include "mobile/engine/capture/picture_probe.h"

#include <QBuffer>
#include <QFontMetricsF>
#include <QImageReader>
#include <QLineF>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace zhicha {

namespace {
constexpr int kMostSide = 3'000;
constexpr int kQuality = 92;
constexpr double kParts = 65'536;
constexpr QRgb kRed = 0xffd8281a;
constexpr QRgb kAmber = 0xfff0b02e;
constexpr QRgb kEdge = 0xb0000000;

QPainterPath pathOf(const PhotoMark &mark, const QSizeF &size) {
    QPolygonF at;
    for (const QPointF &point : mark.points)
        at << QPointF(point.x() * size.width(), point.y() * size.height());
    QPainterPath path;
    if (at.isEmpty())
        return path;
    switch (mark.shape) {
    case PhotoMark::Shape::Oval:
        path.addEllipse(QRectF(at.first(), at.last()).normalized());
        break;
    case PhotoMark::Shape::Arrow: {
        const QLineF shaft(at.first(), at.last());
        path.moveTo(shaft.p1());
        path.lineTo(shaft.p2());
        const double head = std::min(shaft.length() / 3, std::min(size.width(), size.height()) / 16);
        for (const double turn : {150.0, -150.0}) {
            QLineF wing(shaft.p2(), shaft.p2() + QPointF(head, 0));
            wing.setAngle(shaft.angle() + turn);
            path.moveTo(shaft.p2());
            path.lineTo(wing.p2());
        }
        break;
    }
    case PhotoMark::Shape::Line:
        path.addPolygon(at);
        break;
    }
    return path;
}

/** The stamp below the picture, so that it hides nothing of it. */
QImage withStrip(const QImage &picture, const QStringList &lines) {
    QFont font;
    font.setFamily(QStringLiteral("Noto Sans CJK SC"));
    font.setPixelSize(std::max(12, picture.width() / 45));
    const double height = QFontMetricsF(font).lineSpacing(), margin = height / 2;
    QImage out(picture.width(),
               picture.height() + static_cast<int>(std::ceil(height * static_cast<double>(lines.size()) + 2 * margin)),
               QImage::Format_RGB32);
    out.fill(Qt::black);
    QPainter painter(&out);
    painter.drawImage(0, 0, picture);
    painter.setPen(Qt::white);
    double top = picture.height() + margin;
    for (qsizetype i = 0; i < lines.size(); ++i, top += height) {
        font.setBold(i == 0);
        painter.setFont(font);
        const QString line = QFontMetricsF(font).elidedText(lines[i], Qt::ElideRight, picture.width() - 2 * margin);
        painter.drawText(QRectF(margin, top, picture.width() - 2 * margin, height), Qt::AlignVCenter, line);
    }
    return out;
}

std::optional<PhotoMark> markFromCbor(const cbor::Value &value) {
    const cbor::Array *parts = value.array();
    if (parts == nullptr || parts->size() < 4 || parts->size() > 2 + 2 * static_cast<std::size_t>(kMostMarkPoints) ||
        parts->size() % 2 != 0 || (*parts)[0].integer() == nullptr || (*parts)[1].boolean() == nullptr ||
        *(*parts)[0].integer() < 0 || *(*parts)[0].integer() > 2)
        return std::nullopt;
    PhotoMark mark;
    mark.shape = static_cast<PhotoMark::Shape>(*(*parts)[0].integer());
    mark.bright = *(*parts)[1].boolean();
    for (std::size_t i = 2; i < parts->size(); i += 2) {
        const std::int64_t *x = (*parts)[i].integer(), *y = (*parts)[i + 1].integer();
        if (x == nullptr || y == nullptr || *x < 0 || *y < 0 || *x > kParts || *y > kParts)
            return std::nullopt;
        mark.points << QPointF(static_cast<double>(*x) / kParts, static_cast<double>(*y) / kParts);
    }
    return mark;
}
} // namespace

void drawMarks(QPainter &painter, const std::vector<PhotoMark> &marks, const QSizeF &size) {
    const double width = std::max(2.0, std::min(size.width(), size.height()) / 100);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    for (const PhotoMark &mark : marks) {
        const QPainterPath path = pathOf(mark, size);
        painter.setPen(QPen(QColor::fromRgba(kEdge), width * 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(path);
        painter.setPen(
            QPen(QColor::fromRgba(mark.bright ? kAmber : kRed), width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(path);
    }
    painter.restore();
}

Result<Bytes> markedCopy(ByteView original, const std::vector<PhotoMark> &marks, const QStringList &lines) {
    const PictureProbe probe = probePicture(original);
    if (!probe.decodable)
        return fail(Code::BadPicture, "this photo cannot be opened to draw on a copy: " + probe.trouble,
                    Retry::AfterUser);
    QByteArray raw = QByteArray::fromRawData(reinterpret_cast<const char *>(original.data()),
                                             static_cast<qsizetype>(original.size()));
    QBuffer source(&raw);
    source.open(QIODevice::ReadOnly);
    QImageReader reader(&source);
    reader.setAutoTransform(true);
    if (const QSize full = reader.size(); full.isValid() && std::max(full.width(), full.height()) > kMostSide)
        reader.setScaledSize(full.scaled(kMostSide, kMostSide, Qt::KeepAspectRatio));
    QImage picture = reader.read().convertToFormat(QImage::Format_RGB32);
    if (picture.isNull())
        return fail(Code::BadPicture, "this photo cannot be decoded to draw on a copy", Retry::AfterUser);
    {
        QPainter painter(&picture);
        drawMarks(painter, marks, picture.size());
    }
    QByteArray encoded;
    QBuffer sink(&encoded);
    sink.open(QIODevice::WriteOnly);
    if (!withStrip(picture, lines).save(&sink, "JPG", kQuality))
        return fail(Code::BadPicture, "the copy cannot be encoded");
    return Bytes(encoded.begin(), encoded.end());
}

cbor::Value marksToCbor(const std::vector<PhotoMark> &marks) {
    cbor::Array all;
    for (const PhotoMark &mark : marks) {
        cbor::Array parts{static_cast<int>(mark.shape), mark.bright};
        for (const QPointF &point : mark.points) {
            parts.emplace_back(std::int64_t{std::llround(std::clamp(point.x(), 0.0, 1.0) * kParts)});
            parts.emplace_back(std::int64_t{std::llround(std::clamp(point.y(), 0.0, 1.0) * kParts)});
        }
        all.emplace_back(std::move(parts));
    }
    return all;
}

std::vector<PhotoMark> marksFromCbor(const cbor::Value &value) {
    std::vector<PhotoMark> marks;
    for (const cbor::Value &entry : value.array() != nullptr ? *value.array() : cbor::Array()) {
        const auto mark = markFromCbor(entry);
        if (!mark || marks.size() == kMostMarks)
            return {};
        marks.push_back(*mark);
    }
    return marks;
}

} // namespace zhicha
