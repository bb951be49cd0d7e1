#include "mobile/engine/store/own_checks.h"

#include <algorithm>
#include <set>

namespace zhicha {

Result<std::vector<OwnCheck>> OwnChecks::all(const Uuid &device) {
    ZHICHA_TRY(refresh(device));
    std::vector<OwnCheck> out;
    for (const auto &[id, check] : m_checks)
        out.push_back(check);
    return out;
}

Result<std::optional<OwnCheck>> OwnChecks::find(const Uuid &device, const Uuid &check) {
    ZHICHA_TRY(refresh(device));
    const auto it = m_checks.find(check);
    return it == m_checks.end() ? std::nullopt : std::optional(it->second);
}

Status OwnChecks::refresh(const Uuid &device) {
    if (m_device != device)
        m_mark = {};
    m_device = device;
    const ChangeMark before = m_mark;
    const auto changes = m_entities.changes().since(m_mark);
    Status done;
    if (!changes)
        done = readAll();
    std::set<Uuid> touched;
    for (const EntityChange &change : changes.value_or(std::vector<EntityChange>())) {
        if (change.type == EntityType::Check)
            touched.insert(change.entity);
        else if ((change.type == EntityType::Join || change.type == EntityType::Finish) && change.check)
            touched.insert(*change.check);
    }
    for (auto it = touched.begin(); it != touched.end() && done; ++it)
        done = read(*it);
    if (!done)
        m_mark = before; // what could not be read is asked for again
    return done;
}

Status OwnChecks::readAll() {
    m_checks.clear();
    std::set<Uuid> found;
    const auto own = [&](EntityType type) {
        return m_entities.forEachOfType(type, [&, type](const Uuid &id, const EntityRow &row) -> Status {
            if (row.device == m_device)
                found.insert(type == EntityType::Check ? id : row.check.value_or(id));
            return {};
        });
    };
    ZHICHA_TRY(own(EntityType::Check));
    ZHICHA_TRY(own(EntityType::Join));
    for (const Uuid &check : found)
        ZHICHA_TRY(read(check));
    return {};
}

Status OwnChecks::read(const Uuid &check) {
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, m_entities.row(check));
    const auto ownOf = [&](EntityType type) -> Result<bool> {
        ZHICHA_ASSIGN(const std::vector<KnownEntity> rows, m_entities.ofCheck(check, type));
        return std::any_of(rows.begin(), rows.end(), [&](const KnownEntity &entity) {
            return entity.row.device == m_device && !entity.row.isVoid();
        });
    };
    ZHICHA_ASSIGN(const bool joined, ownOf(EntityType::Join));
    ZHICHA_ASSIGN(const bool finished, ownOf(EntityType::Finish));
    const bool known = row && row->type == EntityType::Check;
    const bool listed = known ? (row->device == m_device || joined) && !row->isVoid() : joined;
    if (listed)
        m_checks[check] = {check, known, finished, known ? row->uuid("site") : std::nullopt};
    else
        m_checks.erase(check);
    return {};
}

} // namespace zhicha
