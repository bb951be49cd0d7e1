#include "mobile/models/enrol_controller.h"

#include "mobile/engine/sync/answer.h"
#include "mobile/models/text_format.h"
#include "shared/protocol/paths.h"

#include <QSysInfo>

namespace zhicha {

namespace {
constexpr int kGroups = 6;
constexpr int kGroupDigits = 4;

QUrl urlOf(const QString &text) {
    QUrl url(text.trimmed(), QUrl::StrictMode);
    url.setPath(QString());
    return url;
}
} // namespace

EnrolController::EnrolController(QObject *parent) : QObject(parent) {
    connect(&App::instance().store().sync(), &SyncWorker::roundEnded, this, &EnrolController::roundEnded);
    if (App::instance().halfEnrolled())
        goOnWithStore();
}

/** One was begun here before: its store, PIN and address stand. */
void EnrolController::goOnWithStore() {
    m_folder = App::instance().folder();
    m_opened = true;
    App::instance().store().run(
        this,
        [](StoreSession &session) -> Result<std::string> {
            const std::optional<Identity> &begun = session.store().identity();
            return begun ? begun->server : std::string();
        },
        [this](const Result<std::string> &server) {
            if (server && !server->empty() && m_step == 1)
                setServer(QString::fromStdString(*server));
        });
}

EnrolController::~EnrolController() = default;

void EnrolController::fail(const Error &error) {
    m_busy = false;
    m_trouble = problemText(error);
    emit changed();
}

void EnrolController::setServer(const QString &server) {
    m_server = server;
    m_trouble = {};
    emit changed();
}

void EnrolController::setCode(const QString &code) {
    m_code = code;
    m_expected.reset(); // typed: compared by a person
    m_trouble = {};
    emit changed();
}

bool EnrolController::serverFits() const {
    const QUrl url(m_server.trimmed(), QUrl::StrictMode);
    const bool plain = url.scheme() == QLatin1String("http") && isLoopback(url);
    return url.isValid() && !url.host().isEmpty() && (url.path().isEmpty() || url.path() == QLatin1String("/")) &&
           (plain || url.scheme() == QLatin1String("https"));
}

int EnrolController::codeLeft() const {
    int typed = 0;
    for (const QChar c : m_code)
        typed += c.isLetterOrNumber() ? 1 : 0;
    if (typed >= kCodeLength)
        return normalizedCode(m_code.toStdString()) ? 0 : kCodeLength;
    return kCodeLength - typed;
}

QStringList EnrolController::fingerprint() const {
    QStringList groups;
    if (!m_fingerprint)
        return groups;
    const QString hex = QString::fromStdString(toHex(*m_fingerprint)).toUpper();
    for (int i = 0; i < kGroups; ++i)
        groups.append(hex.mid(i * kGroupDigits, kGroupDigits));
    return groups;
}

void EnrolController::ask() {
    if (m_busy || !serverFits() || !codeFits())
        return;
    m_busy = true;
    m_trouble = {};
    emit changed();
    m_transport = std::make_unique<QtTransport>(urlOf(m_server));
    HttpRequest request;
    request.method = "GET";
    request.path = protocol::kKeysPath;
    request.beforeTrust = true;
    m_transport->send(request, [guard = QPointer<EnrolController>(this)](TransportResult result) {
        if (guard)
            guard->onNote(std::move(result));
    });
}

void EnrolController::onNote(TransportResult result) {
    const auto *response = std::get_if<HttpResponse>(&result);
    if (response == nullptr) {
        const bool wrong = std::get<TransportFailure>(result) == TransportFailure::BadTls;
        return fail({wrong ? Code::WrongServer : Code::NetworkDown, "asking for the key note", Retry::AfterUser});
    }
    if (response->status != 200 || response->mediaType() != protocol::kCborType)
        return fail(response->status == 200 ? Error{Code::NetworkDown, "not an office", Retry::AfterUser}
                                            : errorOf(*response));
    const auto root = claimedRootKey(response->body);
    if (!root)
        return fail(root.error());
    m_fingerprint = fingerprintOf(*root);
    if (const auto note = openKeyNote(response->body, *m_fingerprint); !note)
        return fail(note.error());
    if (m_expected && *m_expected != *m_fingerprint) // what answers is not what showed the code
        return different();
    m_busy = false;
    if (m_expected || m_compared == m_fingerprint)
        return goOn();
    m_step = 2;
    emit changed();
}

void EnrolController::goOn() {
    m_step = m_opened ? 4 : 3;
    emit changed();
    if (m_step == 4)
        begin();
}

void EnrolController::takeScanned(const QString &server, const QString &code, const QString &fingerprint) {
    if (m_busy || m_step != 1)
        return;
    m_server = server;
    m_code = code;
    m_expected = digestFromHex(fingerprint.toStdString());
    emit changed();
    if (m_expected)
        ask();
}

void EnrolController::same() {
    if (m_step != 2)
        return;
    m_compared = m_fingerprint;
    goOn();
}

void EnrolController::different() {
    m_fingerprint.reset();
    m_expected.reset();
    m_compared.reset();
    m_step = 1;
    fail({Code::WrongServer, "the fingerprint is another one", Retry::AfterUser});
}

void EnrolController::back() {
    if (m_busy || m_step == 1 || m_step == 4)
        return;
    m_step = m_expected ? 1 : m_step - 1;
    m_expected.reset();
    m_trouble = {};
    emit changed();
}

void EnrolController::setPin(const QString &pin, const QString &again) {
    if (m_step != 3 || pin.size() < kPinLength)
        return;
    if (pin != again) {
        emit pinsDiffer();
        return;
    }
    m_step = 4;
    m_folder = App::instance().peopleFile().newFolder();
    m_busy = true;
    m_trouble = {};
    emit changed();
    const std::string path = App::instance().peopleFile().pathOf(m_folder).toStdString();
    App::instance().store().open(this, path, pin.toStdString(), true, [this](const Status &opened) {
        if (!opened) {
            m_step = 3; // the PIN is asked for again
            return fail(opened.error());
        }
        m_opened = true;
        begin();
    });
}

void EnrolController::tryAgain() {
    if (m_step == 4 && !m_busy)
        begin();
}

void EnrolController::otherCode() {
    if (m_step != 4 || m_busy || m_trouble.what.isEmpty())
        return;
    m_step = 1;
    setCode({});
}

void EnrolController::begin() {
    m_busy = true;
    m_trouble = {};
    emit changed();
    App::instance().giveUpStore();
    StoreThread &store = App::instance().store();
    Enrolment enrolment;
    enrolment.server = urlOf(m_server).toString().toStdString();
    enrolment.code = m_code.toStdString();
    enrolment.fingerprint = *m_fingerprint;
    store.run(
        this,
        [enrolment](StoreSession &session) {
            return beginEnrolment(session.store(), enrolment, systemClock(), systemRandom());
        },
        [this, &store](const Status &begun) {
            if (!begun)
                return fail(begun.error());
            QMetaObject::invokeMethod(&store.sync(), &SyncWorker::enrol, Qt::QueuedConnection);
        });
}

void EnrolController::roundEnded(const QString &) {
    if (m_step != 4 || !m_busy)
        return;
    App::instance().store().run(
        this,
        [](StoreSession &session) -> Result<std::pair<Identity, std::string>> {
            const std::optional<SyncState> state = loadSyncState(session.store());
            if (!session.store().identity())
                return zhicha::fail(Code::UnknownDevice, "no enrolment under way");
            return std::pair(*session.store().identity(), state ? state->code : std::string());
        },
        [this](const Result<std::pair<Identity, std::string>> &found) {
            if (!found)
                return fail(found.error());
            const auto &[identity, code] = *found;
            if (!identity.enrolled) {
                m_busy = false;
                m_trouble = problemText(code);
                emit changed();
                return;
            }
            m_person = text::fromUtf8(identity.personName);
            m_busy = false;
            emit changed();
            App::instance().adoptEnrolled(m_folder, m_person);
            emit done();
        });
}

} // namespace zhicha
