#pragma once
// Who uses this tablet: one folder with a store per person, and beside them what the lock page may say of each.
#include "shared/base/result.h"

#include <QString>

#include <optional>
#include <vector>

namespace zhicha {

/** Nothing of this is content: a name, and how much of that person's work still waits. */
struct TabletPerson {
    QString folder; ///< below the data folder
    QString name;
    qint64 waitingRecords = 0;
    qint64 waitingPhotos = 0;
    int wrongTries = 0; ///< in a row; kept over restarts, so that killing the app wins no tries
    qint64 blockedUntilMs = 0;

    static constexpr int kTries = 3; ///< wrong ones in a row before one has to wait
    static constexpr qint64 kBlockMs = 60'000;
    void noteTry(bool right, qint64 nowMs);
    [[nodiscard]] int triesLeft() const { return kTries - wrongTries % kTries; }
    [[nodiscard]] int blockedSeconds(qint64 nowMs) const; ///< 0 = may try
    bool operator==(const TabletPerson &) const = default;
};

/** Owner: App. Threads: the screen's (a few hundred bytes). File: DIR/people.json, replaced whole. A store without an
 *  entry is listed all the same, without a name. */
class PeopleFile {
public:
    explicit PeopleFile(QString data) : m_data(std::move(data)) {}
    [[nodiscard]] std::vector<TabletPerson> load() const; ///< only folders that hold a store
    [[nodiscard]] std::optional<TabletPerson> find(const QString &folder) const;
    Status save(const TabletPerson &person); ///< adds or replaces
    [[nodiscard]] QString lastFolder() const;
    Status setLast(const QString &folder);
    [[nodiscard]] QString pathOf(const QString &folder) const { return m_data + u'/' + folder; }
    [[nodiscard]] QString newFolder() const; ///< a name that is not in use; says nothing of whose it is

private:
    QString m_data;
};

} // namespace zhicha
