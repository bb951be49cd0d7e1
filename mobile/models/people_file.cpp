#include "mobile/models/people_file.h"

#include "mobile/engine/store/store_key.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>

namespace zhicha {

namespace {
constexpr auto kFileName = "/people.json";

QJsonObject loadJson(const QString &data) {
    QFile file(data + kFileName);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

Status saveJson(const QString &data, const QJsonObject &json) {
    QSaveFile file(data + kFileName);
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(json).toJson()) < 0 || !file.commit())
        return fail(Code::DiskError, "the list of people cannot be written");
    return {};
}
} // namespace

void TabletPerson::noteTry(bool right, qint64 nowMs) {
    wrongTries = right ? 0 : wrongTries + 1;
    if (!right && wrongTries % kTries == 0)
        blockedUntilMs = nowMs + kBlockMs;
}

int TabletPerson::blockedSeconds(qint64 nowMs) const {
    const qint64 left = blockedUntilMs - nowMs;
    return left <= 0 || left > kBlockMs ? 0 // a clock that went back blocks nobody
                                        : static_cast<int>((left + 999) / 1000);
}

std::vector<TabletPerson> PeopleFile::load() const {
    const QJsonObject people = loadJson(m_data)["people"].toObject();
    std::vector<TabletPerson> out;
    for (const QString &folder : QDir(m_data).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        if (!QFile::exists(pathOf(folder) + u'/' + QString::fromUtf8(kStoreKeyFile)))
            continue;
        const QJsonObject entry = people[folder].toObject();
        TabletPerson person;
        person.folder = folder;
        person.name = entry["name"].toString();
        person.waitingRecords = entry["waiting_records"].toInteger();
        person.waitingPhotos = entry["waiting_photos"].toInteger();
        person.wrongTries = entry["wrong_tries"].toInt();
        person.blockedUntilMs = entry["blocked_until_ms"].toInteger();
        out.push_back(std::move(person));
    }
    return out;
}

std::optional<TabletPerson> PeopleFile::find(const QString &folder) const {
    std::vector<TabletPerson> people = load();
    const auto found =
        std::find_if(people.begin(), people.end(), [&](const TabletPerson &person) { return person.folder == folder; });
    return found == people.end() ? std::nullopt : std::optional(std::move(*found));
}

Status PeopleFile::save(const TabletPerson &person) {
    QJsonObject json = loadJson(m_data);
    QJsonObject people = json["people"].toObject();
    people[person.folder] = QJsonObject{{"name", person.name},
                                        {"waiting_records", person.waitingRecords},
                                        {"waiting_photos", person.waitingPhotos},
                                        {"wrong_tries", person.wrongTries},
                                        {"blocked_until_ms", person.blockedUntilMs}};
    json["people"] = people;
    return saveJson(m_data, json);
}

QString PeopleFile::lastFolder() const {
    return loadJson(m_data)["last"].toString();
}

Status PeopleFile::setLast(const QString &folder) {
    QJsonObject json = loadJson(m_data);
    json["last"] = folder;
    return saveJson(m_data, json);
}

QString PeopleFile::newFolder() const {
    for (int number = 1;; ++number) {
        const QString folder = QStringLiteral("p%1").arg(number);
        if (!QDir(pathOf(folder)).exists())
            return folder;
    }
}

} // namespace zhicha
