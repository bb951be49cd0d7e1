#include "shared/json/json_writer.h"

namespace zhicha {

void JsonWriter::breakLine() {
    if (m_lines)
        (m_out += '\n').append(2 * m_depth, ' ');
}

void JsonWriter::begin() {
    if (m_afterKey || m_depth == 0) {
        m_afterKey = false;
        return;
    }
    if (!m_first)
        m_out += ',';
    m_first = false;
    breakLine();
}

void JsonWriter::key(std::string_view name) {
    begin();
    appendJsonString(m_out, name);
    m_out += m_lines ? ": " : ":";
    m_afterKey = true;
}

void JsonWriter::open(char bracket) {
    begin();
    m_out += bracket;
    ++m_depth;
    m_first = true;
}

void JsonWriter::close(char bracket) {
    ZHICHA_CHECK(m_depth > 0);
    --m_depth;
    if (!m_first)
        breakLine();
    m_out += bracket;
    m_first = false;
}

void JsonWriter::text(std::string_view value) {
    begin();
    appendJsonString(m_out, value);
}

void JsonWriter::put(std::string_view name, std::string_view value) {
    key(name);
    text(value);
}

void JsonWriter::put(std::string_view name, std::int64_t value) {
    key(name);
    begin();
    m_out += std::to_string(value);
}

void JsonWriter::putFlag(std::string_view name, bool value) {
    key(name);
    begin();
    m_out += value ? "true" : "false";
}

void JsonWriter::putNull(std::string_view name) {
    key(name);
    begin();
    m_out += "null";
}

void JsonWriter::putIf(bool there, std::string_view name, std::string_view value) {
    if (there)
        put(name, value);
    else
        putNull(name);
}

std::string JsonWriter::take() {
    ZHICHA_CHECK(m_depth == 0 && !m_afterKey);
    return std::move(m_out);
}

} // namespace zhicha
