#include "sync-server/office/console/index_keeper.h"

#include "sync-server/office/audit_day.h"
#include "sync-server/office/console/finish_erasure.h"
#include "sync-server/office/console/index_refresh.h"

namespace zhicha {

namespace {
constexpr std::chrono::milliseconds kLookEvery{250};
constexpr std::size_t kBatch = 2000;
constexpr int kAuditEvery = 240; // looks: once a minute
} // namespace

IndexKeeper::~IndexKeeper() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void IndexKeeper::start() {
    m_thread = std::thread([this] { run(); });
}

Status IndexKeeper::catchUp() {
    const std::lock_guard lock(m_working);
    for (;;) {
        // The cursor and not the hub: a rebuild sets it back.
        ZHICHA_ASSIGN(const bool behind, m_access.look<bool>([this](LedgerReader &reader) -> Result<bool> {
            ZHICHA_ASSIGN(const std::int64_t last, reader.lastLog());
            ZHICHA_ASSIGN(const std::int64_t cursor, consoleIndexCursor(reader));
            return cursor < last || m_hub.log() < last;
        }));
        if (!behind)
            return {};
        ZHICHA_ASSIGN(IndexStep step, m_access.ask<IndexStep>(
                                          [](Intake &intake) { return refreshConsoleIndex(intake.ledger(), kBatch); }));
        m_hub.publish(step.log, std::move(step.changes));
    }
}

void IndexKeeper::run() {
    std::unique_lock lock(m_mutex);
    for (int look = 0; !m_stopping; ++look) {
        lock.unlock();
        // What fails here fails in requests too, where it is told; the next look tries again.
        (void)catchUp();
        // After the lists, so that whoever has the check open is told; not in the officer's request, which a large
        // ledger would keep waiting.
        if (const auto owed = erasureIsOwed(m_access); owed && *owed)
            (void)finishErasures(m_access, m_photos);
        if (look % kAuditEvery == 0)
            (void)m_access.write([](Intake &intake) { return putAuditHeads(intake); });
        lock.lock();
        m_wake.wait_for(lock, kLookEvery, [this] { return m_stopping; });
    }
}

} // namespace zhicha
