#include "mobile/platform/camera/code_reader.h"

#include "mobile/engine/capture/picture_probe.h"
#include "shared/base/base64url.h"

#include <QBuffer>
#include <QImageReader>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

#include <ZXing/ReadBarcode.h>
#include <qrencode.h>

namespace zhicha {

namespace {
constexpr int kMostPixels = 1600; ///< a side; more finds no code that this does not, and takes four times as long
constexpr int kQuietModules = 4;
constexpr std::size_t kMaxInvite = 200;
constexpr qsizetype kMostEyes = 40; ///< characters of a name in a code: it must stay readable by a camera
const QLatin1String kJoin("zhicha:join:");
const QLatin1String kSign("zhicha:sign:");

std::optional<Uuid> uuidIn(const QString &text) {
    return uuidFromText(text.toStdString());
}

/** A name as far as a code has room for it. A sign outside the basic plane (many rare surnames) is whole or not there.
 */
QString forTheEye(const QString &name) {
    const QString part = name.left(kMostEyes);
    return !part.isEmpty() && part.back().isHighSurrogate() ? part.chopped(1) : part;
}

KnownCode enrolmentFrom(const QString &text) {
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    if (!document.isObject())
        return {};
    const QJsonObject said = document.object();
    const QUrl server(said.value("server").toString(), QUrl::StrictMode);
    const auto fingerprint = digestFromHex(said.value("fingerprint").toString().toStdString());
    QString code = said.value("code").toString();
    code.remove(u'-');
    const bool letters = code.size() == 8 && std::all_of(code.begin(), code.end(), [](QChar c) {
                             return c.unicode() < 0x80 && c.isLetterOrNumber();
                         });
    const bool address = server.isValid() && !server.host().isEmpty() && server.userInfo().isEmpty() &&
                         (server.scheme() == QLatin1String("https") || server.scheme() == QLatin1String("http"));
    if (!letters || !address || !fingerprint)
        return {};
    return EnrolmentCode{said.value("server").toString(), code.toUpper(), *fingerprint};
}

/** [check, invite or null, heads, site, person], as textOf() writes it; the heads are held to their form when they are
 *  signed. */
KnownCode countersignFrom(const Bytes &bytes) {
    const Result<cbor::Value> value = cbor::decode(bytes);
    const cbor::Array *parts = value ? value->array() : nullptr;
    if (parts == nullptr || parts->size() != 5)
        return {};
    const auto check = (*parts)[0].uuid();
    const Bytes *invite = (*parts)[1].bytes();
    const cbor::Map *upto = (*parts)[2].map();
    const std::string *site = (*parts)[3].text();
    const std::string *person = (*parts)[4].text();
    if (!check || upto == nullptr || upto->empty() || site == nullptr || person == nullptr ||
        (invite != nullptr ? invite->empty() || invite->size() > kMaxInvite : !(*parts)[1].isNull()))
        return {};
    return CountersignCode{*check, invite != nullptr ? std::optional(*invite) : std::nullopt, *upto,
                           forTheEye(QString::fromStdString(*site)), forTheEye(QString::fromStdString(*person))};
}
} // namespace

std::optional<QString> readCode(const QImage &picture) {
    if (picture.isNull())
        return std::nullopt;
    QImage grey = picture;
    if (std::max(grey.width(), grey.height()) > kMostPixels)
        grey = grey.scaled(kMostPixels, kMostPixels, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    grey = grey.convertToFormat(QImage::Format_Grayscale8);
    const ZXing::ImageView view(grey.constBits(), grey.width(), grey.height(), ZXing::ImageFormat::Lum,
                                static_cast<int>(grey.bytesPerLine()));
    const auto hints = ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode).setTryHarder(true);
    try { // it reports most faults in its answer, and some by throwing
        const ZXing::Result found = ZXing::ReadBarcode(view, hints);
        const QString text = QString::fromStdWString(found.text());
        if (!found.isValid() || text.isEmpty() || text.size() > kMaxCodeText)
            return std::nullopt;
        return text;
    } catch (const std::exception &) {
        return std::nullopt;
    }
}

Result<QString> readCodeInPicture(ByteView bytes) {
    const PictureProbe probe = probePicture(bytes);
    if (!probe.decodable)
        return fail(Code::BadPicture, "this is no picture that can be opened: " + probe.trouble, Retry::AfterUser);
    QByteArray raw =
        QByteArray::fromRawData(reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size()));
    QBuffer buffer(&raw);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, probe.type == PictureType::Png ? "png" : "jpeg");
    reader.setAutoTransform(true);
    if (const QSize full = reader.size(); full.isValid() && std::max(full.width(), full.height()) > kMostPixels)
        reader.setScaledSize(full.scaled(kMostPixels, kMostPixels, Qt::KeepAspectRatio));
    const QImage image = reader.read();
    if (image.isNull())
        return fail(Code::BadPicture, "the picture cannot be decoded", Retry::AfterUser);
    if (const auto text = readCode(image))
        return *text;
    return fail(Code::NotFound, "there is no code in this picture that can be read", Retry::AfterUser);
}

QImage drawCode(const QString &text) {
    const QByteArray utf8 = text.toUtf8();
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString8bit(utf8.constData(), 0, QR_ECLEVEL_M), QRcode_free);
    if (utf8.isEmpty() || !code)
        return {};
    QImage image(code->width + 2 * kQuietModules, code->width + 2 * kQuietModules, QImage::Format_Grayscale8);
    image.fill(Qt::white);
    for (int y = 0; y < code->width; ++y)
        for (int x = 0; x < code->width; ++x)
            if (code->data[y * code->width + x] & 1)
                image.scanLine(y + kQuietModules)[x + kQuietModules] = 0;
    return image;
}

KnownCode understandCode(const QString &text) {
    if (text.size() > kMaxCodeText)
        return {};
    if (text.startsWith(kSign)) {
        const auto bytes = fromBase64Url(text.mid(kSign.size()).toStdString());
        return bytes ? countersignFrom(*bytes) : KnownCode();
    }
    if (!text.startsWith(kJoin))
        return enrolmentFrom(text);
    const auto check = uuidIn(text.mid(kJoin.size()).section(u':', 0, 0));
    auto invite = fromHex(text.mid(kJoin.size()).section(u':', 1).toStdString());
    if (!check || !invite || invite->empty() || invite->size() > kMaxInvite)
        return {};
    return JoinCode{*check, *std::move(invite)};
}

QString textOf(const JoinCode &code) {
    return kJoin + QString::fromStdString(toText(code.check) + ":" + toHex(code.invite));
}

QString textOf(const CountersignCode &code) {
    const cbor::Value invite = code.invite ? cbor::Value(*code.invite) : cbor::Value();
    const Bytes bytes = cbor::encode(cbor::Array{code.check, invite, code.upto, forTheEye(code.site).toStdString(),
                                                 forTheEye(code.person).toStdString()});
    return kSign + QString::fromStdString(toBase64Url(bytes));
}

} // namespace zhicha
