#pragma once
// Everything of the console on one router.
#include "sync-server/http/resources/console/console_gate.h"

namespace zhicha {

/** `gate` outlives the router. */
void addConsoleRoutes(ConsoleGate &gate);

} // namespace zhicha
