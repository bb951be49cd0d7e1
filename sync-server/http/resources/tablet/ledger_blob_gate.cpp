#include "sync-server/http/resources/tablet/ledger_blob_gate.h"

#include "sync-server/http/resources/tablet/tablet_resource.h"
#include "sync-server/intake/photo_intake.h"
#include "sync-server/intake/sessions.h"

#include <algorithm>

namespace zhicha {

namespace {
constexpr int kMismatchesBeforeAlarm = 3;
constexpr std::size_t kMaxCounted = 10'000;
} // namespace

Result<Caller> LedgerBlobGate::admit(const Request &request) {
    ZHICHA_ASSIGN(const Session session, admitTablet(m_access, request));
    Caller caller;
    caller.device = session.device;
    caller.uploadOnly = session.uploadOnly;
    return caller;
}

Status LedgerBlobGate::mayAsk(const Caller &caller, const Digest &photo) {
    return m_access.read([&](LedgerReader &reader) -> Status {
        ZHICHA_ASSIGN(const std::vector<PhotoExpectation> awaited, reader.photoExpectations(photo));
        const bool own = std::any_of(awaited.begin(), awaited.end(), [&](const PhotoExpectation &expected) {
            return expected.device == caller.device;
        });
        return own ? Status() : fail(Code::NotFound, "no operation of this device names this photo");
    });
}

Status LedgerBlobGate::mayUpload(const Caller &caller, const Digest &photo, std::uint64_t size) {
    return m_access.read([&](LedgerReader &reader) { return photoMayArrive(reader, caller.device, photo, size); });
}

Status LedgerBlobGate::mayRead(const Caller &caller, const Digest &photo) {
    if (caller.uploadOnly)
        return fail(Code::RevokedDevice, "a revoked device may deliver, and reads nothing");
    return m_access.read([&](LedgerReader &reader) -> Status {
        ZHICHA_ASSIGN(const std::vector<PhotoExpectation> awaited, reader.photoExpectations(photo));
        for (const PhotoExpectation &expected : awaited) {
            ZHICHA_ASSIGN(const bool granted, reader.inScope(caller.device, expected.check));
            if (granted || expected.device == caller.device)
                return {};
        }
        return fail(Code::NotFound, "no check in this device's scope has this photo");
    });
}

Status LedgerBlobGate::completed(const Caller &, const Digest &photo) {
    bool pending = false;
    ZHICHA_TRY(m_access.read([&](LedgerReader &reader) -> Status {
        ZHICHA_ASSIGN(const std::vector<PhotoExpectation> awaited, reader.photoExpectations(photo));
        for (const PhotoExpectation &expected : awaited)
            pending = pending || (!expected.preview && !expected.received);
        return {};
    }));
    if (!pending)
        return {};
    return m_access.write([&](Intake &intake) { return photoArrived(intake, photo); });
}

Status LedgerBlobGate::mismatched(const Caller &caller, const Digest &photo) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_mismatches.size() > kMaxCounted)
            m_mismatches.clear();
        if (++m_mismatches[{caller.device, photo}] != kMismatchesBeforeAlarm)
            return {};
    }
    // What arrived is deleted and its digest with it: the operation says so with the digest of nothing.
    return m_access.write([&](Intake &intake) { return photoDiffered(intake, caller.device, photo, Digest{}); });
}

} // namespace zhicha
