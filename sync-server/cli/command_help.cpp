#include "sync-server/cli/command_help.h"

#include "shared/protocol/problems.h"
#include "sync-server/cli/commands.h"

namespace zhicha {

namespace {
struct Own {
    std::string_view name;
    std::string_view usage;
    std::string_view help;
};
// Those that make, open or replace a folder, and those that a later version brings.
constexpr Own kOwn[] = {
    {"init", "DIR [--ledger NAME] [--key-file F]", "makes a ledger, its keys and one administrator"},
    {"serve", "DIR [--listen ADDR:PORT] [--tls self|off|CERT,KEY] [--key-file F]", "receives, merges and serves"},
    {"restore", "FILE DIR --root-key FILE [--key-file F]", "opens a new generation from a backup"},
    {"key", "DIR --purpose tls|log|server|sealing [--cert CERT,KEY] --root-key FILE", "replaces a key of the office"},
    {"assess", "FILE.json|DIR --as-of DAY", "comes with a later version"},
    {"due", "FILE.json|DIR --as-of DAY", "comes with a later version"},
    {"bundle", "DIR CHECK -o FILE.zip", "comes with a later version"},
    {"import-outbox", "DIR FILE", "comes with a later version"},
    {"fork", "DIR DEVICE --seq N --keep D", "comes with a later version"},
};
} // namespace

std::string overview() {
    std::string out = "zhicha-server: 直查服务端 · the office's server\n\n";
    const auto line = [&](std::string_view name, std::string_view usage, std::string_view help) {
        out += "  " + std::string(name) + " " + std::string(usage) + "\n      " + std::string(help) + "\n";
    };
    for (const Own &own : kOwn)
        line(own.name, own.usage, own.help);
    for (const Command &command : allCommands())
        line(command.name, command.usage, command.help);
    return out +
           "\nEvery command takes --help, --json and --key-file F (or ZHICHA_KEY_FILE); those that change the ledger "
           "take --as PERSON.\nExit codes: 0 done, 1 refused or failed, 2 wrong usage.\n";
}

std::string commandUsage(std::string_view name) {
    for (const Own &own : kOwn)
        if (own.name == name)
            return "zhicha-server " + std::string(own.name) + " " + std::string(own.usage) + "\n  " +
                   std::string(own.help) + "\n";
    const Command *command = findCommand(name);
    if (command == nullptr)
        return {};
    return "zhicha-server " + std::string(command->name) + " " + std::string(command->usage) + "\n  " +
           std::string(command->help) + "\n";
}

std::string problemText(const Error &error) {
    const Problem &problem = problemOf(error.code);
    const Words who = lifterName(problem.lifter);
    std::string out = std::string(problem.what.zh) + "（" + error.detail + "）\n";
    out += "  " + std::string(problem.safe.zh) + "\n  " + std::string(problem.next.zh) + " · " + std::string(who.zh) +
           "\n";
    out += std::string(problem.what.en) + " (" + error.detail + ")\n";
    out += "  " + std::string(problem.safe.en) + "\n  " + std::string(problem.next.en) + " · " + std::string(who.en) +
           "\n";
    return out;
}

std::string problemJson(const Error &error) {
    const Problem &problem = problemOf(error.code);
    const nlohmann::json json{{"code", codeName(error.code)},
                              {"detail", error.detail},
                              {"what", problem.what.zh},
                              {"what_en", problem.what.en},
                              {"safe", problem.safe.zh},
                              {"safe_en", problem.safe.en},
                              {"next", problem.next.zh},
                              {"next_en", problem.next.en},
                              {"who", lifterName(problem.lifter).zh},
                              {"who_en", lifterName(problem.lifter).en}};
    return json.dump();
}

} // namespace zhicha
