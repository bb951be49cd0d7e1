#include "mobile/models/countersign_controller.h"

#include "mobile/models/check_reading.h"
#include "mobile/models/text_format.h"
#include "mobile/platform/camera/code_reader.h"

namespace zhicha {

void CountersignController::setCode(const QString &code) {
    m_code = code;
    const KnownCode known = understandCode(code);
    if (const auto *asked = std::get_if<CountersignCode>(&known)) {
        m_asked = {asked->check, asked->invite, asked->upto};
        m_site = asked->site;
        m_asker = asked->person;
    } else {
        m_asked = {};
    }
    emit changed();
}

QString CountersignController::mark() const {
    return text::grouped(markOf(m_asked.upto));
}

void CountersignController::read() {
    readWith(
        [check = m_asked.check](StoreSession &session) -> Result<bool> {
            ZHICHA_ASSIGN(const Identity identity, session.store().enrolledIdentity());
            ZHICHA_ASSIGN(const auto signatures, session.store().entities().ofCheck(check, EntityType::Sign));
            return std::any_of(signatures.begin(), signatures.end(), [&](const KnownEntity &sign) {
                return sign.row.device == identity.device && !sign.row.isVoid();
            });
        },
        [this](bool isSigned) {
            m_signed = isSigned;
            emit changed();
        });
}

void CountersignController::signNow(const std::optional<std::string> &refusal) {
    write([asked = m_asked, refusal](StoreSession &session) { return session.recorder().countersign(asked, refusal); },
          [this](const Result<Uuid> &sign) {
              if (sign)
                  emit done();
          });
}

void CountersignController::sign(const QString &pin) {
    if (readable())
        withOwnPin(
            pin, [this] { signNow(std::nullopt); }, [this] { emit pinWrong(); });
}

void CountersignController::refuse(const QString &reason) {
    if (readable() && !reason.trimmed().isEmpty())
        signNow(reason.trimmed().toStdString());
}

} // namespace zhicha
