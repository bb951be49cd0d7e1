#include "sync-server/office/papers/paper_text.h"

#include "shared/documents/characters.h"

#include <algorithm>
#include <numeric>

namespace zhicha {

namespace {
constexpr std::size_t kTitleLine = 20; ///< signs of 2号 that a line holds
} // namespace

std::string titleOf(const std::vector<std::string> &parts) {
    std::vector<std::size_t> sizes;
    std::string whole;
    for (const std::string &part : parts) {
        const auto signs = documents::signsOf(part, "");
        sizes.push_back(signs ? signs->size() : kTitleLine + 1);
        whole += part;
    }
    if (std::accumulate(sizes.begin(), sizes.end(), std::size_t{0}) <= kTitleLine)
        return whole;
    // Of all ways to break between few parts: the fewest lines, then those most alike in length.
    std::string best = whole;
    std::pair<std::size_t, std::size_t> bestCost{99, 0};
    for (std::size_t breaks = 1; parts.size() > 1 && breaks < (std::size_t{1} << (parts.size() - 1)); ++breaks) {
        std::string title;
        std::size_t lines = 1, longest = 0, line = 0;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (i > 0 && ((breaks >> (i - 1)) & 1) != 0) {
                title += '\n';
                ++lines;
                line = 0;
            }
            title += parts[i];
            line += sizes[i];
            longest = std::max(longest, line);
        }
        if (longest <= kTitleLine && std::pair(lines, longest) < bestCost) {
            bestCost = {lines, longest};
            best = title;
        }
    }
    return best;
}

std::string inWords(rules::Day day) {
    return documents::dayInWords(rules::dayText(day));
}

} // namespace zhicha
