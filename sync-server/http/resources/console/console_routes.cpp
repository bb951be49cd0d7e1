#include "sync-server/http/resources/console/console_routes.h"

#include "sync-server/http/resources/console/resources.h"

namespace zhicha {

void addConsoleRoutes(ConsoleGate &gate) {
    addSessionRoutes(gate);
    addSecondFactorRoutes(gate);
    addFirstRunRoutes(gate);
    addFrameRoutes(gate);
    addEventRoutes(gate);
    addTileRoutes(gate);
    addCheckRoutes(gate);
    addReviewRoutes(gate);
    addPhotoRoutes(gate);
    addConflictRoutes(gate);
    addFindingRoutes(gate);
    addDeviceRoutes(gate);
    addPeopleRoutes(gate);
    addTokenRoutes(gate);
    addItemRoutes(gate);
    addSheetRoutes(gate);
    addRequestRoutes(gate);
    addEscalationRoutes(gate);
    addOrderRoutes(gate);
    addOutsideRoutes(gate);
    addPaperRoutes(gate);
    addPaperDraftRoutes(gate);
    addGeoRoutes(gate);
    addTrendRoutes(gate);
    addErasureRoutes(gate);
}

} // namespace zhicha
