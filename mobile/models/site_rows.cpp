#include "mobile/models/site_rows.h"

#include "mobile/models/check_reading.h"
#include "mobile/models/page_controller.h"
#include "mobile/models/text_format.h"

#include <algorithm>

namespace zhicha {

Result<std::vector<SiteRow>> readSites(LocalStore &store) {
    std::vector<SiteRow> sites;
    for (const EntityType type : {EntityType::Site, EntityType::SiteProposal})
        ZHICHA_TRY(store.entities().forEachOfType(type, [&](const Uuid &id, const EntityRow &row) -> Status {
            if (!row.isVoid())
                sites.push_back({textOf(id), text::fromUtf8(row.text("name")),
                                 text::fromUtf8(nameOf(store, row.uuid("unit"))), text::fromUtf8(row.text("address")),
                                 type == EntityType::SiteProposal, row.uuid("unit")});
            return {};
        }));
    std::stable_sort(sites.begin(), sites.end(), [](const SiteRow &a, const SiteRow &b) { return a.unit < b.unit; });
    return sites;
}

std::vector<SiteRow> sitesWith(const std::vector<SiteRow> &sites, const QString &words) {
    std::vector<SiteRow> fit;
    std::copy_if(sites.begin(), sites.end(), std::back_inserter(fit), [&](const SiteRow &site) {
        return words.isEmpty() || site.name.contains(words, Qt::CaseInsensitive) ||
               site.unit.contains(words, Qt::CaseInsensitive) || site.address.contains(words, Qt::CaseInsensitive);
    });
    return fit;
}

} // namespace zhicha
