#include "sync-server/office/ledger/item_sheet.h"

#include "sync-server/office/ledger/sheet_words.h"

#include <algorithm>

namespace zhicha {

using documents::CellKind;
using documents::Sheet;
using documents::SheetCell;
using documents::SheetRow;
using nlohmann::json;
using rules::Day;
using rules::Index;

namespace {
constexpr std::size_t kHeaderWithin = 20; ///< rows from above that may hold the header, under a title
constexpr std::size_t kHeaderNeeds = 4;   ///< columns of ours that make a row a header
constexpr std::size_t kFirstRows = 20;

struct Advice {
    std::string zh, en;
};

class TableReader {
public:
    explicit TableReader(const Book &book) : m_book(book) {}

    SheetReading read(const std::vector<Sheet> &sheets) {
        if (!findTable(sheets)) {
            problem(1, 0, {}, "no_table",
                    {"第一行写列名：事项名称、办理时限、牵头单位、责任人、督办人、来源、类别、交办日期",
                     "a first row with the names of the columns, as in the empty table"});
            return finish();
        }
        checkColumns();
        rememberLedger();
        for (const SheetRow &row : m_sheet->rows)
            if (row.number > m_headerRow)
                readRow(row);
        if (m_out.drafts.empty() && m_problems.empty())
            problem(m_headerRow + 1, 0, {}, "empty_table", {"列名下面至少一行", "at least one row below the header"});
        if (m_out.drafts.size() > kMostSheetRows)
            problem(m_headerRow + 1, 0, {}, "too_many",
                    {"一次最多 " + std::to_string(kMostSheetRows) + " 行，分成几张表",
                     "at most " + std::to_string(kMostSheetRows) + " rows at once; split the table"});
        return finish();
    }

private:
    /** The first row of the first sheet that names enough of our columns; titles and notes may stand above it. */
    bool findTable(const std::vector<Sheet> &sheets) {
        for (const Sheet &sheet : sheets)
            for (std::size_t i = 0; i < std::min(kHeaderWithin, sheet.rows.size()); ++i) {
                std::size_t known = 0;
                for (const auto &[column, cell] : sheet.rows[i].cells)
                    known += cell.kind == CellKind::Text && !fieldOfHeader(cell.text).empty() ? 1 : 0;
                if (known < kHeaderNeeds)
                    continue;
                m_sheet = &sheet;
                m_headerRow = sheet.rows[i].number;
                m_header = &sheet.rows[i];
                return true;
            }
        return false;
    }

    void checkColumns() {
        for (const auto &[column, cell] : m_header->cells) {
            const std::string header = plainWords(valueOf(cell));
            const std::string field = fieldOfHeader(header);
            m_headers[column] = header;
            if (field.empty()) {
                m_ignored.push_back({{"column", documents::columnName(column)}, {"header", shownWords(header)}});
                continue;
            }
            m_columns.push_back(
                {{"column", documents::columnName(column)}, {"header", shownWords(header)}, {"field", field}});
            if (!m_columnOf.emplace(field, column).second)
                problem(m_headerRow, column, field, "column_twice", {"只留一列", "keep one of the columns"});
        }
        for (const std::string &field : draftFields())
            if (!m_columnOf.contains(field) && isNeeded(field))
                problem(m_headerRow, 0, field, "no_column",
                        {"加一列“" + sheetHeader(field) + "”", "add a column " + field});
    }

    static bool isNeeded(const std::string &field) {
        for (const char *optional : {"content", "requirement", "standard", "effect", "source_document"})
            if (field == optional)
                return false;
        return true;
    }

    static std::string keyOf(const std::string &title, const std::string &lead, const std::string &issuedOn) {
        return title + "\n" + lead + "\n" + issuedOn;
    }

    void rememberLedger() {
        for (const BookItem &item : m_book.items)
            if (item.isShown() && item.of.lead < m_book.units.size())
                m_registered.emplace(
                    keyOf(item.title, m_book.units[item.of.lead].of.id, rules::dayText(item.of.issuedOn)),
                    item.of.number);
    }

