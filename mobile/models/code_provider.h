#pragma once
// image://code/<base64url of the text>: a QR code, a pixel a module; the page scales it without smoothing.
#include <QQuickImageProvider>

namespace zhicha {

/** Owner: the QML engine. Threads: any. */
class CodeProvider : public QQuickImageProvider {
public:
    CodeProvider() : QQuickImageProvider(QQuickImageProvider::Image) {}
    QImage requestImage(const QString &id, QSize *size, const QSize &requestedSize) override;
};

/** The source of an Image that shows this text as a code. */
[[nodiscard]] QString codeSource(const QString &text);

} // namespace zhicha
