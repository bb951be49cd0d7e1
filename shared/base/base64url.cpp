#include "shared/base/base64url.h"

namespace zhicha {

std::string toBase64Url(ByteView bytes) {
    std::string text = toBase64(bytes);
    while (!text.empty() && text.back() == '=')
        text.pop_back();
    for (char &c : text)
        c = c == '+' ? '-' : c == '/' ? '_' : c;
    return text;
}

std::optional<Bytes> fromBase64Url(std::string_view text) {
    std::string standard(text);
    for (char &c : standard) {
        if (c == '+' || c == '/' || c == '=')
            return std::nullopt;
        c = c == '-' ? '+' : c == '_' ? '/' : c;
    }
    standard.append((4 - standard.size() % 4) % 4, '=');
    return fromBase64(standard);
}

} // namespace zhicha
