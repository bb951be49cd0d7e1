#include "sync-server/office/console/check_detail.h"

#include "shared/base/instant.h"
#include "sync-server/office/console/check_chains.h"
#include "sync-server/office/console/check_measure.h"
#include "sync-server/office/erasure.h"

#include <algorithm>
#include <set>

namespace zhicha {

using nlohmann::json;

json mayDo(const CheckFile &file, const std::optional<Uuid> &viewer, const CheckPowers &powers) {
    const CheckState state = file.view.state;
    const std::vector<Uuid> &people = file.view.inspectors();
    const bool recused = viewer && std::find(people.begin(), people.end(), *viewer) != people.end();
    std::string verdict;
    if (!powers.review)
        verdict = "not_yours";
    else if (recused)
        verdict = "recused";
    else if (state == CheckState::Void)
        verdict = "void";
    else if (state == CheckState::Sealed || state == CheckState::Opened || state == CheckState::UnderWay)
        verdict = "under_way";
    const bool mismatch = !file.rowsOf(EntityType::Mismatch).empty() && !file.view.missingPhotos.empty();
    std::string accept = verdict;
    if (accept.empty() && state == CheckState::ConflictOpen)
        accept = "conflict_open";
    else if (accept.empty() && state == CheckState::Accepted)
        accept = "already";
    else if (accept.empty() && mismatch)
        accept = "digest_differs";
    const std::string personal = !powers.review ? "not_yours" : recused ? "recused" : "";
    const auto word = [](const std::string &why) { return why.empty() ? json(true) : json(why); };
    std::string close = personal;
    if (close.empty() && state != CheckState::UnderWay)
        close = state == CheckState::Void ? "void" : "already";
    return {{"accept", word(accept)},
            {"return", word(verdict)},
            {"conflict", word(state == CheckState::Void && personal.empty() ? "void" : personal)},
            {"comment", word(powers.comment ? "" : "not_yours")},
            {"close", word(close)},
            {"hand", word(powers.review ? "" : "not_yours")},
            {"void", word(personal)}};
}

namespace {
class Detail {
public:
    Detail(LedgerReader &ledger, Names &names, const CheckFile &file)
        : m_ledger(ledger), m_names(names), m_file(file) {}

    Result<json> make() {
        m_out = {{"log", m_file.lastLog()}, {"must_wait_photos", m_file.view.missingPhotos.size()}};
        ZHICHA_TRY(times());
        ZHICHA_TRY(people());
        ZHICHA_TRY(addChainsJson(m_ledger, m_names, m_file, m_out));
        ZHICHA_TRY(holes());
        ZHICHA_TRY(answers());
        ZHICHA_TRY(findings());
        ZHICHA_TRY(attestation());
        ZHICHA_TRY(words());
        return std::move(m_out);
    }

private:
    Status times() {
        const EntityRow *check = m_file.view.check ? &*m_file.view.check : nullptr;
        const FileOperation *start = check != nullptr ? m_file.birth(*check) : nullptr;
        m_out["spans"] = json::object();
        m_out["clock"] = {{"affects", false}};
        std::int64_t error = 0;
        for (const FileOperation &operation : m_file.operations)
            if (!operation.serverChain) {
                const std::int64_t now = operation.bounds.time.wallMs - operation.bounds.time.estimateMs;
                error = std::abs(now) > std::abs(error) ? now : error;
            }
        m_out["clock"]["error_ms"] = error;
        if (start == nullptr)
            return {};
        m_out["spans"]["start"] = spanJson(m_file, *start);
        m_out["span"] = m_out["spans"]["start"];
        m_out["started_at"] = toRfc3339(start->bounds.time.estimateMs);
        const FileOperation *finish = nullptr;
        for (const FileOperation &operation : m_file.operations)
            if (operation.kind == "check.finish" &&
                (finish == nullptr || operation.bounds.time.estimateMs > finish->bounds.time.estimateMs))
                finish = &operation;
        if (finish != nullptr) {
            m_out["spans"]["finish"] = spanJson(m_file, *finish);
            m_out["finished_at"] = toRfc3339(finish->bounds.time.estimateMs);
            m_out["dwell_ms"] = finish->bounds.time.estimateMs - start->bounds.time.estimateMs;
        }
        json arrival = json::object();
        if (const cbor::Value *value = check->value("arrival"); value != nullptr && value->map() != nullptr) {
            for (const auto &[name, part] : *value->map())
                arrival[name] = name == "fix" ? fixJson(part) : plainJson(part);
        }
        if (const std::string why = check->text("no_fix_reason"); !why.empty())
            arrival["no_fix_reason"] = why;
        m_out["arrival"] = std::move(arrival);
        return {};
    }

