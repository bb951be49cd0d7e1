#include "shared/documents/sheet.h"
#include "shared/documents/sheet_package.h"
#include "shared/documents/sheet_parts.h"
#include "shared/documents/sheet_xml.h"

#include <charconv>
#include <cmath>

namespace zhicha::documents {

namespace {
constexpr int kLastRow = 1'048'576, kLastColumn = 16'384; ///< of the format itself
constexpr double kSerialOf1970 = 25569, kSerialOf1970From1904 = 24107;
constexpr double kFalseLeapDay = 60; ///< programs count a 29 February 1900 that there was not
constexpr double kLastSerial = 2'958'466;

/** "AB12" → row 12, column 28; zeros for anything else. */
struct Place {
    int row = 0, column = 0;
};
Place placeOf(std::string_view text) {
    Place out;
    std::size_t at = 0;
    for (; at < text.size() && at < 3 && text[at] >= 'A' && text[at] <= 'Z'; ++at)
        out.column = out.column * 26 + (text[at] - 'A' + 1);
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), out.row);
    const bool fine = error == std::errc() && end == text.data() + text.size() && out.row >= 1 && out.row <= kLastRow &&
                      out.column >= 1 && out.column <= kLastColumn;
    return fine ? out : Place{};
}

double doubleOf(const std::string &text, bool &fine) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    fine = error == std::errc() && end == text.data() + text.size() && std::isfinite(value);
    return value;
}

/** The shortest decimal that is this number: programs write 0.10000000000000001. */
std::string shortest(double value) {
    char text[64];
    const auto [end, error] = std::to_chars(std::begin(text), std::end(text), value);
    return error == std::errc() ? std::string(std::begin(text), end) : std::string();
}

class CellsWalk final : public XmlWalk {
public:
    CellsWalk(const WorkbookParts &parts, const SheetLimits &limits, std::uint64_t &textLeft)
        : m_parts(parts), m_limits(limits), m_textLeft(textLeft) {}
    Sheet sheet;

private:
    using Attributes = XmlWalk::Attributes;
    static const std::string &of(const Attributes &attributes, const char *name) {
        static const std::string nothing;
        const auto found = attributes.find(name);
        return found == attributes.end() ? nothing : found->second;
    }

    void begin(std::string_view name, const Attributes &attributes) override {
        if (name == "row")
            beginRow(attributes);
        else if (name == "c" && m_inRow)
            beginCell(attributes);
        else if (m_inCell && (name == "v" || name == "t"))
            m_inValue = !m_spoken;
        else if (m_inCell && name == "f")
            m_isFormula = true;
        else if (name == "rPh")
            m_spoken = true;
        else if (name == "mergeCell")
            merge(of(attributes, "ref"));
    }

    void end(std::string_view name) override {
        if (name == "row")
            endRow();
        else if (name == "c" && m_inCell)
            endCell();
        else if (name == "v" || name == "t")
            m_inValue = false;
        else if (name == "rPh")
            m_spoken = false;
    }

    void text(std::string_view letters) override {
        if (!m_inValue)
            return;
        if (letters.size() > m_textLeft)
            return refuse(fail(Code::TooLarge, "too_large: more text than a table needs"));
        m_textLeft -= letters.size();
        m_value += letters;
    }

