#pragma once
// The app's frame: who uses the tablet, whether the store is open, which page comes back after a lock or a crash.
#include "mobile/models/gadget_model.h"
#include "mobile/models/people_file.h"
#include "mobile/models/position_model.h"
#include "mobile/models/settings.h"
#include "mobile/models/status_model.h"
#include "mobile/platform/store_thread.h"
#include "mobile/platform/tile_thread.h"

#include <QQmlEngine>

namespace zhicha {

/** One person on the lock page. */
struct PersonRow {
    Q_GADGET
    Q_PROPERTY(QString key MEMBER key)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(qint64 waitingRecords MEMBER waitingRecords)
    Q_PROPERTY(qint64 waitingPhotos MEMBER waitingPhotos)
public:
    QString key; ///< folder
    QString name;
    qint64 waitingRecords = 0;
    qint64 waitingPhotos = 0;
    bool operator==(const PersonRow &) const = default;
};

/** Owner: main, before the QML engine. Threads: the screen's. Controllers reach it through App::instance(). */
class App : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(Phase phase READ phase NOTIFY phaseChanged)
    Q_PROPERTY(QAbstractItemModel *people READ people CONSTANT)
    Q_PROPERTY(QString folder READ folder NOTIFY personChanged)
    Q_PROPERTY(QString personName READ personName NOTIFY personChanged)
    Q_PROPERTY(QString officeName READ officeName NOTIFY personChanged)
    Q_PROPERTY(int wrongTries READ wrongTries NOTIFY triesChanged)
    Q_PROPERTY(int triesLeft READ triesLeft NOTIFY triesChanged)           ///< until one has to wait
    Q_PROPERTY(int blockedSeconds READ blockedSeconds NOTIFY triesChanged) ///< 0 = may try
    Q_PROPERTY(QString lockTrouble READ lockTrouble NOTIFY triesChanged)   ///< another reason why it does not open
    Q_PROPERTY(bool checkOpen READ checkOpen NOTIFY currentCheckChanged)
    Q_PROPERTY(QString currentCheck READ currentCheck NOTIFY currentCheckChanged) ///< id; empty without an open one
    Q_PROPERTY(int tasks READ tasks NOTIFY tasksChanged) ///< that the office put to this person; what 今日 counts
    Q_PROPERTY(QVariantMap place READ place NOTIFY phaseChanged) ///< what remember() was told last
    Q_PROPERTY(
        QVariantMap recovered READ recovered NOTIFY recoveredChanged) ///< {drafts, photos, at}; empty after a clean end
    Q_PROPERTY(zhicha::Settings *settings READ settings CONSTANT)
    Q_PROPERTY(zhicha::StatusModel *status READ status CONSTANT)
    Q_PROPERTY(zhicha::PositionModel *position READ position CONSTANT)

public:
    enum class Phase { Starting, Enrolling, Locked, Opening, Open };
    Q_ENUM(Phase)

    explicit App(const QString &data, QObject *parent = nullptr);
    ~App() override;
    static App &instance();
    static App *create(QQmlEngine *, QJSEngine *); ///< for QML: the one that main made

    [[nodiscard]] Phase phase() const { return m_phase; }
    [[nodiscard]] QAbstractItemModel *people() { return &m_people; }
    [[nodiscard]] QString folder() const { return m_person.folder; }
    [[nodiscard]] QString personName() const { return m_person.name; }
    [[nodiscard]] QString officeName() const { return m_officeName; }
    [[nodiscard]] int wrongTries() const { return m_person.wrongTries; }
    [[nodiscard]] int triesLeft() const { return m_person.triesLeft(); }
    [[nodiscard]] int blockedSeconds() const;
    [[nodiscard]] QString lockTrouble() const { return m_lockTrouble; }
    [[nodiscard]] bool checkOpen() const { return !m_currentCheck.isEmpty(); }
    [[nodiscard]] QString currentCheck() const { return m_currentCheck; }
    [[nodiscard]] int tasks() const { return m_tasks; }
    void setTasks(int tasks); ///< by who read the day
    [[nodiscard]] QVariantMap place() const { return m_place; }
    [[nodiscard]] QVariantMap recovered() const { return m_recovered; }
    [[nodiscard]] Settings *settings() { return &m_settings; }
    [[nodiscard]] StatusModel *status() { return &m_status; }
    [[nodiscard]] PositionModel *position() { return &m_position; }
    [[nodiscard]] StoreThread &store() { return m_store; }
    [[nodiscard]] TileThread &tiles() { return m_tiles; }
    [[nodiscard]] PeopleFile &peopleFile() { return m_file; }
    [[nodiscard]] QString data() const { return m_data; }

    Q_INVOKABLE void unlock(const QString &pin);
    Q_INVOKABLE void lock(); ///< hides at once; closes the store unless a track is recorded
    Q_INVOKABLE void choosePerson(const QString &folder); ///< 换人: the store that was open closes
    Q_INVOKABLE void enrolAnother();                      ///< to the enrolment page
    Q_INVOKABLE void backToLock();
    /** Where the screen is; on disk at most 0.7 s later. */
    Q_INVOKABLE void remember(const QVariantMap &place);
    Q_INVOKABLE void recoveredSeen();
    /** Something of a check changed: pages read again, and the sync starts soon. */
    void noteRecorded();
    /** This person's PIN was typed on a page: a wrong one counts as on the lock page, and too many lock. */
    void notePinTry(bool right);
    /** The enrolment takes the store's thread for a store of its own. */
    void giveUpStore() { m_storeOpen = false; }
    /** An enrolment that was broken off: its store is open, by the PIN that was chosen then. */
    [[nodiscard]] bool halfEnrolled() const { return m_storeOpen && m_phase == Phase::Enrolling; }
    /** The enrolment made this store and opened it. */
    void adoptEnrolled(const QString &folder, const QString &name);

signals:
    void phaseChanged();
    void personChanged();
    void triesChanged();
    void currentCheckChanged();
    void tasksChanged();
    void recoveredChanged();
    void recorded(); ///< read again what you show
    void leaving();  ///< the store is about to close: what is being typed goes to disk now

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setPhase(Phase phase);
    void listPeople();
    void opened(const Status &status);
    void readScreen();
    void writePlace();
    void noteWaiting();
    void tellHealth(); ///< the office was reached
    void readCurrentCheck();
    void takeDevices(); ///< what the settings chose: receiver, base map
    /** A check is open, or somebody is on the way to one: the track goes on behind the lock. */
    [[nodiscard]] bool keepsOpen() const { return checkOpen() || m_position.onTheWay(); }

    static App *s_instance;
    QString m_data;
    PeopleFile m_file;
    Settings m_settings;
    StoreThread m_store;
    StatusModel m_status;
    PositionModel m_position;
    TileThread m_tiles;
    GadgetModel<PersonRow> m_people;
    TabletPerson m_person;
    QString m_officeName;
    QString m_lockTrouble;
    QString m_currentCheck;
    QVariantMap m_place;
    QVariantMap m_recovered;
    QTimer m_placeTimer;
    QTimer m_idle;
    QTimer m_block;
    Phase m_phase = Phase::Starting;
    int m_tasks = 0;
    bool m_storeOpen = false;
};

} // namespace zhicha