    Status people() {
        json signatures = json::array();
        for (const RowRecord *record : m_file.rowsOf(EntityType::Sign)) {
            const FileOperation *birth = m_file.birth(record->row);
            if (birth == nullptr)
                continue;
            json entry{{"span", spanJson(m_file, *birth)}, {"complete", isComplete(record->row)}, {"log", birth->log}};
            ZHICHA_ASSIGN(entry["by"], authorJson(m_names, *birth));
            if (const cbor::Value *refusal = record->row.value("refusal"))
                entry["refusal"] = plainJson(*refusal);
            signatures.push_back(std::move(entry));
        }
        m_out["signatures"] = std::move(signatures);
        json joins = json::array();
        for (const RowRecord *record : m_file.rowsOf(EntityType::Join)) {
            const FileOperation *birth = m_file.birth(record->row);
            if (birth == nullptr)
                continue;
            ZHICHA_ASSIGN(const bool granted, m_ledger.inScope(birth->device, m_file.view.id));
            json entry{{"id", toText(record->entity)},
                       {"how", record->row.text("by")},
                       {"granted", granted},
                       {"span", spanJson(m_file, *birth)}};
            ZHICHA_ASSIGN(entry["by"], authorJson(m_names, *birth));
            joins.push_back(std::move(entry));
        }
        m_out["joins"] = std::move(joins);
        ZHICHA_TRY(readers());
        json known = json::array();
        for (const Uuid &person : m_file.view.inspectors()) {
            ZHICHA_ASSIGN(json who, m_names.ref(person));
            known.push_back({{"actor", std::move(who)}, {"why", "travelled"}});
        }
        m_out["sealing"] = {{"released_to", json::array()}, {"known_by", std::move(known)}};
        return {};
    }

    /** The tablets that receive this check, by name. */
    Status readers() {
        ZHICHA_ASSIGN(const std::vector<Uuid> devices, m_ledger.readersOf(m_file.view.id));
        json list = json::array();
        for (const Uuid &device : devices) {
            ZHICHA_ASSIGN(const std::optional<EntityRow> row, m_ledger.rowOf(device));
            json entry{{"device", toText(device)}, {"name", row ? row->text("name") : ""}};
            if (const auto person = row ? row->uuid("person") : std::nullopt) {
                ZHICHA_ASSIGN(entry["holder"], m_names.ref(*person));
            }
            list.push_back(std::move(entry));
        }
        m_out["readers"] = std::move(list);
        return {};
    }

    /** Whether a signature covers all that its own chain wrote. */
    bool isComplete(const EntityRow &sign) {
        const cbor::Value *upto = sign.value("upto");
        if (upto == nullptr || upto->map() == nullptr)
            return false;
        for (const auto &[device, head] : *upto->map()) {
            const auto bytes = fromHex(device);
            const auto id = bytes ? uuidFromBytes(*bytes) : std::nullopt;
            const auto it = id ? m_file.view.heads.find(*id) : m_file.view.heads.end();
            const cbor::Array *pair = head.array();
            if (it == m_file.view.heads.end() || pair == nullptr || pair->empty() || (*pair)[0].integer() == nullptr ||
                it->second.seq < *(*pair)[0].integer())
                return false;
        }
        return true;
    }

