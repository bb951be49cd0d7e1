#include "sync-server/office/ledger/item_sheet.h"

#include "shared/base/instant.h"
#include "shared/crypto/digest.h"
#include "sync-server/office/check_view.h"
#include "sync-server/office/ledger/ranking_board.h"

#include <algorithm>

namespace zhicha {

using documents::dayCell;
using documents::headerCell;
using documents::numberCell;
using documents::SheetCell;
using documents::TableSheet;
using documents::textCell;
using nlohmann::json;
using rules::Index;

namespace {
/** Of a field that may be filled in, and of what only we know; in the order of the table. */
struct OutColumn {
    const char *field;
    const char *header;
    double width;
    bool isRegistered; ///< a person fills it in when registering
};
constexpr OutColumn kOutColumns[] = {{"number", "编号", 18, false},
                                     {"state", "状态", 10, false},
                                     {"title", "事项名称", 32, true},
                                     {"content", "事项内容", 40, true},
                                     {"requirement", "办理要求", 30, true},
                                     {"due_on", "办理时限", 12, true},
                                     {"standard", "办理标准", 24, true},
                                     {"effect", "办理效果", 24, true},
                                     {"lead", "牵头单位", 20, true},
                                     {"cooperating", "配合单位", 28, true},
                                     {"responsible_person", "责任人", 10, true},
                                     {"supervisor", "督办人", 10, true},
                                     {"source", "来源", 6, true},
                                     {"source_document", "来源文件", 24, true},
                                     {"kind", "类别", 14, true},
                                     {"issued_on", "交办日期", 12, true},
                                     {"effective_due_on", "现行时限", 12, false},
                                     {"completed_on", "办结日期", 12, false},
                                     {"awarded", "得分", 8, false}};

const char *lampWords(Lamp lamp) {
    constexpr const char *words[kLamps] = {"逾期", "滞后", "临期", "天数未定", "在办", "办结", "已销号"};
    return words[static_cast<std::size_t>(lamp)];
}

SheetCell dayOrEmpty(rules::Day day) {
    return day == rules::kNever ? SheetCell{} : dayCell(day.number);
}

std::vector<SheetCell> rowOfItem(const Book &book, const BookItem &item, const EntityRow &row) {
    std::string cooperating;
    for (const Index unit : item.of.cooperating)
        cooperating += (cooperating.empty() ? "" : "、") + book.units[unit].of.name;
    const bool isDone = item.of.completedOn != rules::kNever;
    return {textCell(item.of.number),
            textCell(lampWords(item.now.lamp)),
            textCell(item.title),
            textCell(row.text("content")),
            textCell(row.text("requirement")),
            dayOrEmpty(item.of.dueOn),
            textCell(row.text("standard")),
            textCell(row.text("effect")),
            textCell(book.units[item.now.lead].of.name),
            textCell(cooperating),
            textCell(row.text("responsible_person")),
            textCell(item.supervisor),
            numberCell(std::to_string(item.of.source), 0),
            textCell(row.text("source_document")),
            textCell(book.rules.itemKinds[item.of.kind].name),
            dayOrEmpty(item.of.issuedOn),
            dayOrEmpty(item.now.due),
            dayOrEmpty(item.of.completedOn),
            isDone ? numberCell(rules::pointsText(item.of.awarded), 2) : SheetCell{}};
}

TableSheet sheetOfColumns(std::string name, bool onlyRegistered) {
    TableSheet sheet{std::move(name), {}, {{}}, 1};
    for (const OutColumn &column : kOutColumns) {
        if (onlyRegistered && !column.isRegistered)
            continue;
        sheet.widths.push_back(column.width);
        sheet.rows[0].push_back(headerCell(column.header));
    }
    return sheet;
}

/** What somebody computes who doubts a table: each cell as text and a tab, each row and a line feed. */
Digest digestOfTables(const std::vector<TableSheet> &sheets) {
    std::string text;
    for (const TableSheet &sheet : sheets)
        for (const auto &row : sheet.rows) {
            for (const SheetCell &cell : row)
                text += (cell.kind == documents::CellKind::Day ? rules::dayText({cell.day}) : cell.text) + "\t";
            text += "\n";
        }
    return sha256(viewOf(text));
}

Result<Bytes> withNote(LedgerReader &ledger, const Book &book, const char *title, const SheetNote &note,
                       std::vector<TableSheet> tables) {
    ZHICHA_ASSIGN(const Uuid id, ledgerIdOf(ledger));
    ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(id));
    TableSheet first{"说明", {16, 72}, {}, 0};
    const auto say = [&](const char *what, const std::string &words) {
        first.rows.push_back({headerCell(what), textCell(words)});
    };
    say("内容", title);
    say("账本", row ? row->text("name") : std::string());
    say("密级", row ? row->text("level") : std::string());
    say("截至", rules::dayText(book.today));
    say("账本序号", std::to_string(book.log));
    for (const auto &[name, value] : note.filters)
        say(name.c_str(), value);
    std::size_t rows = 0;
    for (const TableSheet &table : tables)
        rows += table.rows.size() - 1;
    say("行数", std::to_string(rows));
    say("导出人", note.person);
    say("导出时间", toRfc3339(note.atMs));
    say("指纹", toHex(digestOfTables(tables)));
    say("指纹算法", "SHA-256：各表逐格文字后加制表符、每行后加换行（UTF-8）；日期写作 年-月-日");
    tables.insert(tables.begin(), std::move(first));
    return documents::writeWorkbook(tables);
}
} // namespace

