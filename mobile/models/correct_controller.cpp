#include "mobile/models/correct_controller.h"

#include "mobile/models/check_reading.h"
#include "mobile/models/text_format.h"

#include <algorithm>

namespace zhicha {

void CorrectController::read() {
    readWith(
        [check = idOf(m_check)](StoreSession &session) -> Result<Loaded> {
            LocalStore &store = session.store();
            ZHICHA_ASSIGN(const std::optional<EntityRow> row, store.entities().row(check));
            if (!row || row->type != EntityType::Check)
                return fail(Code::NotFound, "this check has not arrived on this tablet yet");
            const auto site = row->uuid("site");
            const FieldRow *field = row->field("site");
            Loaded loaded;
            loaded.now = text::fromUtf8(nameOf(store, site));
            loaded.contested = field != nullptr && field->values.size() > 1;
            ZHICHA_ASSIGN(loaded.sites, readSites(store));
            std::erase_if(loaded.sites, [&](const SiteRow &one) { return site && one.key == textOf(*site); });
            return loaded;
        },
        [this](Loaded loaded) {
            m_all = std::move(loaded.sites);
            m_now = loaded.now;
            m_contested = loaded.contested;
            m_sites.set(sitesWith(m_all, m_query));
            emit changed();
        });
}

void CorrectController::setQuery(const QString &query) {
    if (query == m_query)
        return;
    m_query = query;
    m_sites.set(sitesWith(m_all, m_query));
    emit changed();
}

void CorrectController::setChosen(const QString &site) {
    if (site == m_chosen)
        return;
    m_chosen = site;
    emit changed();
}

QString CorrectController::chosenName() const {
    const auto it =
        std::find_if(m_all.begin(), m_all.end(), [this](const SiteRow &row) { return row.key == m_chosen; });
    return it == m_all.end() ? QString() : it->name;
}

void CorrectController::correct(const QString &reason) {
    if (m_chosen.isEmpty() || reason.trimmed().isEmpty())
        return;
    write([check = idOf(m_check), site = idOf(m_chosen), why = reason.trimmed().toStdString()](
              StoreSession &session) { return session.recorder().correctSite(check, site, why); },
          [this](const Result<Uuid> &done) {
              if (done)
                  emit corrected();
          });
}

} // namespace zhicha
