// Goal: the ledger leaves as a table and comes back equal; a table that somebody filled in is registered whole, in its
// order, with the next numbers, or not at all, and each faulty cell is named with what would be right; who may not read
// or register gets nothing by this way either. Method: the console's resources over a real ledger, with tables as
// people and programs make them, each mistake once, hostile files, and ten thousand rows.
#include "shared/documents/zip.h"
#include "sync-server/office/import_file.h"
#include "sync-server/office/ledger/item_sheet.h"
#include "tests/unit/sync-server/http/console_fixture.h"

using namespace zhicha;
using namespace zhicha::documents;
using namespace zhicha::test;
using nlohmann::json;

namespace {
const std::vector<std::string> kHeaders{"事项名称", "事项内容", "办理要求", "办理时限", "办理标准",
                                        "办理效果", "牵头单位", "配合单位", "责任人",   "督办人",
                                        "来源",     "来源文件", "类别",     "交办日期"};
using Row = std::vector<SheetCell>;

class ConsoleSheets : public ConsoleFixture {
protected:
    ConsoleSheets() {
        const auto done = importLedgerFile(intake(), {}, R"json({
 "units":[{"id":"u1","name":"卢氏县","group":"county","vice_mayor":"李副"},
          {"id":"u2","name":"交通运输局","group":"department","vice_mayor":"王副"},
          {"id":"u3","name":"水利局","group":"department","vice_mayor":"李副"},
          {"id":"u4","name":"水利局","group":"department","vice_mayor":"王副"}],
 "items":[{"id":"i1","number":"督〔2026〕1号","title":"=修路","source":3,"kind":"general","lead":"u1","cooperating":["u2","u3"],
           "issued_on":"2026-11-02","due_on":"2026-12-31","responsible_person":"赵","supervisor":"钱","content":"甲\n乙",
           "completed_on":"2026-11-20","awarded":19.5},
          {"id":"i2","number":"督〔2026〕2号","title":"秘而不宣","source":1,"kind":"planning","lead":"u2","cooperating":[],
           "issued_on":"2026-11-02","due_on":"2026-11-20","responsible_person":"孙","supervisor":"周"}]})json",
                                           false);
        EXPECT_TRUE(done) << (done ? "" : done.error().detail);
        m_clerk = signedIn("陈承办", "unit_clerk");
        append({{"person.put", m_clerk, {{"name", "陈承办"}, {"unit", derivedId(m_keys.ledger, "unit", "u1")}}}});
    }
    static SheetCell day(const char *text) { return dayCell(rules::dayFromText(text)->number); }
    static Row good(const std::string &title) {
        return {textCell(title),
                textCell("内容"),
                textCell("要求"),
                day("2026-12-31"),
                {},
                {},
                textCell("卢氏县"),
                textCell("交通运输局、u3"),
                textCell("赵"),
                textCell("钱"),
                numberCell("3", 0),
                textCell("市政府常务会议纪要"),
                textCell("一般事项"),
                day("2026-11-24")};
    }
    static TableSheet table(const std::vector<Row> &rows) {
        TableSheet sheet{"登记", {}, {{}}, 0};
        for (const std::string &header : kHeaders)
            sheet.rows[0].push_back(textCell(header));
        sheet.rows.insert(sheet.rows.end(), rows.begin(), rows.end());
        return sheet;
    }
    static json body(const TableSheet &sheet) { return {{"file", toBase64(writeWorkbook({sheet}).value())}}; }
    Answer preview(const TableSheet &sheet) { return ask(m_lin, "POST", "/items/sheet/preview", body(sheet)); }
    /** The table that an answer holds, as text; the note before it. */
    std::vector<Sheet> sheets(const Uuid &who, const std::string &method, const std::string &target,
                              const json &filters = json::object()) {
        Request request;
        request.method = method;
        EXPECT_TRUE(readTarget("/api/v1/console" + target, request));
        const std::string cookie = sessionCookie(m_tokens[who]);
        request.headers = {{"sec-fetch-site", "same-origin"},
                           {"cookie", cookie.substr(0, cookie.find(';'))},
                           {"x-csrf", m_signIn.csrfOf(m_tokens[who])}};
        if (method == "POST") {
            request.headers["content-type"] = "application/json";
            request.body = toBytes(viewOf(filters.dump()));
        }
        const Response response = m_router.handle(std::move(request));
        EXPECT_EQ(response.status, 200) << textOf(response.body);
        EXPECT_EQ(std::string(response.header("Content-Disposition")).find("卢氏"), std::string::npos);
        auto read = readWorkbook(response.body);
        EXPECT_TRUE(read) << (read ? "" : read.error().detail);
        return read ? *read : std::vector<Sheet>();
    }
    std::int64_t lastLog() { return ledger().lastLog().value(); }
    std::string problems(const Answer &answer) {
        std::string out;
        for (const json &one : answer.body["problems"])
            out += one.value("cell", "-") + " " + one["why"].get<std::string>() + ";";
        return out;
    }

    Uuid m_lin = signedIn("林晓东", "reviewer");
    Uuid m_chief = signedIn("主任", "chief");
    Uuid m_mayor = signedIn("市长", "mayor");
    Uuid m_auditor = signedIn("沈审", "auditor");
    Uuid m_clerk;
};

