// Findings, photos and contested values as the pages show them.
#include "sync-server/office/console/check_detail.h"

#include "shared/base/instant.h"
#include "shared/documents/paper_body.h"
#include "sync-server/office/conflicts.h"

namespace zhicha {

using nlohmann::json;

namespace {
double degrees(std::int64_t tenMillionths) {
    return static_cast<double>(tenMillionths) / 1e7;
}

json digestsJson(const std::vector<Digest> &digests) {
    json out = json::array();
    for (const Digest &d : digests)
        out.push_back(toHex(d));
    return out;
}

bool isMissing(const CheckFile &file, const Digest &photo) {
    return std::find(file.view.missingPhotos.begin(), file.view.missingPhotos.end(), photo) !=
           file.view.missingPhotos.end();
}

bool isMismatched(const CheckFile &file, const Digest &photo) {
    for (const RowRecord &record : file.view.rows)
        if (record.row.type == EntityType::Mismatch)
            if (const cbor::Value *sha = record.row.value("sha256"); sha != nullptr && sha->digest() == photo)
                return true;
    return false;
}

bool isErased(const CheckFile &file, const Digest &photo) {
    for (const RowRecord *record : file.rowsOf(EntityType::Erasure)) {
        const cbor::Value *photos = record->row.value("photos");
        if (record->row.value("erased_on") == nullptr || photos == nullptr || photos->array() == nullptr)
            continue;
        for (const cbor::Value &one : *photos->array())
            if (one.digest() == photo)
                return true;
    }
    return false;
}

std::string photoState(const CheckFile &file, const Digest &photo) {
    if (isErased(file, photo))
        return "erased";
    if (!isMissing(file, photo))
        return "present";
    return isMismatched(file, photo) ? "mismatch" : "declared";
}
} // namespace

json plainJson(const cbor::Value &value) {
    return valueJson(value, [](const Uuid &id) { return toText(id); });
}

json fixJson(const cbor::Value &fix) {
    const cbor::Map *map = fix.map();
    if (map == nullptr)
        return json::object();
    const auto number = [&](std::string_view name) -> const std::int64_t * {
        const auto it = map->find(name);
        return it == map->end() ? nullptr : it->second.integer();
    };
    json out = json::object();
    if (const auto *t = number("t"))
        out["t"] = toRfc3339(*t);
    if (const auto *lat = number("lat"))
        out["lat"] = degrees(*lat);
    if (const auto *lon = number("lon"))
        out["lon"] = degrees(*lon);
    for (const char *name : {"accuracy_mm", "age_ms"})
        if (const auto *value = number(name))
            out[name] = *value;
    if (const auto it = map->find("source"); it != map->end() && it->second.text() != nullptr)
        out["source"] = *it->second.text();
    const auto flags = map->find("flags");
    out["flags"] = flags == map->end() ? json::array() : plainJson(flags->second);
    return out;
}

std::pair<std::string, std::string> valueWords(std::string_view field, const json &value) {
    static const std::map<std::string, std::string> kEnglish{
        {"yes", "yes"},           {"partly", "partly"}, {"no", "no"},
        {"none", "no answer"},    {"minor", "minor"},   {"major", "major"},
        {"critical", "critical"}, {"kept", "kept"},     {"explain", "explained"},
        {"not_kept", "not kept"}};
    if (value.is_null())
        return {"（无）", "(none)"};
    if (value.is_boolean())
        return field == "void" && value.get<bool>() ? std::pair<std::string, std::string>{"作废", "void"}
                                                    : std::pair<std::string, std::string>{"保留", "kept"};
    const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    const auto it = kEnglish.find(text);
    return it == kEnglish.end() || field == "text" || field == "note" ? std::pair(text, text)
                                                                      : std::pair(choiceWords(text), it->second);
}

namespace {
/** The values that stood when the author of a write wrote it, each with who had written it. */
Result<json> sawJson(Names &names, const CheckFile &file, const FileOperation &write, const std::string &field) {
    json out = json::array();
    const auto seen = write.base.find(field);
    for (const Digest &d : seen != write.base.end() ? seen->second : std::vector<Digest>()) {
        const FileOperation *earlier = file.find(d);
        if (earlier == nullptr || !earlier->fields.contains(field))
            continue;
        json entry{{"value", plainJson(earlier->fields.find(field)->second)}};
        ZHICHA_ASSIGN(const json actor, authorJson(names, *earlier));
        entry["by"] = actor.value("name", "");
        out.push_back(std::move(entry));
    }
    return out;
}
} // namespace

Result<json> valuesJson(LedgerReader &, Names &names, const CheckFile &file, const RowRecord &record,
                        const FieldRow &field) {
    json out = json::array();
    for (const Digest &d : field.writes) {
        const FileOperation *write = file.find(d);
        if (write == nullptr)
            continue;
        const auto value = write->fields.find(field.name);
        if (value == write->fields.end())
            continue;
        json plain = plainJson(value->second);
        auto [zh, en] = valueWords(field.name, plain);
        if (const auto id = value->second.uuid()) {
            ZHICHA_ASSIGN(zh, names.name(*id));
            en = zh;
        }
        json entry{
            {"value", plain},    {"words", zh},       {"words_en", en},           {"span", spanJson(file, *write)},
            {"log", write->log}, {"write", toHex(d)}, {"evidence", json::array()}};
        ZHICHA_ASSIGN(entry["saw"], sawJson(names, file, *write, field.name));
        ZHICHA_ASSIGN(entry["actor"], authorJson(names, *write));
        if (!write->serverChain) {
            entry["device"] = toText(write->device);
            ZHICHA_ASSIGN(entry["device_name"], names.deviceName(write->device));
        }
        if (const auto reason = write->fields.find("reason");
            reason != write->fields.end() && reason->second.text() != nullptr)
            entry["reason"] = *reason->second.text();
        for (const RowRecord *photo : photosTo(file, record.entity))
            if (photo->row.device == write->device)
                entry["evidence"].push_back(toHex(*photo->row.value("sha256")->bytes()));
        out.push_back(std::move(entry));
    }
    return out;
}

Result<json> photoRowJson(LedgerReader &, const CheckFile &file, const RowRecord &photo) {
    const EntityRow &row = photo.row;
    const cbor::Value *sha = row.value("sha256");
    const Digest digest = sha != nullptr ? sha->digest().value_or(Digest{}) : Digest{};
    json out{{"id", toText(photo.entity)},
             {"digest", toHex(digest)},
             {"check", toText(file.view.id)},
             {"rank", row.text("rank")},
             {"size", row.integer("size").value_or(0)},
             {"type", row.text("type")},
             {"how_taken", row.text("how_taken")},
             {"source", row.text("origin")},
             {"state", photoState(file, digest)},
             {"preview", row.value("preview") != nullptr},
             {"void", row.isVoid()}};
    if (const auto to = row.uuid("to")) {
        out["to"] = toText(*to);
        out["to_type"] = *to == file.view.id ? "check" : "";
        for (const RowRecord &record : file.view.rows)
            if (record.entity == *to)
                out["to_type"] = std::string(entityTypeName(record.row.type));
    }
    for (const char *name : {"import_note", "how_document"})
        if (const std::string text = row.text(name); !text.empty())
            out[name] = text;
    if (const cbor::Value *pixels = row.value("pixels"))
        out["pixels"] = plainJson(*pixels);
    if (const auto shot = row.integer("shot_at"))
        out["shot_at"] = toRfc3339(*shot);
    if (const cbor::Value *fix = row.value("fix"))
        out["fix"] = fixJson(*fix);
    if (const FileOperation *birth = file.birth(row)) {
        out["span"] = spanJson(file, *birth);
        out["log"] = birth->log;
    }
    return out;
}

std::int64_t numberOf(const CheckFile &file, const Uuid &finding) {
    std::int64_t number = 0;
    for (const RowRecord *record : file.rowsOf(EntityType::Finding, true)) {
        ++number;
        if (record->entity == finding)
            return number;
    }
    return 0;
}

Result<json> findingJson(LedgerReader &ledger, Names &names, const CheckFile &file, const RowRecord &finding,
                         std::int64_t number) {
    const EntityRow &row = finding.row;
    json out{{"id", toText(finding.entity)},
             {"check", toText(file.view.id)},
             {"no", number},
             {"void", row.isVoid()},
             {"contested", json::array()},
             {"photos", json::array()},
             {"writes", json::object()},
             {"imported", 0}};
    for (const char *name : {"severity", "text"})
        if (const std::string text = row.text(name); !text.empty())
            out[name] = text;
    if (const auto item = row.uuid("item")) {
        ZHICHA_ASSIGN(out["item"], names.ref(*item));
    }
    for (const char *name : {"severity", "text", "item", "void"}) {
        const FieldRow *field = row.field(name);
        out["writes"][name] = digestsJson(field != nullptr ? field->writes : std::vector<Digest>());
        if (field == nullptr || field->values.size() < 2)
            continue;
        out["contested"].push_back(name);
        ZHICHA_ASSIGN(out["values"][name], valuesJson(ledger, names, file, finding, *field));
        if (std::string_view(name) == "severity")
            for (const cbor::Value &value : field->values)
                out["severity_values"].push_back(plainJson(value));
    }
    std::int64_t imported = 0;
    for (const RowRecord *photo : photosTo(file, finding.entity)) {
        ZHICHA_ASSIGN(json entry, photoRowJson(ledger, file, *photo));
        imported += entry["source"] == "import" ? 1 : 0;
        out["photos"].push_back(std::move(entry));
    }
    out["imported"] = imported;
    if (const cbor::Value *fix = row.value("fix"))
        out["fix"] = fixJson(*fix);
    if (const FileOperation *birth = file.birth(row)) {
        out["span"] = spanJson(file, *birth);
        out["log"] = birth->log;
        ZHICHA_ASSIGN(out["by"], authorJson(names, *birth));
    }
    return out;
}

} // namespace zhicha
