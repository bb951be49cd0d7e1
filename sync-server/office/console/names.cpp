#include "sync-server/office/console/names.h"

namespace zhicha {

using nlohmann::json;

Result<const EntityRow *> Names::row(const Uuid &id) {
    if (const auto it = m_rows.find(id); it != m_rows.end())
        return it->second ? &*it->second : nullptr;
    ZHICHA_ASSIGN(std::optional<EntityRow> found, m_ledger.rowOf(id));
    const auto &kept = m_rows.emplace(id, std::move(found)).first->second;
    return kept ? &*kept : nullptr;
}

Result<std::string> Names::name(const Uuid &id) {
    ZHICHA_ASSIGN(const EntityRow *known, row(id));
    if (known == nullptr)
        return toText(id);
    const std::string name = known->text(known->type == EntityType::Item ? "title" : "name");
    return name.empty() ? toText(id) : name;
}

Result<json> Names::ref(const Uuid &id) {
    ZHICHA_ASSIGN(const std::string called, name(id));
    json out{{"id", toText(id)}, {"name", called}};
    ZHICHA_ASSIGN(const EntityRow *known, row(id));
    if (known == nullptr)
        return out;
    if (const std::string code = known->text("code"); !code.empty())
        out["code"] = code;
    if (known->type == EntityType::Item)
        out["number"] = known->text("number");
    return out;
}

Result<json> Names::refs(const std::vector<Uuid> &ids) {
    json out = json::array();
    for (const Uuid &id : ids) {
        ZHICHA_ASSIGN(json one, ref(id));
        out.push_back(std::move(one));
    }
    return out;
}

Result<std::optional<Uuid>> Names::personOf(const Uuid &device) {
    if (const auto it = m_persons.find(device); it != m_persons.end())
        return it->second;
    ZHICHA_ASSIGN(const std::optional<ChainRecord> chain, m_ledger.chain(device));
    m_servers[device] = chain && chain->server;
    return m_persons.emplace(device, chain ? chain->person : std::nullopt).first->second;
}

Result<std::string> Names::deviceName(const Uuid &device) {
    ZHICHA_ASSIGN(const EntityRow *known, row(device));
    return known != nullptr ? known->text("name") : std::string();
}

Result<json> Names::author(const Uuid &device, const std::optional<Uuid> &actor, bool byServer) {
    ZHICHA_ASSIGN(std::optional<Uuid> person, personOf(device));
    const bool office = m_servers[device];
    if (office)
        person = actor;
    if (!person)
        return json{{"name", office && !byServer ? "operator" : "server"}};
    ZHICHA_ASSIGN(const std::string called, name(*person));
    json out{{"id", toText(*person)}, {"name", called}};
    if (!office)
        out["role"] = "inspector";
    return out;
}

} // namespace zhicha
