#include "sync-server/office/checks_export.h"

#include "shared/base/instant.h"
#include "sync-server/office/check_view.h"
#include "sync-server/office/conflicts.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace zhicha {

namespace {
using nlohmann::json;

class CheckWriter {
public:
    CheckWriter(LedgerReader &ledger, CheckLoader &names, const CheckView &view, const PhotoIsHere &isHere)
        : m_ledger(ledger), m_names(names), m_view(view), m_isHere(isHere) {}

    Result<json> write() {
        sortRows();
        placePhotos();
        json out{{"id", toText(m_view.id)}, {"state", std::string(checkStateName(m_view.state))}};
        out["number"] = nullptr;
        out["site"] = m_view.check ? value(*m_view.check, "site") : json();
        out["items"] = m_view.check ? value(*m_view.check, "items") : json();
        out["started_at"] = m_view.check ? json(toRfc3339(m_view.birthOf(*m_view.check).estimateMs)) : json();
        out["finished_at"] = finishedAt();
        ZHICHA_TRY(addPersons(out));
        for (const RowRecord *record : rowsOf(EntityType::CheckNumber))
            out["number"] = record->row.text("number");
        out["answers"] = answers();
        out["tally"] = tally();
        out["findings"] = findings();
        out["photos"] = photosAt(m_view.id);
        out["conflicts"] = conflicts();
        ZHICHA_TRY(addOthers(out));
        return out;
    }

private:
    /** In the order in which they were born; derived ones, which have no birth, by id. */
    void sortRows() {
        for (const RowRecord &record : m_view.rows)
            if (!record.row.isVoid())
                m_rows.push_back(&record);
        std::stable_sort(m_rows.begin(), m_rows.end(), [this](const RowRecord *a, const RowRecord *b) {
            return m_view.birthOf(a->row) < m_view.birthOf(b->row);
        });
    }
    [[nodiscard]] std::vector<const RowRecord *> rowsOf(EntityType type) const {
        std::vector<const RowRecord *> out;
        std::copy_if(m_rows.begin(), m_rows.end(), std::back_inserter(out),
                     [type](const RowRecord *record) { return record->row.type == type; });
        return out;
    }
    [[nodiscard]] json value(const EntityRow &row, std::string_view field) const {
        const cbor::Value *found = row.value(field);
        return found != nullptr ? valueJson(m_ledger, *found) : json();
    }

    /** Photos by the entity that they hang on; what hangs on something void is hidden with it. */
    void placePhotos() {
        std::set<Uuid> shown;
        std::set<Uuid> hidden;
        for (const RowRecord &record : m_view.rows)
            (record.row.isVoid() ? hidden : shown).insert(record.entity);
        std::vector<std::pair<std::string, const RowRecord *>> ranked;
        for (const RowRecord *record : rowsOf(EntityType::Photo))
            ranked.emplace_back(record->row.text("rank"), record);
        std::sort(ranked.begin(), ranked.end(), [](const auto &a, const auto &b) {
            return std::tie(a.first, a.second->entity) < std::tie(b.first, b.second->entity);
        });
        for (const auto &[rank, record] : ranked) {
            const Uuid to = record->row.uuid("to").value_or(m_view.id);
            const cbor::Value *digest = record->row.value("sha256");
            if (hidden.contains(to) || digest == nullptr)
                continue;
            json photo{{"id", toText(record->entity)},
                       {"sha256", toHex(*digest->bytes())},
                       {"size", value(record->row, "size")},
                       {"present", m_isHere(*digest->digest())}};
            for (const char *field : {"type", "how_taken", "origin"})
                photo[field] = value(record->row, field);
            m_photos[shown.contains(to) ? to : m_view.id].push_back(std::move(photo));
        }
    }
    [[nodiscard]] json photosAt(const Uuid &entity) const {
        const auto it = m_photos.find(entity);
        return it == m_photos.end() ? json::array() : it->second;
    }

    [[nodiscard]] json finishedAt() const {
        json at;
        for (const RowRecord *record : rowsOf(EntityType::Finish))
            at = toRfc3339(m_view.birthOf(record->row).estimateMs);
        return at;
    }

    Status addPersons(json &out) {
        json names = json::array();
        for (const Uuid &person : m_view.inspectors()) {
            ZHICHA_ASSIGN(std::string name, m_names.personName(person));
            names.push_back(std::move(name));
        }
        out["inspector"] = nullptr;
        if (m_view.check && m_view.check->device && !names.empty())
            out["inspector"] = names[0];
        out["inspectors"] = std::move(names);
        return {};
    }

    [[nodiscard]] json answers() const {
        std::vector<std::tuple<std::string, std::string, json>> sorted;
        for (const RowRecord *record : rowsOf(EntityType::Answer)) {
            json answer{{"id", toText(record->entity)}, {"photos", photosAt(record->entity)}};
            for (const char *field : {"item", "question", "value", "note"})
                answer[field] = value(record->row, field);
            sorted.emplace_back(answer["item"].dump(), record->row.text("question"), std::move(answer));
        }
        std::sort(sorted.begin(), sorted.end(), [](const auto &a, const auto &b) {
            return std::tie(std::get<0>(a), std::get<1>(a)) < std::tie(std::get<0>(b), std::get<1>(b));
        });
        json out = json::array();
        for (auto &[item, question, answer] : sorted)
            out.push_back(std::move(answer));
        return out;
    }

