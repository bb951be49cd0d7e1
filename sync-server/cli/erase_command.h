#pragma once
// `zhicha-server erase DIR …` and `withhold DIR …`: the acts of office/erasure.
#include "sync-server/cli/commands.h"

namespace zhicha {

[[nodiscard]] Result<CommandOutput> eraseCommand(CommandContext &context, const Arguments &arguments);
[[nodiscard]] Result<CommandOutput> withholdCommand(CommandContext &context, const Arguments &arguments);

} // namespace zhicha
