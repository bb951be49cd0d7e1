// tiles: the office's own map, through the office's own server.
#include "sync-server/http/resources/console/resources.h"
#include "sync-server/store/tile_source.h"

#include <charconv>

namespace zhicha {

using nlohmann::json;

namespace {
Result<Response> getLayers(ConsoleCall &call) {
    ZHICHA_ASSIGN(const std::vector<TileLayer> layers, call.context.tiles.layers());
    json out = json::array();
    for (const TileLayer &layer : layers) {
        json entry{{"id", layer.id},   {"title", layer.title},      {"attribution", layer.attribution},
                   {"crs", layer.crs}, {"min_zoom", layer.minZoom}, {"max_zoom", layer.maxZoom}};
        if (!layer.bounds.empty())
            entry["bounds"] = layer.bounds;
        out.push_back(std::move(entry));
    }
    return jsonResponse(200, {{"layers", std::move(out)}});
}

std::optional<std::int64_t> wholeNumber(std::string_view text) {
    std::int64_t value = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && value >= 0 ? std::optional(value) : std::nullopt;
}

/** By magic: a tile's bytes come from a file that somebody else made. */
std::string typeOfTile(ByteView bytes) {
    const std::string_view text = textOf(bytes.first(std::min<std::size_t>(bytes.size(), 12)));
    if (text.starts_with("\x89PNG"))
        return "image/png";
    if (text.starts_with("\xff\xd8\xff"))
        return "image/jpeg";
    if (text.size() == 12 && text.starts_with("RIFF") && text.substr(8) == "WEBP")
        return "image/webp";
    return "";
}

Result<Response> getTile(ConsoleCall &call) {
    const auto zoom = wholeNumber(call.request.param("z"));
    const auto x = wholeNumber(call.request.param("x"));
    const auto y = wholeNumber(call.request.param("y"));
    if (!zoom || *zoom > 30 || !x || !y)
        return fail(Code::NotFound, "no such tile");
    ZHICHA_ASSIGN(Bytes bytes,
                  call.context.tiles.tile(std::string(call.request.param("layer")), static_cast<int>(*zoom), *x, *y));
    const std::string type = typeOfTile(bytes);
    if (type.empty())
        return emptyResponse(204);
    Response response;
    response.mediaType = type;
    response.body = std::move(bytes);
    response.headers.emplace_back("Cache-Control", "private, max-age=86400");
    return response;
}
} // namespace

void addTileRoutes(ConsoleGate &gate) {
    ConsoleRule rule{Resource::Frame, Verb::Read};
    rule.background = true;
    gate.add("GET", "/tiles", rule, getLayers);
    gate.add("GET", "/tiles/{layer}/{z}/{x}/{y}", rule, getTile);
}

} // namespace zhicha