    [[nodiscard]] json tally() const {
        json out;
        for (const char *field : {"satisfied", "neutral", "dissatisfied"}) {
            // Unsigned, so that no hostile pair of steps overflows.
            std::uint64_t sum = 0;
            for (const RowRecord *record : rowsOf(EntityType::Tally))
                sum += static_cast<std::uint64_t>(record->row.integer(field).value_or(0));
            out[field] = static_cast<std::int64_t>(sum);
        }
        return out;
    }

    [[nodiscard]] json findings() const {
        json out = json::array();
        for (const RowRecord *record : rowsOf(EntityType::Finding)) {
            json finding{{"id", toText(record->entity)},
                         {"recorded_at", toRfc3339(m_view.birthOf(record->row).estimateMs)},
                         {"photos", photosAt(record->entity)}};
            for (const char *field : {"item", "severity", "text"})
                finding[field] = value(record->row, field);
            out.push_back(std::move(finding));
        }
        return out;
    }

    [[nodiscard]] json conflicts() const {
        json out = json::array();
        const auto add = [&](const Uuid &entity, const EntityRow &row) {
            for (const FieldRow &field : row.fields) {
                if (field.values.size() < 2)
                    continue;
                json values = json::array();
                for (const cbor::Value &one : field.values)
                    values.push_back(valueJson(m_ledger, one));
                out.push_back({{"entity", toText(entity)},
                               {"type", std::string(entityTypeName(row.type))},
                               {"field", field.name},
                               {"values", std::move(values)}});
            }
        };
        if (m_view.check)
            add(m_view.id, *m_view.check);
        for (const RowRecord &record : m_view.rows)
            if (!record.row.isVoid())
                add(record.entity, record.row);
        return out;
    }

    /** What design 2 does not fix: notes, replies, attestations, signatures, reviews. */
    Status addOthers(json &out) {
        addList(out, "notes", EntityType::Note, {"text"});
        addList(out, "replies", EntityType::Reply, {"question", "text"});
        addList(out, "attestations", EntityType::Attestation, {"clause", "said", "note"});
        addList(out, "reviews", EntityType::Review, {"verdict", "questions"});
        json &signs = out["signs"] = json::array();
        for (const RowRecord *record : rowsOf(EntityType::Sign)) {
            const OperationMark mark = m_view.birthOf(record->row);
            ZHICHA_ASSIGN(const std::optional<Uuid> person, m_names.personOf(mark.device));
            std::string name;
            if (person) {
                ZHICHA_ASSIGN(name, m_names.personName(*person));
            }
            signs.push_back({{"by", name},
                             {"at", toRfc3339(mark.estimateMs)},
                             {"refused", record->row.value("refusal") != nullptr}});
        }
        json missing = json::array();
        for (const Digest &photo : m_view.missingPhotos)
            missing.push_back(toHex(photo));
        out["missing_photos"] = std::move(missing);
        return {};
    }

    void addList(json &out, const char *name, EntityType type, std::initializer_list<const char *> fields) const {
        json list = json::array();
        for (const RowRecord *record : rowsOf(type)) {
            json entry{{"id", toText(record->entity)}};
            for (const char *field : fields)
                entry[field] = value(record->row, field);
            if (record->row.birth)
                entry["at"] = toRfc3339(m_view.birthOf(record->row).estimateMs);
            if (const json photos = photosAt(record->entity); !photos.empty())
                entry["photos"] = photos;
            list.push_back(std::move(entry));
        }
        out[name] = std::move(list);
    }

    LedgerReader &m_ledger;
    CheckLoader &m_names;
    const CheckView &m_view;
    const PhotoIsHere &m_isHere;
    std::vector<const RowRecord *> m_rows;
    std::map<Uuid, json> m_photos;
};
} // namespace

Result<json> exportCheck(LedgerReader &ledger, const Uuid &check, const PhotoIsHere &isHere) {
    CheckLoader loader(ledger);
    ZHICHA_ASSIGN(const CheckView view, loader.load(check));
    return CheckWriter(ledger, loader, view, isHere).write();
}

Result<json> exportChecks(LedgerReader &ledger, const PhotoIsHere &isHere) {
    std::vector<Uuid> checks;
    ZHICHA_TRY(ledger.forEachRowOfType(EntityType::Check, [&](const RowRecord &record) -> Status {
        if (!record.row.isVoid())
            checks.push_back(record.entity);
        return {};
    }));
    CheckLoader loader(ledger);
    json out = json::array();
    for (const Uuid &check : checks) {
        ZHICHA_ASSIGN(const CheckView view, loader.load(check));
        ZHICHA_ASSIGN(json entry, CheckWriter(ledger, loader, view, isHere).write());
        out.push_back(std::move(entry));
    }
    json answer = json::object();
    answer["checks"] = std::move(out);
    return answer;
}

} // namespace zhicha
