#include "sync-server/office/console/check_feed.h"

#include "shared/base/instant.h"
#include "sync-server/office/console/check_detail.h"

namespace zhicha {

using nlohmann::json;

namespace {
/** The feed's word for a kind; empty for what a sync brings as a whole. */
std::string feedKind(const FileOperation &operation) {
    static const std::map<std::string, std::string> kKinds{
        {"photos.received", "photos"},   {"photo.mismatch", "mismatch"},  {"check.join", "join"},
        {"check.sign", "sign"},          {"check.finish", "finish"},      {"check.close", "close"},
        {"comment.add", "comment"},      {"check.note", "note"},          {"check.reply", "reply"},
        {"check.review", "review"},      {"check.hand", "hand"},          {"entity.void", "void"},
        {"finding.amend", "correction"}, {"check.correct", "correction"}, {"body.erase_ask", "erase_ask"},
        {"body.erase", "erase"},         {"body.withhold", "withhold"}};
    if (operation.kind == "finding.amend" && operation.serverChain && operation.fields.contains("reason") &&
        operation.outcome == "conflict")
        return "conflict";
    const auto it = kKinds.find(operation.kind);
    if (it != kKinds.end())
        return it->second;
    return operation.serverChain && (operation.kind == "answer.give" || operation.kind == "attestation.say")
               ? "decision"
               : "";
}

std::string textOfField(const FileOperation &operation, std::string_view name) {
    const auto it = operation.fields.find(name);
    return it != operation.fields.end() && it->second.text() != nullptr ? *it->second.text() : "";
}

/** What stood before a write: the newest earlier write of the field of the entity. */
json before(const CheckFile &file, const FileOperation &write, const std::string &field) {
    json found = nullptr;
    for (const FileOperation &operation : file.operations) {
        if (operation.log >= write.log)
            break;
        const auto value = operation.fields.find(field);
        if (operation.entity == write.entity && value != operation.fields.end())
            found = plainJson(value->second);
    }
    return found;
}

json diffOf(const CheckFile &file, const FileOperation &operation) {
    json diff = json::array();
    for (const auto &[name, value] : operation.fields)
        if (name != "reason" && name != "check" && name != "clause" && name != "question" && name != "measured" &&
            name != "basis" && name != "id")
            diff.push_back({{"field", name}, {"from", before(file, operation, name)}, {"to", plainJson(value)}});
    return diff;
}

std::string sentence(const FileOperation &operation, const std::string &kind) {
    if (kind == "photos") {
        const auto digests = operation.fields.find("digests");
        const std::size_t count = digests != operation.fields.end() && digests->second.array() != nullptr
                                      ? digests->second.array()->size()
                                      : 0;
        return std::to_string(count);
    }
    if (kind == "review")
        return textOfField(operation, "verdict");
    const std::string text = textOfField(operation, "text");
    return text.empty() ? textOfField(operation, "reason") : text;
}

Result<json> entryOf(Names &names, const CheckFile &file, const FileOperation &operation, const std::string &kind) {
    json entry{{"kind", kind},
               {"at", toRfc3339(operation.bounds.receivedMs)},
               {"log", operation.log},
               {"entity", toText(operation.entity)},
               {"effect", operation.outcome}};
    ZHICHA_ASSIGN(entry["actor"], authorJson(names, operation));
    if (!operation.serverChain) {
        entry["device"] = toText(operation.device);
        ZHICHA_ASSIGN(entry["device_name"], names.deviceName(operation.device));
        entry["span"] = spanJson(file, operation);
    }
    if (const std::string text = sentence(operation, kind); !text.empty())
        entry["text"] = text;
    if (kind == "correction" || kind == "decision" || kind == "void" || kind == "conflict") {
        entry["diff"] = diffOf(file, operation);
        if (const std::string reason = textOfField(operation, "reason"); !reason.empty())
            entry["reason"] = reason;
    }
    for (const char *name : {"about", "questions", "to", "question"})
        if (const auto it = operation.fields.find(name); it != operation.fields.end())
            entry[name] = plainJson(it->second);
    return entry;
}
} // namespace

Result<json> checkFeedJson(LedgerReader &, Names &names, const CheckFile &file) {
    json entries = json::array();
    // What a tablet brought at once is one line: its operations carry one receipt.
    std::map<std::pair<Uuid, std::int64_t>, std::size_t> syncs;
    for (const FileOperation &operation : file.operations) {
        if (!operation.serverChain) {
            const auto key = std::pair(operation.device, operation.bounds.receivedMs);
            const auto [it, fresh] = syncs.emplace(key, entries.size());
            if (fresh) {
                json entry{{"kind", "sync"},
                           {"at", toRfc3339(operation.bounds.receivedMs)},
                           {"log", operation.log},
                           {"device", toText(operation.device)},
                           {"count", 0},
                           {"ineffective", 0},
                           {"first_log", operation.log}};
                ZHICHA_ASSIGN(entry["actor"], authorJson(names, operation));
                ZHICHA_ASSIGN(entry["device_name"], names.deviceName(operation.device));
                entries.push_back(std::move(entry));
            }
            json &sync = entries[it->second];
            sync["count"] = sync["count"].get<int>() + 1;
            sync["last_log"] = operation.log;
            if (operation.outcome != "applied" && operation.outcome != "conflict")
                sync["ineffective"] = sync["ineffective"].get<int>() + 1;
        }
        const std::string kind = feedKind(operation);
        if (!kind.empty()) {
            ZHICHA_ASSIGN(json entry, entryOf(names, file, operation, kind));
            entries.push_back(std::move(entry));
        }
    }
    return json{{"entries", std::move(entries)}};
}

Result<json> historyJson(Names &names, const CheckFile &file, const Uuid &entity) {
    json list = json::array();
    for (const FileOperation &operation : file.operations) {
        if (operation.entity != entity)
            continue;
        json entry{{"span", spanJson(file, operation)},
                   {"log", operation.log},
                   {"kind", operation.kind},
                   {"fields", json::object()},
                   {"effect", operation.outcome}};
        ZHICHA_ASSIGN(entry["actor"], authorJson(names, operation));
        if (!operation.serverChain) {
            entry["device"] = toText(operation.device);
            ZHICHA_ASSIGN(entry["device_name"], names.deviceName(operation.device));
        }
        for (const auto &[name, value] : operation.fields) {
            if (name == "reason")
                entry["reason"] = plainJson(value);
            else
                entry["fields"][name] = plainJson(value);
        }
        list.push_back(std::move(entry));
    }
    return list;
}

} // namespace zhicha
