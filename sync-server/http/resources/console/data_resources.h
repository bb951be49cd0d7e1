#pragma once
// Resources that other programs are the first to read: positions, and what charts are drawn from.
#include "sync-server/http/resources/console/console_gate.h"

namespace zhicha {

void addGeoRoutes(ConsoleGate &gate);
void addTrendRoutes(ConsoleGate &gate);

} // namespace zhicha