    void readRow(const SheetRow &row) {
        ItemDraft draft;
        const std::size_t before = m_problems.size();
        m_row = &row;
        m_faulty.clear();
        bool isEmpty = true;
        for (const auto &[field, column] : m_columnOf)
            isEmpty = isEmpty && row.at(column).kind == CellKind::Empty && !isCovered(column);
        if (isEmpty)
            return;
        for (const auto &[field, column] : m_columnOf) {
            const std::optional<std::string> text = textOf(field, column);
            if (!text)
                continue;
            if (field == "number" && !text->empty())
                faulty(field, "number_given", {"留空：登记时给号", "leave it empty: registering gives the number"});
            else if (field == "cooperating")
                draft.cooperating = unitsOf(*text);
            else if (field != "number")
                draft.texts[field] = *text;
        }
        const ReadDraft checked = readDraft(m_book, draft, true);
        for (const DraftProblem &one : checked.problems)
            // What is wrong with the lead unit is no mistake of those that cooperate.
            if (!m_faulty.contains(one.field) && m_columnOf.contains(one.field) &&
                (one.why != "also_lead" || !m_faulty.contains("lead")))
                faulty(one.field, one.why, m_problems.size() < kMostShownProblems ? adviceFor(one, draft) : Advice{});
        if (checked.problems.empty() && m_faulty.empty())
            checkTwice(checked.fields);
        sortByColumn(before);
        if (m_out.drafts.size() < kFirstRows)
            m_first.push_back(firstRow(row.number, draft));
        m_out.drafts.push_back(std::move(draft));
    }

    /** The row's mistakes from left to right. */
    void sortByColumn(std::size_t from) {
        const auto placeOf = [](const json &one) {
            const std::string column = one.value("column", "");
            return std::pair(column.size(), column);
        };
        std::stable_sort(m_problems.begin() + static_cast<std::ptrdiff_t>(from), m_problems.end(),
                         [&](const json &a, const json &b) { return placeOf(a) < placeOf(b); });
    }

    [[nodiscard]] json firstRow(int number, const ItemDraft &draft) const {
        json out{{"row", number}};
        for (const auto &[field, text] : draft.texts)
            out[field] = shownWords(text);
        out["cooperating"] = json::array();
        for (const std::string &unit : draft.cooperating.value_or(std::vector<std::string>()))
            out["cooperating"].push_back(shownWords(unit));
        return out;
    }

    [[nodiscard]] bool isCovered(int column) const {
        return std::any_of(m_sheet->merged.begin(), m_sheet->merged.end(),
                           [&](const documents::SheetArea &area) { return area.has(m_row->number, column); });
    }

    /** The cell as a form would have it; nullopt after a problem. */
    std::optional<std::string> textOf(const std::string &field, int column) {
        const SheetCell &cell = m_row->at(column);
        if (isCovered(column))
            return faulty(field, "merged", {"取消合并，每行各写一遍", "unmerge, and write it in each row"});
        if (cell.kind == CellKind::Formula)
            return faulty(field, "formula",
                          {"复制后“选择性粘贴为数值”" + (cell.text.empty() ? "" : "：" + shownWords(cell.text)),
                           "paste it as a value"});
        if (cell.kind == CellKind::Failed)
            return faulty(field, "failed_cell", {"直接写出内容", "write what it should say"});
        if (cell.kind == CellKind::Boolean)
            return faulty(field, "not_text", {"写成文字", "write words"});
        return isDayField(field) ? dayOfCell(field, cell) : valueOf(cell);
    }

    std::optional<std::string> dayOfCell(const std::string &field, const SheetCell &cell) {
        if (cell.kind == CellKind::Empty)
            return std::string();
        if (cell.kind == CellKind::Day)
            return rules::dayText({cell.day});
        if (cell.kind == CellKind::Instant)
            return faulty(
                field, "has_time",
                {rules::dayText({cell.day}) + "（只写日期）", rules::dayText({cell.day}) + " without a time"});
        const std::optional<Day> day = cell.kind == CellKind::Number ? dayOfNumber(cell.number) : dayAsTyped(cell.text);
        if (day && cell.kind == CellKind::Text)
            return rules::dayText(*day);
        return faulty(
            field, "not_a_day",
            day ? Advice{rules::dayText(*day) + "（单元格格式设为日期）", rules::dayText(*day) + ", as a date"}
                : Advice{"年-月-日，如 " + rules::dayText(m_book.today), "YYYY-MM-DD"});
    }

