#include "mobile/models/county_borders.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace zhicha {

namespace {
std::vector<LatLon> placesOf(const QJsonArray &numbers) {
    std::vector<LatLon> places;
    for (qsizetype i = 0; i + 1 < numbers.size(); i += 2)
        places.push_back({numbers[i].toInt(), numbers[i + 1].toInt()});
    return places;
}

std::vector<County> load() {
    QFile file(":/map/borders.json");
    std::vector<County> counties;
    if (!file.open(QIODevice::ReadOnly))
        return counties;
    for (const QJsonValue &value : QJsonDocument::fromJson(file.readAll()).array()) {
        const QJsonObject said = value.toObject();
        const std::vector<LatLon> at = placesOf(said["at"].toArray());
        if (at.empty())
            continue;
        County county{said["name"].toString(), at.front(), {}};
        for (const QJsonValue &ring : said["rings"].toArray())
            county.rings.push_back(placesOf(ring.toArray()));
        counties.push_back(std::move(county));
    }
    return counties;
}
} // namespace

const std::vector<County> &countyBorders() {
    static const std::vector<County> counties = load();
    return counties;
}

} // namespace zhicha
