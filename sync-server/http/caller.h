#pragma once
// Who speaks, once a bearer token was checked.
#include "shared/base/ids.h"

namespace zhicha {

struct Caller {
    Uuid device;             ///< the chain that the token was given to
    Uuid person;             ///< its person
    bool uploadOnly = false; ///< a revoked device may bring what it holds and read nothing
};

} // namespace zhicha
