#include "sync-server/office/console/attestation_words.h"

#include <cstdio>

namespace zhicha {

namespace {
class MeasuredText {
public:
    void add(const std::string &zh, const std::string &en) {
        m_zh += (m_zh.empty() ? "" : "，") + zh;
        m_en += (m_en.empty() ? "" : ", ") + en;
    }
    [[nodiscard]] std::pair<std::string, std::string> both() const { return {m_zh, m_en}; }
    [[nodiscard]] bool empty() const { return m_zh.empty(); }

private:
    std::string m_zh;
    std::string m_en;
};

std::string minutes(std::int64_t ms) {
    return std::to_string((ms + 30'000) / 60'000);
}

std::string metres(std::int64_t mm) {
    char text[32];
    if (mm >= 1'000'000)
        std::snprintf(text, sizeof text, "%.1f km", static_cast<double>(mm) / 1e6);
    else
        std::snprintf(text, sizeof text, "%lld m", static_cast<long long>((mm + 500) / 1000));
    return text;
}
} // namespace

std::pair<std::string, std::string> measuredWords(int, const EntityRow *row) {
    const cbor::Value *measured = row != nullptr ? row->value("measured") : nullptr;
    const cbor::Map *figures = measured != nullptr ? measured->map() : nullptr;
    if (row == nullptr)
        return {"督查员未作说明", "nothing was said"};
    if (figures == nullptr || figures->empty())
        return {"本机测不到 · 仅凭督查员的话", "the tablet cannot measure this; the inspectors' word alone"};
    const auto number = [&](std::string_view name) -> const std::int64_t * {
        const auto it = figures->find(name);
        return it == figures->end() ? nullptr : it->second.integer();
    };
    MeasuredText words;
    if (const auto *length = number("track_mm"))
        words.add("航迹 " + metres(*length), "track of " + metres(*length));
    if (const auto *stops = number("stops")) {
        if (*stops == 0)
            words.add("途中未停留", "no stop on the way");
        else {
            const auto *time = number("stop_ms");
            const std::string count = std::to_string(*stops);
            words.add("停留 " + count + " 处" + (time != nullptr ? "共 " + minutes(*time) + " 分" : ""),
                      count + " stop(s)" + (time != nullptr ? ", " + minutes(*time) + " min" : ""));
        }
    }
    if (const auto *gaps = number("gaps"))
        words.add("缺口 " + std::to_string(*gaps), std::to_string(*gaps) + " gap(s)");
    if (const auto it = figures->find("inside"); it != figures->end() && it->second.boolean() != nullptr)
        words.add(*it->second.boolean() ? "到达时在围栏内" : "到达时不在围栏内",
                  *it->second.boolean() ? "inside the fence on arrival" : "outside the fence on arrival");
    if (const auto *accuracy = number("accuracy_mm"); accuracy != nullptr && *accuracy > 0)
        words.add("精度 ±" + metres(*accuracy), "accuracy ±" + metres(*accuracy));
    if (const auto *first = number("first_photo_ms"))
        words.add("到达后 " + minutes(*first) + " 分拍第一张照片",
                  "first photo " + minutes(*first) + " min after arrival");
    return words.empty() ? std::pair<std::string, std::string>{"本机测得的数值见原始记录", "figures as recorded"}
                         : words.both();
}

} // namespace zhicha
