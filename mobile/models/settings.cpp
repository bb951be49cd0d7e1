#include "mobile/models/settings.h"

#include <QFile>

namespace zhicha {

Settings::Settings(const QString &data, QObject *parent)
    : QObject(parent), m_file(data + "/settings.ini", QSettings::IniFormat) {}

int Settings::integer(const char *key, int least, int most, int otherwise) const {
    bool fits = false;
    const int value = m_file.value(key).toInt(&fits);
    return fits && value >= least && value <= most ? value : otherwise; // a file that somebody edited by hand
}

void Settings::put(const char *key, const QVariant &value) {
    if (m_file.value(key) == value)
        return;
    m_file.setValue(key, value);
    m_file.sync();
    emit changed();
}

bool Settings::hasEnglish() const {
    return QFile::exists(":/i18n/zhicha_en.qm");
}

QString Settings::language() const {
    return hasEnglish() && m_file.value("language").toString() == QLatin1String("en") ? QStringLiteral("en")
                                                                                      : QStringLiteral("zh");
}

void Settings::addPhrase(const QString &phrase) {
    QStringList all = phrases();
    if (phrase.trimmed().isEmpty() || all.contains(phrase.trimmed()))
        return;
    all.append(phrase.trimmed());
    setPhrases(all);
}

void Settings::removePhrase(int index) {
    QStringList all = phrases();
    if (index < 0 || index >= all.size())
        return;
    all.removeAt(index);
    setPhrases(all);
}

QStringList Settings::phrases() const {
    const QVariant own = m_file.value("phrases");
    if (own.isValid())
        return own.toStringList();
    return {tr("未按时限完成"), tr("部分完成"), tr("未设警示标志"), tr("数量不符"), tr("未公示"), tr("责任人不在岗")};
}

} // namespace zhicha
