#include "shared/documents/paper_body.h"

#include <algorithm>

namespace zhicha {

namespace {
constexpr std::string_view kDigits[] = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
constexpr std::string_view kEnds[] = {"。", "；", "，", "：", "！", "？", ".", ";", " ", "\n", "\r", "\t", "　"};

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool endsSentence(std::string_view text) {
    constexpr std::string_view kMarks[] = {"。", "！", "？", "：", "；", "”"};
    return std::any_of(std::begin(kMarks), std::end(kMarks),
                       [&](std::string_view mark) { return text.ends_with(mark); });
}
} // namespace

std::string withinSentence(std::string_view text) {
    std::string out;
    for (const char c : trimmed(text))
        if (c != '\r')
            out += c == '\n' || c == '\t' ? ' ' : c;
    for (bool cut = true; cut && !out.empty();) {
        cut = false;
        for (const std::string_view end : kEnds)
            if (out.ends_with(end)) {
                out.resize(out.size() - end.size());
                cut = true;
            }
    }
    return out;
}

std::string withoutBreaks(std::string title) {
    std::erase(title, '\n');
    return title;
}

std::string questionWords(std::string_view question) {
    return question == "carried_out" ? "是否落实" : question == "rectified" ? "整改是否到位" : "群众是否满意";
}

std::string choiceWords(std::string_view chosen) {
    constexpr std::pair<std::string_view, std::string_view> kWords[] = {{"yes", "是"},
                                                                        {"partly", "部分"},
                                                                        {"no", "否"},
                                                                        {"none", "未答"},
                                                                        {"minor", "轻微"},
                                                                        {"major", "较重"},
                                                                        {"critical", "严重"},
                                                                        {"kept", "做到"},
                                                                        {"explain", "说明"},
                                                                        {"not_kept", "未做到"},
                                                                        {"public", "公共场所"},
                                                                        {"disclosed", "已告知"},
                                                                        {"consented", "已同意"},
                                                                        {"approved", "经批准"},
                                                                        {"unstated", "未说明"},
                                                                        {"sealed", "封存"},
                                                                        {"opened", "已开启"},
                                                                        {"under_way", "检查中"},
                                                                        {"to_review", "待审"},
                                                                        {"photos_arriving", "照片上传中"},
                                                                        {"replied", "已答复"},
                                                                        {"returned", "退回"},
                                                                        {"accepted", "已采信"},
                                                                        {"changed_after_acceptance", "采信后有更新"},
                                                                        {"conflict", "两说不一"},
                                                                        {"void", "作废"}};
    for (const auto &[name, said] : kWords)
        if (chosen == name)
            return std::string(said);
    return std::string(chosen);
}

std::string numeral(int number) {
    const auto digit = [](int value) { return std::string(kDigits[static_cast<std::size_t>(value % 10)]); };
    if (number < 10)
        return digit(number);
    return (number < 20 ? std::string() : digit(number / 10)) + "十" +
           (number % 10 == 0 ? std::string() : digit(number));
}

void PaperBody::heading(std::string_view text) {
    ++m_headings;
    m_leads = 0;
    m_blocks.push_back({documents::BlockKind::Heading, "", numeral(m_headings) + "、" + std::string(text), {}});
}

void PaperBody::paragraph(std::string_view text) {
    const std::string_view line = trimmed(text);
    if (!line.empty())
        m_blocks.push_back({documents::BlockKind::Text, "", std::string(line) + (endsSentence(line) ? "" : "。"), {}});
}

void PaperBody::lines(std::string_view text) {
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string line(text.substr(at, end - at));
        std::replace(line.begin(), line.end(), '\t', ' ');
        paragraph(line);
        at = end + 1;
    }
}

void PaperBody::led(std::string_view lead, std::string_view text) {
    ++m_leads;
    m_blocks.push_back({documents::BlockKind::Text,
                        "（" + numeral(m_leads) + "）" + std::string(lead) + "。",
                        withinSentence(text) + "。",
                        {}});
}

void PaperBody::table(documents::Table table) {
    m_blocks.push_back({documents::BlockKind::Table, "", "", std::move(table)});
}

} // namespace zhicha
