#pragma once
// Reads the members of a JSON object with refusals that name the place ("items[3].extensions[0].new_due_on: not a
// day"). The first trouble stays; what is read after it is empty. Used for the ledger file and for the rule file.
#include "shared/json/json_text.h"
#include "shared/rules/day.h"

namespace zhicha::rules {

/** Where a value stands. Made of what it stands in, so that no text is built unless something is wrong there. */
struct Place {
    const Place *parent = nullptr;
    std::string_view name;
    std::ptrdiff_t index = -1; ///< in the list `name` of the parent; -1: the member itself
    [[nodiscard]] std::string text() const;
};

/** The first trouble of a file. */
class Trouble {
public:
    void report(const std::string &place, const std::string &why) {
        if (!m_error)
            m_error = fail(Code::InvalidArgument, place + ": " + why);
    }
    [[nodiscard]] bool any() const { return m_error.has_value(); }
    [[nodiscard]] Status status() const { return m_error ? Status(*m_error) : Status(); }

private:
    std::optional<Error> m_error;
};

/** A text of the file in quotes, cut where it would be long. */
[[nodiscard]] std::string quoted(std::string_view text);

class JsonFields {
public:
    /** Both must outlive the reader. Refuses what is no object. */
    JsonFields(const JsonText &value, const Place &place, Trouble &trouble);

    /** nullptr if it is absent or null; then refused where it is required. */
    const JsonText *find(std::string_view name, bool required);
    std::string text(std::string_view name, bool required = true);
    Day day(std::string_view name);                      ///< required
    std::optional<Day> dayIfAny(std::string_view name);  ///< absent or null: nullopt
    std::optional<Day> dayOrNull(std::string_view name); ///< must stand there, may be null
    std::string numberText(std::string_view name, bool required = true);
    /** In 1/10^kPointDigits, with at most `decimals` decimals. */
    std::int64_t decimal(std::string_view name, int decimals, std::int64_t least, std::int64_t most);
    int whole(std::string_view name, int least, int most); ///< required
    bool flag(std::string_view name);                      ///< absent: false
    /** The index of the word in `words`; refused as "unknown NAME" otherwise. */
    std::size_t word(std::string_view name, std::initializer_list<std::string_view> words);
    /** nullptr if absent or null (an absent list is an empty one). */
    const std::vector<JsonText> *list(std::string_view name, bool required = false);
    /** Refuses a member that nobody asked for. */
    void refuseOthers();

    void refuse(std::string_view name, const std::string &why);
    [[nodiscard]] const Place &place() const { return m_place; }
    [[nodiscard]] Trouble &trouble() const { return m_trouble; }

private:
    const JsonText &m_value;
    const Place &m_place;
    Trouble &m_trouble;
    std::uint64_t m_read = 0; ///< bit i: member i was asked for (later members count as read)
};

/** `read(JsonFields&, index)` for each object of a list of the object that `fields` reads. */
template <typename Read>
void readObjects(JsonFields &fields, std::string_view name, bool required, Read &&read) {
    const std::vector<JsonText> *list = fields.list(name, required);
    for (std::size_t i = 0; list != nullptr && i < list->size() && !fields.trouble().any(); ++i) {
        const Place place{&fields.place(), name, static_cast<std::ptrdiff_t>(i)};
        JsonFields row((*list)[i], place, fields.trouble());
        read(row, i);
    }
}

/** `read(JsonFields&)` for the object under a name; false if there is none. */
template <typename Read>
bool readObject(JsonFields &fields, std::string_view name, bool required, Read &&read) {
    const JsonText *value = fields.find(name, required);
    if (value == nullptr || fields.trouble().any())
        return false;
    const Place place{&fields.place(), name, -1};
    JsonFields inner(*value, place, fields.trouble());
    read(inner);
    return true;
}

} // namespace zhicha::rules
