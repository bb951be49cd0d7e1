#include "mobile/cli/command_table.h"

#include <algorithm>

namespace zhicha::cli {

namespace {
constexpr OptionInfo kPhoto{"photo", true, false, true, "a JPEG or PNG file; may be given several times"};
constexpr OptionInfo kHowTaken{"how-taken", true, false, false,
                               "public 公共场所, disclosed 已告知, consented 已同意 or approved 经批准"};
constexpr OptionInfo kId{"id", true, false, false, "UUID of what is made; the same again answers the same"};
constexpr OptionInfo kNote{"note", true, false, false, "a note"};
constexpr OptionInfo kText{"text", true, true, false, "the words"};
constexpr OptionInfo kReason{"reason", true, true, false, "why"};

std::vector<CommandInfo> makeCommands() {
    return {
        {{"enrol"},
         {},
         {{"server", true, true, false, "https://HOST:PORT (http:// only to this machine)"},
          {"code", true, true, false, "the 8 characters from the office, good for 10 minutes"},
          {"fingerprint", true, false, false, "what enrol-code and the console show: SHA-256 of the office's root key"},
          {"pin", true, false, false, "the same as --fingerprint"},
          {"name", true, false, false, "what the office calls this tablet"}},
         "登记本机：以一次性登记码换取身份",
         "enrol this tablet with a one-time code",
         runEnrol},
        {{"sync"},
         {},
         {{"wait", false, false, false, "keep trying while the office cannot be reached"}},
         "同步：送出记录与照片，取回所见",
         "send records and photos, fetch what this tablet may see",
         runSync},
        {{"key-note"},
         {"FILE"},
         {},
         "写出督查室的密钥说明，供其恢复时使用",
         "write the office's key note into a file, from which a lost office is restored",
         runKeyNote},
        {{"status"},
         {},
         {},
         "一行状态；各记录、各照片到了哪里",
         "one line, and what the office has of each",
         runStatus},
        {{"sites"}, {}, {}, "列出现场", "list the sites", runSites},
        {{"assignments"}, {}, {}, "列出任务单", "list sealed assignments", nullptr},
        {{"open"}, {"ASSIGNMENT"}, {{"code", true, true, false, "the code"}}, "开封任务单", "open one", nullptr},
        {{"check", "start"},
         {},
         {{"site", true, false, false, "code or UUID, as `sites` lists them"},
          {"item", true, false, true, "code or UUID of an item to look at; several"},
          {"assignment", true, false, false, "UUID"},
          {"nmea", true, false, false, "a receiver's log: arrival and track"},
          {"no-fix-reason", true, false, false, "why there is no position"},
          {"join", true, false, false, "join this check instead of starting one"},
          {"invite", true, false, false, "what the starter's tablet printed for check invite"},
          kId},
         "开始检查（或加入他人的检查）",
         "start a check, or join one",
         runCheckStart},
        {{"check", "invite"},
         {"CHECK"},
         {{"minutes", true, false, false, "how long it is good for; 10 if not given"}},
         "邀请他人加入检查",
         "invite a colleague to a check that this tablet started",
         runCheckInvite},
        {{"check", "answer"},
         {"CHECK"},
         {{"item", true, true, false, "code or UUID"},
          {"question", true, true, false, "carried_out 是否落实, rectified 整改是否到位, satisfied 群众是否满意"},
          {"value", true, true, false, "yes, partly or no"},
          kNote,
          kPhoto,
          kHowTaken},
         "回答三问之一",
         "answer one of the three questions",
         runCheckAnswer},
        {{"check", "tally"},
         {"CHECK"},
         {{"satisfied", true, true, false, "total"},
          {"neutral", true, true, false, "total"},
          {"dissatisfied", true, true, false, "total"}},
         "群众满意度：填总数",
         "the tally of people asked, as totals",
         runCheckTally},
        {{"check", "reply"},
         {"CHECK"},
         {{"question", true, true, false, "UUID of the office's question"}, kText, kPhoto, kHowTaken, kId},
         "答复督查室的提问",
         "reply to a question of the office",
         runCheckReply},
        {{"check", "note"}, {"CHECK"}, {kText, kId}, "加注", "add a note", runCheckNote},
        {{"check", "attest"},
         {"CHECK"},
         {{"clause", true, true, false, "1 不发通知 2 不打招呼 3 不听汇报 4 不陪同接待 5 直奔基层 6 直插现场"},
          {"said", true, true, false, "kept, explain or not_kept"},
          kNote},
         "四不两直逐条确认",
         "attest one of the six clauses",
         runCheckAttest},
        {{"check", "sign"},
         {"CHECK"},
         {{"refusal", true, false, false, "why somebody refused to sign"}},
         "签字",
         "sign what was recorded",
         runCheckSign},
        {{"check", "report"},
         {"CHECK"},
         {{"o", true, false, false, "FILE.pdf"}},
         "检查报告",
         "the report as PDF",
         nullptr},
        {{"check", "finish"}, {"CHECK"}, {}, "结束检查", "finish", runCheckFinish},
        {{"finding", "add"},
         {"CHECK"},
         {{"item", true, false, false, "code or UUID"},
          {"severity", true, true, false, "minor 轻微, major 较重 or critical 严重"},
          kText,
          kPhoto,
          kHowTaken,
          kId},
         "记录问题",
         "record a finding",
         runFindingAdd},
        {{"finding", "amend"},
         {"FINDING"},
         {{"text", true, false, false, "the new words"},
          {"severity", true, false, false, "minor 轻微, major 较重 or critical 严重"},
          {"item", true, false, false, "code or UUID"},
          {"reason", true, false, false, "why"}},
         "修改问题（原文保留）",
         "amend a finding; every version stays",
         runFindingAmend},
        {{"finding", "void"},
         {"FINDING"},
         {kReason, {"undo", false, false, false, "take the voiding back"}},
         "作废问题（可撤回）",
         "void a finding, or undo that",
         runVoid},
        {{"void"},
         {"ENTITY"},
         {kReason, {"undo", false, false, false, "take the voiding back"}},
         "作废一项记录（可撤回）",
         "void a record, or undo that",
         runVoid},
        {{"site", "propose"},
         {},
         {{"name", true, true, false, "what people call it"},
          {"lat", true, false, false, "decimal degrees, north positive"},
          {"lon", true, false, false, "decimal degrees, east positive"},
          kNote,
          kId},
         "提议新现场",
         "propose a site that the office does not have",
         runSitePropose},
        {{"export-outbox"},
         {"FILE"},
         {},
         "把待送的记录和照片封成一个文件，用 U 盘送督查室",
         "seal what waits into a file that a person carries to the office",
         runExportOutbox},
        {{"import-receipts"},
         {"FILE"},
         {},
         "取回督查室对封送文件的回执",
         "take back what the office answered to such a file",
         runImportReceipts},
    };
}
} // namespace

const std::vector<CommandInfo> &allCommands() {
    static const std::vector<CommandInfo> commands = makeCommands();
    return commands;
}

const CommandInfo *findCommand(std::span<const std::string> words) {
    const auto &commands = allCommands();
    const auto it = std::find_if(commands.begin(), commands.end(), [&](const CommandInfo &command) {
        return words.size() >= command.words.size() &&
               std::equal(command.words.begin(), command.words.end(), words.begin());
    });
    return it == commands.end() ? nullptr : &*it;
}

std::string usageOf(const CommandInfo &command) {
    std::string text = "zhicha-field --store DIR";
    for (const std::string_view word : command.words)
        text += " " + std::string(word);
    for (const std::string_view positional : command.positionals)
        text += " " + std::string(positional);
    text += " [--json]\n  " + std::string(command.zh) + "\n  " + std::string(command.en) + "\n";
    for (const OptionInfo &option : command.options) {
        std::string head = "  --" + std::string(option.name) + (option.takesValue ? " V" : "");
        head.resize(std::max<std::size_t>(head.size() + 2, 22), ' ');
        text += head + std::string(option.help) + (option.required ? " (needed)" : "") + "\n";
    }
    if (command.run == nullptr)
        text += "  （后续版本提供 / not yet: comes with a later version）\n";
    return text;
}

std::string overview() {
    std::string text =
        "zhicha-field --store DIR COMMAND …    直查：平板引擎，无屏幕 / the tablet's engine without a screen\n"
        "  DIR 是这台平板的记录库，登记时新建 / DIR is this tablet's store, made by enrol\n"
        "  口令写在一个文件里，由环境变量 ZHICHA_PIN_FILE 指明 / the store's PIN or passphrase stands in the file that "
        "ZHICHA_PIN_FILE names\n"
        "  第一次 / the first time:  enrol，sync，check start --site S，finding add，check finish，sync\n\n";
    for (const CommandInfo &command : allCommands()) {
        std::string head = " ";
        for (const std::string_view word : command.words)
            head += " " + std::string(word);
        head.resize(std::max<std::size_t>(head.size() + 2, 20), ' ');
        text += head + std::string(command.zh) + " / " + std::string(command.en) +
                (command.run == nullptr ? "（尚未提供 / not yet）\n" : "\n");
    }
    return text +
           "\n  每条命令都有 --help 与 --json / each has --help and --json\n"
           "  退出码 0 完成，1 被拒绝或失败，2 用法不对 / exit codes: 0 done, 1 refused or failed, 2 wrong usage\n";
}

} // namespace zhicha::cli
