#include "mobile/models/today_controller.h"

#include "mobile/models/check_rows.h"
#include "mobile/models/office_news.h"
#include "mobile/models/text_format.h"
#include "mobile/models/ui.h"

#include <algorithm>

namespace zhicha {

namespace {
constexpr std::int64_t kUrgentMs = 4 * 3600 * 1000;

struct Day {
    std::vector<ContinueRow> continued;
    std::vector<OpenQuestion> questions;
    std::vector<OfficeNews> news;
    int lastChecks = 0;
    std::int64_t lastCheckMs = 0;
};

ContinueRow rowOf(const CheckReading &check, std::int64_t now) {
    ContinueRow row;
    row.key = row.check = textOf(check.id);
    row.stamp = static_cast<int>(ui::Stamp::Checking);
    row.title = row.site = text::fromUtf8(check.siteName);
    row.items = static_cast<int>(check.items.size());
    row.missing = static_cast<int>(check.missing.size());
    row.photos = static_cast<int>(check.photos.size());
    row.arrived = check.arrival.has_value();
    row.at = text::clock(check.startedAtMs);
    row.elapsed = text::duration(now - check.startedAtMs);
    return row;
}

void addDrafts(const CheckReading &check, std::vector<ContinueRow> &rows) {
    for (const FindingReading &finding : check.findings) {
        if (!finding.draft)
            continue;
        ContinueRow row;
        row.key = row.finding = textOf(finding.id);
        row.check = textOf(check.id);
        row.stamp = static_cast<int>(ui::Stamp::Draft);
        row.title = text::fromUtf8(finding.text).simplified();
        row.site = text::fromUtf8(check.siteName);
        row.photos = static_cast<int>(finding.photos.size());
        row.at = text::clockSeconds(finding.atMs);
        rows.push_back(std::move(row));
    }
}

Result<Day> readDay(LocalStore &store) {
    const std::int64_t now = systemClock().nowMs();
    Day day;
    ZHICHA_ASSIGN(const std::vector<OwnCheck> checks, ownChecks(store));
    std::vector<ContinueRow> drafts;
    bool lastDayRead = false; // the newest come first
    for (const OwnCheck &own : checks) {
        if (!own.finished) {
            ZHICHA_ASSIGN(const CheckReading check, readCheck(store, own.id));
            day.continued.push_back(rowOf(check, now));
            addDrafts(check, drafts);
            continue;
        }
        if (lastDayRead)
            continue;
        ZHICHA_ASSIGN(const std::int64_t at, bornAtMs(store, own.id));
        if (day.lastCheckMs == 0)
            day.lastCheckMs = at;
        lastDayRead = text::dayAndYear(at) != text::dayAndYear(day.lastCheckMs);
        day.lastChecks += lastDayRead ? 0 : 1;
    }
    std::move(drafts.begin(), drafts.end(), std::back_inserter(day.continued));
    ZHICHA_ASSIGN(day.questions, openQuestions(store));
    ZHICHA_ASSIGN(day.news, officeNews(store));
    return day;
}

std::vector<NewsRow> newsRows(const std::vector<OfficeNews> &news, std::int64_t now) {
    std::vector<NewsRow> rows;
    for (const OfficeNews &one : news) {
        NewsRow row;
        row.key = QString::fromStdString(one.key);
        row.news = static_cast<int>(one.kind); // in the order of Ui.News
        row.task = one.task;
        row.check = one.check ? textOf(*one.check) : QString();
        row.subject = text::fromUtf8(one.subject).simplified();
        row.person = text::fromUtf8(one.person);
        row.text = text::fromUtf8(one.text).simplified();
        row.at = one.atMs == 0 ? QString() : text::when(one.atMs, now);
        rows.push_back(std::move(row));
    }
    return rows;
}
} // namespace

std::vector<ReturnedRow> returnedRows(const std::vector<OpenQuestion> &questions, std::int64_t nowMs) {
    std::vector<ReturnedRow> rows;
    for (const OpenQuestion &question : questions) {
        ReturnedRow row;
        row.key = textOf(question.question);
        row.check = textOf(question.check);
        row.title = text::fromUtf8(question.text).simplified();
        row.site = text::fromUtf8(question.siteName);
        row.askedBy = text::fromUtf8(question.askedBy);
        if (question.dueMs) {
            row.due = text::nearDay(*question.dueMs, nowMs) + u' ' + text::clock(*question.dueMs);
            row.overdue = *question.dueMs < nowMs;
            row.urgent = *question.dueMs - nowMs < kUrgentMs;
            row.left = text::duration(row.overdue ? nowMs - *question.dueMs : *question.dueMs - nowMs);
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

TodayController::TodayController(QObject *parent) : PageController(parent) {
    readAlsoUnseen();                                                   // the number of tasks stands on the rail
    connect(&m_tick, &QTimer::timeout, this, &TodayController::reload); // times on the rows
    m_tick.start(30'000);
    connect(&app(), &App::currentCheckChanged, this, &TodayController::changed);
}

void TodayController::read() {
    readWith([](StoreSession &session) { return readDay(session.store()); },
             [this](Day day) {
                 const std::int64_t now = systemClock().nowMs();
                 m_continued.set(std::move(day.continued));
                 m_returned.set(returnedRows(day.questions, now));
                 m_news.set(newsRows(day.news, now));
                 const auto &news = m_news.rows();
                 const auto tasks =
                     std::count_if(news.begin(), news.end(), [](const NewsRow &row) { return row.task; });
                 app().setTasks(m_returned.rowCount() + static_cast<int>(tasks));
                 m_lastChecks = day.lastChecks;
                 m_lastChecksDay = day.lastCheckMs == 0 ? QString() : text::nearDay(day.lastCheckMs, now);
                 emit changed();
             });
}

QString TodayController::currentSite() const {
    const ContinueRow *row = m_continued.find(app().currentCheck());
    return row == nullptr ? QString() : row->site;
}

void TodayController::seen(const QString &news) {
    const NewsRow *row = m_news.find(news);
    if (row == nullptr || row->task)
        return;
    app().store().run(
        this, [key = news.toStdString()](StoreSession &session) { return noteSeen(session.store(), key); },
        [this](const Status &) { reload(); });
}

void TodayController::askOffice() {
    QMetaObject::invokeMethod(&app().store().sync(), &SyncWorker::start, Qt::QueuedConnection);
}

} // namespace zhicha
