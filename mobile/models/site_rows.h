#pragma once
// The sites of this tablet as one chooses among them.
#include "mobile/engine/store/local_store.h"

#include <QObject>
#include <QString>

#include <vector>

namespace zhicha {

struct SiteRow {
    Q_GADGET
    Q_PROPERTY(QString key MEMBER key)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(QString unit MEMBER unit)
    Q_PROPERTY(QString address MEMBER address)
    Q_PROPERTY(bool proposed MEMBER proposed)
public:
    QString key;
    QString name;
    QString unit;
    QString address;
    bool proposed = false;
    std::optional<Uuid> unitId;
    bool operator==(const SiteRow &) const = default;
};

/** Those that are not void, ordered by their unit; proposals last. Threads: the store's. */
[[nodiscard]] Result<std::vector<SiteRow>> readSites(LocalStore &store);
/** Those whose name, unit or address has the words; all if there are none. */
[[nodiscard]] std::vector<SiteRow> sitesWith(const std::vector<SiteRow> &sites, const QString &words);

} // namespace zhicha
