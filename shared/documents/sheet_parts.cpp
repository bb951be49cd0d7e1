#include "shared/documents/sheet_parts.h"

#include "shared/documents/sheet_xml.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace zhicha::documents {

namespace {
std::string attributeOf(const XmlWalk::Attributes &attributes, const char *name) {
    const auto found = attributes.find(name);
    return found == attributes.end() ? std::string() : found->second;
}

int numberOf(const std::string &text, int otherwise) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? value : otherwise;
}

/** "xl/workbook.xml" and "../a/b.xml" → "a/b.xml". */
std::string resolved(const std::string &from, const std::string &target) {
    if (target.starts_with('/'))
        return target.substr(1);
    const std::size_t slash = from.rfind('/');
    std::string path = slash == std::string::npos ? target : from.substr(0, slash + 1) + target;
    for (std::size_t up = path.find("/../"); up != std::string::npos; up = path.find("/../")) {
        const std::size_t before = up == 0 ? std::string::npos : path.rfind('/', up - 1);
        path.erase(before == std::string::npos ? 0 : before + 1,
                   up + 4 - (before == std::string::npos ? 0 : before + 1));
    }
    return path;
}

class RelationWalk final : public XmlWalk {
public:
    struct Relation {
        std::string type, target;
    };
    std::map<std::string, Relation> relations;
    /** The part of the first relation of a type that ends with this word; "" if there is none. */
    [[nodiscard]] std::string partOf(const std::string &from, std::string_view type) const {
        for (const auto &[id, relation] : relations)
            if (relation.type.ends_with(type))
                return resolved(from, relation.target);
        return {};
    }

private:
    void begin(std::string_view name, const Attributes &attributes) override {
        if (name == "Relationship" && attributeOf(attributes, "TargetMode") != "External")
            relations.emplace(attributeOf(attributes, "Id"),
                              Relation{attributeOf(attributes, "Type"), attributeOf(attributes, "Target")});
    }
    void end(std::string_view) override {}
};

class WorkbookWalk final : public XmlWalk {
public:
    std::vector<std::pair<std::string, std::string>> sheets; ///< name, id of the relation
    bool from1904 = false;

private:
    void begin(std::string_view name, const Attributes &attributes) override {
        const std::string state = attributeOf(attributes, "state");
        if (name == "workbookPr") {
            const std::string epoch = attributeOf(attributes, "date1904");
            from1904 = epoch == "1" || epoch == "true";
        } else if (name == "sheet" && (state.empty() || state == "visible")) {
            sheets.emplace_back(attributeOf(attributes, "name"), attributeOf(attributes, "id"));
        }
    }
    void end(std::string_view) override {}
};

/** A format that shows a day: has y, m or d outside of quotes, brackets and escapes, and no exponent. */
bool isDateFormat(std::string_view format) {
    bool quoted = false;
    for (std::size_t i = 0; i < format.size(); ++i) {
        const char c = format[i];
        if (c == '"')
            quoted = !quoted;
        else if (quoted)
            continue;
        else if (c == '\\' || c == '_' || c == '*')
            ++i;
        else if (c == '[')
            i = std::min(format.find(']', i), format.size());
        else if (std::string_view("yYmMdDhHsS").find(c) != std::string_view::npos)
            return true;
    }
    return false;
}

/** Formats that every program knows by number; 27 to 36 and 50 to 58 are the dates of Chinese programs. */
bool isBuiltInDate(int format) {
    return (format >= 14 && format <= 22) || (format >= 27 && format <= 36) || (format >= 45 && format <= 47) ||
           (format >= 50 && format <= 58);
}

class StyleWalk final : public XmlWalk {
public:
    std::vector<bool> isDate;

private:
    static constexpr std::size_t kMostStyles = 70'000;
    void begin(std::string_view name, const Attributes &attributes) override {
        if (name == "numFmt" && m_formats.size() < kMostStyles)
            m_formats[numberOf(attributeOf(attributes, "numFmtId"), -1)] =
                isDateFormat(attributeOf(attributes, "formatCode"));
        else if (name == "cellXfs")
            m_inCells = true;
        else if (name == "xf" && m_inCells && isDate.size() < kMostStyles) {
            const int format = numberOf(attributeOf(attributes, "numFmtId"), 0);
            const auto own = m_formats.find(format);
            isDate.push_back(own != m_formats.end() ? own->second : isBuiltInDate(format));
        }
    }
    void end(std::string_view name) override {
        if (name == "cellXfs")
            m_inCells = false;
    }
    std::map<int, bool> m_formats;
    bool m_inCells = false;
};

