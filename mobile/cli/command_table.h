#pragma once
// Every command of zhicha-field: its words, what it takes, what it does.
#include "mobile/cli/arguments.h"
#include "mobile/cli/session.h"

#include <nlohmann/json.hpp>

namespace zhicha::cli {

struct CommandInfo {
    std::vector<std::string_view> words; ///< "check", "start"
    std::vector<std::string_view> positionals;
    std::vector<OptionInfo> options;
    std::string_view zh; ///< what it does, one line
    std::string_view en;
    /** What `--json` prints; people read the same from `say`. nullptr: comes with a later version. */
    Result<nlohmann::json> (*run)(Session &session, const Arguments &arguments) = nullptr;
};

[[nodiscard]] const std::vector<CommandInfo> &allCommands();
/** The command that the words begin with; nullptr if there is none. */
[[nodiscard]] const CommandInfo *findCommand(std::span<const std::string> words);
[[nodiscard]] std::string usageOf(const CommandInfo &command);
[[nodiscard]] std::string overview();

// commands_sync.cpp
Result<nlohmann::json> runEnrol(Session &session, const Arguments &arguments);
Result<nlohmann::json> runSync(Session &session, const Arguments &arguments);
Result<nlohmann::json> runKeyNote(Session &session, const Arguments &arguments);
Result<nlohmann::json> runExportOutbox(Session &session, const Arguments &arguments);
Result<nlohmann::json> runImportReceipts(Session &session, const Arguments &arguments);
// commands_status.cpp
Result<nlohmann::json> runStatus(Session &session, const Arguments &arguments);
Result<nlohmann::json> runSites(Session &session, const Arguments &arguments);
// commands_check.cpp
Result<nlohmann::json> runCheckStart(Session &session, const Arguments &arguments);
Result<nlohmann::json> runCheckAnswer(Session &session, const Arguments &arguments);
Result<nlohmann::json> runCheckTally(Session &session, const Arguments &arguments);
Result<nlohmann::json> runCheckReply(Session &session, const Arguments &arguments);
Result<nlohmann::json> runCheckInvite(Session &session, const Arguments &arguments);
Result<nlohmann::json> runCheckNote(Session &session, const Arguments &arguments);
Result<nlohmann::json> runCheckAttest(Session &session, const Arguments &arguments);
Result<nlohmann::json> runCheckSign(Session &session, const Arguments &arguments);
Result<nlohmann::json> runCheckFinish(Session &session, const Arguments &arguments);
// commands_finding.cpp
Result<nlohmann::json> runFindingAdd(Session &session, const Arguments &arguments);
Result<nlohmann::json> runFindingAmend(Session &session, const Arguments &arguments);
Result<nlohmann::json> runVoid(Session &session, const Arguments &arguments);
Result<nlohmann::json> runSitePropose(Session &session, const Arguments &arguments);

} // namespace zhicha::cli
