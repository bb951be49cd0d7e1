#pragma once
// A gate for photos that knows one token per device and remembers what it was told.
#include "sync-server/http/resources/blobs_resource.h"

#include <mutex>
#include <set>

namespace zhicha::test {

class TestGate final : public BlobGate {
public:
    Result<Caller> admit(const Request &request) override {
        if (request.header("authorization") != "Bearer good")
            return fail(Code::SessionExpired, "no such session");
        return Caller{};
    }
    Status mayAsk(const Caller &caller, const Digest &photo) override { return mayUpload(caller, photo, 0); }
    Status mayUpload(const Caller &, const Digest &photo, std::uint64_t) override {
        const std::lock_guard lock(m_mutex);
        return m_foreign.count(photo) == 0 ? Status() : fail(Code::NotAllowed, "no operation announces it");
    }
    Status mayRead(const Caller &, const Digest &photo) override { return mayUpload(Caller{}, photo, 0); }
    Status completed(const Caller &, const Digest &photo) override {
        const std::lock_guard lock(m_mutex);
        if (m_failures > 0) {
            --m_failures;
            return fail(Code::Busy, "the ledger is busy", Retry::Later);
        }
        m_completed.insert(photo);
        return {};
    }
    Status mismatched(const Caller &, const Digest &) override {
        const std::lock_guard lock(m_mutex);
        ++m_mismatches;
        return {};
    }
    void makeForeign(const Digest &photo) {
        const std::lock_guard lock(m_mutex);
        m_foreign.insert(photo);
    }
    /** The next `count` calls of completed() fail. */
    void failNext(int count) {
        const std::lock_guard lock(m_mutex);
        m_failures = count;
    }
    bool isCompleted(const Digest &photo) {
        const std::lock_guard lock(m_mutex);
        return m_completed.count(photo) == 1;
    }
    int mismatches() {
        const std::lock_guard lock(m_mutex);
        return m_mismatches;
    }

private:
    std::mutex m_mutex;
    std::set<Digest> m_completed, m_foreign;
    int m_failures = 0, m_mismatches = 0;
};

} // namespace zhicha::test
