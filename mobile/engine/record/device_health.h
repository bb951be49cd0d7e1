#pragma once
// device.health: what the office wants to know of a tablet before it sends somebody out with it.
#include "mobile/engine/record/recorder.h"

namespace zhicha {

struct DeviceHealth {
    std::string app;              ///< program and version
    std::string system;           ///< operating system
    std::int64_t storageFree = 0; ///< bytes
    std::optional<int> battery;   ///< percent; nullopt without one
};

/** Records it if the last one is a day old, with the clock's error by the office's last answer; true if it did. Called
 *  when the office was reached: nothing waits because of it. Threads: the store's. */
[[nodiscard]] Result<bool> noteHealth(Recorder &recorder, const DeviceHealth &health);

} // namespace zhicha