    void beginRow(const Attributes &attributes) {
        const std::string &given = of(attributes, "r");
        int number = m_row.number + 1;
        if (!given.empty()) {
            const auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), number);
            if (error != std::errc() || end != given.data() + given.size())
                number = 0;
        }
        if (m_inRow || number <= m_row.number || number > kLastRow)
            return refuse(
                fail(Code::BadEncoding, "broken: a row that does not follow row " + std::to_string(m_row.number)));
        m_row = {number, {}};
        m_column = 0;
        m_inRow = true;
    }

    void endRow() {
        m_inRow = false;
        if (m_row.cells.empty())
            return;
        if (m_row.number > m_limits.rows)
            return refuse(fail(Code::TooLarge, "too_large: row " + std::to_string(m_row.number) +
                                                   " holds something, and " + std::to_string(m_limits.rows) +
                                                   " rows are taken"));
        sheet.rows.push_back(m_row);
    }

    void beginCell(const Attributes &attributes) {
        const std::string &given = of(attributes, "r");
        const Place place = given.empty() ? Place{m_row.number, m_column + 1} : placeOf(given);
        if (m_inCell || place.row != m_row.number || place.column <= m_column)
            return refuse(fail(Code::BadEncoding,
                               "broken: a cell of row " + std::to_string(m_row.number) + " that does not follow"));
        m_column = place.column;
        m_inCell = true;
        m_isFormula = false;
        m_value.clear();
        m_type = of(attributes, "t");
        const std::string &style = of(attributes, "s");
        std::size_t number = 0;
        std::from_chars(style.data(), style.data() + style.size(), number);
        m_isDate = number < m_parts.isDate.size() && m_parts.isDate[number];
    }

    void endCell() {
        m_inCell = false;
        SheetCell cell = read();
        if (cell.kind == CellKind::Empty || refused())
            return;
        if (m_column > m_limits.columns)
            return refuse(fail(Code::TooLarge, "too_large: " + cellName(m_row.number, m_column) +
                                                   " holds something, and " + std::to_string(m_limits.columns) +
                                                   " columns are taken"));
        m_row.cells.emplace_back(m_column, std::move(cell));
    }

    SheetCell read() {
        SheetCell cell;
        if (m_isFormula) {
            cell.kind = CellKind::Formula;
            cell.text = m_type == "s" ? shared() : m_value;
        } else if (m_type == "s") {
            cell = textCell(m_value.empty() ? std::string() : shared());
        } else if (m_type == "inlineStr" || m_type == "str") {
            cell = textCell(unescapedFromSheet(m_value));
        } else if (m_type == "b") {
            cell.kind = m_value.empty() ? CellKind::Empty : CellKind::Boolean;
            cell.text = m_value;
        } else if (m_type == "e") {
            cell.kind = CellKind::Failed;
            cell.text = m_value;
        } else if (m_type == "d") {
            cell = textCell(m_value); // ISO 8601 as it stands
        } else if (!m_value.empty()) {
            cell = numberOrDay();
        }
        return cell;
    }

    /** The text is copied into the cell, and counted: a cell that names a long one costs the file two bytes. */
    std::string shared() {
        std::size_t index = 0;
        const auto [end, error] = std::from_chars(m_value.data(), m_value.data() + m_value.size(), index);
        if (error != std::errc() || end != m_value.data() + m_value.size() || index >= m_parts.texts.size()) {
            refuse(fail(Code::BadEncoding, "broken: a cell names a text that the file lacks"));
            return {};
        }
        const std::string &found = m_parts.texts[index];
        if (found.size() > m_textLeft) {
            refuse(fail(Code::TooLarge, "too_large: more text than a table needs"));
            return {};
        }
        m_textLeft -= found.size();
        return found;
    }

    SheetCell numberOrDay() {
        bool fine = false;
        SheetCell cell;
        cell.number = doubleOf(m_value, fine);
        if (!fine) {
            cell.kind = CellKind::Failed;
            cell.text = m_value;
            return cell;
        }
        cell.kind = CellKind::Number;
        cell.text = shortest(cell.number);
        if (!m_isDate || cell.number < 0 || cell.number >= kLastSerial)
            return cell;
        const double whole = std::floor(cell.number);
        cell.kind = whole == cell.number ? CellKind::Day : CellKind::Instant;
        const double serial = !m_parts.from1904 && whole < kFalseLeapDay ? whole + 1 : whole;
        cell.day = static_cast<std::int32_t>(serial - (m_parts.from1904 ? kSerialOf1970From1904 : kSerialOf1970));
        return cell;
    }

    void merge(const std::string &area) {
        const std::size_t colon = area.find(':');
        const Place first = placeOf(area.substr(0, colon));
        const Place last = colon == std::string::npos ? first : placeOf(area.substr(colon + 1));
        if (first.row == 0 || last.row < first.row || last.column < first.column)
            return refuse(fail(Code::BadEncoding, "broken: a merged area that is none"));
        if (sheet.merged.size() >= static_cast<std::size_t>(m_limits.merged))
            return refuse(fail(Code::TooLarge, "too_large: more merged cells than a table needs"));
        sheet.merged.push_back({first.row, first.column, last.row, last.column});
    }

    const WorkbookParts &m_parts;
    const SheetLimits &m_limits;
    std::uint64_t &m_textLeft;
    SheetRow m_row;
    int m_column = 0;
    bool m_inRow = false, m_inCell = false, m_inValue = false, m_isFormula = false, m_isDate = false, m_spoken = false;
    std::string m_type, m_value;
};
} // namespace

Result<std::vector<Sheet>> readWorkbook(ByteView file, const SheetLimits &limits) {
    ZHICHA_ASSIGN(const SheetMembers members, unpackSheetMembers(file, limits));
    ZHICHA_ASSIGN(const WorkbookParts parts, readWorkbookParts(members, limits));
    std::vector<Sheet> out;
    std::uint64_t textLeft = limits.textBytes;
    for (const NamedPart &part : parts.sheets) {
        const auto xml = members.find(part.part);
        if (xml == members.end())
            return fail(Code::BadEncoding, "broken: a sheet's part is not in the file");
        CellsWalk walk(parts, limits, textLeft);
        ZHICHA_TRY(walk.walk(xml->second));
        walk.sheet.name = part.name;
        out.push_back(std::move(walk.sheet));
    }
    return out;
}

} // namespace zhicha::documents
