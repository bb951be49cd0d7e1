#include "sync-server/cli/assess.h"

#include "shared/rules/assessment.h"

#include <filesystem>
#include <fstream>

namespace zhicha {

namespace {
Result<std::string> textOfFile(const std::string &path) {
    std::ifstream file(path, std::ios::binary);
    std::string text;
    std::vector<char> piece(std::size_t{1} << 20);
    while (file.read(piece.data(), static_cast<std::streamsize>(piece.size())) || file.gcount() > 0)
        text.append(piece.data(), static_cast<std::size_t>(file.gcount()));
    if (!file.eof())
        return fail(Code::NotFound, path + " cannot be read");
    return text;
}

/** A refusal inside a file names the file, then the place in it. */
template <typename T>
Result<T> readAs(const std::string &path, Result<T> result) {
    if (!result)
        return fail(result.error().code, path + ": " + result.error().detail, result.error().retry);
    return result;
}

Result<rules::Rules> rulesOf(const Arguments &arguments) {
    if (!arguments.has("rules"))
        return rules::sanmenxiaRules();
    const std::string path = arguments.get("rules");
    ZHICHA_ASSIGN(const std::string text, textOfFile(path));
    return readAs(path, rules::readRules(text));
}

Result<rules::WorkingCalendar> calendarOf(const Arguments &arguments) {
    if (!arguments.has("calendar"))
        return rules::WorkingCalendar::compiledIn();
    const std::string path = arguments.get("calendar");
    ZHICHA_ASSIGN(const std::string text, textOfFile(path));
    return readAs(path, rules::WorkingCalendar::compiledIn().with(text));
}

Result<rules::Day> asOfDay(const Arguments &arguments) {
    ZHICHA_ASSIGN(const std::string text, arguments.option("as-of"));
    const auto day = rules::dayFromText(text);
    if (!day)
        return fail(Code::WrongUsage, "--as-of takes a day like 2026-11-30");
    return *day;
}

Result<rules::Ledger> ledgerOf(const Arguments &arguments, const rules::Rules &rules,
                               const std::function<Result<std::string>()> &exported) {
    ZHICHA_ASSIGN(const std::string path, arguments.word(0, "FILE.json or DIR"));
    if (arguments.words.size() > 1)
        return fail(Code::WrongUsage, "one file or folder at a time");
    std::error_code ignored; // what is no folder is a file, and reading it says why not
    ZHICHA_ASSIGN(const std::string text, std::filesystem::is_directory(path, ignored) ? exported() : textOfFile(path));
    return rules::readLedger(rules, text);
}

/** What both commands are asked for. */
template <typename Request>
Result<Request> requestOf(const Arguments &arguments) {
    Request request;
    ZHICHA_ASSIGN(request.asOf, asOfDay(arguments));
    request.explain = arguments.has("explain");
    request.lines = !arguments.has("json");
    return request;
}

PrintedFigures print(const rules::Figures &figures) {
    PrintedFigures printed;
    printed.out = figures.json + "\n";
    for (const std::string &warning : figures.warnings)
        printed.warnings += "注意 · note: " + warning + "\n";
    return printed;
}
} // namespace

std::set<std::string> figureOptions() {
    return {"as-of", "commend", "rules", "calendar", "key-file"};
}

Result<PrintedFigures> assessCommand(const Arguments &arguments, const std::function<Result<std::string>()> &exported) {
    ZHICHA_ASSIGN(rules::AssessRequest request, requestOf<rules::AssessRequest>(arguments));
    if (arguments.has("calendar"))
        return fail(Code::WrongUsage, "assess needs no calendar");
    if (arguments.has("commend")) {
        const std::string commend = arguments.get("commend");
        if (commend != "midyear" && commend != "annual")
            return fail(Code::WrongUsage, "--commend takes midyear or annual");
        request.commend = commend == "midyear" ? rules::Commend::Midyear : rules::Commend::Annual;
    }
    ZHICHA_ASSIGN(const rules::Rules rules, rulesOf(arguments));
    ZHICHA_ASSIGN(const rules::Ledger ledger, ledgerOf(arguments, rules, exported));
    ZHICHA_ASSIGN(const rules::Figures figures, rules::assessLedger(rules, ledger, request));
    return print(figures);
}

Result<PrintedFigures> dueCommand(const Arguments &arguments, const std::function<Result<std::string>()> &exported) {
    ZHICHA_ASSIGN(const rules::DueRequest request, requestOf<rules::DueRequest>(arguments));
    if (arguments.has("commend"))
        return fail(Code::WrongUsage, "due takes no --commend");
    ZHICHA_ASSIGN(const rules::Rules rules, rulesOf(arguments));
    ZHICHA_ASSIGN(const rules::WorkingCalendar calendar, calendarOf(arguments));
    ZHICHA_ASSIGN(const rules::Ledger ledger, ledgerOf(arguments, rules, exported));
    return print(rules::dueLedger(rules, ledger, calendar, request));
}

} // namespace zhicha
