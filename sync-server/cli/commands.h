#pragma once
// The sub-commands that work on an open ledger. Each is a thin shell over one function of office/; the same function
// runs in-process when nobody serves the folder, else inside `serve`, through its control socket.
#include "shared/protocol/problems.h"
#include "sync-server/cli/arguments.h"
#include "sync-server/office/access.h"
#include "sync-server/office/folder.h"

#include <nlohmann/json.hpp>
#include <span>

namespace zhicha {

struct CommandContext {
    LedgerAccess &access;
    PhotoStore &photos;
    const LedgerFolder &folder;
    std::string server;       ///< where tablets reach it: https://host:port
    const std::string &input; ///< the content of an input file, read where the command was typed
};

/** A file that a command makes. It is written where the command was typed, by whoever typed it. */
struct OutputFile {
    std::string path;
    Bytes bytes;
};

/** What a command prints: JSON, or text that is printed as it is (the ledger file). */
struct CommandOutput {
    nlohmann::json json;
    std::string text;
    bool failed = false; ///< exit 1 although there is an answer (fsck with problems)
    std::vector<OutputFile> files = {};
};

struct Command {
    std::string_view name;
    std::string_view usage; ///< after the name
    Words help;             ///< one sentence
    std::set<std::string> values;
    std::set<std::string> flags;
    bool readsInput = false; ///< the second word names a file whose content is the input
    Result<CommandOutput> (*run)(CommandContext &, const Arguments &);
    bool takesPaths = false; ///< the words after DIR name files, which whoever runs the command opens itself
};

[[nodiscard]] std::span<const Command> allCommands();
[[nodiscard]] const Command *findCommand(std::string_view name);

} // namespace zhicha
