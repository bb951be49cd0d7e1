#include "sync-server/office/ledger/extra_fields.h"

#include "shared/json/json_text.h"

namespace zhicha {

const std::string *extraJson(const EntityRow &row, std::string_view name) {
    const cbor::Value *extra = row.value("extra");
    const cbor::Map *map = extra != nullptr ? extra->map() : nullptr;
    if (map == nullptr)
        return nullptr;
    const auto at = map->find(name);
    return at != map->end() ? at->second.text() : nullptr;
}

std::string extraText(const EntityRow &row, std::string_view name) {
    const std::string *kept = extraJson(row, name);
    if (kept == nullptr)
        return {};
    const auto parsed = parseJsonText(*kept);
    return parsed && parsed->kind == JsonText::Kind::String ? parsed->text : std::string();
}

std::string extraOfText(const std::string &text) {
    return writeJsonText({JsonText::Kind::String, text, {}, {}});
}

} // namespace zhicha
