#include "mobile/models/glyph_provider.h"

#include "mobile/models/glyph_paths.h"

#include <QColor>
#include <QPainter>
#include <QStringList>

#include <algorithm>
#include <optional>

namespace zhicha {

namespace {

constexpr double kStroke = 2.0;
// A picture beyond this comes from a wrong binding, not from a screen.
constexpr int kMaxPixels = 2048;

struct Request {
    const GlyphPath *glyph = nullptr;
    QColor colour;
    double stroke = kStroke;
};

std::optional<Request> parse(const QString &id) {
    const QStringList parts = id.split(QLatin1Char('/'));
    if (parts.size() < 2 || parts.size() > 3 || parts[1].size() != 6)
        return std::nullopt;
    Request request;
    request.glyph = findGlyph(parts[0].toStdString());
    bool isHex = false;
    const uint rgb = parts[1].toUInt(&isHex, 16);
    request.colour = QColor::fromRgb(rgb);
    bool isNumber = true;
    if (parts.size() == 3)
        request.stroke = parts[2].toDouble(&isNumber);
    if (request.glyph == nullptr || !isHex || !isNumber || !(request.stroke > 0) || request.stroke > kGlyphGrid)
        return std::nullopt;
    return request;
}

} // namespace

GlyphProvider::GlyphProvider() : QQuickImageProvider(QQuickImageProvider::Image) {}

QImage GlyphProvider::requestImage(const QString &id, QSize *size, const QSize &requestedSize) {
    const auto request = parse(id);
    const auto path = request ? parseStrokes(request->glyph->strokes) : std::nullopt;
    if (!path) {
        qWarning("glyph: nothing is called '%s'", qUtf8Printable(id));
        return {};
    }
    const int width = requestedSize.width() > 0 ? requestedSize.width() : static_cast<int>(kGlyphGrid);
    const int height = requestedSize.height() > 0 ? requestedSize.height() : width;
    QImage picture(std::min(width, kMaxPixels), std::min(height, kMaxPixels), QImage::Format_ARGB32_Premultiplied);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    const double scale = std::min(picture.width(), picture.height()) / kGlyphGrid;
    painter.translate((picture.width() - scale * kGlyphGrid) / 2, (picture.height() - scale * kGlyphGrid) / 2);
    painter.scale(scale, scale);
    painter.setPen(QPen(request->colour, request->stroke, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    if (request->glyph->filled)
        painter.setBrush(request->colour);
    painter.drawPath(*path);
    if (size != nullptr)
        *size = picture.size();
    return picture;
}

} // namespace zhicha