    /** An item that is in the ledger already, or twice in the table. */
    void checkTwice(const cbor::Map &fields) {
        const auto words = [&](const char *name) {
            const auto found = fields.find(std::string_view(name));
            return found != fields.end() && found->second.text() != nullptr ? *found->second.text() : std::string();
        };
        const auto lead = fields.find(std::string_view("lead"));
        const Index unit =
            lead != fields.end() && lead->second.uuid() ? m_book.unit(*lead->second.uuid()) : rules::kNone;
        const std::string key =
            keyOf(words("title"), unit == rules::kNone ? "" : m_book.units[unit].of.id, words("issued_on"));
        if (const auto known = m_registered.find(key); known != m_registered.end())
            faulty("title", "registered_already",
                   {"已登记为 " + known->second + "，删去这一行",
                    "registered as " + known->second + ": take this row out"});
        else if (const auto [at, isNew] = m_seen.emplace(key, m_row->number); !isNew)
            faulty("title", "same_as_row",
                   {"与第 " + std::to_string(at->second) + " 行相同，删去一行",
                    "the same as row " + std::to_string(at->second)});
    }

    [[nodiscard]] Advice adviceFor(const DraftProblem &one, const ItemDraft &draft) {
        if (one.why == "unknown_unit" || one.why == "ambiguous_unit" || (one.why == "missing" && one.field == "lead"))
            return adviceOnUnit(one, draft);
        if (one.why == "unknown_source" || (one.why == "missing" && one.field == "source"))
            return {"1 至 " + std::to_string(m_book.rules.sources.size()) + "（二〔二〕所列五项）",
                    "1 to " + std::to_string(m_book.rules.sources.size())};
        if (one.why == "unknown_kind" || (one.why == "missing" && one.field == "kind"))
            return adviceOnKind();
        if (one.why == "missing")
            return isDayField(one.field) ? Advice{"年-月-日，如 " + rules::dayText(m_book.today), "YYYY-MM-DD"}
                                         : Advice{"填上" + sheetHeader(one.field), "fill it in"};
        if (one.why == "before_issue")
            return {"不早于交办日期 " + draft.texts.at("issued_on"), "not before " + draft.texts.at("issued_on")};
        if (one.why == "too_long")
            return {"缩短：名称、人名最多 100 字，其余最多 1300 字", "shorter: 300 bytes for a line, 4000 for a text"};
        if (one.why == "also_lead")
            return {"去掉牵头单位", "take the lead unit out"};
        if (one.why == "twice")
            return {"每个单位只写一次", "each unit once"};
        return {"去掉不能显示的字符", "take out what cannot be shown"};
    }

    [[nodiscard]] Advice adviceOnKind() const {
        std::string kinds;
        for (const rules::ItemKind &kind : m_book.rules.itemKinds)
            kinds += (kinds.empty() ? "" : " 或 ") + kind.name;
        return {kinds, "general or planning"};
    }

    [[nodiscard]] Advice adviceOnUnit(const DraftProblem &one, const ItemDraft &draft) {
        std::vector<std::string> written = draft.cooperating.value_or(std::vector<std::string>());
        if (one.field == "lead")
            written = {draft.texts.contains("lead") ? draft.texts.at("lead") : std::string()};
        std::set<std::string> codes;
        std::string like;
        for (const std::string &typed : written) {
            const std::string words = plainWords(typed);
            std::set<std::string> named;
            for (const BookUnit &unit : m_book.units)
                if (unit.isHere && unit.of.name == words)
                    named.insert(unit.of.id);
            if (named.size() > 1)
                codes.merge(named);
            if (like.empty())
                like = likelyUnit(words);
        }
        if (one.why == "ambiguous_unit") {
            std::string all;
            for (const std::string &code : codes)
                all += (all.empty() ? "" : " / ") + code;
            return {"写单位代码：" + all, "the code of the unit: " + all};
        }
        return like.empty() ? Advice{"单位全称或代码，照“单位”表", "a unit's full name or code"}
                            : Advice{"是否为“" + like + "”", "perhaps " + like};
    }

