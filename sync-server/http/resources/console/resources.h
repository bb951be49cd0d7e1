#pragma once
// The resources of the console, one file each; addConsoleRoutes puts them together.
#include "sync-server/http/resources/console/console_gate.h"

namespace zhicha {

void addSessionRoutes(ConsoleGate &gate);
void addSecondFactorRoutes(ConsoleGate &gate);
void addFirstRunRoutes(ConsoleGate &gate);
void addFrameRoutes(ConsoleGate &gate);
void addCheckRoutes(ConsoleGate &gate);
void addReviewRoutes(ConsoleGate &gate);
void addPhotoRoutes(ConsoleGate &gate);
void addConflictRoutes(ConsoleGate &gate);
void addFindingRoutes(ConsoleGate &gate);
void addDeviceRoutes(ConsoleGate &gate);
void addPeopleRoutes(ConsoleGate &gate);
void addEventRoutes(ConsoleGate &gate);
void addPaperRoutes(ConsoleGate &gate);
void addPaperDraftRoutes(ConsoleGate &gate);
void addTileRoutes(ConsoleGate &gate);
void addItemRoutes(ConsoleGate &gate);
void addRequestRoutes(ConsoleGate &gate);
void addEscalationRoutes(ConsoleGate &gate);
void addOrderRoutes(ConsoleGate &gate);
void addOutsideRoutes(ConsoleGate &gate);
void addErasureRoutes(ConsoleGate &gate);
void addSheetRoutes(ConsoleGate &gate);
void addTokenRoutes(ConsoleGate &gate);
void addGeoRoutes(ConsoleGate &gate);
void addTrendRoutes(ConsoleGate &gate);

} // namespace zhicha
