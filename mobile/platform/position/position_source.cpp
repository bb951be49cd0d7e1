#include "mobile/platform/position/position_source.h"

#include "mobile/platform/position/nmea_position.h"
#include "mobile/platform/position/system_position.h"
#include "shared/base/sources.h"

namespace zhicha {

std::int64_t monotonicMs() {
    return systemClock().monotonicUs() / 1000;
}

std::unique_ptr<PositionSource> makePositionSource(const PositionChoice &choice, const ReceiverTiming &timing) {
    using Kind = PositionChoice::Kind;
    using Replay = NmeaPosition::Replay;
    switch (choice.kind) {
    case Kind::Off:
        return nullptr;
    case Kind::System:
        return std::make_unique<SystemPosition>(timing);
    case Kind::Serial:
        return std::make_unique<NmeaPosition>(std::make_unique<SerialLink>(choice.where, choice.number), Replay::No,
                                              timing);
    case Kind::Tcp:
        return std::make_unique<NmeaPosition>(std::make_unique<TcpLink>(choice.where, choice.number), Replay::No,
                                              timing);
    case Kind::Log:
        return std::make_unique<NmeaPosition>(std::make_unique<LogLink>(choice.where, choice.fast),
                                              choice.fast ? Replay::AtOnce : Replay::AtPace, timing);
    }
    return nullptr;
}

} // namespace zhicha
