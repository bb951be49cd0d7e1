#include "shared/geo/way.h"

#include "shared/geo/distance.h"

namespace zhicha {

std::int64_t Way::stoppedMs() const {
    std::int64_t sum = 0;
    for (const WayStop &stop : stops)
        sum += stop.untilMs - stop.fromMs;
    return sum;
}

Way wayOf(std::span<const TimedPlace> places, const std::optional<Fence> &fence) {
    Way way;
    for (std::size_t i = 1; i < places.size(); ++i)
        way.lengthMm += distanceMm(places[i - 1].at, places[i].at);
    for (std::size_t from = 0; from < places.size();) {
        std::size_t to = from;
        while (to + 1 < places.size() && distanceMm(places[from].at, places[to + 1].at) <= kStopMm)
            ++to;
        const bool outside = !fence || fence->read(places[from].at, std::nullopt).relation == FenceRelation::Outside;
        if (outside && places[to].t - places[from].t >= kStopMs)
            way.stops.push_back({places[from].at, places[from].t, places[to].t});
        from = to + 1;
    }
    return way;
}

} // namespace zhicha
