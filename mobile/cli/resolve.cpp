#include "mobile/cli/resolve.h"

#include <algorithm>

namespace zhicha::cli {

namespace {
constexpr std::size_t kShortestPrefix = 8;

bool isHexPrefix(const std::string &text) {
    return text.size() >= kShortestPrefix && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == '-';
           });
}

Result<Uuid> onlyOne(const std::vector<Uuid> &found, const std::string &text) {
    if (found.empty())
        return fail(Code::NotFound, "nothing here is called " + text, Retry::AfterUser);
    if (found.size() > 1)
        return fail(Code::Ambiguous, text + " fits several; give more of the id", Retry::AfterUser);
    return found.front();
}
} // namespace

Result<Uuid> resolve(LocalStore &store, const std::string &text, const std::vector<EntityType> &types) {
    if (const auto id = uuidFromText(text))
        return *id;
    const bool wantsCheck = std::find(types.begin(), types.end(), EntityType::Check) != types.end();
    if (text == "current" && wantsCheck) {
        ZHICHA_ASSIGN(const std::optional<Bytes> current, store.state().get(statekey::kCurrentCheck));
        const auto id = current ? uuidFromBytes(*current) : std::nullopt;
        if (!id)
            return fail(Code::NotFound, "no check was started on this tablet", Retry::AfterUser);
        return *id;
    }
    std::vector<Uuid> found;
    for (const EntityType type : types)
        ZHICHA_TRY(store.entities().forEachOfType(type, [&](const Uuid &id, const EntityRow &row) -> Status {
            if (row.text("code") == text)
                found.push_back(id);
            return {};
        }));
    if (found.empty() && isHexPrefix(text)) {
        ZHICHA_ASSIGN(found, store.entities().withPrefix(text, types));
    }
    return onlyOne(found, text);
}

Result<std::optional<Uuid>> uuidArgument(const std::optional<std::string> &text) {
    if (!text)
        return std::optional<Uuid>();
    const auto id = uuidFromText(*text);
    if (!id)
        return fail(Code::WrongUsage, *text + " is no UUID", Retry::AfterUser);
    return std::optional(*id);
}

} // namespace zhicha::cli