TEST_F(ConsoleSheets, theListLeavesAsItIsFilteredWithWhoAndWhen) {
    const std::vector<Sheet> all = sheets(m_lin, "POST", "/items/sheet/export", {{"sort", "number"}});
    ASSERT_EQ(all.size(), 2u);
    std::map<std::string, std::string> note;
    for (const SheetRow &row : all[0].rows)
        note[row.at(1).text] = row.at(2).text;
    EXPECT_EQ(note["导出人"], "林晓东");
    EXPECT_EQ(note["密级"], "内部");
    EXPECT_EQ(note["行数"], "2");
    EXPECT_EQ(note["指纹"].size(), 64u);
    ASSERT_EQ(all[1].rows.size(), 3u);
    EXPECT_EQ(all[1].rows[0].at(1).text, "编号");
    const SheetRow &done = all[1].rows[2].at(1).text == "督〔2026〕1号" ? all[1].rows[2] : all[1].rows[1];
    EXPECT_EQ(done.at(2).text, "办结");
    EXPECT_EQ(done.at(3).kind, CellKind::Text);
    EXPECT_EQ(done.at(3).text, "=修路");
    EXPECT_EQ(done.at(4).text, "甲\n乙");
    EXPECT_EQ(done.at(6).kind, CellKind::Day);
    EXPECT_EQ(rules::dayText({done.at(6).day}), "2026-12-31");
    EXPECT_EQ(done.at(9).text, "卢氏县");
    EXPECT_EQ(done.at(10).text, "交通运输局、水利局");
    EXPECT_EQ(done.at(13).number, 3);
    EXPECT_EQ(done.at(15).text, "一般事项");
    EXPECT_EQ(done.at(19).number, 19.5);

    EXPECT_EQ(sheets(m_lin, "POST", "/items/sheet/export", {{"lamp", "done"}})[1].rows.size(), 2u);
    EXPECT_EQ(sheets(m_lin, "POST", "/items/sheet/export", {{"text", "秘而不宣"}})[1].rows[1].at(1).text,
              "督〔2026〕2号");
    EXPECT_EQ(trail().back().act, "items_export");
    EXPECT_EQ(ask(m_lin, "POST", "/items/sheet/export", json{{"lamp", "green"}}).status, 400);
}

TEST_F(ConsoleSheets, nobodyGetsByATableWhatTheListDoesNotShow) {
    const std::vector<Sheet> own = sheets(m_clerk, "POST", "/items/sheet/export");
    ASSERT_EQ(own[1].rows.size(), 2u);
    EXPECT_EQ(own[1].rows[1].at(1).text, "督〔2026〕1号");
    EXPECT_EQ(sheets(m_mayor, "POST", "/items/sheet/export")[1].rows.size(), 3u);
    EXPECT_EQ(ask(m_auditor, "POST", "/items/sheet/export", json::object()).code(), "not_yours");
    for (const Uuid &who : {m_clerk, m_mayor, m_auditor}) {
        EXPECT_EQ(ask(who, "POST", "/items/sheet/preview", body(table({good("新")}))).code(), "not_yours");
        EXPECT_EQ(ask(who, "POST", "/items/sheet", body(table({good("新")}))).code(), "not_yours");
        EXPECT_EQ(ask(who, "GET", "/items/sheet/form").code(), "not_yours");
    }
    const std::vector<Sheet> ranking = sheets(m_clerk, "GET", "/rankings/2026-11/sheet");
    ASSERT_EQ(ranking.size(), 3u);
    EXPECT_EQ(ranking[1].rows.size(), 2u);
    EXPECT_EQ(ranking[2].rows.size(), 1u); // the departments' figures are not theirs
    EXPECT_EQ(ask(m_auditor, "GET", "/rankings/2026-11/sheet").code(), "not_yours");
}

