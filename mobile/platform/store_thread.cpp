#include "mobile/platform/store_thread.h"

namespace zhicha {

StoreThread::StoreThread() : m_worker(new QObject), m_sync(new SyncWorker) {
    m_thread.setObjectName("store");
    m_worker->moveToThread(&m_thread);
    m_sync->moveToThread(&m_thread);
    m_thread.start();
}

StoreThread::~StoreThread() {
    post([this] {
        m_sync->detach();
        m_session.reset(); // on the thread that opened it
        m_sync->deleteLater();
        m_worker->deleteLater();
        m_thread.quit();
    });
    m_thread.wait();
}

void StoreThread::post(std::function<void()> work) {
    QMetaObject::invokeMethod(m_worker, std::move(work), Qt::QueuedConnection);
}

void StoreThread::answer(std::function<void()> done) {
    QMetaObject::invokeMethod(&m_front, std::move(done), Qt::QueuedConnection);
}

void StoreThread::open(QObject *context, const std::string &folder, const std::string &pin, bool mayCreate,
                       std::function<void(Status)> done) {
    post([this, guard = QPointer<QObject>(context), folder, pin, mayCreate, cost = m_cost, done = std::move(done)] {
        m_sync->detach();
        m_session.reset();
        auto session = StoreSession::open(folder, pin, mayCreate, cost);
        Status status;
        if (session) {
            m_session = std::move(*session);
            m_sync->attach(m_session->store());
        } else {
            status = session.error();
        }
        answer([guard, done, status] {
            if (guard)
                done(status);
        });
    });
}

void StoreThread::close(QObject *context, std::function<void()> done) {
    post([this, guard = QPointer<QObject>(context), done = std::move(done)] {
        m_sync->detach();
        m_session.reset();
        answer([guard, done] {
            if (guard)
                done();
        });
    });
}

void StoreThread::checkPin(QObject *context, const std::string &folder, const std::string &pin,
                           std::function<void(Status)> done) {
    post([this, guard = QPointer<QObject>(context), folder, pin, done = std::move(done)] {
        Status status;
        auto disk = PosixDisk::open(folder);
        if (!disk)
            status = disk.error();
        else if (auto key = openStoreKey(**disk, pin); !key)
            status = key.error();
        answer([guard, done, status] {
            if (guard)
                done(status);
        });
    });
}

} // namespace zhicha
