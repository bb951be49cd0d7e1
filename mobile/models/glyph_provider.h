#pragma once
// image://glyph/<name>/<rrggbb>[/<stroke>]: icons in the colour and weight that a theme wants.
#include <QQuickImageProvider>

namespace zhicha {

/** Draws icons for QML.
 *  Shape:   name as in mobile/models/glyph_paths.h, colour as six hexadecimal digits, stroke in grid units (2 when left
 * out). Errors:  anything else gives an empty picture and a warning that names it; nothing is drawn in its stead.
 *  Owner:   the QQmlEngine that it is added to. Threads: any; it holds no state.
 */
class GlyphProvider : public QQuickImageProvider {
public:
    GlyphProvider();

    /** `requestedSize` in device pixels; without one, 24 × 24. */
    QImage requestImage(const QString &id, QSize *size, const QSize &requestedSize) override;
};

} // namespace zhicha
