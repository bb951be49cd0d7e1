// sheets: the ledger and the rankings as tables for spreadsheet programs, and a table as items to be registered.
#include "sync-server/http/resources/console/ledger_query.h"
#include "sync-server/http/resources/console/resources.h"
#include "sync-server/office/ledger/item_sheet.h"

namespace zhicha {

using nlohmann::json;

namespace {
constexpr std::uint64_t kMostUploadBytes = 8 * 1024 * 1024;
constexpr std::size_t kMostFileBytes = 4 * 1024 * 1024;
constexpr const char *kSheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** The name of the file says what it is, and nothing of what stands in it: it lies about in somebody's downloads. */
Response sheetFile(const Bytes &bytes, const std::string &name) {
    Response response = textResponse(200, kSheetType, textOf(bytes));
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + ".xlsx\"");
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

SheetNote noteOf(const ConsoleCall &call) {
    return {call.user ? call.user->name : std::string(), call.context.signIn.clock().nowMs(), {}};
}

/** The filters as the table's first sheet names them. */
std::vector<std::pair<std::string, std::string>> filterWords(const ConsoleCall &call, const Book &book) {
    std::vector<std::pair<std::string, std::string>> out;
    constexpr std::pair<const char *, const char *> names[] = {
        {"lamp", "筛选：状态"},         {"part", "筛选：承办方式"}, {"source", "筛选：来源"}, {"kind", "筛选：类别"},
        {"supervisor", "筛选：督办人"}, {"from", "筛选：时限自"},   {"to", "筛选：时限至"},   {"text", "筛选：文字"}};
    for (const auto &[name, words] : names)
        if (const std::string value = call.query(name); !value.empty())
            out.emplace_back(words, value);
    if (const auto unit = uuidFromText(call.query("unit")); unit && book.unit(*unit) != rules::kNone)
        out.emplace_back("筛选：单位", book.units[book.unit(*unit)].of.name);
    return out;
}

Result<Response> postItemSheet(ConsoleCall &call) {
    call.audit = {"items_export", "items", ""};
    ZHICHA_ASSIGN(const Bytes file,
                  lookInBook<Bytes>(call, [&](LedgerReader &reader, const Book &book) -> Result<Bytes> {
                      ZHICHA_ASSIGN(const ReadItemQuery asked, readItemQuery(call, reader, book));
                      SheetNote note = noteOf(call);
                      note.filters = filterWords(call, book);
                      return itemSheet(reader, book, asked.query, note);
                  }));
    return sheetFile(file, "ledger");
}

Result<Response> getRankingSheet(ConsoleCall &call) {
    const auto month = rules::monthFromText(call.request.param("month"));
    if (!month)
        return fail(Code::NotFound, "no such month");
    call.audit = {"ranking_export", "ranking", rules::monthText(*month)};
    ZHICHA_ASSIGN(const Bytes file,
                  lookInBook<Bytes>(call, [&](LedgerReader &reader, const Book &book) -> Result<Bytes> {
                      ZHICHA_ASSIGN(const ItemScope scope, scopeOf(call, reader, book));
                      return rankingSheet(reader, book, *month, scope, noteOf(call));
                  }));
    return sheetFile(file, "ranking-" + rules::monthText(*month));
}

Result<Response> getForm(ConsoleCall &call) {
    ZHICHA_ASSIGN(const Bytes file,
                  lookInBook<Bytes>(call, [](LedgerReader &, const Book &book) { return registrationForm(book); }));
    return sheetFile(file, "registration");
}

/** The file is read before anybody waits for it: on this thread, not on the ledger's. */
Result<std::vector<documents::Sheet>> sheetsOfBody(ConsoleCall &call) {
    ZHICHA_ASSIGN(const std::string text, call.text("file", kMostUploadBytes));
    const std::optional<Bytes> file = fromBase64(text);
    if (!file)
        return call.badField("file", "base64");
    if (file->size() > kMostFileBytes)
        return fail(Code::TooLarge, "a table of at most 4 MiB");
    auto sheets = documents::readWorkbook(*file);
    if (sheets)
        return sheets;
    call.addDetail("reason", std::string(documents::sheetFault(sheets.error())));
    return call.badField("file", sheets.error().detail);
}

Result<Response> postPreview(ConsoleCall &call) {
    ZHICHA_ASSIGN(const std::vector<documents::Sheet> sheets, sheetsOfBody(call));
    ZHICHA_ASSIGN(const json out, lookInBook<json>(call, [&](LedgerReader &, const Book &book) -> Result<json> {
                      return readItemSheet(book, sheets).answer;
                  }));
    return jsonResponse(200, out);
}

Result<Response> postSheet(ConsoleCall &call) {
    ZHICHA_ASSIGN(const std::vector<documents::Sheet> sheets, sheetsOfBody(call));
    call.audit = {"item_register", "items", "xlsx"};
    return actOnLedger(call, [&](const LedgerAct &act) -> Result<json> {
        ZHICHA_ASSIGN(json answer, registerSheet(act, sheets, false));
        if (answer["problem_count"] == 0)
            return answer;
        call.addDetail("problems", answer["problems"]);
        call.addDetail("problem_count", answer["problem_count"]);
        return call.badField("file", "cells of the table are wrong; nothing was registered");
    });
}
} // namespace

void addSheetRoutes(ConsoleGate &gate) {
    const ConsoleRule read{Resource::Items, Verb::Read};
    ConsoleRule preview{Resource::Items, Verb::Register};
    preview.maxBodyBytes = kMostUploadBytes;
    ConsoleRule write = operationRule(Resource::Items, Verb::Register);
    write.maxBodyBytes = kMostUploadBytes;
    gate.add("POST", "/items/sheet/export", read, postItemSheet);
    gate.add("GET", "/items/sheet/form", {Resource::Items, Verb::Register}, getForm);
    gate.add("POST", "/items/sheet/preview", preview, postPreview);
    gate.add("POST", "/items/sheet", write, postSheet);
    gate.add("GET", "/rankings/{month}/sheet", {Resource::Ranking, Verb::Read}, getRankingSheet);
}

} // namespace zhicha
