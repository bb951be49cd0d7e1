#include "shared/base/plant.h"

#ifdef ZHICHA_PLANT
#include <cstdlib>

namespace zhicha {
bool plant(std::string_view name) {
    static const char *chosen = std::getenv("ZHICHA_PLANT");
    return chosen != nullptr && name == chosen;
}
} // namespace zhicha
#endif
