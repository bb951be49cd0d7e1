#include "mobile/models/code_provider.h"

#include "mobile/platform/camera/code_reader.h"
#include "shared/base/base64url.h"

namespace zhicha {

QImage CodeProvider::requestImage(const QString &id, QSize *size, const QSize &) {
    const auto utf8 = fromBase64Url(id.toStdString());
    QImage code;
    if (utf8)
        code = drawCode(
            QString::fromUtf8(reinterpret_cast<const char *>(utf8->data()), static_cast<qsizetype>(utf8->size())));
    if (size != nullptr)
        *size = code.size();
    return code;
}

QString codeSource(const QString &text) {
    const QByteArray utf8 = text.toUtf8();
    return QStringLiteral("image://code/") +
           QString::fromStdString(toBase64Url(ByteView(reinterpret_cast<const std::uint8_t *>(utf8.constData()),
                                                       static_cast<std::size_t>(utf8.size()))));
}

} // namespace zhicha
