#include "mobile/models/colleague_controller.h"

#include "mobile/engine/record/track_keeper.h"
#include "mobile/engine/status/status_view.h"
#include "mobile/models/code_provider.h"
#include "mobile/models/text_format.h"
#include "mobile/platform/camera/code_reader.h"

namespace zhicha {

namespace {
constexpr std::int64_t kValidMs = 10 * 60'000;

Result<ColleagueController::SignedHere> signInTheirStore(StoreSession &here, const std::string &folder,
                                                         const std::string &pin, const Uuid &check,
                                                         const std::optional<std::string> &refusal) {
    ZHICHA_ASSIGN(const Identity own, here.store().enrolledIdentity());
    ZHICHA_ASSIGN(const std::unique_ptr<StoreSession> theirs, StoreSession::open(folder, pin, false));
    ZHICHA_ASSIGN(const Identity identity, theirs->store().enrolledIdentity());
    if (identity.person == own.person || !(identity.ledger == own.ledger))
        return fail(Code::NotAllowed, "a check is countersigned by a colleague of the same office", Retry::AfterUser);
    ZHICHA_TRY(TrackKeeper(here.recorder()).cut(check)); // what was walked so far is signed too
    ZHICHA_ASSIGN(const SignatureAsked asked, here.recorder().askSignature(check, kValidMs));
    ColleagueController::SignedHere done;
    ZHICHA_ASSIGN(done.sign.id, theirs->recorder().countersign(asked, refusal));
    done.sign.device = identity.device;
    done.sign.person = identity.personName;
    done.sign.atMs = systemClock().nowMs();
    done.sign.refusal = refusal.value_or(std::string());
    ZHICHA_TRY(noteSignedHere(here.store(), check, done.sign)); // theirs is durable whether or not this is
    ZHICHA_ASSIGN(const StatusBrief brief, StatusView(theirs->store()).brief());
    done.waitingRecords = brief.waitingRecords();
    return done;
}
} // namespace

ColleagueController::ColleagueController(QObject *parent) : PageController(parent) {
    listColleagues();
    connect(&m_renew, &QTimer::timeout, this, &ColleagueController::reload);
    m_renew.start(kValidMs / 2); // what is shown can always be used
}

void ColleagueController::listColleagues() {
    std::vector<ColleagueRow> rows;
    for (const TabletPerson &person : app().peopleFile().load())
        if (person.folder != app().folder())
            rows.push_back({person.folder, person.name});
    m_colleagues.set(std::move(rows));
}

void ColleagueController::read() {
    readWith(
        [check = idOf(m_check), person = app().personName(),
         first = !std::exchange(m_opened, true)](StoreSession &session) -> Result<Asked> {
            if (first) // once, and not each time something is recorded: what was walked so far is signed too
                ZHICHA_TRY(TrackKeeper(session.recorder()).cut(check));
            ZHICHA_ASSIGN(const CheckReading reading, readCheck(session.store(), check));
            ZHICHA_ASSIGN(const SignatureAsked signature, session.recorder().askSignature(check, kValidMs));
            Asked asked;
            asked.site = text::fromUtf8(reading.siteName);
            asked.untilMs = systemClock().nowMs() + kValidMs;
            if (signature.invite)
                asked.joinCode = codeSource(textOf(JoinCode{check, *signature.invite}));
            asked.signCode =
                codeSource(textOf(CountersignCode{check, signature.invite, signature.upto, asked.site, person}));
            asked.head = text::grouped(markOf(signature.upto));
            return asked;
        },
        [this](Asked asked) {
            m_of = std::move(asked);
            emit changed();
        });
}

QString ColleagueController::validUntil() const {
    return m_of.untilMs == 0 ? QString() : text::clock(m_of.untilMs);
}

void ColleagueController::signHere(const QString &folder, const QString &pin, const QString &reason) {
    const std::optional<TabletPerson> person = app().peopleFile().find(folder);
    if (m_signing || pin.isEmpty() || !person || folder == app().folder())
        return;
    if (const int seconds = person->blockedSeconds(systemClock().nowMs()); seconds > 0) {
        emit blocked(seconds);
        return;
    }
    m_signing = true;
    emit changed();
    const std::string path = app().peopleFile().pathOf(folder).toStdString();
    const std::optional<std::string> refusal =
        reason.trimmed().isEmpty() ? std::nullopt : std::optional(reason.trimmed().toStdString());
    // With the app and not with the page: a wrong PIN counts, and a signature is told to all, though the page is left.
    app().store().run(
        &app(),
        [path, pin = pin.toStdString(), check = idOf(m_check), refusal](StoreSession &session) {
            return signInTheirStore(session, path, pin, check, refusal);
        },
        [page = QPointer<ColleagueController>(this), folder](const Result<SignedHere> &done) {
            TabletPerson known = app().peopleFile().find(folder).value_or(TabletPerson{}); // as it is by now
            const bool wrong = !done && done.error().code == Code::WrongPin;
            if (done || wrong)
                known.noteTry(!wrong, systemClock().nowMs()); // their PIN is tried here as on the lock page
            if (done)
                known.waitingRecords = done->waitingRecords;
            (void)app().peopleFile().save(known);
            if (page)
                page->answered(done, known);
            app().noteRecorded();
        });
}

void ColleagueController::answered(const Result<SignedHere> &done, const TabletPerson &person) {
    m_signing = false;
    emit changed();
    const int seconds = person.blockedSeconds(systemClock().nowMs());
    if (done)
        emit signedHere(text::fromUtf8(done->sign.person));
    else if (done.error().code != Code::WrongPin)
        show(done.error());
    else if (seconds > 0)
        emit blocked(seconds);
    else
        emit pinWrong(person.triesLeft());
}

} // namespace zhicha