    /** The unit whose name is most like these words; "" if they are a unit's already, or like none. */
    const std::string &likelyUnit(const std::string &words) {
        const auto [at, isNew] = m_likely.emplace(words, std::string());
        if (!isNew || words.empty())
            return at->second;
        double most = 0.5; // less is no likeness but a sign that many names have
        for (const BookUnit &unit : m_book.units) {
            if (!unit.isHere)
                continue;
            const double like = unit.of.name == words || unit.of.id == words ? 2 : likeness(words, unit.of.name);
            if (like >= most) {
                most = like;
                at->second = like > 1 ? std::string() : unit.of.name;
            }
        }
        return at->second;
    }

    std::nullopt_t faulty(const std::string &field, const std::string &why, const Advice &right) {
        m_faulty.insert(field);
        const auto column = m_columnOf.find(field);
        problem(m_row->number, column == m_columnOf.end() ? 0 : column->second, field, why, right);
        return std::nullopt;
    }

    void problem(int row, int column, const std::string &field, const std::string &why, const Advice &right) {
        ++m_count;
        if (m_problems.size() >= kMostShownProblems)
            return;
        json out{{"row", row}, {"why", why}, {"right", right.zh}, {"right_en", right.en}};
        if (!field.empty())
            out["field"] = field;
        if (column > 0) {
            out["column"] = documents::columnName(column);
            out["cell"] = documents::cellName(row, column);
            out["header"] = shownWords(m_headers[column]);
            if (m_row != nullptr && row > m_headerRow)
                out["value"] = shownWords(valueOf(m_row->at(column)));
        }
        m_problems.push_back(std::move(out));
    }

    SheetReading finish() {
        m_out.answer = {{"sheet", m_sheet != nullptr ? shownWords(m_sheet->name) : ""},
                        {"rows", m_out.drafts.size()},
                        {"header_row", m_headerRow},
                        {"columns", std::move(m_columns)},
                        {"ignored", std::move(m_ignored)},
                        {"first", std::move(m_first)},
                        {"problems", std::move(m_problems)},
                        {"problem_count", m_count}};
        return std::move(m_out);
    }

    const Book &m_book;
    const Sheet *m_sheet = nullptr;
    const SheetRow *m_header = nullptr, *m_row = nullptr;
    int m_headerRow = 0;
    std::map<std::string, int> m_columnOf;
    std::map<int, std::string> m_headers;
    std::map<std::string, std::string> m_registered;
    std::map<std::string, int> m_seen;
    std::map<std::string, std::string> m_likely;
    std::set<std::string> m_faulty; ///< fields of the row at hand
    json m_columns = json::array(), m_ignored = json::array(), m_first = json::array(), m_problems = json::array();
    std::size_t m_count = 0;
    SheetReading m_out;
};

/** 督〔2026〕15号 to 督〔2026〕34号, by year. */
json numbersOf(const json &items) {
    json out = json::array();
    for (const json &item : items) {
        const std::string number = item["number"];
        const std::string year = number.substr(0, number.find("〕"));
        json *found = nullptr;
        for (json &one : out)
            if (one["first"].get<std::string>().starts_with(year))
                found = &one;
        if (found == nullptr)
            out.push_back({{"first", number}, {"last", number}, {"count", 1}});
        else {
            (*found)["last"] = number;
            (*found)["count"] = (*found)["count"].get<int>() + 1;
        }
    }
    return out;
}
} // namespace

SheetReading readItemSheet(const Book &book, const std::vector<Sheet> &sheets) {
    return TableReader(book).read(sheets);
}

Result<json> registerSheet(const LedgerAct &act, const std::vector<Sheet> &sheets, bool dryRun) {
    ZHICHA_TRY(requireRole(act.intake.ledger(), act.actor, "reviewer"));
    ZHICHA_ASSIGN(SheetReading reading, act.look<SheetReading>([&](const Book &book) -> Result<SheetReading> {
        return readItemSheet(book, sheets);
    }));
    if (dryRun || !reading.isClean())
        return std::move(reading.answer);
    ZHICHA_ASSIGN(const json done, registerItems(act, reading.drafts, false, kMostSheetRows));
    reading.answer["registered"] = done["items"].size();
    reading.answer["numbers"] = numbersOf(done["items"]);
    return std::move(reading.answer);
}

} // namespace zhicha