TEST_F(ConsoleSheets, aMonthsRankingHasTheFiguresOfItsPage) {
    const std::vector<Sheet> tables = sheets(m_chief, "GET", "/rankings/2026-11/sheet");
    const json board = ask(m_chief, "GET", "/rankings/2026-11").body;
    std::size_t rows = 0;
    for (std::size_t table = 1; table < tables.size(); ++table)
        for (std::size_t i = 1; i < tables[table].rows.size(); ++i, ++rows) {
            const SheetRow &row = tables[table].rows[i];
            const auto found = std::find_if(board["rows"].begin(), board["rows"].end(), [&](const json &one) {
                return one["unit"]["name"] == row.at(2).text &&
                       (one["score"].is_null() ? row.at(10).kind == CellKind::Empty
                                               : std::stod(one["score"].get<std::string>()) == row.at(10).number);
            });
            ASSERT_NE(found, board["rows"].end()) << row.at(2).text;
            EXPECT_EQ(row.at(3).number, (*found)["items"].get<int>());
            EXPECT_EQ(row.at(1).kind == CellKind::Empty ? json(nullptr) : json(static_cast<int>(row.at(1).number)),
                      (*found)["rank"]);
        }
    EXPECT_EQ(rows, 4u);
    EXPECT_EQ(ask(m_chief, "GET", "/rankings/2027-01/sheet").status, 404);
    EXPECT_EQ(ask(m_chief, "GET", "/rankings/x/sheet").status, 404);
}

TEST_F(ConsoleSheets, aCleanTableIsRegisteredInItsOrderAndOnce) {
    TableSheet sheet = table({good("甲事项"), good("乙事项"), {}, good("丙事项")});
    sheet.rows[2][3] = textCell("2026年12月1日"); // a day as people type it
    sheet.rows[2][13] = textCell("2026/11/5");
    sheet.rows[4][10] = textCell("1");
    const std::int64_t before = lastLog();
    const Answer looked = preview(sheet);
    ASSERT_EQ(looked.status, 200) << looked.body;
    EXPECT_EQ(looked.body["problem_count"], 0) << looked.body["problems"];
    EXPECT_EQ(looked.body["rows"], 3);
    EXPECT_EQ(looked.body["first"][1]["due_on"], "2026-12-01");
    EXPECT_EQ(looked.body["first"][2]["row"], 5);
    EXPECT_EQ(lastLog(), before);

    const Answer done = ask(m_lin, "POST", "/items/sheet", body(sheet), "sheet-000001");
    ASSERT_EQ(done.status, 200) << done.body;
    EXPECT_EQ(done.body["registered"], 3);
    EXPECT_EQ(done.body["numbers"], json::parse(R"([{"first":"督〔2026〕3号","last":"督〔2026〕5号","count":3}])"));
    EXPECT_EQ(lastLog(), before + 3);
    EXPECT_EQ(ask(m_lin, "POST", "/items/sheet", body(sheet), "sheet-000001").body["registered"], 3);
    EXPECT_EQ(lastLog(), before + 3);
    const Answer list = ask(m_lin, "GET", "/items?sort=number");
    EXPECT_EQ(list.body["count"], 5);
    std::map<std::string, std::string> numbers;
    for (const json &row : list.body["rows"])
        numbers[row["title"]] = row["number"];
    EXPECT_EQ(numbers["甲事项"], "督〔2026〕3号");
    EXPECT_EQ(numbers["丙事项"], "督〔2026〕5号");
    // The same table again is no second registration, whatever key it comes with.
    const Answer again = ask(m_lin, "POST", "/items/sheet", body(sheet), "sheet-000002");
    EXPECT_EQ(again.status, 400);
    EXPECT_EQ(problems(again), "A2 registered_already;A3 registered_already;A5 registered_already;");
    EXPECT_EQ(lastLog(), before + 3);
}

