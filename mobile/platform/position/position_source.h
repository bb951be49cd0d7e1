#pragma once
// Where positions come from: one interface, whatever the receiver.
#include "mobile/engine/capture/receiver_watch.h"
#include "mobile/platform/position/position_choice.h"

#include <QObject>

#include <memory>

namespace zhicha {

/** Owner:   PositionReceiver. Threads: the one it lives in, which needs an event loop; nothing here blocks it.
 *  Time:    a fix carries the monotonic time (systemClock) at which its first byte came. */
class PositionSource : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    virtual void start() = 0;
    virtual void stop() = 0; ///< the device is closed when this returns
    [[nodiscard]] virtual ReceiverView view() const = 0;

signals:
    void heard(const zhicha::HeardFix &fix);
    /** Look at view(): a state changed, or a second went by. */
    void changed();
};

/** nullptr for Off. */
[[nodiscard]] std::unique_ptr<PositionSource> makePositionSource(const PositionChoice &choice,
                                                                 const ReceiverTiming &timing = {});
[[nodiscard]] std::int64_t monotonicMs();

} // namespace zhicha
