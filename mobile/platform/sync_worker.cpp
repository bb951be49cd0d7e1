#include "mobile/platform/sync_worker.h"

#include <QCoreApplication>
#include <QNetworkInformation>

namespace zhicha {

namespace {
constexpr std::int64_t kIdleMs = 15 * 60 * 1000; ///< "下次": questions of the office reach the tablet within that time
constexpr int kAfterStartMs = 1000;
constexpr std::int64_t kSoonMs = 1500; ///< a burst of records goes out as one run
} // namespace

SyncWorker::SyncWorker() : m_next(this) {
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, [this] {
        if (m_machine && m_machine->state() == SyncMachine::State::Waiting)
            step(); // goes on where it stood
        else
            start();
    });
    // It loads a plugin, on the application's thread alone: after the first page is there.
    QTimer::singleShot(kAfterStartMs, QCoreApplication::instance(),
                       [worker = QPointer<SyncWorker>(this)] { watchNetwork(worker); });
}

void SyncWorker::watchNetwork(const QPointer<SyncWorker> &worker) {
    if (worker.isNull() || !QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability))
        return;
    connect(QNetworkInformation::instance(), &QNetworkInformation::reachabilityChanged, worker.data(),
            [it = worker.data()](QNetworkInformation::Reachability now) {
                if (now != QNetworkInformation::Reachability::Disconnected)
                    it->start();
            });
}

SyncWorker::~SyncWorker() = default;

void SyncWorker::attach(LocalStore &store) {
    detach();
    m_store = &store;
    m_goal = SyncGoal::Everything;
    if (store.identity() && store.identity()->enrolled)
        plan(0);
}

void SyncWorker::detach() {
    ++m_generation;
    m_next.stop();
    m_transport.reset();
    m_machine.reset();
    m_store = nullptr;
    m_out = m_again = false;
}

void SyncWorker::setPaused(bool paused) {
    m_paused = paused;
    if (paused)
        m_next.stop();
    else if (m_store != nullptr)
        plan(0);
}

void SyncWorker::enrol() {
    m_goal = SyncGoal::Enrol;
    start();
}

void SyncWorker::plan(std::int64_t ms) {
    if (!m_paused)
        m_next.start(static_cast<int>(std::min<std::int64_t>(ms, kIdleMs)));
}

void SyncWorker::startSoon() {
    if (m_store == nullptr)
        return;
    if (m_out) {
        m_again = true;
        return;
    }
    // While the engine waits out a failure its own plan stands: a burst of records must not hammer a dead link.
    if (m_machine && m_machine->state() == SyncMachine::State::Waiting)
        return;
    plan(kSoonMs);
}

void SyncWorker::start() {
    if (m_store == nullptr || !m_store->identity())
        return;
    if (m_out) {
        m_again = true;
        return;
    }
    m_next.stop();
    m_transport = std::make_unique<QtTransport>(QUrl(QString::fromStdString(m_store->identity()->server)));
    m_machine = std::make_unique<SyncMachine>(*m_store, systemClock(), systemRandom(), m_goal);
    step();
}

void SyncWorker::step() {
    const std::optional<HttpRequest> request = m_machine->next();
    if (!request) {
        ended();
        return;
    }
    m_out = true;
    emit moved(true);
    m_transport->send(*request, [this, generation = m_generation](TransportResult result) {
        if (generation != m_generation)
            return;
        m_out = false;
        if (const auto *response = std::get_if<HttpResponse>(&result))
            m_machine->onResponse(*response);
        else
            m_machine->onFailure(std::get<TransportFailure>(result));
        step();
    });
}

void SyncWorker::ended() {
    const SyncMachine::State state = m_machine->state();
    const auto code = m_machine->error() ? QString::fromUtf8(codeName(m_machine->error()->code).data()) : QString();
    if (state == SyncMachine::State::Waiting)
        plan(std::max<std::int64_t>(m_machine->waitUntilMs() - systemClock().nowMs(), 100));
    else if (state == SyncMachine::State::Done && m_goal == SyncGoal::Enrol) {
        m_goal = SyncGoal::Everything;
        plan(0);
    } else if (m_again)
        plan(kSoonMs);
    else if (state == SyncMachine::State::Done)
        plan(kIdleMs);
    m_again = false;
    emit moved(false);
    emit roundEnded(state == SyncMachine::State::Done ? QString() : code);
}

} // namespace zhicha
