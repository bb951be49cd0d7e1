#pragma once
// Records the way of the check that is under way, and knows where the tablet is against its fence.
#include "mobile/engine/record/track_keeper.h"
#include "mobile/platform/position/position_receiver.h"
#include "mobile/platform/store_thread.h"
#include "shared/geo/dwell.h"

namespace zhicha {

/** What is under way, as the store says: a check of this person's, else a journey to one, else nothing. */
struct UnderWay {
    Uuid check; ///< nil: nothing
    bool started = false;
    Uuid site;
    std::vector<Uuid> items; ///< of a journey
    std::string siteName;
    std::optional<Fence> fence;
    std::int64_t sinceMs = 0;
    std::vector<Fix> points; ///< not in an operation yet: what a crash left behind
};

/** Owner:   App. Threads: the screen's; writing is posted to the store's, one fix at a time.
 *  Holds:   wants the receiver exactly while something is under way, also behind the lock; it follows the check that
 *           the store calls the current one. */
class TrackRecorder : public QObject {
    Q_OBJECT
public:
    TrackRecorder(StoreThread &store, PositionReceiver &receiver, QObject *parent = nullptr);
    ~TrackRecorder() override;

    void refresh(); ///< looks into the store: something was recorded
    void clear();   ///< the store closes
    /** Mints the check and starts its track; changes where to while a journey is under way. */
    void setOff(const Uuid &site, const std::vector<Uuid> &items);
    void giveUp();
    void setLowBattery(bool low) { m_tuning.everyMs = low ? 10'000 : 1'000; }

    [[nodiscard]] const UnderWay &underWay() const { return m_underWay; }
    [[nodiscard]] bool following() const { return m_underWay.check != Uuid{}; }
    [[nodiscard]] bool onTheWay() const { return following() && !m_underWay.started; }
    /** Of the last fix; nullopt without a fence or before one. */
    [[nodiscard]] const std::optional<FenceReading> &reading() const { return m_reading; }
    [[nodiscard]] const std::optional<HeardFix> &lastFix() const { return m_lastFix; }
    [[nodiscard]] std::optional<Fix> arrival() const { return m_meter ? m_meter->arrival() : std::nullopt; }
    [[nodiscard]] std::int64_t dwellMs() const { return m_meter ? m_meter->dwellMs() : 0; }
    /** When the fence was left after the arrival, by the satellites; 0 while inside. */
    [[nodiscard]] std::int64_t leftMs() const { return m_leftMs; }
    /** {fix, inside?, dwell_s} as check.start records it; nullopt without a usable fix. */
    [[nodiscard]] std::optional<cbor::Map> arrivalFields() const;
    /** Why the last fix did not get on the disk; empty = it did. */
    [[nodiscard]] const std::optional<Error> &trouble() const { return m_trouble; }

signals:
    void changed();
    void kept(const zhicha::Fix &fix); ///< it is on the disk

private:
    void take(UnderWay underWay);
    void heard(const HeardFix &fix);
    void stepTo(const Fix &fix);

    StoreThread &m_store;
    PositionReceiver &m_receiver;
    UnderWay m_underWay;
    TrackTuning m_tuning;
    std::optional<DwellMeter> m_meter;
    std::optional<FenceReading> m_reading;
    std::optional<HeardFix> m_lastFix;
    std::int64_t m_leftMs = 0;
    std::optional<Error> m_trouble;
    bool m_asked = false;
    bool m_again = false;
};

/** Threads: the store's. */
[[nodiscard]] Result<UnderWay> readUnderWay(StoreSession &session);

} // namespace zhicha
