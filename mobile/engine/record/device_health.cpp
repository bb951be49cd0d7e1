#include "mobile/engine/record/device_health.h"

namespace zhicha {

namespace {
constexpr std::int64_t kEveryMs = 20 * 3600 * 1000; ///< once each working day, whenever it begins
constexpr std::string_view kLastHealth = "health_at";
} // namespace

Result<bool> noteHealth(Recorder &recorder, const DeviceHealth &health) {
    LocalStore &store = recorder.store();
    const std::int64_t now = recorder.writer().clock().nowMs();
    ZHICHA_ASSIGN(const std::optional<cbor::Value> last, store.state().value(kLastHealth));
    // A clock that was set back does not silence it.
    if (last && last->integer() != nullptr && now >= *last->integer() && now - *last->integer() < kEveryMs)
        return false;
    ZHICHA_ASSIGN(const std::optional<ClockEstimate> estimate, store.clock());
    if (!estimate)
        return false;
    cbor::Map fields{{"app", health.app},
                     {"system", health.system},
                     {"storage_free", health.storageFree},
                     {"clock_error_ms", now - estimate->at(recorder.writer().clock())}};
    if (health.battery)
        fields["battery"] = *health.battery;
    ZHICHA_ASSIGN(Transaction transaction, store.begin());
    ZHICHA_ASSIGN(const StoredOperation stored,
                  recorder.writer().append({"device.health", recorder.writer().newId(), std::move(fields), nullptr}));
    ZHICHA_TRY(store.state().putValue(kLastHealth, now));
    ZHICHA_TRY(transaction.commit());
    return true;
}

} // namespace zhicha
