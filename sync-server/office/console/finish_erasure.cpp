#include "sync-server/office/console/finish_erasure.h"

#include "shared/base/plant.h"
#include "sync-server/office/console/index_refresh.h"

#include <chrono>
#include <thread>

namespace zhicha {

namespace {
constexpr std::size_t kIndexBatch = 2000;
constexpr int kTries = 20; ///< a reader holds old pages for the length of a request
constexpr std::chrono::milliseconds kBetweenTries{100};

Status forget(Intake &intake) {
    LedgerWriter &ledger = intake.ledger();
    for (bool more = true; more;) {
        ZHICHA_ASSIGN(const IndexStep step, refreshConsoleIndex(ledger, kIndexBatch));
        more = step.more;
    }
    ZHICHA_TRY(ledger.scrub());
    ZHICHA_TRY(ledger.begin());
    if (const Status put = ledger.putSetting(std::string(kErasureOwedSetting), ""); !put) {
        ledger.rollback();
        return put;
    }
    return ledger.commit();
}
} // namespace

Result<bool> erasureIsOwed(LedgerAccess &access) {
    return access.look<bool>([](LedgerReader &reader) -> Result<bool> {
        ZHICHA_ASSIGN(const std::optional<std::string> setting, reader.setting(std::string(kErasureOwedSetting)));
        return setting && !setting->empty();
    });
}

Status finishErasures(LedgerAccess &access, PhotoStore &photos) {
    std::vector<Digest> erased;
    ZHICHA_TRY(access.read([&](LedgerReader &reader) {
        return reader.forEachWithdrawal([&](const Withdrawal &one) -> Status {
            if (one.what == Withdrawal::What::ErasedPhoto)
                erased.push_back(one.digest);
            return {};
        });
    }));
    // Files also where nothing is owed: a backup that was put back may have brought one.
    for (const Digest &photo : erased)
        if (!plant("erased_photo_stays"))
            ZHICHA_TRY(photos.remove(photo));
    ZHICHA_ASSIGN(const bool owed, erasureIsOwed(access));
    Status forgotten = owed ? access.write(forget) : Status();
    // Between two tries others write.
    for (int i = 0; !forgotten && forgotten.error().code == Code::StoreLocked && i < kTries; ++i) {
        std::this_thread::sleep_for(kBetweenTries);
        forgotten = access.write(forget);
    }
    return forgotten;
}

} // namespace zhicha
