// Goal: no bytes that come as a table crash the reader, cost more than its limits, or are read as something that
// writing cannot say again. Method: libFuzzer over whole files, and, since a fuzzer rarely makes a zip, over the parts
// of a workbook that are zipped here: the input is cut at its NUL bytes into sheet, shared texts, styles and workbook.
// What was read is written and read again, and must be the same.
#include "shared/documents/sheet.h"
#include "shared/documents/zip.h"

#include <array>
#include <cstdlib>

namespace {
using namespace zhicha;
using namespace zhicha::documents;

const std::string kSpace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const std::string kRel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

std::string relation(const std::string &id, const std::string &type, const std::string &target) {
    return "<Relationship Id=\"" + id + "\" Type=\"" + kRel + "/" + type + "\" Target=\"" + target + "\"/>";
}

Bytes workbookOf(const std::array<std::string, 4> &parts) {
    const auto relations = [](const std::string &inner) {
        return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + inner +
               "</Relationships>";
    };
    const std::string head = " xmlns=\"" + kSpace + "\" xmlns:r=\"" + kRel + "\">";
    return writeZip({{"_rels/.rels", relations(relation("a", "officeDocument", "xl/workbook.xml"))},
                     {"xl/workbook.xml",
                      "<workbook" + head + parts[3] + "<sheets><sheet name=\"s\" r:id=\"s\"/></sheets></workbook>"},
                     {"xl/_rels/workbook.xml.rels",
                      relations(relation("s", "worksheet", "sheet.xml") + relation("t", "sharedStrings", "texts.xml") +
                                relation("y", "styles", "styles.xml"))},
                     {"xl/sheet.xml", "<worksheet" + head + parts[0] + "</worksheet>"},
                     {"xl/texts.xml", "<sst" + head + parts[1] + "</sst>"},
                     {"xl/styles.xml", "<styleSheet" + head + parts[2] + "</styleSheet>"}})
        .value();
}

/** What can be written of a sheet that was read. */
TableSheet writable(const Sheet &sheet) {
    TableSheet out{"s", {}, {}, 0};
    for (const SheetRow &row : sheet.rows) {
        out.rows.resize(static_cast<std::size_t>(row.number));
        for (const auto &[column, cell] : row.cells) {
            out.rows.back().resize(static_cast<std::size_t>(column));
            if (cell.kind == CellKind::Text && isUtf8(cell.text))
                out.rows.back().back() = textCell(cell.text);
            else if (cell.kind == CellKind::Day && cell.day > -20'000)
                out.rows.back().back() = dayCell(cell.day);
        }
    }
    return out;
}

void readAll(ByteView file) {
    SheetLimits limits;
    limits.unpackedBytes = 4 * 1024 * 1024;
    limits.textBytes = 1024 * 1024;
    limits.rows = 2000;
    const auto sheets = readWorkbook(file, limits);
    if (!sheets) {
        ZHICHA_CHECK(!sheetFault(sheets.error()).empty());
        return;
    }
    for (const Sheet &sheet : *sheets) {
        const TableSheet written = writable(sheet);
        const std::vector<Sheet> again = readWorkbook(writeWorkbook({written}).value()).value();
        for (const SheetRow &row : again[0].rows)
            for (const auto &[column, cell] : row.cells) {
                const SheetCell &before =
                    written.rows[static_cast<std::size_t>(row.number - 1)][static_cast<std::size_t>(column - 1)];
                ZHICHA_CHECK(cell.kind == before.kind && cell.day == before.day);
                ZHICHA_CHECK(cell.kind != CellKind::Text || cell.text == before.text);
            }
    }
}
} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    readAll({data, size});
    std::array<std::string, 4> parts;
    std::size_t part = 0;
    for (std::size_t i = 0; i < size; ++i)
        if (data[i] == 0 && part + 1 < parts.size())
            ++part;
        else
            parts[part] += static_cast<char>(data[i]);
    readAll(workbookOf(parts));
    return 0;
}
