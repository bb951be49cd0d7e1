#pragma once
// Marks drawn over a photo, and the copy that carries them. The original is never touched: a copy is a picture of its
// own, recorded as an import that names the original's digest.
#include "shared/base/result.h"
#include "shared/oplog/cbor.h"

#include <QImage>
#include <QPainter>
#include <QPolygonF>
#include <QStringList>

#include <vector>

namespace zhicha {

/** One stroke. Points are parts of the upright picture's width and height, 0 to 1 each way. */
struct PhotoMark {
    enum class Shape { Oval, Arrow, Line }; ///< as Ui.MarkShape
    Shape shape = Shape::Oval;
    bool bright = false; ///< amber instead of red, for dark places
    QPolygonF points;    ///< Arrow: from, to. Oval: two corners of its box.
    bool operator==(const PhotoMark &) const = default;
};

constexpr std::size_t kMostMarks = 100;
constexpr qsizetype kMostMarkPoints = 400;

/** In a picture of this size; strokes are a hundredth of its shorter side wide, with a dark edge. */
void drawMarks(QPainter &painter, const std::vector<PhotoMark> &marks, const QSizeF &size);
/** The upright picture, no side over 3,000 pixels, with the marks and a strip of text below, as JPEG. `lines`: the
 *  stamp; the first one bold. BadPicture. Any thread; takes some hundred milliseconds. */
[[nodiscard]] Result<Bytes> markedCopy(ByteView original, const std::vector<PhotoMark> &marks,
                                       const QStringList &lines);

/** How unfinished marks are kept on disk: parts of 65,536. Reading answers nothing for what does not decode. */
[[nodiscard]] cbor::Value marksToCbor(const std::vector<PhotoMark> &marks);
[[nodiscard]] std::vector<PhotoMark> marksFromCbor(const cbor::Value &value);

} // namespace zhicha
