#include "mobile/models/photo_controller.h"

#include "mobile/models/text_format.h"

namespace zhicha {

void PhotoController::read() {
    readWith(
        [check = idOf(m_check),
         photo = idOf(m_photo)](StoreSession &session) -> Result<std::pair<std::string, PhotoReading>> {
            ZHICHA_ASSIGN(const CheckReading reading, readCheck(session.store(), check));
            for (const auto *photos : {&reading.photos, &reading.removed})
                for (const PhotoReading &found : *photos)
                    if (found.id == photo)
                        return std::pair(reading.siteName, found);
            return fail(Code::NotFound, "no such photo in this check");
        },
        [this](std::pair<std::string, PhotoReading> found) {
            m_site = text::fromUtf8(found.first);
            m_of = std::move(found.second);
            emit changed();
        });
}

QString PhotoController::source() const {
    return m_of.record ? "image://photo/" + QString::fromStdString(toHex(m_of.sha256)) : photoSource(m_of);
}
QString PhotoController::site() const {
    return m_site;
}
int PhotoController::obtained() const {
    return obtainedEnum(m_of.howTaken);
}
QString PhotoController::importNote() const {
    return text::fromUtf8(m_of.importNote);
}
QString PhotoController::shotAt() const {
    return m_of.shotAtMs ? text::dayAndYear(*m_of.shotAtMs) + u' ' + text::clockSeconds(*m_of.shotAtMs) : QString();
}

QString PhotoController::position() const {
    const auto at = m_of.fix ? placeIn(*m_of.fix) : std::nullopt;
    if (!at)
        return {};
    QString words = text::place(at->lat, at->lon);
    if (const auto accuracy = numberIn(*m_of.fix, "accuracy_mm"); accuracy && *accuracy > 0)
        words += QStringLiteral(" · ±") + text::distance(*accuracy);
    return words + QStringLiteral(" · WGS-84");
}

QString PhotoController::size() const {
    return m_of.id.isNil() ? QString() : text::size(m_of.size);
}

QString PhotoController::fingerprint() const {
    if (m_of.id.isNil())
        return {};
    const QString hex = QString::fromStdString(toHex(m_of.sha256));
    QStringList groups;
    for (int i = 0; i < hex.size(); i += 8)
        groups.append(hex.mid(i, 8));
    return groups.join(u' ');
}

int PhotoController::photoState() const {
    return photoRows({m_of}).front().photoState;
}

void PhotoController::remove(const QString &reason) {
    write([id = idOf(m_photo), why = reason.toStdString()](StoreSession &session) {
        return session.recorder().voidEntity(id, true, why);
    });
}

void PhotoController::restore() {
    write([id = idOf(m_photo)](StoreSession &session) { return session.recorder().voidEntity(id, false, "撤销去掉"); });
}

} // namespace zhicha
