#pragma once
// Writes JSON as it goes, without a tree: what is large is printed once. Numbers are counts; everything exact is text.
#include "shared/json/json_text.h"

namespace zhicha {

class JsonWriter {
public:
    /** `lines`: for people, one member a line, two spaces a level; else on one line. */
    explicit JsonWriter(bool lines) : m_lines(lines) {}

    void openObject() { open('{'); }
    void closeObject() { close('}'); }
    void openList() { open('['); }
    void closeList() { close(']'); }
    void openObject(std::string_view name) {
        key(name);
        open('{');
    }
    void openList(std::string_view name) {
        key(name);
        open('[');
    }

    void text(std::string_view value);
    void put(std::string_view name, std::string_view value);
    void put(std::string_view name, std::int64_t value);
    void putFlag(std::string_view name, bool value);
    void putNull(std::string_view name);
    /** Text, or null where there is none. */
    void putIf(bool there, std::string_view name, std::string_view value);

    /** What was written; every list and object is closed. */
    [[nodiscard]] std::string take();

private:
    void begin(); ///< the comma and the line before a value
    void key(std::string_view name);
    void open(char bracket);
    void close(char bracket);
    void breakLine();

    std::string m_out;
    bool m_lines;
    bool m_first = true; ///< nothing stands in the open list or object yet
    bool m_afterKey = false;
    std::size_t m_depth = 0;
};

} // namespace zhicha