TEST_F(ConsoleSheets, eachFaultyCellIsNamedAndNothingIsRegistered) {
    struct Fault {
        std::size_t column;
        SheetCell cell;
        const char *why;
        const char *right;
    };
    const std::vector<Fault> faults{{0, {}, "missing", "填上事项名称"},
                                    {0, textCell(std::string(301, 'x')), "too_long", "缩短"},
                                    {3, textCell("年底前"), "not_a_day", "年-月-日"},
                                    {3, textCell("2026-02-30"), "not_a_day", "年-月-日"},
                                    {3, numberCell("20261231", 0), "not_a_day", "2026-12-31"},
                                    {3, numberCell("46387", 0), "not_a_day", "2026-12-31"},
                                    {3, day("2026-11-01"), "before_issue", "不早于交办日期 2026-11-24"},
                                    {6, textCell("卢氏县人民政府"), "unknown_unit", "单位全称或代码"},
                                    {6, textCell("交通局"), "unknown_unit", "是否为“交通运输局”"},
                                    {6, textCell("水利局"), "ambiguous_unit", "u3 / u4"},
                                    {7, textCell("交通运输局、卢氏县"), "also_lead", "去掉牵头单位"},
                                    {7, textCell("u2；交通运输局"), "twice", "只写一次"},
                                    {8, {}, "missing", "填上责任人"},
                                    {10, numberCell("6", 0), "unknown_source", "1 至 5"},
                                    {12, textCell("大事"), "unknown_kind", "一般事项"},
                                    {13, {}, "missing", "年-月-日"}};
    const std::int64_t before = lastLog();
    for (const Fault &fault : faults) {
        TableSheet sheet = table({good("甲事项"), good("乙事项")});
        sheet.rows[2][fault.column] = fault.cell;
        const Answer answer = preview(sheet);
        ASSERT_EQ(answer.status, 200) << answer.body;
        ASSERT_EQ(answer.body["problem_count"], 1) << fault.why << answer.body["problems"];
        const json &one = answer.body["problems"][0];
        EXPECT_EQ(one["cell"], cellName(3, static_cast<int>(fault.column) + 1));
        EXPECT_EQ(one["row"], 3);
        EXPECT_EQ(one["header"], kHeaders[fault.column]);
        EXPECT_EQ(one["why"], fault.why);
        EXPECT_NE(one["right"].get<std::string>().find(fault.right), std::string::npos) << one;
        EXPECT_FALSE(one["right_en"].get<std::string>().empty());
        const Answer refused = ask(m_lin, "POST", "/items/sheet", body(sheet));
        EXPECT_EQ(refused.status, 400);
        EXPECT_EQ(refused.body["problem_count"], 1);
        EXPECT_EQ(lastLog(), before);
    }
    TableSheet twice = table({good("同"), good("别"), good("同")});
    EXPECT_EQ(problems(preview(twice)), "A4 same_as_row;");
    EXPECT_EQ(preview(twice).body["problems"][0]["right"], "与第 2 行相同，删去一行");
}

TEST_F(ConsoleSheets, columnsAreFoundByTheirNamesWhereverTheyStand) {
    TableSheet moved{"表", {}, {{textCell("2026 年第四季度督查事项")}, {}}, 0};
    Row header, row;
    for (std::size_t i = kHeaders.size(); i-- > 0;) {
        header.push_back(textCell(i == 0 ? " 事项\n名称* " : kHeaders[i]));
        row.push_back(good("移动的")[i]);
    }
    header.push_back(textCell("备注"));
    row.push_back(textCell("不看"));
    moved.rows.push_back(header);
    moved.rows.push_back(row);
    const Answer answer = preview(moved);
    EXPECT_EQ(answer.body["problem_count"], 0) << answer.body["problems"];
    EXPECT_EQ(answer.body["header_row"], 3);
    EXPECT_EQ(answer.body["ignored"], json::parse(R"([{"column":"O","header":"备注"}])"));

    TableSheet lacking = table({good("x")});
    lacking.rows[0][13] = textCell("备注");
    EXPECT_EQ(preview(lacking).body["problems"][0]["why"], "no_column");
    EXPECT_EQ(preview(lacking).body["problems"][0]["field"], "issued_on");
    TableSheet doubled = table({good("x")});
    doubled.rows[0].push_back(textCell("督办人"));
    EXPECT_EQ(problems(preview(doubled)), "O1 column_twice;");
    EXPECT_EQ(preview(table({})).body["problems"][0]["why"], "empty_table");
    EXPECT_EQ(preview({"空", {}, {}, 0}).body["problems"][0]["why"], "no_table");
    TableSheet exported = table({good("x")}); // what came out of here is not registered a second time
    exported.rows[0].insert(exported.rows[0].begin(), textCell("编号"));
    exported.rows[1].insert(exported.rows[1].begin(), textCell("督〔2026〕9号"));
    EXPECT_EQ(problems(preview(exported)), "A2 number_given;");
}

