#include "sync-server/office/ledger_file.h"

#include "shared/base/instant.h"

#include <algorithm>
#include <set>

namespace zhicha {

namespace {

constexpr std::string_view kListsForLater[] = {"events", "reports", "ladder", "published_rankings"};
constexpr std::string_view kItemListsForLater[] = {"extensions", "transfers", "withdrawal", "exemptions"};
constexpr std::int64_t kMaxRadiusMm = 1'000'000'000;

Error wrong(const std::string &place, std::string_view why) {
    return fail(Code::InvalidArgument, place + ": " + std::string(why));
}

/** Reads the members of one row; what nobody asked for becomes `extra`. */
class RowReader {
public:
    RowReader(const JsonText &row, FileEntry &entry) : m_row(row), m_entry(entry) {}

    /** Errors stay: the first one holds. */
    [[nodiscard]] Status status() const { return m_error ? Status(*m_error) : Status(); }
    void refuse(std::string_view name, std::string_view why) {
        if (!m_error)
            m_error = wrong(m_entry.place + "." + std::string(name), why);
    }

    const JsonText *find(std::string_view name, bool required) {
        m_read.emplace(name);
        const JsonText *value = m_row.member(name);
        if (value == nullptr && required)
            refuse(name, "missing");
        // An explicit null of an optional field says what its absence says; it is kept, so that it comes back.
        if (value != nullptr && value->kind == JsonText::Kind::Null && !required) {
            keep(name);
            return nullptr;
        }
        return value;
    }
    std::optional<std::string> text(std::string_view name, bool required) {
        const JsonText *value = find(name, required);
        if (value == nullptr)
            return std::nullopt;
        if (value->kind != JsonText::Kind::String) {
            refuse(name, "not a text");
            return std::nullopt;
        }
        return value->text;
    }
    void putText(std::string_view name, bool required = true) {
        if (auto value = text(name, required))
            m_entry.fields[std::string(name)] = *std::move(value);
    }
    void putWord(std::string_view name, std::initializer_list<std::string_view> words) {
        const auto value = text(name, true);
        if (!value)
            return;
        if (std::find(words.begin(), words.end(), *value) == words.end())
            refuse(name, "unknown " + std::string(name) + " \"" + value->substr(0, 60) + "\"");
        m_entry.fields[std::string(name)] = *value;
    }
    std::optional<std::string> day(std::string_view name, bool required) {
        auto value = text(name, required);
        if (value && !isDay(*value))
            refuse(name, "not a day (YYYY-MM-DD)");
        return value;
    }
    std::optional<std::string> number(std::string_view name, bool required) {
        const JsonText *value = find(name, required);
        if (value == nullptr)
            return std::nullopt;
        if (value->kind != JsonText::Kind::Number) {
            refuse(name, "not a number");
            return std::nullopt;
        }
        return value->text;
    }
    /** A decimal kept as an integer; the text is kept beside it where it says more than the integer. */
    void putScaled(std::string_view name, const std::string &field, int digits, std::int64_t least, std::int64_t most) {
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
    void keep(std::string_view name) { m_extra[std::string(name)] = writeJsonText(*m_row.member(name)); }

    void finish() {
        for (const auto &[name, value] : m_row.members)
            if (!m_read.contains(name))
                m_extra[name] = writeJsonText(value);
        if (!m_extra.empty())
            m_entry.fields["extra"] = std::move(m_extra);
    }

private:
    const JsonText &m_row;
    FileEntry &m_entry;
    std::set<std::string, std::less<>> m_read;
    cbor::Map m_extra;
    std::optional<Error> m_error;
};

class FileReader {
public:
    FileReader(const Uuid &ledger, const JsonText &root, const KnowsUnit &knowsUnit)
        : m_ledger(ledger), m_root(root), m_knowsUnit(knowsUnit) {}

    Result<LedgerFile> read() {
        if (m_root.kind != JsonText::Kind::Object)
            return wrong("the file", "not an object");
        for (const std::string_view name : kListsForLater)
            ZHICHA_TRY(refuseForLater(m_root, name, std::string(name)));
        ZHICHA_TRY(readList("units", "unit", m_file.units, [&](RowReader &in, FileEntry &) { unit(in); }));
        ZHICHA_TRY(readList("sites", "site", m_file.sites, [&](RowReader &in, FileEntry &e) { site(in, e); }));
        ZHICHA_TRY(readList("items", "item", m_file.items, [&](RowReader &in, FileEntry &e) { item(in, e); }));
        for (const auto &[name, value] : m_root.members)
            if (name != "units" && name != "sites" && name != "items" && !isListForLater(name))
                m_file.extra[name] = writeJsonText(value);
        return std::move(m_file);
    }

private:
    using ReadRow = std::function<void(RowReader &, FileEntry &)>;

    static Status refuseForLater(const JsonText &in, std::string_view name, const std::string &place) {
        const JsonText *list = in.member(name);
        if (list == nullptr || list->isEmptyList() || list->kind == JsonText::Kind::Null)
            return {};
        const std::string at = list->kind == JsonText::Kind::Array ? place + "[0]" : place;
        return fail(Code::NotYet, at + ": this version does not take it yet, so nothing of the file was taken");
    }

