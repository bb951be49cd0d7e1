#include "mobile/app/page_walk.h"

#include "mobile/models/check_closure.h"
#include "mobile/models/check_rows.h"
#include "mobile/models/ui.h"

#include <QDir>
#include <QThreadPool>
#include <QTimer>

#include <cstdio>

namespace zhicha {

namespace {
struct Variant {
    const char *name;
    int look;
    const char *language;
    int width;
    int height;
};
// Each theme, each language, each way to hold it: every page is rendered in all of these.
constexpr Variant kVariants[] = {{"light-zh", 0, "zh", 1280, 800},   {"light-en", 0, "en", 1280, 800},
                                 {"dark-zh", 1, "zh", 1280, 800},    {"dark-en", 1, "en", 1280, 800},
                                 {"outdoor-zh", 2, "zh", 1280, 800}, {"outdoor-en", 2, "en", 1280, 800},
                                 {"portrait-zh", 0, "zh", 800, 1280}};

QString text(const Uuid &id) {
    return QString::fromStdString(toText(id));
}

/** Pages of one check. */
void addCheck(const CheckReading &check, std::vector<PageStop> &stops) {
    const auto with = [&](QVariantMap more) {
        more.insert("check", text(check.id));
        return more;
    };
    for (const char *page : {"CheckPage", "AttestPage", "ArchivePage", "CameraPage", "ColleaguePage", "CorrectPage"})
        stops.push_back({QString(page).chopped(4).toLower(), page, 0, with({})});
    stops.push_back({"answer", "AnswerPage", 0, with({{"item", itemKey(check.items.front().id)}, {"question", 0}})});
    stops.push_back(
        {"finding-new", "FindingPage", 0, with({{"finding", text(newUuid(systemClock(), systemRandom()))}})});
    bool draft = false, recorded = false;
    for (const FindingReading &finding : check.findings)
        if (!std::exchange(finding.draft ? draft : recorded, true))
            stops.push_back(
                {finding.draft ? "finding-draft" : "finding", "FindingPage", 0, with({{"finding", text(finding.id)}})});
    if (!check.photos.empty())
        for (const char *page : {"PhotoPage", "MarkPage"})
            stops.push_back(
                {QString(page).chopped(4).toLower(), page, 0, with({{"photo", text(check.photos.front().id)}})});
}

/** Pages on what the store has: the open check if there is one, else the newest. */
Result<std::vector<PageStop>> stopsOf(LocalStore &store) {
    const auto place = [](const char *name, ui::Place where) {
        return PageStop{QString::fromUtf8(name), {}, static_cast<int>(where), {}};
    };
    std::vector<PageStop> stops{
        place("today", ui::Place::Today),    place("site", ui::Place::Site),
        place("map", ui::Place::Map),        place("sync", ui::Place::Sync),
        place("search", ui::Place::Records), {"start", "StartPage", 0, {}},
        {"feedback", "FeedbackPage", 0, {}}, {"start-scan", "StartPage", 0, {{"scanning", true}}}};
    int section = 0;
    for (const char *name : {"settings", "settings-lock", "settings-position", "settings-camera", "settings-map",
                             "settings-phrases", "settings-about"})
        stops.push_back({name, {}, static_cast<int>(ui::Place::Settings), {{"section", section++}}});
    ZHICHA_ASSIGN(const std::vector<OwnCheck> checks, ownChecks(store));
    std::optional<CheckReading> chosen;
    for (const OwnCheck &check : checks) {
        if (!check.known || (chosen && !(chosen->finished && !check.finished)))
            continue;
        ZHICHA_ASSIGN(chosen, readCheck(store, check.id));
    }
    if (chosen)
        addCheck(*chosen, stops);
    ZHICHA_ASSIGN(const std::vector<OpenQuestion> questions, openQuestions(store));
    if (!questions.empty())
        stops.push_back({"returned",
                         "ReturnedPage",
                         0,
                         {{"check", text(questions.front().check)}, {"question", text(questions.front().question)}}});
    return stops;
}
} // namespace

PageWalk::PageWalk(App &app, AppWindow &window, const QString &pin, const QString &pictures)
    : m_app(app), m_window(window), m_pin(pin), m_pictures(pictures) {}

QString PageWalk::variant() const {
    return QString::fromUtf8(kVariants[m_variant].name);
}

void PageWalk::start() {
    if (!m_pictures.isEmpty())
        QDir().mkpath(m_pictures);
    m_window.window()->setProperty("still", true);
    settle(2, [this] {
        if (m_app.phase() != App::Phase::Locked)
            return enrolment();
        picture("lock");
        connect(&m_app, &App::phaseChanged, this, [this] {
            if (m_app.phase() == App::Phase::Open)
                settle(2, [this] { unlocked(); });
            else if (m_app.phase() == App::Phase::Locked)
                end(); // the PIN does not open it
        });
        m_app.unlock(m_pin);
    });
}

/** An empty tablet has no other page. */
void PageWalk::enrolment() {
    picture("enrol");
    auto *page = m_window.window()->property("enrolment").value<QObject *>();
    if (page == nullptr || !page->setProperty("scanning", true)) {
        m_missed.append("enrol-scan");
        return end();
    }
    settle(2, [this] {
        picture("enrol-scan");
        m_opened = 1;
        end();
    });
}

void PageWalk::unlocked() {
    m_app.store().run(
        this, [](StoreSession &session) { return stopsOf(session.store()); },
        [this](const Result<std::vector<PageStop>> &stops) {
            if (!stops)
                m_missed.append(QString::fromStdString(stops.error().detail));
            collect(stops ? *stops : std::vector<PageStop>());
        });
}

void PageWalk::collect(std::vector<PageStop> stops) {
    m_stops = std::move(stops);
    m_at = 0;
    if (QLatin1String(kVariants[m_variant].language) == QLatin1String("en") && !m_app.settings()->hasEnglish())
        ++m_variant;
    const Variant &look = kVariants[m_variant];
    m_app.settings()->setLook(look.look);
    m_app.settings()->setLanguage(QString::fromUtf8(look.language));
    m_window.window()->resize(look.width, look.height);
    settle(2, [this] { next(); });
}

void PageWalk::next() {
    if (m_at == m_stops.size()) {
        // The self-test opens each page once; the pictures want them all ways.
        if (m_pictures.isEmpty() || m_stops.empty() || ++m_variant == std::size(kVariants))
            return end();
        return collect(std::move(m_stops));
    }
    const PageStop &stop = m_stops[m_at];
    QQuickWindow *window = m_window.window();
    QMetaObject::invokeMethod(window, "go", Q_ARG(int, stop.place));
    if (!stop.page.isEmpty())
        QMetaObject::invokeMethod(window, "push", Q_ARG(QString, stop.page), Q_ARG(QVariant, stop.values));
    else
        for (auto value = stop.values.begin(); value != stop.values.end(); ++value)
            m_window.window()->property("page").value<QObject *>()->setProperty(qPrintable(value.key()), value.value());
    settle(4, [this] {
        const PageStop &shown = m_stops[m_at];
        auto *page = m_window.window()->property("page").value<QObject *>();
        const QString type = page == nullptr ? QString() : QString::fromUtf8(page->metaObject()->className());
        if (type.isEmpty() || (!shown.page.isEmpty() && !type.startsWith(shown.page)))
            m_missed.append(shown.name);
        else
            ++m_opened;
        picture(shown.name);
        changeLanguage([this] {
            if (!m_stops[m_at].page.isEmpty())
                QMetaObject::invokeMethod(m_window.window(), "back");
            ++m_at;
            next();
        });
    });
}

/** To the other language and back while the page stands: every text on it is made anew. */
void PageWalk::changeLanguage(std::function<void()> then) {
    if (!m_pictures.isEmpty() || !m_app.settings()->hasEnglish())
        return then();
    m_app.settings()->setLanguage("en");
    settle(1, [this, then = std::move(then)] {
        m_app.settings()->setLanguage("zh");
        settle(1, then);
    });
}

/** Until what was asked of the store is answered, pictures are decoded, and a frame later. */
void PageWalk::settle(int rounds, std::function<void()> then) {
    m_app.store().post([this, rounds, then = std::move(then)] {
        m_app.store().answer([this, rounds, then] {
            QThreadPool::globalInstance()->waitForDone();
            QTimer::singleShot(30, this, [this, rounds, then] {
                if (rounds > 1)
                    settle(rounds - 1, then);
                else
                    then();
            });
        });
    });
}

void PageWalk::picture(const QString &name) {
    if (m_pictures.isEmpty())
        return;
    const QString file = QStringLiteral("%1/tablet-%2-%3.png").arg(m_pictures, name, variant());
    if (!m_window.window()->grabWindow().save(file))
        m_missed.append(file);
}

void PageWalk::end() {
    for (const QString &warning : m_window.warnings())
        std::fprintf(stderr, "QML: %s\n", qPrintable(warning));
    for (const QString &missed : m_missed)
        std::fprintf(stderr, "not opened: %s\n", qPrintable(missed));
    std::printf("%d pages opened, %d complaints of QML, %d not opened\n", m_opened,
                static_cast<int>(m_window.warnings().size()), static_cast<int>(m_missed.size()));
    std::fflush(stdout);
    emit done(m_opened > 0 && m_window.warnings().isEmpty() && m_missed.isEmpty() ? 0 : 1);
}

} // namespace zhicha
