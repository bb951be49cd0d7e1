#include "mobile/engine/sync/http_message.h"

#include <algorithm>

namespace zhicha {

namespace {
char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
} // namespace

std::string_view HttpResponse::header(std::string_view name) const {
    const auto it = std::find_if(headers.begin(), headers.end(), [&](const HttpHeader &h) {
        return std::equal(h.name.begin(), h.name.end(), name.begin(), name.end(),
                          [](char a, char b) { return lower(a) == lower(b); });
    });
    return it == headers.end() ? std::string_view() : std::string_view(it->value);
}

std::string HttpResponse::mediaType() const {
    std::string type(header("Content-Type"));
    type.resize(std::min(type.find(';'), type.size()));
    while (!type.empty() && type.back() == ' ')
        type.pop_back();
    std::transform(type.begin(), type.end(), type.begin(), lower);
    return type;
}

} // namespace zhicha