std::string sheetHeader(const std::string &field) {
    for (const OutColumn &column : kOutColumns)
        if (field == column.field)
            return column.header;
    return field;
}

Result<Bytes> itemSheet(LedgerReader &ledger, const Book &book, const ItemListQuery &query, const SheetNote &note) {
    const std::vector<Index> items = itemsOf(book, query);
    if (items.size() > kMostSheetItems)
        return fail(Code::TooLarge, "a table takes " + std::to_string(kMostSheetItems) + " items; narrow the filters");
    TableSheet table = sheetOfColumns("台账", false);
    for (const Index index : items) {
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, ledger.rowOf(book.items[index].id));
        if (!row)
            return fail(Code::StoreDamaged, "an item of the ledger has no row");
        table.rows.push_back(rowOfItem(book, book.items[index], *row));
    }
    return withNote(ledger, book, query.scope.all ? "督查事项总台账" : "承办台账", note, {std::move(table)});
}

namespace {
SheetCell figure(const json &row, const char *name, int decimals) {
    const auto found = row.find(name);
    if (found == row.end() || found->is_null())
        return {};
    return numberCell(found->is_string() ? found->get<std::string>() : std::to_string(found->get<std::int64_t>()),
                      decimals);
}

TableSheet sheetOfGroup(const json &board, const json &group) {
    TableSheet table{group["name"], {6, 28, 8, 10, 10, 10, 10, 10, 10, 10, 12}, {{}}, 1};
    for (const char *header :
         {"名次", "单位", "事项数", "得分", "总分", "功效系数", "事项得分", "加分", "减分", "考核计分", "当月加分"})
        table.rows[0].push_back(headerCell(header));
    std::vector<const json *> rows;
    for (const json &row : board["rows"])
        if (row["group"] == group["id"])
            rows.push_back(&row);
    const auto rankOf = [](const json &row) { return row["rank"].is_null() ? 1'000'000 : row["rank"].get<int>(); };
    std::stable_sort(rows.begin(), rows.end(), [&](const json *a, const json *b) { return rankOf(*a) < rankOf(*b); });
    for (const json *row : rows)
        table.rows.push_back({figure(*row, "rank", 0), textCell((*row)["unit"]["name"]), figure(*row, "items", 0),
                              figure(*row, "earned", 2), figure(*row, "total", 2), figure(*row, "efficacy", 4),
                              figure(*row, "item_score", 2), figure(*row, "merits", 2), figure(*row, "demerits", 2),
                              figure(*row, "score", 2), textCell((*row)["winner"] == true ? "+10" : "")});
    return table;
}
} // namespace

Result<Bytes> rankingSheet(LedgerReader &ledger, const Book &book, rules::Month month, const ItemScope &scope,
                           const SheetNote &note) {
    ZHICHA_ASSIGN(const json board, rankingJson(ledger, book, month, scope));
    SheetNote with = note;
    with.filters.insert(
        with.filters.begin(),
        {{"月份", rules::monthText(month)},
         {"计至", board["as_of"].get<std::string>()},
         {"状态",
          board["state"] == "frozen" ? "已于 " + board["published_on"].get<std::string>() + " 公布" : "试算，未公布"}});
    std::vector<TableSheet> tables;
    for (const json &group : board["groups"])
        tables.push_back(sheetOfGroup(board, group));
    return withNote(ledger, book, "督查考核月排名", with, std::move(tables));
}

Result<Bytes> registrationForm(const Book &book) {
    TableSheet units{"单位", {16, 40}, {{headerCell("单位代码"), headerCell("单位全称")}}, 1};
    for (const BookUnit &unit : book.units)
        if (unit.isHere)
            units.rows.push_back({textCell(unit.of.id), textCell(unit.of.name)});
    TableSheet help{"填写说明", {16, 90}, {}, 0};
    const auto say = [&](const std::string &what, const std::string &words) {
        help.rows.push_back({headerCell(what), textCell(words)});
    };
    say("编号", "不填。登记时按交办年份接着最大号，照表中次序给出");
    say("必填", "事项名称、办理时限、牵头单位、责任人、督办人、来源、类别、交办日期");
    say("日期", "写作日期，或 年-月-日，如 2026-11-30");
    say("单位", "写单位的全称或代码（见“单位”表）；配合单位有几个的，用顿号隔开");
    std::string sources, kinds;
    for (std::size_t i = 0; i < book.rules.sources.size(); ++i)
        sources += (i > 0 ? "；" : "") + std::to_string(i + 1) + " " + book.rules.sources[i].wording;
    for (const rules::ItemKind &kind : book.rules.itemKinds)
        kinds += (kinds.empty() ? "" : "、") + kind.name;
    say("来源", sources);
    say("类别", kinds);
    say("表格", "不要合并单元格，不要用公式；有一格不对，整张表都不登记，改好再来");
    return documents::writeWorkbook({sheetOfColumns("登记", true), std::move(units), std::move(help)});
}

} // namespace zhicha
