#pragma once
// Keeps a tablet in step with the office while its store is open: at once when asked, when something was recorded or a
// network appears; after a failure when the engine says so; otherwise now and then.
#include "mobile/engine/sync/sync_machine.h"
#include "mobile/platform/qt_transport.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

namespace zhicha {

/** Owner: StoreThread. Threads: attach and detach on the store's thread; the slots from any, queued. */
class SyncWorker : public QObject {
    Q_OBJECT
public:
    SyncWorker();
    ~SyncWorker() override;
    void attach(LocalStore &store);
    void detach(); ///< before the store closes; an exchange under way is broken off
    /** Trust and enrolment alone, then everything. */
    void enrol();

public slots:
    void start();     ///< now, whatever was planned
    void startSoon(); ///< something was recorded: after a short while, so that a burst of records goes out together
    void setPaused(bool paused);

signals:
    /** Something moved, or the state changed: look into the store. `working`: an exchange is under way. */
    void moved(bool working);
    /** A round came to its end. `code`: empty when everything is in step, else why not. */
    void roundEnded(const QString &code);

private:
    static void watchNetwork(const QPointer<SyncWorker> &worker);
    void step();
    void ended();
    void plan(std::int64_t ms);

    LocalStore *m_store = nullptr;
    std::unique_ptr<QtTransport> m_transport;
    std::unique_ptr<SyncMachine> m_machine;
    QTimer m_next;
    bool m_out = false;
    bool m_again = false;
    bool m_paused = false;
    SyncGoal m_goal = SyncGoal::Everything;
    quint64 m_generation = 0; ///< of the attached store: an answer for an earlier one is dropped
};

} // namespace zhicha