    Status answers() {
        json list = json::array();
        for (const RowRecord *record : m_file.rowsOf(EntityType::Answer)) {
            const EntityRow &row = record->row;
            json entry{{"id", toText(record->entity)},
                       {"question", row.text("question")},
                       {"photos", json::array()},
                       {"contested", row.contested()}};
            if (const auto item = row.uuid("item")) {
                ZHICHA_ASSIGN(entry["item"], m_names.ref(*item));
            }
            for (const char *name : {"value", "note"})
                if (const std::string text = row.text(name); !text.empty())
                    entry[name] = text;
            const FieldRow *field = row.field("value");
            if (field != nullptr && field->values.size() > 1) {
                ZHICHA_ASSIGN(entry["values"], valuesJson(m_ledger, m_names, m_file, *record, *field));
            }
            if (field != nullptr && !field->writes.empty())
                if (const FileOperation *write = m_file.find(field->writes.front()))
                    entry["span"] = spanJson(m_file, *write);
            for (const RowRecord *photo : photosTo(m_file, record->entity))
                entry["photos"].push_back(toHex(*photo->row.value("sha256")->bytes()));
            list.push_back(std::move(entry));
        }
        m_out["answers"] = std::move(list);
        std::int64_t satisfied = 0, neutral = 0, dissatisfied = 0;
        for (const RowRecord *record : m_file.rowsOf(EntityType::Tally)) {
            satisfied += record->row.integer("satisfied").value_or(0);
            neutral += record->row.integer("neutral").value_or(0);
            dissatisfied += record->row.integer("dissatisfied").value_or(0);
        }
        m_out["tally"] = {{"satisfied", satisfied}, {"neutral", neutral}, {"dissatisfied", dissatisfied}};
        return {};
    }

    Status findings() {
        json list = json::array();
        std::int64_t number = 0;
        for (const RowRecord *record : m_file.rowsOf(EntityType::Finding, true)) {
            ZHICHA_ASSIGN(json entry, findingJson(m_ledger, m_names, m_file, *record, ++number));
            list.push_back(std::move(entry));
        }
        // `findings` of the list's row are counts: here they are the findings themselves.
        m_out["findings"] = std::move(list);
        json photos = json::array();
        for (const RowRecord *record : m_file.rowsOf(EntityType::Photo, true)) {
            ZHICHA_ASSIGN(json entry, photoRowJson(m_ledger, m_file, *record));
            photos.push_back(std::move(entry));
        }
        m_out["photos_list"] = std::move(photos);
        return {};
    }

    Status attestation() {
        ZHICHA_ASSIGN(const auto measured, measureCheck(m_ledger, m_file));
        std::array<const RowRecord *, 6> rows{};
        for (const RowRecord *record : m_file.rowsOf(EntityType::Attestation))
            if (const auto clause = record->row.integer("clause"); clause && *clause >= 1 && *clause <= 6)
                rows[static_cast<std::size_t>(*clause - 1)] = record;
        json list = json::array();
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const EntityRow *row = rows[i] != nullptr ? &rows[i]->row : nullptr;
            json entry{{"clause", i + 1},
                       {"mark", attestationCell(row, measured[i])},
                       {"measured_mark", measuredMarkName(measured[i].mark)},
                       {"measured", measured[i].figures},
                       {"basis", measured[i].basis},
                       {"measured_words", measured[i].words},
                       {"measured_words_en", measured[i].wordsEn},
                       {"contested", row != nullptr && row->contested()}};
            if (row != nullptr)
                ZHICHA_TRY(addSaid(*rows[i], entry));
            list.push_back(std::move(entry));
        }
        m_out["attestation"] = std::move(list);
        return {};
    }

