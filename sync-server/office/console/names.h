#pragma once
// Names of what ids name, each looked up once a request.
#include "sync-server/store/ledger_store.h"

#include <nlohmann/json.hpp>

namespace zhicha {

/** Owner: one request, on its reader. Threads: the reader's. */
class Names {
public:
    explicit Names(LedgerReader &ledger) : m_ledger(ledger) {}
    /** {"id","name","code"?,"number"?} of a site, unit, item or person; an id without a row names itself. */
    Result<nlohmann::json> ref(const Uuid &id);
    Result<nlohmann::json> refs(const std::vector<Uuid> &ids);
    Result<std::string> name(const Uuid &id);
    /** Who wrote an operation of this chain: {"id","name"}, {"name":"operator"} or {"name":"server"}. */
    Result<nlohmann::json> author(const Uuid &device, const std::optional<Uuid> &actor, bool byServer);
    Result<std::optional<Uuid>> personOf(const Uuid &device);
    Result<std::string> deviceName(const Uuid &device);

private:
    Result<const EntityRow *> row(const Uuid &id);
    LedgerReader &m_ledger;
    std::map<Uuid, std::optional<EntityRow>> m_rows;
    std::map<Uuid, std::optional<Uuid>> m_persons;
    std::map<Uuid, bool> m_servers;
};

} // namespace zhicha
