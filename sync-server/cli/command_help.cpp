#include "sync-server/cli/command_help.h"

#include "shared/protocol/explanation.h"
#include "sync-server/cli/commands.h"

namespace zhicha {

namespace {
struct Own {
    std::string_view name;
    std::string_view usage;
    Words help;
};
constexpr Words kLater{"后续版本提供", "comes with a later version"};
// Those that make, open or replace a folder, and those that a later version brings.
constexpr Own kOwn[] = {
    {"init",
     "DIR [--ledger NAME] [--key-file F]",
     {"新建账本：密钥、管理员和只显示一次的口令",
      "makes a ledger, its keys and one administrator; prints the password once"}},
    {"serve",
     "DIR [--listen ADDR:PORT] [--url URL] [--tls self|off|CERT,KEY] [--key-file F]",
     {"启动：接收平板、提供控制台，直到 Ctrl-C；--url 是平板访问的地址",
      "receives, merges and serves the console until Ctrl-C; --url is where tablets reach it"}},
    {"restore",
     "FILE DIR --root-key FILE [--note FILE] | --from-tablets DIR --root-key FILE --note FILE",
     {"从备份恢复到新的文件夹；没有备份的，用任一平板 zhicha-field key-note 写出的文件重建，由各平板把所存带回来",
      "opens a new generation from a backup, in a new folder; without any backup, from the key note that zhicha-field "
      "key-note writes on any tablet, and tablets bring back what they hold"}},
    {"key",
     "DIR --purpose tls|log|server|sealing [--cert CERT,KEY] --root-key FILE",
     {"更换服务端的一把密钥", "replaces a key of the office"}},
    {"assess",
     "FILE.json|DIR --as-of DAY [--commend midyear|annual] [--explain] [--rules FILE]",
     {"某日收盘时各单位的得分、排名；--commend 加年中或年度通报表扬名单，--explain 逐项说明每一分",
      "every unit's points and rank at the close of a day; --commend adds who is commended, --explain every point"}},
    {"due",
     "FILE.json|DIR --as-of DAY [--calendar FILE] [--explain] [--rules FILE]",
     {"某日应采取的催办、通报、曝光、约谈、问责；--calendar 给出新的节假日表（date,kind,name）",
      "what is due on a day, from urging to accountability; --calendar gives a newer holiday table (date,kind,name)"}},
    {"bundle", "DIR CHECK -o FILE.zip", kLater},
    {"fork", "DIR DEVICE --seq N --keep D", kLater},
};

std::string helpOf(std::string_view name, std::string_view usage, const Words &help, std::string_view before) {
    std::string out;
    for (const std::string_view part : {before, name, std::string_view(" "), usage, std::string_view("\n      "),
                                        help.zh, std::string_view("\n      "), help.en, std::string_view("\n")})
        out += part;
    return out;
}
} // namespace

std::string overview() {
    std::string out =
        "zhicha-server COMMAND DIR …    直查：督查室的服务端 · the office's server\n"
        "  DIR 是账本所在的文件夹 · DIR is the folder of the ledger\n\n"
        "  第一次 · the first time:  init DIR，serve DIR，然后在浏览器里打开它说的地址 · then open what it "
        "says in a browser\n\n";
    for (const Own &own : kOwn)
        if (own.help.zh != kLater.zh)
            out += helpOf(own.name, own.usage, own.help, "  ");
    for (const Command &command : allCommands())
        out += helpOf(command.name, command.usage, command.help, "  ");
    out += "\n  尚未提供 · not yet:\n";
    for (const Own &own : kOwn)
        if (own.help.zh == kLater.zh)
            out += "  " + std::string(own.name) + " " + std::string(own.usage) + "\n";
    return out +
           "\n  每条命令都有 --help、--json 和 --key-file F（或 ZHICHA_KEY_FILE）；改动账本的还有 --as PERSON。\n"
           "  退出码：0 完成，1 被拒绝或失败，2 用法不对。\n"
           "  Every command takes --help, --json and --key-file F (or ZHICHA_KEY_FILE); those that change the ledger "
           "take --as PERSON.\n  Exit codes: 0 done, 1 refused or failed, 2 wrong usage.\n";
}

std::string commandUsage(std::string_view name) {
    for (const Own &own : kOwn)
        if (own.name == name)
            return helpOf(own.name, own.usage, own.help, "zhicha-server ");
    const Command *command = findCommand(name);
    return command == nullptr ? std::string() : helpOf(command->name, command->usage, command->help, "zhicha-server ");
}

std::string problemJson(const Error &error) {
    nlohmann::json json(nlohmann::json::value_t::object);
    for (const auto &[name, text] : explanationFields(error))
        json[name] = text;
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace zhicha
