#pragma once
// The thread of the store: every read, write and exchange with the office happens there, never on the screen's.
#include "mobile/platform/store_session.h"
#include "mobile/platform/sync_worker.h"

#include <QPointer>
#include <QThread>

#include <functional>

namespace zhicha {

/** Owner:   the app. Threads: the one that made it (the screen's); `work` runs on the store's thread, one at a time in
 *           the order of the calls; `done` comes back on the caller's, and not at all if `context` is gone by then.
 *  Values cross by copy; nothing mutable is shared. The sync's exchanges lie between the pieces of work: recording
 *  waits for one step of it at most, never for the network.
 *  Errors:  work on a closed store answers StoreLocked. */
class StoreThread {
public:
    StoreThread();
    ~StoreThread(); ///< what was posted is done first
    StoreThread(const StoreThread &) = delete;
    StoreThread &operator=(const StoreThread &) = delete;

    /** Closes what was open first. */
    void open(QObject *context, const std::string &folder, const std::string &pin, bool mayCreate,
              std::function<void(Status)> done);
    void close(QObject *context, std::function<void()> done);
    /** True if the PIN opens the store in this folder; works beside an open one. */
    void checkPin(QObject *context, const std::string &folder, const std::string &pin,
                  std::function<void(Status)> done);
    /** `work`: Result<T>(StoreSession &). `done`: void(Result<T>). */
    template <typename Work, typename Done>
    void run(QObject *context, Work work, Done done) {
        using R = std::invoke_result_t<Work &, StoreSession &>;
        post([this, guard = QPointer<QObject>(context), work = std::move(work), done = std::move(done)]() mutable {
            R result = m_session ? work(*m_session) : R(fail(Code::StoreLocked, "the store is closed"));
            answer([guard, done = std::move(done), result = std::move(result)]() mutable {
                if (guard)
                    done(std::move(result));
            });
        });
    }
    /** Off the store, on the same thread: for what only needs the disk. */
    void post(std::function<void()> work);
    void answer(std::function<void()> done);

    /** Lives on the store's thread; its calls and signals are queued. Never null. */
    [[nodiscard]] SyncWorker &sync() { return *m_sync; }
    void setCost(const PasswordCost &cost) { m_cost = cost; } ///< of stores that are made from now on

private:
    QThread m_thread;
    QObject m_front;
    QObject *m_worker;
    SyncWorker *m_sync;
    PasswordCost m_cost;
    std::unique_ptr<StoreSession> m_session; // touched on the store's thread alone
};

} // namespace zhicha