class TextsWalk final : public XmlWalk {
public:
    explicit TextsWalk(std::uint64_t left) : m_left(left) {}
    std::vector<std::string> texts;

private:
    void begin(std::string_view name, const Attributes &) override {
        if (name == "si")
            texts.emplace_back();
        else if (name == "rPh")
            m_spoken = true; // how a name is read aloud stands beside it, and is no part of it
        else if (name == "t")
            m_inText = true;
        if (texts.size() > kMostTexts)
            refuse(fail(Code::TooLarge, "too_large: more shared texts than a table needs"));
    }
    void end(std::string_view name) override {
        if (name == "rPh")
            m_spoken = false;
        else if (name == "t")
            m_inText = false;
        else if (name == "si" && !texts.empty())
            texts.back() = unescapedFromSheet(texts.back());
    }
    void text(std::string_view letters) override {
        if (!m_inText || m_spoken || texts.empty())
            return;
        if (letters.size() > m_left)
            return refuse(fail(Code::TooLarge, "too_large: more text than a table needs"));
        m_left -= letters.size();
        texts.back() += letters;
    }
    static constexpr std::size_t kMostTexts = 1'000'000;
    std::uint64_t m_left;
    bool m_spoken = false, m_inText = false;
};

Result<RelationWalk> relationsOf(const SheetMembers &members, const std::string &part) {
    const std::size_t slash = part.rfind('/');
    const std::string name = slash == std::string::npos
                                 ? "_rels/" + part + ".rels"
                                 : part.substr(0, slash + 1) + "_rels/" + part.substr(slash + 1) + ".rels";
    RelationWalk walk;
    const auto found = members.find(name);
    if (found == members.end())
        return fail(Code::BadEncoding, "not_xlsx: the zip holds no " + name);
    ZHICHA_TRY(walk.walk(found->second));
    return walk;
}
} // namespace

std::string unescapedFromSheet(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned code = 0;
        const std::string_view at = text.substr(i, 7);
        const bool isEscaped = at.size() == 7 && at.starts_with("_x") && at[6] == '_' &&
                               std::from_chars(at.data() + 2, at.data() + 6, code, 16).ptr == at.data() + 6;
        // Only what XML cannot hold itself, and the mark that keeps such a sequence from being one.
        if (isEscaped && (code < 0x20 || code == '_')) {
            out += static_cast<char>(code);
            i += 6;
        } else {
            out += text[i];
        }
    }
    return out;
}

Result<WorkbookParts> readWorkbookParts(const SheetMembers &members, const SheetLimits &limits) {
    ZHICHA_ASSIGN(const RelationWalk root, relationsOf(members, ""));
    const std::string book = root.partOf("", "/officeDocument");
    const auto bookXml = members.find(book);
    if (bookXml == members.end())
        return fail(Code::BadEncoding, "not_xlsx: the zip holds no workbook");
    WorkbookWalk workbook;
    ZHICHA_TRY(workbook.walk(bookXml->second));
    ZHICHA_ASSIGN(const RelationWalk relations, relationsOf(members, book));
    WorkbookParts out;
    out.from1904 = workbook.from1904;
    for (const auto &[name, id] : workbook.sheets) {
        const auto relation = relations.relations.find(id);
        if (relation != relations.relations.end() && relation->second.type.ends_with("/worksheet"))
            out.sheets.push_back({name, resolved(book, relation->second.target)});
    }
    if (out.sheets.empty())
        return fail(Code::BadEncoding, "not_xlsx: the workbook has no sheet with a table");
    if (out.sheets.size() > static_cast<std::size_t>(limits.sheets))
        return fail(Code::TooLarge, "too_large: more sheets than one table needs");
    if (const auto styles = members.find(relations.partOf(book, "/styles")); styles != members.end()) {
        StyleWalk walk;
        ZHICHA_TRY(walk.walk(styles->second));
        out.isDate = std::move(walk.isDate);
    }
    if (const auto texts = members.find(relations.partOf(book, "/sharedStrings")); texts != members.end()) {
        TextsWalk walk(limits.textBytes);
        ZHICHA_TRY(walk.walk(texts->second));
        out.texts = std::move(walk.texts);
    }
    return out;
}

} // namespace zhicha::documents
