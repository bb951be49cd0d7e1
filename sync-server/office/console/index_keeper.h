#pragma once
// Keeps the console's lists and its watchers up to date: a thread that looks at the log a few times a second. A commit
// of another process on the same ledger is seen just the same. It also ends what an erasure left to do.
#include "sync-server/office/access.h"
#include "sync-server/office/console/event_hub.h"
#include "sync-server/store/photo_store.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace zhicha {

/** Owner: `serve`, after the ledger access and before it. Threads: catchUp() from any. */
class IndexKeeper {
public:
    IndexKeeper(LedgerAccess &access, EventHub &hub, PhotoStore &photos)
        : m_access(access), m_hub(hub), m_photos(photos) {}
    ~IndexKeeper();
    IndexKeeper(const IndexKeeper &) = delete;
    IndexKeeper &operator=(const IndexKeeper &) = delete;
    void start();
    /** Returns once everything that is committed now is in the lists: who decided something sees it at once. */
    Status catchUp();

private:
    void run();

    LedgerAccess &m_access;
    EventHub &m_hub;
    PhotoStore &m_photos;
    std::mutex m_working; ///< one catches up at a time
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace zhicha
