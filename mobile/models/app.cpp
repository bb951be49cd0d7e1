#include "mobile/models/app.h"

#include "mobile/engine/record/device_health.h"
#include "mobile/models/check_closure.h"
#include "mobile/models/problem_text.h"
#include "mobile/models/screen_state.h"
#include "mobile/models/text_format.h"

#include <QCoreApplication>
#include <QEvent>
#include <QSysInfo>

namespace zhicha {

App *App::s_instance = nullptr;

App::App(const QString &data, QObject *parent)
    : QObject(parent), m_data(data), m_file(data), m_settings(data), m_status(m_store, data), m_position(m_store) {
    s_instance = this;
    m_placeTimer.setSingleShot(true);
    m_placeTimer.setInterval(400);
    connect(&m_placeTimer, &QTimer::timeout, this, &App::writePlace);
    m_idle.setSingleShot(true);
    connect(&m_idle, &QTimer::timeout, this, &App::lock);
    connect(&m_block, &QTimer::timeout, this, [this] {
        if (blockedSeconds() == 0)
            m_block.stop();
        emit triesChanged();
    });
    connect(&m_store.sync(), &SyncWorker::roundEnded, this, [this](const QString &code) {
        emit recorded(); // something may have been pulled
        noteWaiting();
        if (code.isEmpty())
            tellHealth();
    });
    connect(this, &App::recorded, &m_status, &StatusModel::refreshSoon);
    connect(this, &App::recorded, this, &App::readCurrentCheck);
    connect(this, &App::recorded, this, [this] { m_position.track().refresh(); });
    connect(&m_settings, &Settings::changed, this, &App::takeDevices);
    connect(&m_status, &StatusModel::ticked, this, &App::takeDevices);
    takeDevices();
    qApp->installEventFilter(this);
    listPeople();
    setPhase(m_people.rowCount() == 0 ? Phase::Enrolling : Phase::Locked);
}

App::~App() {
    if (m_storeOpen)
        m_store.run(
            this, [](StoreSession &session) { return ScreenState(session.store()).noteEnd(); }, [](const Status &) {});
    qApp->removeEventFilter(this);
    s_instance = nullptr;
}

App &App::instance() {
    ZHICHA_CHECK(s_instance != nullptr);
    return *s_instance;
}

App *App::create(QQmlEngine *, QJSEngine *) {
    QQmlEngine::setObjectOwnership(&instance(), QQmlEngine::CppOwnership);
    return s_instance;
}

void App::setPhase(Phase phase) {
    m_phase = phase;
    if (phase == Phase::Open)
        m_idle.start(m_settings.lockMinutes() * 60'000);
    else
        m_idle.stop();
    emit phaseChanged();
}

bool App::eventFilter(QObject *watched, QEvent *event) {
    switch (event->type()) {
    case QEvent::MouseButtonPress:
    case QEvent::TouchBegin:
    case QEvent::KeyPress:
    case QEvent::InputMethod:
        if (m_phase == Phase::Open)
            m_idle.start(m_settings.lockMinutes() * 60'000);
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

void App::listPeople() {
    std::vector<PersonRow> rows;
    const std::vector<TabletPerson> people = m_file.load();
    const QString last = m_file.lastFolder();
    for (const TabletPerson &person : people) {
        rows.push_back({person.folder, person.name, person.waitingRecords, person.waitingPhotos});
        if (person.folder == last || m_person.folder.isEmpty())
            m_person = person;
    }
    m_people.set(std::move(rows));
    if (blockedSeconds() > 0)
        m_block.start(1000);
    emit personChanged();
    emit triesChanged();
}

int App::blockedSeconds() const {
    return m_person.blockedSeconds(systemClock().nowMs());
}

void App::unlock(const QString &pin) {
    if (m_phase != Phase::Locked || blockedSeconds() > 0 || pin.isEmpty())
        return;
    m_lockTrouble.clear();
    setPhase(Phase::Opening);
    const std::string path = m_file.pathOf(m_person.folder).toStdString();
    const auto done = [this](const Status &status) { opened(status); };
    if (m_storeOpen) // a check is open: the store stayed open behind the lock
        m_store.checkPin(this, path, pin.toStdString(), done);
    else
        m_store.open(this, path, pin.toStdString(), false, done);
}

void App::opened(const Status &status) {
    if (status) {
        m_person.noteTry(true, systemClock().nowMs());
        (void)m_file.setLast(m_person.folder); // the next start only guesses another person first
        if (std::exchange(m_storeOpen, true))
            setPhase(Phase::Open);
        else
            readScreen();
    } else {
        if (status.error().code == Code::WrongPin) {
            m_person.noteTry(false, systemClock().nowMs());
            if (blockedSeconds() > 0)
                m_block.start(1000);
        } else {
            m_lockTrouble = problemText(status.error()).what;
        }
        setPhase(Phase::Locked);
    }
    if (const Status saved = m_file.save(m_person); !saved && m_lockTrouble.isEmpty())
        m_lockTrouble = problemText(saved.error()).what;
    emit triesChanged();
}

void App::notePinTry(bool right) {
    m_person.noteTry(right, systemClock().nowMs());
    (void)m_file.save(m_person);
    emit triesChanged();
    if (blockedSeconds() > 0) {
        m_block.start(1000);
        lock();
    }
}

void App::readScreen() {
    m_store.run(
        this, [](StoreSession &session) { return ScreenState(session.store()).start(session.photos()); },
        [this](const Result<ScreenStart> &start) {
            if (!start) {
                m_lockTrouble = problemText(start.error()).what;
                setPhase(Phase::Locked);
                emit triesChanged();
                return;
            }
            m_person.name = text::fromUtf8(start->personName);
            m_officeName = text::fromUtf8(start->ledgerName);
            (void)m_file.save(m_person); // its name on the lock page; what counts is in the store
            m_place = start->place;
            if (!start->endedWell)
                m_recovered = {{"drafts", static_cast<int>(start->drafts)},
                               {"photos", static_cast<int>(start->photos)},
                               {"at", start->stoppedAtMs == 0 ? QString() : text::clockSeconds(start->stoppedAtMs)}};
            else
                m_recovered.clear();
            emit personChanged();
            emit recoveredChanged();
            emit recorded();
            setPhase(start->enrolled ? Phase::Open : Phase::Enrolling);
        });
}

void App::adoptEnrolled(const QString &folder, const QString &name) {
    m_person = {};
    m_person.folder = folder;
    m_person.name = name;
    opened(Status());
    listPeople();
}

void App::readCurrentCheck() {
    if (!m_storeOpen)
        return;
    m_store.run(
        this,
        [](StoreSession &session) -> Result<std::string> {
            ZHICHA_ASSIGN(const std::vector<OwnCheck> checks, ownChecks(session.store()));
            ZHICHA_ASSIGN(const std::optional<Bytes> current, session.store().state().get(statekey::kCurrentCheck));
            std::string found;
            for (const OwnCheck &check : checks) {
                if (check.finished)
                    continue;
                if (found.empty() || (current && uuidFromBytes(*current) == check.id))
                    found = toText(check.id);
            }
            return found;
        },
        [this](const Result<std::string> &found) {
            const QString id = found ? QString::fromStdString(*found) : QString();
            if (id == m_currentCheck)
                return;
            m_currentCheck = id;
            emit currentCheckChanged();
        });
}

void App::takeDevices() {
    m_position.source().choose(m_settings.positionSource());
    m_tiles.open(m_settings.tiles());
    m_position.track().setLowBattery(m_status.battery() >= 0 && m_status.battery() <= 20);
}

void App::noteWaiting() {
    if (!m_storeOpen)
        return;
    m_store.run(
        this, [](StoreSession &session) { return StatusView(session.store()).brief(); },
        [this, folder = m_person.folder](const Result<StatusBrief> &brief) {
            if (!brief || folder.isEmpty() || m_person.folder != folder) // somebody else was chosen meanwhile
                return;
            m_person.waitingRecords = brief->waitingRecords();
            m_person.waitingPhotos = brief->waitingPhotos();
            (void)m_file.save(m_person);
            listPeople(); // the lock page says how much still waits
        });
}

void App::tellHealth() {
    if (m_phase != Phase::Open)
        return;
    DeviceHealth health;
    health.app = (QCoreApplication::applicationName() + u' ' + QCoreApplication::applicationVersion()).toStdString();
    health.system = QSysInfo::prettyProductName().toStdString();
    health.storageFree = static_cast<std::int64_t>(m_status.freeBytes());
    if (m_status.battery() >= 0)
        health.battery = m_status.battery();
    m_store.run(
        this, [health](StoreSession &session) { return noteHealth(session.recorder(), health); },
        [this](const Result<bool> &told) {
            if (told && *told)
                QMetaObject::invokeMethod(&m_store.sync(), &SyncWorker::startSoon, Qt::QueuedConnection);
        });
}

void App::lock() {
    if (m_phase != Phase::Open)
        return;
    emit leaving();
    writePlace();
    noteWaiting();
    if (!keepsOpen()) {
        m_store.run(
            this, [](StoreSession &session) { return ScreenState(session.store()).noteEnd(); }, [](const Status &) {});
        m_store.close(this, [this] { listPeople(); });
        m_storeOpen = false;
        m_status.clear();
        m_position.track().clear();
    }
    setPhase(Phase::Locked);
}

void App::choosePerson(const QString &folder) {
    if (m_phase != Phase::Locked || folder == m_person.folder)
        return;
    if (m_storeOpen) {
        m_store.run(
            this, [](StoreSession &session) { return ScreenState(session.store()).noteEnd(); }, [](const Status &) {});
        m_store.close(this, [] {});
        m_storeOpen = false;
        m_currentCheck.clear();
        m_status.clear();
        m_position.track().clear();
        emit currentCheckChanged();
    }
    if (auto person = m_file.find(folder))
        m_person = *std::move(person);
    m_lockTrouble.clear();
    emit personChanged();
    emit triesChanged();
}

void App::enrolAnother() {
    if (m_phase == Phase::Locked)
        setPhase(Phase::Enrolling);
}

void App::backToLock() {
    if (m_phase == Phase::Enrolling && m_people.rowCount() > 0)
        setPhase(Phase::Locked);
}

void App::remember(const QVariantMap &place) {
    if (place == m_place || m_phase != Phase::Open)
        return;
    m_place = place;
    if (!m_placeTimer.isActive())
        m_placeTimer.start(); // not started anew by each change: it must be on disk in time
}

void App::writePlace() {
    m_placeTimer.stop();
    m_store.run(
        this, [place = m_place](StoreSession &session) { return ScreenState(session.store()).putPlace(place); },
        [](const Status &) {});
}

void App::setTasks(int tasks) {
    if (tasks == m_tasks)
        return;
    m_tasks = tasks;
    emit tasksChanged();
}

void App::recoveredSeen() {
    m_recovered.clear();
    emit recoveredChanged();
}

void App::noteRecorded() {
    emit recorded();
    QMetaObject::invokeMethod(&m_store.sync(), &SyncWorker::startSoon, Qt::QueuedConnection);
}

} // namespace zhicha
