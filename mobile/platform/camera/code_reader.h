#pragma once
// QR codes: read from a picture or from what the finder shows, and drawn for another tablet to read.
#include "shared/base/bytes.h"
#include "shared/base/ids.h"
#include "shared/base/result.h"
#include "shared/oplog/cbor.h"

#include <QImage>
#include <QString>

#include <optional>
#include <variant>

namespace zhicha {

/** The text of the QR code in a picture; nullopt if there is none that can be read. Whatever it says is a stranger's
 *  word. Pure, any thread; tens of milliseconds. */
[[nodiscard]] std::optional<QString> readCode(const QImage &picture);
/** The same for an encoded picture: BadPicture (cannot be decoded, or has more pixels than any camera makes), NotFound
 *  (no code in it). Decoded no larger than needed. Any thread. */
[[nodiscard]] Result<QString> readCodeInPicture(ByteView jpegOrPng);

/** A QR code, black on white with its quiet zone, a pixel a module; null if the text does not fit into one. */
[[nodiscard]] QImage drawCode(const QString &text);

/** What the office shows to enrol a tablet. */
struct EnrolmentCode {
    QString server;
    QString code;
    Digest fingerprint{};
};
/** What a tablet shows so that another joins its check. */
struct JoinCode {
    Uuid check;
    Bytes invite;
};
/** What a tablet shows so that a second inspector signs the check on a tablet of their own, which may not know it. */
struct CountersignCode {
    Uuid check;
    std::optional<Bytes> invite; ///< as in a JoinCode; none: that tablet joined the check itself
    cbor::Map upto;              ///< the heads to be covered, as in check.sign
    QString site;                ///< for the eye alone
    QString person;              ///< who asks; for the eye alone
};
using KnownCode = std::variant<std::monostate, EnrolmentCode, JoinCode, CountersignCode>;

constexpr qsizetype kMaxCodeText = 2000; ///< no code of ours is longer

/** monostate for everything that is not wholly one of ours. Pure. */
[[nodiscard]] KnownCode understandCode(const QString &text);
[[nodiscard]] QString textOf(const JoinCode &code);
[[nodiscard]] QString textOf(const CountersignCode &code);

} // namespace zhicha
