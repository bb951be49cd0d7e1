#pragma once
// `zhicha-server paper DIR …`: drafts, issues, revokes, receives and shows papers through office/papers.
#include "sync-server/cli/commands.h"

namespace zhicha {

[[nodiscard]] Result<CommandOutput> paperCommand(CommandContext &context, const Arguments &arguments);

} // namespace zhicha
