// Goal: what we write into a table comes back from it, text stays text whatever it begins with, and a stranger's file
// is read as its program shows it or refused whole with a word that says why; none of them costs us memory, a fetch or
// a crash. Method: workbooks that we write, read again; workbooks put together here by hand, with each thing that
// programs write in several ways, and each that an attacker does. What other programs make of ours is seen by
// tests/integration/tst_sheets.py.
#include "shared/documents/sheet.h"

#include "shared/documents/zip.h"

#include <gtest/gtest.h>

namespace zhicha::documents {
namespace {

constexpr const char *kSpace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const std::string kRel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

std::string relations(const std::string &inner) {
    return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + inner +
           "</Relationships>";
}

/** A workbook of one sheet, as a program might write it. */
struct HandMade {
    std::string sheetData, afterData, texts, bookProperties, styles, prologue;
    std::string sheets = "<sheet name=\"表\" sheetId=\"1\" r:id=\"rId1\"/>";
    std::vector<ZipMember> more = {};

    [[nodiscard]] std::vector<ZipMember> members() const {
        std::vector<ZipMember> out{
            {"_rels/.rels",
             relations("<Relationship Id=\"r1\" Type=\"" + kRel + "/officeDocument\" Target=\"/xl/workbook.xml\"/>")},
            {"xl/workbook.xml", "<workbook xmlns=\"" + std::string(kSpace) + "\" xmlns:r=\"" + kRel + "\">" +
                                    bookProperties + "<sheets>" + sheets + "</sheets></workbook>"},
            {"xl/_rels/workbook.xml.rels", relations("<Relationship Id=\"rId1\" Type=\"" + kRel +
                                                     "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                                                     "<Relationship Id=\"rId2\" Type=\"" +
                                                     kRel +
                                                     "/sharedStrings\" Target=\"sharedStrings.xml\"/>"
                                                     "<Relationship Id=\"rId3\" Type=\"" +
                                                     kRel + "/styles\" Target=\"../xl/styles.xml\"/>")},
            {"xl/worksheets/sheet1.xml", prologue + "<worksheet xmlns=\"" + std::string(kSpace) + "\"><sheetData>" +
                                             sheetData + "</sheetData>" + afterData + "</worksheet>"}};
        if (!texts.empty())
            out.push_back({"xl/sharedStrings.xml", "<sst xmlns=\"" + std::string(kSpace) + "\">" + texts + "</sst>"});
        if (!styles.empty())
            out.push_back(
                {"xl/styles.xml", "<styleSheet xmlns=\"" + std::string(kSpace) + "\">" + styles + "</styleSheet>"});
        out.insert(out.end(), more.begin(), more.end());
        return out;
    }
    [[nodiscard]] Bytes file() const { return writeZip(members(), ZipPacking::Deflated).value(); }
    [[nodiscard]] Result<std::vector<Sheet>> read(const SheetLimits &limits = {}) const {
        return readWorkbook(file(), limits);
    }
    [[nodiscard]] std::string fault(const SheetLimits &limits = {}) const {
        const auto done = read(limits);
        return done ? "read" : std::string(sheetFault(done.error()));
    }
};

TEST(Sheet, whatIsWrittenComesBack) {
    const std::string odd = "第一行\n\"引号\" <b>&amp; _x0041_ \x01 𠮷";
    TableSheet sheet{"台账", {10, 20}, {{headerCell("事项"), headerCell("日")}}, 1};
    sheet.rows.push_back(
        {textCell(odd), dayCell(20787), numberCell("12.50", 2), numberCell("-3", 0), SheetCell{}, textCell(" 空格 ")});
    for (const char *text : {"=1+1", "+86 398", "-5", "@SUM(A1)", "\t=1", "|x", "_x0041_"})
        sheet.rows.push_back({textCell(text)});
    const Bytes file = writeWorkbook({sheet, {"另一张", {}, {{textCell("乙")}}, 0}}).value();
    EXPECT_EQ(file, writeWorkbook({sheet, {"另一张", {}, {{textCell("乙")}}, 0}}).value());
    const std::vector<Sheet> back = readWorkbook(file).value();
    ASSERT_EQ(back.size(), 2u);
    EXPECT_EQ(back[0].name, "台账");
    EXPECT_EQ(back[1].rows[0].at(1).text, "乙");
    ASSERT_EQ(back[0].rows.size(), 9u);
    EXPECT_EQ(back[0].rows[0].at(2).text, "日");
    const SheetRow &row = back[0].rows[1];
    EXPECT_EQ(row.number, 2);
    EXPECT_EQ(row.at(1).text, odd);
    EXPECT_EQ(row.at(2).kind, CellKind::Day);
    EXPECT_EQ(row.at(2).day, 20787); // 2026-11-30
    EXPECT_EQ(row.at(3).kind, CellKind::Number);
    EXPECT_EQ(row.at(3).number, 12.5);
    EXPECT_EQ(row.at(4).text, "-3");
    EXPECT_EQ(row.at(5).kind, CellKind::Empty);
    EXPECT_EQ(row.at(6).text, " 空格 ");
    const char *kept[] = {"=1+1", "+86 398", "-5", "@SUM(A1)", "\t=1", "|x", "_x0041_"};
    for (std::size_t i = 0; i < std::size(kept); ++i) {
        EXPECT_EQ(back[0].rows[i + 2].at(1).kind, CellKind::Text) << kept[i];
        EXPECT_EQ(back[0].rows[i + 2].at(1).text, kept[i]);
    }
}

TEST(Sheet, whatCannotBeWrittenIsRefused) {
    EXPECT_FALSE(writeWorkbook({{"a/b", {}, {}, 0}}));
    EXPECT_FALSE(writeWorkbook({{std::string(32, 'a'), {}, {}, 0}}));
    EXPECT_FALSE(writeWorkbook({{"", {}, {}, 0}}));
    EXPECT_FALSE(writeWorkbook({{"a", {}, {{textCell("\xff")}}, 0}}));
    for (const char *none : {"x", "1e5", "1.2.3", "<v>", "inf", "nan", "1 "})
        EXPECT_FALSE(writeWorkbook({{"a", {}, {{numberCell(none, 0)}}, 0}})) << none;
    EXPECT_TRUE(writeWorkbook({{"督查室督查室督查室督查室督查室督查室督查室督查室督查室督查室表", {}, {}, 0}}));
}

TEST(Sheet, readsWhatDifferentProgramsWrite) {
    HandMade book;
    book.texts = "<si><t>共用</t></si><si><r><t>分</t></r><r><t xml:space=\"preserve\">段 </t></r><rPh sb=\"0\" "
                 "eb=\"1\"><t>かな</t></rPh></si>";
    book.styles = "<numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/>"
                  "<numFmt numFmtId=\"171\" formatCode=\"[Red]0.00&quot;day&quot;\"/></numFmts>"
                  "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
                  "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"170\"/><xf numFmtId=\"171\"/><xf "
                  "numFmtId=\"31\"/></cellXfs>";
    book.sheetData =
        "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c><v>0.30000000000000004</v></c></row>"
        "<row r=\"5\" spans=\"1:9\"><c r=\"B5\" s=\"1\"><v>46356</v></c><c r=\"C5\" s=\"2\"><v>46356.75</v></c>"
        "<c r=\"D5\" s=\"3\"><v>7</v></c><c r=\"E5\" s=\"4\"><v>59</v></c><c r=\"F5\" t=\"b\"><v>1</v></c>"
        "<c r=\"G5\" t=\"e\"><v>#REF!</v></c><c r=\"H5\" t=\"str\"><f>A1&amp;\"x\"</f><v>共用x</v></c>"
        "<c r=\"I5\"><f>NOW()</f></c><c r=\"J5\" s=\"1\"/><c r=\"K5\" t=\"inlineStr\"><is><t>里</t></is></c>"
        "<c r=\"L5\" t=\"d\"><v>2026-11-30</v></c></row><row r=\"9\"/>";
    book.afterData = "<mergeCells><mergeCell ref=\"A2:B4\"/></mergeCells>";
    const std::vector<Sheet> sheets = book.read().value();
    ASSERT_EQ(sheets.size(), 1u);
    ASSERT_EQ(sheets[0].rows.size(), 2u);
    const SheetRow &first = sheets[0].rows[0];
    EXPECT_EQ(first.number, 1);
    EXPECT_EQ(first.at(1).text, "共用");
    EXPECT_EQ(first.at(2).text, "分段 ");
    EXPECT_EQ(first.at(3).text, "0.30000000000000004");
    const SheetRow &fifth = sheets[0].rows[1];
    EXPECT_EQ(fifth.number, 5);
    EXPECT_EQ(fifth.at(2).day, 20787);
    EXPECT_EQ(fifth.at(3).kind, CellKind::Instant);
    EXPECT_EQ(fifth.at(3).day, 20787);
    EXPECT_EQ(fifth.at(4).kind, CellKind::Number);
    EXPECT_EQ(fifth.at(5).day, -25509); // serial 59 is 28 February 1900 in spite of the false leap day
    EXPECT_EQ(fifth.at(6).kind, CellKind::Boolean);
    EXPECT_EQ(fifth.at(7).kind, CellKind::Failed);
    EXPECT_EQ(fifth.at(8).kind, CellKind::Formula);
    EXPECT_EQ(fifth.at(8).text, "共用x");
    EXPECT_EQ(fifth.at(9).kind, CellKind::Formula);
    EXPECT_EQ(fifth.at(10).kind, CellKind::Empty);
    EXPECT_EQ(fifth.at(11).text, "里");
    EXPECT_EQ(fifth.at(12).text, "2026-11-30");
    ASSERT_EQ(sheets[0].merged.size(), 1u);
    EXPECT_TRUE(sheets[0].merged[0].has(3, 2));
    EXPECT_FALSE(sheets[0].merged[0].has(3, 3));

    book.bookProperties = "<workbookPr date1904=\"1\"/>";
    EXPECT_EQ(book.read().value()[0].rows[1].at(2).day, 20787 + 1462);
    book.sheets = "<sheet name=\"藏\" sheetId=\"1\" state=\"hidden\" r:id=\"rId1\"/>";
    EXPECT_EQ(book.fault(), "not_xlsx") << "a hidden sheet is none that a person checked";
}

TEST(Sheet, refusesWhatIsNoTable) {
    const auto faultOf = [](std::string_view bytes) {
        const auto done = readWorkbook(toBytes(viewOf(bytes)));
        return done ? std::string("read") : std::string(sheetFault(done.error()));
    };
    EXPECT_EQ(faultOf(""), "not_xlsx");
    EXPECT_EQ(faultOf("编号,事项\n1,2\n"), "not_xlsx");
    EXPECT_EQ(faultOf("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 rest"), "locked");
    EXPECT_EQ(faultOf("PK\x03\x04 and nothing"), "broken");
    EXPECT_EQ(
        std::string(sheetFault(
            readWorkbook(writeZip({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}}).value()).error())),
        "not_xlsx");
    HandMade book;
    book.sheetData = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>";
    const Bytes whole = book.file();
    ASSERT_TRUE(readWorkbook(whole));
    for (std::size_t size = 4; size < whole.size(); size += 7)
        EXPECT_FALSE(readWorkbook(ByteView(whole).first(size))) << size;
    book.more = {{"xl/worksheets/sheet1.xml", "<worksheet/>"}};
    EXPECT_EQ(book.fault(), "broken") << "a part that stands twice";
}

TEST(Sheet, refusesWhatContradictsItself) {
    for (const char *data :
         {"<row r=\"0\"><c><v>1</v></c></row>", "<row r=\"2\"/><row r=\"2\"/>", "<row r=\"3\"/><row r=\"2\"/>",
          "<row r=\"1048577\"/>", "<row r=\"1\"><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>",
          "<row r=\"1\"><c r=\"A2\"><v>1</v></c></row>", "<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>",
          "<row r=\"1\"><c r=\"AAAA1\"><v>1</v></c></row>", "<row r=\"1\"><c t=\"s\"><v>0</v></c></row>",
          "<row r=\"1\"><c><v>1</v></row>", "<row r=\"1\"><row r=\"2\"/></row>", "<row r=\"9999999999\"/>"}) {
        HandMade book;
        book.sheetData = data;
        EXPECT_EQ(book.fault(), "broken") << data;
    }
    for (const char *area : {"A2:A1", "B1:A1", "", "A0:A1", "A1:ZZZZ9"}) {
        HandMade book;
        book.afterData = "<mergeCells><mergeCell ref=\"" + std::string(area) + "\"/></mergeCells>";
        EXPECT_EQ(book.fault(), "broken") << area;
    }
}

TEST(Sheet, declaresNoWordsOfItsOwn) {
    HandMade book;
    for (const char *prologue :
         {"<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>",
          "<!DOCTYPE x SYSTEM \"file:///etc/passwd\">", "<!DOCTYPE x [<!ENTITY a SYSTEM \"http://198.51.100.1/\">]>"}) {
        book.prologue = prologue;
        EXPECT_EQ(book.fault(), "entities") << prologue;
    }
    book.prologue = {};
    book.sheetData = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&unknown;</t></is></c></row>";
    EXPECT_EQ(book.fault(), "broken");
}

TEST(Sheet, staysWithinItsLimits) {
    HandMade bomb; // 65 MiB of blanks are 65 kB in the zip
    bomb.sheetData = std::string(65 * 1024 * 1024, ' ');
    const Bytes packed = bomb.file();
    EXPECT_LT(packed.size(), 200'000u);
    EXPECT_EQ(sheetFault(readWorkbook(packed).error()), "too_large");

    HandMade wide;
    wide.sheetData = "<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>";
    EXPECT_EQ(wide.fault(), "too_large");
    wide.sheetData = "<row r=\"1\"><c r=\"XFD1\" s=\"4\"/></row>"; // a format without a value is nothing
    EXPECT_EQ(wide.fault(), "read");

    HandMade high;
    high.sheetData = "<row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>";
    EXPECT_EQ(high.fault(), "too_large");
    high.sheetData = "<row r=\"1048576\" ht=\"20\"/>";
    EXPECT_EQ(high.fault(), "read");

    HandMade sharing; // one long text, named by many cells
    sharing.texts = "<si><t>" + std::string(30'000, 'x') + "</t></si>";
    for (int row = 1; row <= 2000; ++row)
        sharing.sheetData += "<row r=\"" + std::to_string(row) + "\"><c t=\"s\"><v>0</v></c></row>";
    EXPECT_EQ(sharing.fault(), "too_large");

    HandMade deep;
    for (int i = 0; i < 100; ++i)
        deep.afterData += "<a>";
    for (int i = 0; i < 100; ++i)
        deep.afterData += "</a>";
    EXPECT_EQ(deep.fault(), "broken");

    HandMade many;
    for (int i = 0; i < 20; ++i)
        many.sheets += "<sheet name=\"s" + std::to_string(i) + "\" sheetId=\"9\" r:id=\"rId1\"/>";
    EXPECT_EQ(many.fault(), "too_large");
    SheetLimits few;
    few.members = 3;
    EXPECT_EQ(HandMade{}.fault(few), "too_large");
}

TEST(Sheet, readsTenThousandRows) {
    TableSheet sheet{"台账", {}, {}, 0};
    for (int row = 0; row < 10'000; ++row) {
        std::vector<SheetCell> cells;
        cells.reserve(16);
        for (int column = 0; column < 16; ++column)
            cells.push_back(
                textCell("第" + std::to_string(row) + "行第" + std::to_string(column) + "列，办理要求和标准"));
        sheet.rows.push_back(std::move(cells));
    }
    const std::vector<Sheet> back = readWorkbook(writeWorkbook({sheet}).value()).value();
    ASSERT_EQ(back[0].rows.size(), 10'000u);
    EXPECT_EQ(back[0].rows.back().at(16).text, "第9999行第15列，办理要求和标准");
}

TEST(Sheet, namesCellsAsProgramsDo) {
    EXPECT_EQ(cellName(7, 1), "A7");
    EXPECT_EQ(cellName(1, 26), "Z1");
    EXPECT_EQ(cellName(1, 27), "AA1");
    EXPECT_EQ(cellName(1, 702), "ZZ1");
    EXPECT_EQ(cellName(1, 16384), "XFD1");
}

} // namespace
} // namespace zhicha::documents
