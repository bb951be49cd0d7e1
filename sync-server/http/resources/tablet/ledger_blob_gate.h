#pragma once
// Who may bring which photo, by the ledger.
#include "sync-server/http/resources/blobs_resource.h"
#include "sync-server/office/access.h"

#include <mutex>

namespace zhicha {

/** Threads: every call from any worker. */
class LedgerBlobGate final : public BlobGate {
public:
    explicit LedgerBlobGate(LedgerAccess &access) : m_access(access) {}
    Result<Caller> admit(const Request &request) override;
    Status mayAsk(const Caller &caller, const Digest &photo) override;
    Status mayUpload(const Caller &caller, const Digest &photo, std::uint64_t size) override;
    Status mayRead(const Caller &caller, const Digest &photo) override;
    Status completed(const Caller &caller, const Digest &photo) override;
    Status mismatched(const Caller &caller, const Digest &photo) override;

private:
    LedgerAccess &m_access;
    std::mutex m_mutex;
    /** How often this photo came with other bytes; after a restart the tablet is simply asked again. */
    std::map<std::pair<Uuid, Digest>, int> m_mismatches;
};

} // namespace zhicha
