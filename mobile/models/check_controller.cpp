#include "mobile/models/check_controller.h"

#include "mobile/models/text_format.h"
#include "mobile/models/ui.h"

#include <algorithm>

namespace zhicha {

namespace {
std::optional<std::int64_t> fixNumber(const CheckReading &check, std::string_view name) {
    const cbor::Map *fix = arrivalFix(check);
    return fix == nullptr ? std::nullopt : numberIn(*fix, name);
}

std::optional<FenceReading> fenceReading(const CheckReading &check) {
    const cbor::Map *fix = arrivalFix(check);
    const auto at = fix != nullptr ? placeIn(*fix) : std::nullopt;
    if (!check.fence || !at)
        return std::nullopt;
    return check.fence->read(*at, numberIn(*fix, "accuracy_mm"));
}

std::int64_t pointTime(const cbor::Map &piece, bool last) {
    const auto points = piece.find("points");
    if (points == piece.end() || points->second.array() == nullptr || points->second.array()->empty())
        return 0;
    const cbor::Value &point = last ? points->second.array()->back() : points->second.array()->front();
    const bool fits = point.array() != nullptr && !point.array()->empty() && point.array()->front().integer();
    return fits ? *point.array()->front().integer() : 0;
}

/** The last tap of this tablet that was not taken back: which of the three it counted. In the order of the chain: ids
 * of one millisecond, or under a clock that was set back, do not tell which tap came first. */
Result<std::optional<std::size_t>> lastTap(LocalStore &store, const Uuid &check) {
    std::vector<Uuid> steps;
    ZHICHA_TRY(store.operations().forEachOwnInCheck(check, [&](const OwnOperation &operation) -> Status {
        if (operation.kind == "tally.count")
            steps.push_back(operation.entity);
        return {};
    }));
    std::vector<std::size_t> taps;
    constexpr std::array<std::string_view, 3> kFields{"satisfied", "neutral", "dissatisfied"};
    for (const Uuid &id : steps) {
        ZHICHA_ASSIGN(const std::optional<EntityRow> step, store.entities().row(id));
        if (!step || step->isVoid())
            continue;
        for (std::size_t i = 0; i < 3; ++i) {
            const std::int64_t change = step->integer(kFields[i]).value_or(0);
            for (std::int64_t n = 0; n < change; ++n)
                taps.push_back(i);
            for (std::int64_t n = 0; n > change; --n) {
                const auto it = std::find(taps.rbegin(), taps.rend(), i);
                if (it != taps.rend())
                    taps.erase(std::next(it).base());
            }
        }
    }
    return taps.empty() ? std::optional<std::size_t>() : std::optional(taps.back());
}

Result<TallyTotals> tap(StoreSession &session, const Uuid &check, std::size_t which, std::int64_t change) {
    ZHICHA_ASSIGN(TallyTotals totals, session.recorder().tallyOf(check));
    std::int64_t *counts[] = {&totals.satisfied, &totals.neutral, &totals.dissatisfied};
    *counts[which] += change;
    return session.recorder().tally(check, totals);
}
} // namespace

CheckController::CheckController(QObject *parent) : PageController(parent) {
    connect(&m_tick, &QTimer::timeout, this, &CheckController::ticked);
    m_tick.start(20'000);
}

void CheckController::setCheck(const QString &check) {
    if (check == m_check)
        return;
    m_check = check;
    emit checkChanged();
    reload();
}

void CheckController::read() {
    readWith([id = idOf(m_check)](StoreSession &session) { return readCheck(session.store(), id); },
             [this](CheckReading reading) { take(std::move(reading)); });
}

void CheckController::take(CheckReading reading) {
    const std::int64_t now = systemClock().nowMs();
    m_reading = std::move(reading);
    m_items.set(itemRows(m_reading, now));
    m_findings.set(findingRows(m_reading));
    m_missing.set(missingRows(m_reading));
    m_photos.set(photoRows(m_reading.photos));
    if (m_items.find(m_openItem) == nullptr) { // at entry: the first with something left
        const auto &rows = m_items.rows();
        const auto it = std::find_if(rows.begin(), rows.end(), [](const ItemRow &row) { return row.firstOpen >= 0; });
        setOpenItem(it != rows.end() ? it->key : rows.empty() ? QString() : rows.front().key);
    }
    emit changed();
    emit tallyChanged();
    emit ticked();
}

QString CheckController::site() const {
    return text::fromUtf8(m_reading.siteName);
}
QString CheckController::unit() const {
    return text::fromUtf8(m_reading.unitName);
}
QString CheckController::number() const {
    return text::fromUtf8(m_reading.number);
}
QString CheckController::started() const {
    return text::clock(m_reading.startedAtMs);
}
QString CheckController::startedDay() const {
    return m_reading.startedAtMs == 0 ? QString() : text::dayAndYear(m_reading.startedAtMs);
}
QString CheckController::elapsed() const {
    return m_reading.startedAtMs == 0 ? QString() : text::duration(systemClock().nowMs() - m_reading.startedAtMs);
}

QString CheckController::people() const {
    QStringList names{app().personName()};
    for (const SignatureReading &sign : m_reading.signatures)
        if (const QString name = text::fromUtf8(sign.person); !name.isEmpty() && !names.contains(name))
            names.append(name);
    return names.join(tr("、"));
}

int CheckController::fence() const {
    const auto reading = fenceReading(m_reading);
    return reading ? fenceEnum(reading->relation) : static_cast<int>(ui::Fence::Unknown);
}

qreal CheckController::fenceDistanceM() const {
    const auto reading = fenceReading(m_reading);
    return reading ? static_cast<qreal>(reading->boundaryMm) / 1000 : 0;
}

QString CheckController::arrivedAt() const {
    const auto t = fixNumber(m_reading, "t");
    return t ? text::clockSeconds(*t) : QString();
}

qreal CheckController::accuracyM() const {
    return static_cast<qreal>(fixNumber(m_reading, "accuracy_mm").value_or(0)) / 1000;
}

bool CheckController::simulated() const {
    const cbor::Map *fix = arrivalFix(m_reading);
    if (fix == nullptr)
        return false;
    const auto source = fix->find("source");
    return source != fix->end() && source->second == cbor::Value("simulated");
}

QString CheckController::noFixReason() const {
    return text::fromUtf8(m_reading.noFixReason);
}

QString CheckController::trackTime() const {
    if (m_reading.track.empty())
        return {};
    return text::duration(pointTime(m_reading.track.back(), true) - pointTime(m_reading.track.front(), false));
}

int CheckController::stamp() const {
    if (m_reading.isVoid)
        return static_cast<int>(ui::Stamp::Voided);
    if (m_reading.state == CheckState::ConflictOpen)
        return static_cast<int>(ui::Stamp::Disputed);
    if (m_reading.state == CheckState::Returned)
        return static_cast<int>(ui::Stamp::Returned);
    return static_cast<int>(m_reading.finished ? ui::Stamp::Finished : ui::Stamp::Checking);
}

int CheckController::findingCount() const {
    return static_cast<int>(std::count_if(m_reading.findings.begin(), m_reading.findings.end(),
                                          [](const FindingReading &finding) { return !finding.isVoid; }));
}

QStringList CheckController::missingTexts() const {
    QStringList texts;
    for (const MissingRow &row : m_missing.rows())
        texts.append(row.text);
    return texts;
}

QVariantMap CheckController::missingAt(int index) const {
    if (index < 0 || index >= m_missing.rowCount())
        return {};
    const MissingRow &row = m_missing.rows()[static_cast<std::size_t>(index)];
    return {{"kind", row.kind},   {"item", row.item},     {"question", row.question},
            {"draft", row.draft}, {"clause", row.clause}, {"text", row.text}};
}

void CheckController::setOpenItem(const QString &item) {
    if (item == m_openItem)
        return;
    m_openItem = item;
    emit openItemChanged();
}

void CheckController::answer(const QString &item, int question, int answer) {
    if (question < 0 || question > 2 || answer < 1 || answer > 3)
        return;
    AnswerGiven given;
    given.check = idOf(m_check);
    given.item = itemOfKey(item);
    given.question = kQuestionNames[static_cast<std::size_t>(question)];
    given.value = answerValue(answer);
    write([given](StoreSession &session) { return session.recorder().answer(given); });
}

void CheckController::count(int feeling) {
    if (feeling < 0 || feeling > 2)
        return;
    const auto which = static_cast<std::size_t>(feeling);
    ++m_ahead[which];
    emit tallyChanged();
    app().store().run(
        this, [id = idOf(m_check), which](StoreSession &session) { return tap(session, id, which, 1); },
        [this, which](const Result<TallyTotals> &totals) {
            --m_ahead[which];
            if (totals) {
                m_reading.satisfied = totals->satisfied;
                m_reading.neutral = totals->neutral;
                m_reading.dissatisfied = totals->dissatisfied;
            } else {
                show(totals.error());
            }
            emit tallyChanged();
            app().noteRecorded();
        });
}

void CheckController::undoCount() {
    write([id = idOf(m_check)](StoreSession &session) -> Result<TallyTotals> {
        ZHICHA_ASSIGN(const std::optional<std::size_t> last, lastTap(session.store(), id));
        return last ? tap(session, id, *last, -1) : session.recorder().tallyOf(id);
    });
}

void CheckController::finish() {
    write([id = idOf(m_check)](StoreSession &session) { return session.recorder().finishCheck(id); },
          [this](const Result<Uuid> &done) {
              if (done)
                  emit finishDone();
          });
}

QString CheckController::photoAt(int index) const {
    return index < 0 || index >= m_photos.rowCount() ? QString() : m_photos.rows()[static_cast<std::size_t>(index)].key;
}

void CheckController::makeCurrent() {
    app().store().run(
        this,
        [id = idOf(m_check)](StoreSession &session) {
            return session.store().state().put(statekey::kCurrentCheck, id.view());
        },
        [](const Status &) {});
}

QString CheckController::newFinding() const {
    return textOf(newUuid(systemClock(), systemRandom()));
}

} // namespace zhicha
