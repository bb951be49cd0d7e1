#pragma once
// Checks that this tablet started or joined, kept in memory: the line on the screen, the day's page and the track ask
// after every record, and must not walk over everything that the tablet ever did.
#include "mobile/engine/store/entity_table.h"

#include <functional>
#include <map>

namespace zhicha {

struct OwnCheck {
    Uuid id;
    bool known = false; ///< false: joined, and not delivered to this tablet yet
    bool finished = false;
    std::optional<Uuid> site = std::nullopt; ///< where it is, or where it was proposed to be
};

/** Threads: the store's. Errors: the entity table's. */
class OwnChecks {
public:
    explicit OwnChecks(EntityTable &entities) : m_entities(entities) {}
    /** Of this device: the newest first (ids are of the time of birth). */
    Result<std::vector<OwnCheck>> all(const Uuid &device);
    Result<std::optional<OwnCheck>> find(const Uuid &device, const Uuid &check);

private:
    Status refresh(const Uuid &device);
    Status readAll();
    Status read(const Uuid &check);

    EntityTable &m_entities;
    Uuid m_device;
    ChangeMark m_mark;
    std::map<Uuid, OwnCheck, std::greater<>> m_checks;
};

} // namespace zhicha
