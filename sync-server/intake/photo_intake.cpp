#include "sync-server/intake/photo_intake.h"

#include <set>

namespace zhicha {

Status photoMayArrive(LedgerReader &ledger, const Uuid &device, const Digest &photo, std::uint64_t size) {
    ZHICHA_ASSIGN(const std::vector<PhotoExpectation> awaited, ledger.photoExpectations(photo));
    // Erased looks like one that nobody announced: its tablet drops it as soon as it has pulled the erasure.
    ZHICHA_ASSIGN(const std::optional<Withdrawal> erased, ledger.withdrawal(Withdrawal::What::ErasedPhoto, photo));
    if (erased)
        return fail(Code::NotFound, "the photo was erased");
    bool own = false;
    for (const PhotoExpectation &expected : awaited) {
        if (expected.device != device)
            continue;
        own = true;
        if (expected.preview && size <= static_cast<std::uint64_t>(kMaxPreviewBytes))
            return {};
        if (!expected.preview && size == static_cast<std::uint64_t>(expected.size))
            return {};
    }
    if (!own)
        return fail(Code::NotFound, "no operation of this device names this photo");
    return fail(Code::InvalidArgument, "the photo's size is not the one that its operation states");
}

Status photoArrived(Intake &intake, const Digest &photo) {
    ZHICHA_ASSIGN(const std::vector<PhotoExpectation> awaited, intake.ledger().photoExpectations(photo));
    std::set<Uuid> checks;
    for (const PhotoExpectation &expected : awaited)
        if (!expected.preview && !expected.received)
            checks.insert(expected.check);
    if (checks.empty())
        return {};
    ZHICHA_ASSIGN(const std::unique_ptr<IntakeTransaction> transaction, intake.open());
    for (const Uuid &check : checks) {
        auto appended = transaction->append(
            {"photos.received", transaction->newId(), {{"check", check}, {"digests", cbor::Array{photo}}}});
        if (!appended)
            return appended.error();
    }
    const auto committed = transaction->commit();
    return committed ? Status() : Status(committed.error());
}

Status photoDiffered(Intake &intake, const Uuid &device, const Digest &photo, const Digest &got) {
    ZHICHA_ASSIGN(const std::vector<PhotoExpectation> awaited, intake.ledger().photoExpectations(photo));
    for (const PhotoExpectation &expected : awaited) {
        if (expected.device != device || expected.preview)
            continue;
        ZHICHA_ASSIGN(const std::unique_ptr<IntakeTransaction> transaction, intake.open());
        ZHICHA_TRY(
            intake.ledger().addAlarm(transaction->nowMs(), "photo_mismatch",
                                     "a photo of check " + toText(expected.check) + " arrived with other bytes"));
        auto appended = transaction->append(
            {"photo.mismatch", transaction->newId(), {{"check", expected.check}, {"sha256", photo}, {"got", got}}});
        if (!appended)
            return appended.error();
        const auto committed = transaction->commit();
        return committed ? Status() : Status(committed.error());
    }
    return {};
}

} // namespace zhicha
