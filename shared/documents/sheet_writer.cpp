#include "shared/documents/sheet.h"
#include "shared/documents/zip.h"

#include <algorithm>
#include <charconv>

namespace zhicha::documents {

namespace {
constexpr const char *kSheetXmlHead = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr const char *kSheetSpace = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
                                    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
constexpr const char *kRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr const char *kContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
constexpr std::int32_t kDaysFrom1900To1970 = 25569;
constexpr std::size_t kMostSheetName = 31;

/** Places in cellXfs of styles.xml. */
enum Style { kPlain, kHeader, kText, kQuoted, kDayStyle, kWhole, kTwoDecimals, kFourDecimals };
// A text that a program would take for a formula, were it typed again, is marked as one that is typed with a quote
// before it.
constexpr const char *kStyles =
    "<numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/>"
    "<numFmt numFmtId=\"165\" formatCode=\"0.0000\"/></numFmts>"
    "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"等线\"/><family val=\"2\"/></font>"
    "<font><b/><sz val=\"11\"/><name val=\"等线\"/><family val=\"2\"/></font></fonts>"
    "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill "
    "patternType=\"gray125\"/></fill>"
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE9EEF0\"/><bgColor "
    "indexed=\"64\"/></patternFill></fill></fills>"
    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
    "<cellXfs count=\"8\">"
    "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
    "<xf numFmtId=\"49\" fontId=\"1\" fillId=\"2\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" "
    "applyFill=\"1\" applyAlignment=\"1\"><alignment vertical=\"center\" wrapText=\"1\"/></xf>"
    "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" "
    "applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>"
    "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" quotePrefix=\"1\" applyNumberFormat=\"1\" "
    "applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>"
    "<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" "
    "applyAlignment=\"1\"><alignment vertical=\"top\"/></xf>"
    "<xf numFmtId=\"1\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" "
    "applyAlignment=\"1\"><alignment vertical=\"top\"/></xf>"
    "<xf numFmtId=\"2\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" "
    "applyAlignment=\"1\"><alignment vertical=\"top\"/></xf>"
    "<xf numFmtId=\"165\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" "
    "applyAlignment=\"1\"><alignment vertical=\"top\"/></xf>"
    "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>";

/** "_x" and four hex digits and "_": what stands for a sign that XML cannot hold, and must not stand for itself. */
bool isEscape(std::string_view at) {
    const auto isHex = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
    };
    return at.size() >= 7 && at[0] == '_' && at[1] == 'x' && at[6] == '_' &&
           std::all_of(at.begin() + 2, at.begin() + 6, isHex);
}

std::string escapedSign(unsigned code) {
    constexpr const char *digits = "0123456789ABCDEF";
    return {'_', 'x', '0', '0', digits[code / 16 % 16], digits[code % 16], '_'};
}

std::string escapedForSheet(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else if (isEscape(text.substr(i)))
            out += "_x005F_"; // of the "_" alone: what follows is then plain
        else if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t')
            out += escapedSign(static_cast<unsigned char>(c));
        else if (text.substr(i).starts_with("\xEF\xBF\xBE") || text.substr(i).starts_with("\xEF\xBF\xBF")) {
            out += "\xEF\xBF\xBD"; // U+FFFE and U+FFFF are no signs of XML
            i += 2;
        } else
            out += c;
    }
    return out;
}

bool isDecimal(const std::string &text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    return error == std::errc() && end == text.data() + text.size() && text.find_first_of("in") == std::string::npos;
}

bool looksLikeFormula(std::string_view text) {
    return !text.empty() && std::string_view("=+-@\t\r|%").find(text.front()) != std::string_view::npos;
}

Status addCell(std::string &out, const SheetCell &cell, int row, int column) {
    const std::string head = "<c r=\"" + cellName(row, column) + "\" s=\"";
    if (cell.kind == CellKind::Empty)
        return {};
    if (cell.kind == CellKind::Day) {
        out +=
            head + std::to_string(kDayStyle) + "\"><v>" + std::to_string(cell.day + kDaysFrom1900To1970) + "</v></c>";
        return {};
    }
    if (cell.kind == CellKind::Number) {
        if (!isDecimal(cell.text))
            return fail(Code::InvalidArgument, "not a decimal: " + cell.text);
        const Style style = cell.decimals == 0 ? kWhole : cell.decimals == 2 ? kTwoDecimals : kFourDecimals;
        out += head + std::to_string(style) + "\"><v>" + cell.text + "</v></c>";
        return {};
    }
    if (cell.kind != CellKind::Text || !isUtf8(cell.text))
        return fail(Code::InvalidArgument, "a cell that cannot be written");
    const Style style = cell.isHeader ? kHeader : looksLikeFormula(cell.text) ? kQuoted : kText;
    out += head + std::to_string(style) + "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">" +
           escapedForSheet(cell.text) + "</t></is></c>";
    return {};
}

