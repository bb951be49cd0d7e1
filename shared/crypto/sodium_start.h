#pragma once
// libsodium wants to be started once; every entry of crypto/ calls this first.
#include "shared/base/error.h"

#include <sodium.h>

namespace zhicha {
inline void startSodium() {
    static const int started = sodium_init();
    ZHICHA_CHECK(started >= 0);
}
} // namespace zhicha
