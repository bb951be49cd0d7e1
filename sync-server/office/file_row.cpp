#include "sync-server/office/file_row.h"

#include "shared/base/instant.h"

#include <algorithm>

namespace zhicha {

void FileRow::refuse(std::string_view name, std::string_view why) {
    if (!m_error)
        m_error = fail(Code::InvalidArgument, m_entry.place + "." + std::string(name) + ": " + std::string(why));
}

void FileRow::refuse(const Error &error) {
    if (!m_error)
        m_error = error;
}

const JsonText *FileRow::find(std::string_view name, bool required) {
    m_read.emplace(name);
    const JsonText *value = m_row.member(name);
    if (value == nullptr && required)
        refuse(name, "missing");
    if (value != nullptr && value->kind == JsonText::Kind::Null && !required) {
        keep(name);
        return nullptr;
    }
    return value;
}

const std::vector<JsonText> *FileRow::list(std::string_view name, bool required) {
    const JsonText *value = find(name, required);
    if (value == nullptr)
        return nullptr;
    if (value->kind != JsonText::Kind::Array) {
        refuse(name, "not a list");
        return nullptr;
    }
    if (value->items.empty() && !required)
        keep(name);
    return &value->items;
}

std::optional<std::string> FileRow::text(std::string_view name, bool required) {
    const JsonText *value = find(name, required);
    if (value == nullptr)
        return std::nullopt;
    if (value->kind != JsonText::Kind::String) {
        refuse(name, "not a text");
        return std::nullopt;
    }
    return value->text;
}

std::optional<std::string> FileRow::day(std::string_view name, bool required) {
    auto value = text(name, required);
    if (value && !isDay(*value))
        refuse(name, "not a day (YYYY-MM-DD)");
    return value;
}

std::optional<std::string> FileRow::number(std::string_view name, bool required) {
    const JsonText *value = find(name, required);
    if (value == nullptr)
        return std::nullopt;
    if (value->kind != JsonText::Kind::Number) {
        refuse(name, "not a number");
        return std::nullopt;
    }
    return value->text;
}

void FileRow::putText(std::string_view name, bool required) {
    if (auto value = text(name, required))
        m_entry.fields[std::string(name)] = *std::move(value);
}

void FileRow::putWord(std::string_view name, std::initializer_list<std::string_view> words) {
    const auto value = text(name, true);
    if (!value)
        return;
    if (std::find(words.begin(), words.end(), *value) == words.end())
        refuse(name, "unknown " + std::string(name) + " \"" + value->substr(0, 60) + "\"");
    m_entry.fields[std::string(name)] = *value;
}

void FileRow::putDay(std::string_view name, bool required) {
    if (auto value = day(name, required))
        m_entry.fields[std::string(name)] = *std::move(value);
}

void FileRow::putWhole(std::string_view name, std::int64_t least, std::int64_t most) {
    const auto written = number(name, true);
    if (!written)
        return;
    const auto whole = scaleDecimal(*written, 0);
    if (!whole || !whole->exact || whole->value < least || whole->value > most)
        return refuse(name, std::to_string(least) + " to " + std::to_string(most));
    m_entry.fields[std::string(name)] = whole->value;
    if (std::to_string(whole->value) != *written)
        keep(name);
}

void FileRow::putScaled(std::string_view name, const std::string &field, int digits, std::int64_t least,
                        std::int64_t most) {
    const auto written = number(name, true);
    if (!written)
        return;
    const auto scaled = scaleDecimal(*written, digits);
    if (!scaled || scaled->value < least || scaled->value > most)
        return refuse(name, "out of range, or no plain decimal");
    m_entry.fields[field] = scaled->value;
    if (decimalText(scaled->value, digits) != *written)
        keep(name);
}

void FileRow::putChange(std::string_view name) {
    if (auto value = day(name, false))
        m_entry.changes[std::string(name)] = *std::move(value);
}

void FileRow::keep(std::string_view name) {
    m_extra[std::string(name)] = writeJsonText(*m_row.member(name));
}

void FileRow::finish() {
    for (const auto &[name, value] : m_row.members)
        if (!m_read.contains(name))
            m_extra[name] = writeJsonText(value);
    if (!m_extra.empty())
        m_entry.fields["extra"] = std::move(m_extra);
}

} // namespace zhicha
