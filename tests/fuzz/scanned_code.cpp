// Goal: no text that a code on paper holds crashes the tablet or is taken for something that it does not say:
// enrolment, joining, a signature to give. Method: libFuzzer over the text behind the camera's decoder; what is
// understood is written as a code again and must be understood as the same. The enrolment's limits are held here once
// more, in the words of docs/PROTOCOL.md.
#include "mobile/platform/camera/code_reader.h"

#include <QUrl>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    using namespace zhicha;
    // Half of the inputs get the beginning of a signature's code, whose inside is base64url of CBOR.
    QString text = QString::fromUtf8(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    for (const QString &said :
         {text, QStringLiteral("zhicha:sign:") + text,
          QStringLiteral("zhicha:sign:") +
              QString::fromLatin1(QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size))
                                      .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals))}) {
        const KnownCode known = understandCode(said);
        if (const auto *join = std::get_if<JoinCode>(&known)) {
            const KnownCode again = understandCode(textOf(*join));
            const auto *same = std::get_if<JoinCode>(&again);
            ZHICHA_CHECK(same != nullptr && same->check == join->check && same->invite == join->invite);
        } else if (const auto *sign = std::get_if<CountersignCode>(&known)) {
            const KnownCode again = understandCode(textOf(*sign));
            const auto *same = std::get_if<CountersignCode>(&again);
            ZHICHA_CHECK(same != nullptr && same->check == sign->check && same->invite == sign->invite &&
                         same->upto == sign->upto && same->site == sign->site && same->person == sign->person);
        } else if (const auto *enrol = std::get_if<EnrolmentCode>(&known)) {
            const QUrl server(enrol->server, QUrl::StrictMode);
            ZHICHA_CHECK(enrol->code.size() == 8 && server.isValid() && server.userInfo().isEmpty());
            ZHICHA_CHECK(server.scheme() == QLatin1String("https") || server.scheme() == QLatin1String("http"));
        }
    }
    return 0;
}
