#include "sync-server/office/ledger/sheet_words.h"

#include "sync-server/office/ledger/item_sheet.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace zhicha {

using documents::CellKind;
using documents::SheetCell;
using rules::Day;

namespace {
constexpr std::size_t kShownBytes = 120;
constexpr double kSerial1970 = 25569;

/** Further names of columns, beside those of our own tables and the fields' own. */
constexpr std::pair<const char *, const char *> kOtherNames[] = {
    {"事项", "title"},           {"名称", "title"},           {"督查事项", "title"},  {"内容", "content"},
    {"要求", "requirement"},     {"时限", "due_on"},          {"完成时限", "due_on"}, {"标准", "standard"},
    {"效果", "effect"},          {"责任单位", "lead"},        {"牵头", "lead"},       {"承办单位", "lead"},
    {"配合", "cooperating"},     {"协办单位", "cooperating"}, {"事项来源", "source"}, {"督查内容", "source"},
    {"来文", "source_document"}, {"文件", "source_document"}, {"事项类别", "kind"},   {"立项日期", "issued_on"},
    {"登记日期", "issued_on"},   {"文号", "number"}};

} // namespace

bool isDayField(const std::string &field) {
    return field == "due_on" || field == "issued_on";
}

std::string plainWords(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i).starts_with("\xE3\x80\x80") || text.substr(i).starts_with("\xC2\xA0"))
            i += text[i] == '\xE3' ? 2 : 1;
        else if (std::string_view(" \t\r\n*").find(text[i]) == std::string_view::npos)
            out += text[i];
    }
    return out;
}

std::string fieldOfHeader(const std::string &header) {
    const std::string words = plainWords(header);
    for (const std::string &field : draftFields())
        if (words == sheetHeader(field) || words == field)
            return field;
    for (const char *field : {"cooperating", "number"})
        if (words == sheetHeader(field) || words == field)
            return field;
    for (const auto &[name, field] : kOtherNames)
        if (words == name)
            return field;
    return {};
}

std::string shownWords(std::string text) {
    if (text.size() <= kShownBytes)
        return text;
    std::size_t size = kShownBytes;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U)
        --size;
    return text.substr(0, size) + "…";
}

std::string valueOf(const SheetCell &cell) {
    const bool isDay = cell.kind == CellKind::Day || cell.kind == CellKind::Instant;
    return isDay ? rules::dayText({cell.day}) : cell.text;
}

std::optional<Day> dayAsTyped(const std::string &typed) {
    const std::string text = plainWords(typed);
    int parts[3] = {0, 0, 0};
    std::size_t at = 0;
    const std::vector<std::string> ends[3] = {{"-", "/", ".", "年"}, {"-", "/", ".", "月"}, {"", "日", "号"}};
    for (int part = 0; part < 3; ++part) {
        const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), parts[part]);
        if (error != std::errc() || parts[part] < 0)
            return std::nullopt;
        at = static_cast<std::size_t>(end - text.data());
        const std::string_view rest = std::string_view(text).substr(at);
        std::optional<std::size_t> taken;
        for (const std::string &one : ends[part])
            if (part == 2 ? rest == one : rest.starts_with(one))
                taken = one.size();
        if (!taken)
            return std::nullopt;
        at += *taken;
    }
    if (parts[0] < 1000 || parts[0] > 9999 || parts[1] > 12 || parts[2] > 31)
        return std::nullopt;
    const auto twoDigits = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return rules::dayFromText(std::to_string(parts[0]) + "-" + twoDigits(parts[1]) + "-" + twoDigits(parts[2]));
}

std::optional<Day> dayOfNumber(double number) {
    if (number != std::floor(number))
        return std::nullopt;
    if (number >= 19'000'101 && number <= 99'991'231)
        return dayAsTyped(std::to_string(static_cast<int>(number) / 10'000) + "-" +
                          std::to_string(static_cast<int>(number) / 100 % 100) + "-" +
                          std::to_string(static_cast<int>(number) % 100));
    if (number >= 36'526 && number < 73'051) // 2000 to 2099, counted from 1900
        return Day{static_cast<std::int32_t>(number - kSerial1970)};
    return std::nullopt;
}

namespace {
/** A text in its signs. */
std::vector<std::string_view> signsOf(std::string_view text) {
    std::vector<std::string_view> out;
    for (std::size_t at = 0, end = 0; at < text.size(); at = end) {
        for (end = at + 1; end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U;)
            ++end;
        out.push_back(text.substr(at, end - at));
    }
    return out;
}
} // namespace

double likeness(std::string_view nameA, std::string_view nameB) {
    const std::vector<std::string_view> a = signsOf(nameA), b = signsOf(nameB);
    std::size_t same = 0;
    auto at = b.begin();
    for (const std::string_view sign : a)
        if (const auto found = std::find(at, b.end(), sign); found != b.end()) {
            ++same;
            at = found + 1;
        }
    return static_cast<double>(same) / static_cast<double>(std::max<std::size_t>({a.size(), b.size(), 1}));
}

std::vector<std::string> unitsOf(const std::string &text) {
    std::vector<std::string> out(1);
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::size_t size = 0;
        for (const std::string_view mark : {"、", "，", "；", ",", ";", "\n", "\r"})
            if (std::string_view(text).substr(i).starts_with(mark))
                size = mark.size();
        if (size == 0)
            out.back() += text[i];
        else
            out.emplace_back();
        i += size > 0 ? size - 1 : 0;
    }
    std::erase_if(out, [](const std::string &unit) { return plainWords(unit).empty(); });
    return out;
}

} // namespace zhicha
