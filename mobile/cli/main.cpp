// zhicha-field: the tablet's engine without a screen, over the same store as the app.
#include "mobile/cli/command_table.h"
#include "mobile/cli/output.h"

#include <iostream>

namespace {
using namespace zhicha;
using namespace zhicha::cli;

struct CommandLine {
    std::string store;
    bool json = false;
    bool help = false;
    std::vector<std::string> words; ///< the command's words first
};

/** Takes out what belongs to every command, wherever it stands. */
Result<CommandLine> split(int argc, char **argv) {
    CommandLine line;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--json") {
            line.json = true;
        } else if (word == "--help" || word == "-h") {
            line.help = true;
        } else if (word == "--store") {
            if (++i == argc)
                return fail(Code::WrongUsage, "--store takes a folder", Retry::AfterUser);
            line.store = argv[i];
        } else if (word.starts_with("--store=")) {
            line.store = word.substr(8);
        } else {
            // `-o FILE` of the report is spelt with one hyphen.
            line.words.push_back(word == "-o" ? "--o" : word);
        }
    }
    return line;
}

int wrongUsage(const std::string &detail, const std::string &usage, bool json) {
    const int code = printError(fail(Code::WrongUsage, detail, Retry::AfterUser), json);
    std::cerr << usage;
    return code;
}

int run(const CommandLine &line) {
    if (line.words.empty()) {
        if (line.help) {
            std::cout << overview();
            return 0;
        }
        return wrongUsage("no command", overview(), line.json);
    }
    const CommandInfo *command = findCommand(line.words);
    if (command == nullptr)
        return line.help ? (std::cout << overview(), 0)
                         : wrongUsage("unknown command " + line.words.front(), overview(), line.json);
    if (line.help) {
        std::cout << usageOf(*command);
        return 0;
    }
    if (command->run == nullptr) {
        std::cerr << "尚未提供 / not yet: ";
        for (const std::string_view word : command->words)
            std::cerr << word << ' ';
        std::cerr << "comes with a later version\n";
        return 1;
    }
    const std::span<const std::string> rest = std::span(line.words).subspan(command->words.size());
    const auto arguments = Arguments::parse(rest, command->positionals.size(), command->options);
    if (!arguments)
        return wrongUsage(arguments.error().detail, usageOf(*command), line.json);
    if (line.store.empty())
        return wrongUsage("--store DIR is missing", usageOf(*command), line.json);
    auto session = Session::open(line.store, command->words.front() == "enrol");
    if (!session)
        return printError(session.error(), line.json);
    session->json = line.json;
    const auto answer = command->run(*session, *arguments);
    if (!answer)
        return printError(answer.error(), line.json);
    const bool printsItself = command->words.front() == "status" || command->words.front() == "sites";
    if (line.json || !printsItself)
        std::cout << answer->dump(line.json ? -1 : 2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
    return 0;
}
} // namespace

int main(int argc, char **argv) {
    const auto line = split(argc, argv);
    const int code = line ? run(*line) : printError(line.error(), false);
    // Success and half an answer would be a lie to a script.
    if (std::cout.flush() || code != 0)
        return code;
    say("命令已执行，但结果没有写全：再做之前请先查看 · the command ran, but its answer could not be written whole: "
        "look "
        "before you run it again");
    return 1;
}