    Status readList(const std::string &name, std::string_view type, std::vector<FileEntry> &out, const ReadRow &read) {
        const JsonText *list = m_root.member(name);
        if (list == nullptr)
            return {};
        if (list->kind != JsonText::Kind::Array)
            return wrong(name, "not a list");
        std::set<std::string> codes;
        for (std::size_t i = 0; i < list->items.size(); ++i) {
            const JsonText &row = list->items[i];
            FileEntry entry;
            entry.place = name + "[" + std::to_string(i) + "]";
            if (row.kind != JsonText::Kind::Object)
                return wrong(entry.place, "not an object");
            RowReader in(row, entry);
            entry.code = in.text("id", true).value_or("");
            ZHICHA_TRY(in.status());
            // A code that reads like a UUID could not be told from one on the command line.
            if (entry.code.empty() || entry.code.size() > 200 || uuidFromText(entry.code))
                return wrong(entry.place + ".id", "a code is 1 to 200 bytes and no UUID");
            if (!codes.insert(entry.code).second)
                return wrong(entry.place + ".id", "a second " + std::string(type) + " \"" + entry.code + "\"");
            entry.id = derivedId(m_ledger, type, entry.code);
            entry.fields["code"] = entry.code;
            read(in, entry);
            in.finish();
            ZHICHA_TRY(in.status());
            ZHICHA_TRY(m_storeTrouble);
            if (type == "item")
                for (const std::string_view later : kItemListsForLater)
                    ZHICHA_TRY(refuseForLater(row, later, entry.place + "." + std::string(later)));
            out.push_back(std::move(entry));
        }
        return {};
    }

    static void unit(RowReader &in) {
        in.putText("name");
        in.putWord("group", {"county", "department"});
        in.putText("vice_mayor");
    }

    void site(RowReader &in, FileEntry &entry) {
        in.putText("name");
        putUnit(in, entry, "unit", in.text("unit", true));
        in.putScaled("lat", "lat", 7, -900'000'000, 900'000'000);
        in.putScaled("lon", "lon", 7, -1'800'000'000, 1'800'000'000);
        in.putScaled("radius_m", "radius_mm", 3, 1, kMaxRadiusMm);
        in.putText("address", false);
        entry.fields["crs"] = "WGS-84";
        if (const JsonText *crs = in.find("crs", false)) {
            in.putWord("crs", {"WGS-84", "CGCS2000", "GCJ-02"});
            if (crs->text == "WGS-84")
                in.keep("crs");
        }
    }

    void item(RowReader &in, FileEntry &entry) {
        for (const std::string_view name : {"number", "title", "responsible_person", "supervisor"})
            in.putText(name);
        for (const std::string_view name : {"content", "requirement", "standard", "effect", "source_document"})
            in.putText(name, false);
        in.putWord("kind", {"general", "planning"});
        const auto source = in.number("source", true);
        if (source && (source->size() != 1 || (*source)[0] < '1' || (*source)[0] > '5'))
            in.refuse("source", "1 to 5");
        else if (source)
            entry.fields["source"] = std::int64_t{(*source)[0] - '0'};
        for (const std::string_view name : {"issued_on", "due_on"})
            if (auto day = in.day(name, true))
                entry.fields[std::string(name)] = *std::move(day);
        putUnit(in, entry, "lead", in.text("lead", true));
        cooperating(in, entry);
        entry.completedOn = in.day("completed_on", false);
        entry.awarded = in.number("awarded", false);
        const auto points = entry.awarded ? scaleDecimal(*entry.awarded, 2) : std::nullopt;
        if (entry.awarded && (!points || !points->exact || points->value < 0 || points->value > 2000))
            in.refuse("awarded", "0 to 20 in steps of 0.01");
        if (entry.awarded && !entry.completedOn)
            in.refuse("awarded", "given without completed_on");
    }

    void cooperating(RowReader &in, FileEntry &entry) {
        const JsonText *list = in.find("cooperating", true);
        if (list == nullptr)
            return;
        if (list->kind != JsonText::Kind::Array)
            return in.refuse("cooperating", "not a list");
        cbor::Array units;
        for (std::size_t i = 0; i < list->items.size(); ++i) {
            const std::string place = "cooperating[" + std::to_string(i) + "]";
            if (list->items[i].kind != JsonText::Kind::String)
                return in.refuse(place, "not a text");
            if (const auto unit = knownUnit(in, place, list->items[i].text))
                units.emplace_back(*unit);
        }
        entry.fields["cooperating"] = std::move(units);
    }

    void putUnit(RowReader &in, FileEntry &entry, const std::string &name, const std::optional<std::string> &code) {
        if (!code)
            return;
        if (const auto unit = knownUnit(in, name, *code))
            entry.fields[name] = *unit;
    }

    std::optional<Uuid> knownUnit(RowReader &in, std::string_view place, const std::string &code) {
        if (m_unitCodes.empty())
            for (const FileEntry &unit : m_file.units)
                m_unitCodes.insert(unit.code);
        const Uuid id = derivedId(m_ledger, "unit", code);
        if (m_unitCodes.contains(code))
            return id;
        const auto known = m_knowsUnit(id);
        if (!known)
            m_storeTrouble = known.error();
        else if (!*known)
            in.refuse(place, "unknown unit \"" + code.substr(0, 60) + "\"");
        return id;
    }

    const Uuid &m_ledger;
    const JsonText &m_root;
    const KnowsUnit &m_knowsUnit;
    LedgerFile m_file;
    std::set<std::string> m_unitCodes;
    Status m_storeTrouble;
};
} // namespace

bool isListForLater(std::string_view name) {
    return std::find(std::begin(kListsForLater), std::end(kListsForLater), name) != std::end(kListsForLater);
}

Result<LedgerFile> readLedgerFile(const Uuid &ledger, std::string_view text, const KnowsUnit &knowsUnit) {
    ZHICHA_ASSIGN(const JsonText root, parseJsonText(text));
    return FileReader(ledger, root, knowsUnit).read();
}

} // namespace zhicha
