#include "shared/documents/title_lines.h"

#include "shared/documents/characters.h"
#include "shared/documents/typesetter.h"

#include <algorithm>
#include <cmath>

namespace zhicha::documents {

namespace {
/** A title does not end in the middle of these. */
constexpr std::u32string_view kTitleEnds[] = {U"的通知", U"的通报", U"的报告", U"的请示", U"的函"};

std::vector<std::string> splitLines(const std::string &text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        if (end > at)
            lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

/** How bad it is to break a title before sign `at`. */
int breakCost(const std::u32string &title, std::size_t at) {
    if (!mayStartLine(title[at]) || !mayEndLine(title[at - 1]))
        return 1000;
    const auto isAscii = [](char32_t sign) { return sign > U' ' && sign < 0x80; };
    if (isAscii(title[at]) && isAscii(title[at - 1]))
        return 1000;
    const std::size_t open = title.rfind(U'《', at - 1);
    const std::size_t close = title.find(U'》', at);
    if (open != std::u32string::npos && close != std::u32string::npos && title.find(U'》', open) >= at)
        return 40;
    for (const std::u32string_view end : kTitleEnds)
        if (title.size() >= end.size() && title.compare(title.size() - end.size(), end.size(), end) == 0 &&
            at > title.size() - end.size())
            return 60;
    if (title.compare(at, 2, U"关于") == 0 || title[at - 1] == U'，' || title[at - 1] == U'、' || title[at - 1] == U' ')
        return 0;
    return 20;
}

/** Lines of at most `most` signs, about as long as each other, broken where it hurts least. */
std::vector<std::u32string> balanced(const std::u32string &title, std::size_t most) {
    std::vector<std::u32string> lines;
    std::u32string rest = title;
    while (rest.size() > most) {
        const std::size_t count = (rest.size() + most - 1) / most;
        const double ideal = static_cast<double>(rest.size()) / static_cast<double>(count);
        std::size_t best = most;
        double bestCost = 1e9;
        for (std::size_t at = std::max<std::size_t>(2, most / 3); at <= most && at < rest.size(); ++at) {
            if (rest.size() - at > (count - 1) * most)
                continue;
            const double cost = breakCost(rest, at) + std::abs(static_cast<double>(at) - ideal) * 4;
            if (cost < bestCost) {
                bestCost = cost;
                best = at;
            }
        }
        lines.push_back(rest.substr(0, best));
        rest = rest.substr(best);
    }
    lines.push_back(rest);
    return lines;
}
} // namespace

std::vector<std::u32string> titleLines(const std::string &title) {
    constexpr std::size_t kMost = static_cast<std::size_t>(gb::kWidth / gb::kTitleSize);
    std::vector<std::u32string> out;
    for (const std::string &part : splitLines(title)) {
        const auto signs = signsOf(part, "");
        for (std::u32string &line : balanced(signs ? *signs : std::u32string(), kMost))
            out.push_back(std::move(line));
    }
    return out;
}

} // namespace zhicha::documents