TEST_F(ConsoleSheets, whatIsNoPlainCellIsNamed) {
    const std::string space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const std::string rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    std::string xml = "<row r=\"1\">";
    for (const std::string &header : kHeaders)
        xml += "<c t=\"inlineStr\"><is><t>" + header + "</t></is></c>";
    xml += "</row><row r=\"2\"><c r=\"A2\" t=\"str\"><f>B2&amp;1</f><v>内容1</v></c><c r=\"B2\" t=\"b\"><v>1</v></c>"
           "<c r=\"C2\" t=\"e\"><v>#REF!</v></c><c r=\"D2\" s=\"1\"><v>46387.5</v></c></row>";
    const Bytes file =
        writeZip(
            {{"_rels/.rels",
              "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
              "Id=\"a\" Type=\"" +
                  rel + "/officeDocument\" Target=\"b.xml\"/></Relationships>"},
             {"b.xml", "<workbook xmlns=\"" + space + "\" xmlns:r=\"" + rel +
                           "\"><sheets><sheet name=\"x\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>"},
             {"_rels/b.xml.rels",
              "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
              "Id=\"s\" Type=\"" +
                  rel + "/worksheet\" Target=\"s.xml\"/><Relationship Id=\"t\" Type=\"" + rel +
                  "/styles\" Target=\"t.xml\"/></Relationships>"},
             {"t.xml", "<styleSheet xmlns=\"" + space +
                           "\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"},
             {"s.xml", "<worksheet xmlns=\"" + space + "\"><sheetData>" + xml +
                           "</sheetData><mergeCells><mergeCell ref=\"G2:G3\"/></mergeCells></worksheet>"}})
            .value();
    const Answer answer = ask(m_lin, "POST", "/items/sheet/preview", json{{"file", toBase64(file)}});
    const std::string found = problems(answer);
    for (const char *one :
         {"A2 formula;", "B2 not_text;", "C2 failed_cell;", "D2 has_time;", "G2 merged;", "I2 missing;"})
        EXPECT_NE(found.find(one), std::string::npos) << one << " in " << found;
    EXPECT_EQ(answer.body["problems"][0].value("value", ""), "内容1") << answer.body["problems"];
}

TEST_F(ConsoleSheets, aFileThatIsNoTableSaysWhatItIs) {
    const std::pair<std::string, const char *> files[]{
        {"编号,事项\n", "not_xlsx"}, {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "locked"}, {"PK\x03\x04", "broken"}};
    for (const auto &[bytes, reason] : files) {
        const Answer answer = ask(m_lin, "POST", "/items/sheet/preview", json{{"file", toBase64(viewOf(bytes))}});
        EXPECT_EQ(answer.status, 400);
        EXPECT_EQ(answer.body["reason"], std::string(reason));
        EXPECT_EQ(answer.body["field"], "file");
    }
    for (const json &wrong : {json{{"file", "%%%"}}, json{{"file", 7}}, json{{"file", ""}}, json::object()})
        EXPECT_EQ(ask(m_lin, "POST", "/items/sheet/preview", wrong).status, 400) << wrong;
    EXPECT_EQ(ask(m_lin, "POST", "/items/sheet/preview", json{{"file", toBase64(Bytes(4 * 1024 * 1024 + 1))}}).status,
              413);
}

TEST_F(ConsoleSheets, tenThousandRowsAreOneRegistration) {
    std::vector<Row> rows;
    rows.reserve(10'000);
    for (int i = 0; i < 10'000; ++i)
        rows.push_back(good("第" + std::to_string(i) + "项"));
    const std::int64_t before = lastLog();
    const Answer done = ask(m_lin, "POST", "/items/sheet", body(table(rows)));
    ASSERT_EQ(done.status, 200) << done.body;
    EXPECT_EQ(done.body["registered"], 10'000);
    EXPECT_EQ(done.body["numbers"][0]["last"], "督〔2026〕10002号");
    EXPECT_EQ(lastLog(), before + 10'000);
    rows.push_back(good("多一项"));
    EXPECT_EQ(preview(table(rows)).body["problem_count"].get<int>(),
              10'001); // all but the last are registered, and it is one too many
    EXPECT_EQ(preview(table(rows)).body["problems"].size(), kMostShownProblems);
}

TEST_F(ConsoleSheets, theEmptyFormIsATableThatReadsItself) {
    const std::vector<Sheet> form = sheets(m_lin, "GET", "/items/sheet/form");
    ASSERT_EQ(form.size(), 3u);
    EXPECT_EQ(form[1].rows.size(), 5u);
    TableSheet filled{"登记", {}, {{}}, 0};
    for (const auto &[column, cell] : form[0].rows[0].cells)
        filled.rows[0].push_back(textCell(cell.text));
    filled.rows.push_back(good("按空表填"));
    EXPECT_EQ(preview(filled).body["problem_count"], 0) << preview(filled).body["problems"];
}
} // namespace