    /** The inspector's word, and what the tablet had measured when it was given. */
    Status addSaid(const RowRecord &record, json &entry) {
        const EntityRow &row = record.row;
        entry["id"] = toText(record.entity);
        for (const char *name : {"said", "note"})
            if (const std::string text = row.text(name); !text.empty())
                entry[name] = text;
        if (const cbor::Value *value = row.value("measured");
            value != nullptr && value->map() != nullptr && !value->map()->empty())
            entry["measured_on_tablet"] = plainJson(*value);
        const FieldRow *said = row.field("said");
        if (said != nullptr && said->values.size() > 1) {
            ZHICHA_ASSIGN(entry["values"], valuesJson(m_ledger, m_names, m_file, record, *said));
        }
        if (said != nullptr && !said->writes.empty())
            if (const FileOperation *write = m_file.find(said->writes.front()))
                entry["span"] = spanJson(m_file, *write);
        return {};
    }

    /** The holes of this check: what went, when, by whose word and why. */
    Status holes() {
        ZHICHA_ASSIGN(const json listed, listErasures(m_ledger, m_file.view.id));
        m_out["erasures"] = json::array();
        for (const json &one : listed["erasures"])
            if (one.contains("erased_on"))
                m_out["erasures"].push_back(one);
        m_out["withheld"] = json::array();
        for (const RowRecord *record : m_file.rowsOf(EntityType::Withholding))
            if (const cbor::Value *digests = record->row.value("digests"); digests != nullptr && digests->array())
                m_out["withheld"].push_back({{"operations", digests->array()->size()},
                                             {"reason", record->row.text("reason")},
                                             {"name", record->row.text("name")}});
        return {};
    }

    Status words() {
        std::set<Uuid> answered;
        for (const auto &[name, type] : {std::pair{"notes", EntityType::Note}, {"replies", EntityType::Reply}}) {
            json list = json::array();
            for (const RowRecord *record : m_file.rowsOf(type)) {
                json entry{
                    {"id", toText(record->entity)}, {"text", record->row.text("text")}, {"photos", json::array()}};
                if (const auto question = record->row.uuid("question")) {
                    entry["question"] = toText(*question);
                    answered.insert(*question);
                }
                for (const RowRecord *photo : photosTo(m_file, record->entity))
                    entry["photos"].push_back(toHex(*photo->row.value("sha256")->bytes()));
                if (const FileOperation *birth = m_file.birth(record->row)) {
                    entry["span"] = spanJson(m_file, *birth);
                    ZHICHA_ASSIGN(entry["by"], authorJson(m_names, *birth));
                }
                list.push_back(std::move(entry));
            }
            m_out[name] = std::move(list);
        }
        json questions = json::array();
        for (const RowRecord *record : m_file.rowsOf(EntityType::Review)) {
            const cbor::Value *asked = record->row.value("questions");
            const FileOperation *birth = m_file.birth(record->row);
            for (const cbor::Value &question :
                 asked != nullptr && asked->array() != nullptr ? *asked->array() : cbor::Array()) {
                json entry = plainJson(question);
                const auto id = entry.contains("id") ? uuidFromText(entry["id"].get<std::string>()) : std::nullopt;
                entry["answered"] = id && answered.contains(*id);
                if (const auto due = question.map()->find("due_at"); due != question.map()->end())
                    entry["due_at"] = toRfc3339(*due->second.integer());
                if (birth != nullptr) {
                    entry["asked_at"] = toRfc3339(birth->bounds.receivedMs);
                    ZHICHA_ASSIGN(entry["asked_by"], authorJson(m_names, *birth));
                }
                questions.push_back(std::move(entry));
            }
        }
        m_out["questions"] = std::move(questions);
        return {};
    }

    LedgerReader &m_ledger;
    Names &m_names;
    const CheckFile &m_file;
    json m_out;
};
} // namespace

Result<json> checkDetailJson(LedgerReader &ledger, Names &names, const CheckFile &file) {
    return Detail(ledger, names, file).make();
}

} // namespace zhicha