Result<std::string> sheetXml(const TableSheet &sheet) {
    std::string out =
        std::string(kSheetXmlHead) + "<worksheet " + kSheetSpace + "><sheetViews><sheetView workbookViewId=\"0\">";
    if (sheet.frozenRows > 0)
        out += "<pane ySplit=\"" + std::to_string(sheet.frozenRows) + "\" topLeftCell=\"" +
               cellName(sheet.frozenRows + 1, 1) + "\" activePane=\"bottomLeft\" state=\"frozen\"/>";
    out += "</sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/>";
    if (!sheet.widths.empty()) {
        out += "<cols>";
        for (std::size_t i = 0; i < sheet.widths.size(); ++i) {
            const std::string column = std::to_string(i + 1);
            out.append("<col min=\"").append(column).append("\" max=\"").append(column).append("\" width=\"");
            out.append(std::to_string(static_cast<int>(sheet.widths[i]))).append("\" customWidth=\"1\"/>");
        }
        out += "</cols>";
    }
    out += "<sheetData>";
    for (std::size_t row = 0; row < sheet.rows.size(); ++row) {
        const int number = static_cast<int>(row) + 1;
        out += "<row r=\"" + std::to_string(number) + "\">";
        for (std::size_t column = 0; column < sheet.rows[row].size(); ++column)
            ZHICHA_TRY(addCell(out, sheet.rows[row][column], number, static_cast<int>(column) + 1));
        out += "</row>";
    }
    return out + "</sheetData><pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" "
                 "footer=\"0.3\"/>"
                 "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>";
}

std::string override(const std::string &part, const char *type) {
    return "<Override PartName=\"/" + part + "\" ContentType=\"" + kContentType + type + "+xml\"/>";
}

std::string relation(std::size_t id, const char *type, const std::string &target) {
    return "<Relationship Id=\"rId" + std::to_string(id) + "\" Type=\"" + kRelations + "/" + type + "\" Target=\"" +
           target + "\"/>";
}

constexpr const char *kRelationHead =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
} // namespace

Result<Bytes> writeWorkbook(const std::vector<TableSheet> &sheets) {
    std::vector<ZipMember> members;
    std::string types =
        std::string(kSheetXmlHead) +
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
        "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
        "<Default Extension=\"xml\" ContentType=\"application/xml\"/>" +
        override("xl/workbook.xml", "sheet.main") + override("xl/styles.xml", "styles");
    std::string book = std::string(kSheetXmlHead) + "<workbook " + kSheetSpace + "><sheets>";
    std::string relations = std::string(kSheetXmlHead) + kRelationHead;
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        const std::string number = std::to_string(i + 1);
        const std::string &name = sheets[i].name;
        std::size_t signs = 0;
        for (const char c : name)
            signs += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
        if (name.empty() || signs > kMostSheetName || name.find_first_of("[]:*?/\\'") != std::string::npos)
            return fail(Code::InvalidArgument, "not the name of a sheet: " + name);
        book.append("<sheet name=\"").append(escapedForSheet(name)).append("\" sheetId=\"").append(number);
        book.append("\" r:id=\"rId").append(number).append("\"/>");
        relations += relation(i + 1, "worksheet", "worksheets/sheet" + number + ".xml");
        types += override("xl/worksheets/sheet" + number + ".xml", "worksheet");
        ZHICHA_ASSIGN(std::string xml, sheetXml(sheets[i]));
        members.push_back({"xl/worksheets/sheet" + number + ".xml", std::move(xml)});
    }
    relations += relation(sheets.size() + 1, "styles", "styles.xml") + "</Relationships>";
    members.insert(members.begin(),
                   {{"[Content_Types].xml", types + "</Types>"},
                    {"_rels/.rels", std::string(kSheetXmlHead) + kRelationHead +
                                        relation(1, "officeDocument", "xl/workbook.xml") + "</Relationships>"},
                    {"xl/workbook.xml", book + "</sheets></workbook>"},
                    {"xl/_rels/workbook.xml.rels", relations},
                    {"xl/styles.xml",
                     std::string(kSheetXmlHead) + "<styleSheet " + kSheetSpace + ">" + kStyles + "</styleSheet>"}});
    return writeZip(members, ZipPacking::Deflated);
}

} // namespace zhicha::documents
