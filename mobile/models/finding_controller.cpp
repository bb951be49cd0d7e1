#include "mobile/models/finding_controller.h"

#include "mobile/models/photo_work.h"
#include "mobile/models/text_format.h"

#include <QUrl>

namespace zhicha {

namespace {
constexpr const char *kAmendDraft = "amend";
} // namespace

FindingController::FindingController(QObject *parent)
    : PageController(parent), m_keeper(
                                  app().store(), "text", [this] { return currentDraft(); }, this) {}

FindingController::~FindingController() {
    FindingController::leave();
}

void FindingController::setCheck(const QString &check) {
    m_check = check;
    emit idChanged();
}

void FindingController::setFinding(const QString &finding) {
    m_finding = finding;
    emit idChanged();
}

Draft FindingController::currentDraft() const {
    Draft draft;
    draft.id = idOf(m_finding);
    draft.check = idOf(m_check);
    if (m_recorded) {
        const Amend amend = m_amend.value_or(Amend{});
        draft.kind = kAmendDraft;
        draft.content = {{"text", amend.text.toStdString()},
                         {"severity", severityValue(amend.severity)},
                         {"reason", amend.reason.toStdString()}};
        return draft;
    }
    draft.kind = kFindingDraft;
    draft.content = {{"text", m_text.toStdString()}, {"severity", severityValue(m_severity)}};
    if (m_obtained != 0)
        draft.content["how_taken"] = obtainedValue(m_obtained);
    if (const auto item = itemOfKey(m_item))
        draft.content["item"] = *item;
    return draft;
}

void FindingController::read() {
    readWith(
        [check = idOf(m_check), finding = idOf(m_finding)](StoreSession &session) -> Result<Loaded> {
            Loaded loaded;
            ZHICHA_ASSIGN(loaded.draft, session.store().drafts().get(finding));
            auto read = readCheck(session.store(), check);
            if (read)
                loaded.check = std::move(*read);
            else
                loaded.trouble = read.error();
            return loaded;
        },
        [this](Loaded loaded) { take(std::move(loaded)); });
}

void FindingController::take(Loaded loaded) {
    if (loaded.trouble)
        show(*loaded.trouble);
    if (loaded.check)
        m_of = std::move(*loaded.check);
    m_items.set(itemRows(m_of, systemClock().nowMs()));
    m_reading.reset();
    for (const FindingReading &finding : m_of.findings)
        if (finding.id == idOf(m_finding))
            m_reading = finding;
    m_recorded = m_reading && !m_reading->draft;
    if (m_recorded)
        takeRecorded();
    if (!m_loaded && loaded.draft)
        loaded.draft->kind == kAmendDraft ? takeAmend(*loaded.draft) : takeDraft(*loaded.draft);
    if (m_item.isEmpty() && m_items.rowCount() == 1)
        m_item = m_items.rows().front().key; // the only one that it can belong to
    m_photos.set(m_reading ? photoRowsAt(m_of, m_reading->photos, m_reading->id) : std::vector<PhotoRow>());
    if (m_obtained == 0 && !m_of.photos.empty())
        m_obtained = obtainedEnum(m_of.photos.back().howTaken); // kept from the check's last photo, shown, changeable
    m_loaded = true;
    m_keeper.noteRead();
    emit changed();
    emit missingChanged();
}

void FindingController::takeRecorded() {
    m_text = text::fromUtf8(m_reading->text);
    m_severity = severityEnum(m_reading->severity);
    m_item = itemKey(m_reading->item);
    if (!m_amend)
        m_keeper.forget();
    emit textChanged();
}

void FindingController::takeDraft(const Draft &draft) {
    if (m_recorded)
        return;
    // What was typed or chosen before this came is newer.
    m_text = joinTyped(text::fromUtf8(draftText(draft, "text")), m_text);
    if (m_severity == 0)
        m_severity = severityEnum(draftText(draft, "severity"));
    if (m_obtained == 0)
        m_obtained = obtainedEnum(draftText(draft, "how_taken"));
    if (const auto item = draft.content.find("item"); item != draft.content.end() && m_item.isEmpty())
        m_item = itemKey(item->second.uuid());
    m_keeper.cameFromDisk(draft.updatedMs);
    emit textChanged();
}

void FindingController::takeAmend(const Draft &draft) {
    m_amend = Amend{text::fromUtf8(draftText(draft, "text")), severityEnum(draftText(draft, "severity")),
                    text::fromUtf8(draftText(draft, "reason"))};
    m_keeper.cameFromDisk(draft.updatedMs);
    emit amendChanged();
}

void FindingController::touched() {
    if (!m_recorded && !m_ended && !idOf(m_finding).isNil())
        m_keeper.touch();
    emit missingChanged();
}

void FindingController::setText(const QString &text) {
    if (text == m_text || m_recorded)
        return;
    m_text = text;
    emit textChanged();
    touched();
}

void FindingController::setSeverity(int severity) {
    if (severity == m_severity || m_recorded || severity < 0 || severity > 3)
        return;
    m_severity = severity;
    emit changed();
    touched();
}

void FindingController::setItem(const QString &item) {
    if (item == m_item || m_recorded)
        return;
    m_item = item;
    emit changed();
    touched();
}

void FindingController::setObtained(int obtained) {
    if (obtained == m_obtained || obtained < 0 || obtained > 4)
        return;
    m_obtained = obtained;
    emit changed();
    touched();
}

QString FindingController::site() const {
    return text::fromUtf8(m_of.siteName);
}
QString FindingController::itemNumber() const {
    const ItemRow *row = m_items.find(m_item);
    return row == nullptr ? QString() : row->number;
}
QString FindingController::itemTitle() const {
    const ItemRow *row = m_items.find(m_item);
    return row == nullptr ? QString() : row->title;
}
QString FindingController::recordedAt() const {
    return m_recorded ? text::clockSeconds(m_reading->atMs) : QString();
}

QString FindingController::position() const {
    for (const PhotoReading &photo : m_reading ? m_reading->photos : std::vector<PhotoReading>())
        if (photo.fix) {
            if (const auto at = placeIn(*photo.fix))
                return text::place(at->lat, at->lon);
        }
    return {};
}

QString FindingController::positionNote() const {
    for (const PhotoReading &photo : m_reading ? m_reading->photos : std::vector<PhotoReading>())
        if (photo.fix) {
            QStringList parts;
            if (const auto accuracy = numberIn(*photo.fix, "accuracy_mm"))
                parts.append(u'±' + text::distance(*accuracy));
            if (const auto t = numberIn(*photo.fix, "t"))
                parts.append(text::clockSeconds(*t));
            parts.append(QStringLiteral("WGS-84"));
            return parts.join(QStringLiteral(" · "));
        }
    return {};
}

void FindingController::setAmending(bool amending) {
    if (amending == m_amend.has_value() || !m_recorded)
        return;
    if (amending) {
        m_amend = Amend{m_text, m_severity, {}};
    } else {
        m_amend.reset();
        m_keeper.forget();
        write([id = idOf(m_finding)](StoreSession &session) { return session.store().drafts().remove(id); });
    }
    emit amendChanged();
}

void FindingController::amendTouched() {
    m_keeper.touch();
    emit amendChanged();
}

void FindingController::setAmendText(const QString &text) {
    if (!m_amend || text == m_amend->text)
        return;
    m_amend->text = text;
    amendTouched();
}

void FindingController::setAmendSeverity(int severity) {
    if (!m_amend || severity == m_amend->severity || severity < 1 || severity > 3)
        return;
    m_amend->severity = severity;
    amendTouched();
}

void FindingController::setAmendReason(const QString &reason) {
    if (!m_amend || reason == m_amend->reason)
        return;
    m_amend->reason = reason;
    amendTouched();
}

void FindingController::record() {
    onceRead([this] { recordNow(); });
}

void FindingController::recordNow() {
    // What stands on disk is part of what is recorded: without having read it there is nothing to record.
    if (!m_loaded || m_recorded || m_ended || missingText() || missingSeverity())
        return;
    m_ended = true;
    m_keeper.forget();
    FindingRecorded finding;
    finding.id = idOf(m_finding);
    finding.check = idOf(m_check);
    finding.item = itemOfKey(m_item);
    finding.severity = severityValue(m_severity);
    finding.text = m_text.trimmed().toStdString();
    write(
        [finding](StoreSession &session) -> Result<Uuid> {
            ZHICHA_ASSIGN(const std::optional<Draft> draft, session.store().drafts().get(*finding.id));
            ZHICHA_ASSIGN(const Uuid id, session.recorder().recordFinding(finding));
            if (draft)
                ZHICHA_TRY(placeDraftPhotos(session, *draft, id));
            return id;
        },
        [this](const Result<Uuid> &done) {
            if (done) {
                emit recordDone();
            } else { // the text is still here and goes back to disk
                m_ended = false;
                m_keeper.touch();
            }
        });
}

void FindingController::discard(const QString &reason) {
    onceRead([this, reason] { discardNow(reason); });
}

void FindingController::discardNow(const QString &reason) {
    if (m_recorded || m_ended)
        return;
    m_ended = true;
    m_keeper.forget();
    write(
        [id = idOf(m_finding), check = idOf(m_check), typed = m_text.toStdString(),
         why = reason.toStdString()](StoreSession &session) -> Result<Uuid> {
            // What was typed is not kept, but that something was thrown away, and why, is.
            if (!typed.empty())
                (void)session.recorder().note(check, "作废问题草稿：" + why);
            ZHICHA_TRY(session.store().drafts().remove(id));
            return id;
        },
        [this](const Result<Uuid> &) { emit discarded(); });
}

void FindingController::amend(const QString &reason, const QString &text, int severity) {
    FindingAmended amended;
    if (text.trimmed() != m_text)
        amended.text = text.trimmed().toStdString();
    if (severity != m_severity)
        amended.severity = severityValue(severity);
    amended.reason = reason.toStdString();
    if (!m_recorded)
        return;
    if (!amended.text && !amended.severity)
        return setAmending(false); // the same as before: there is nothing to correct
    m_keeper.forget();
    write(
        [id = idOf(m_finding), amended](StoreSession &session) {
            return session.recorder().amendFinding(id, amended); // ends the draft too
        },
        [this](const Result<Uuid> &done) {
            if (done)
                m_amend.reset();
            else if (m_amend) // what was typed is still here and goes back to disk
                m_keeper.touch();
            emit amendChanged();
        });
}

void FindingController::voidIt(bool isVoid, const QString &reason) {
    write([id = idOf(m_finding), isVoid, why = reason.toStdString()](StoreSession &session) {
        return session.recorder().voidEntity(id, isVoid, why);
    });
}

QString FindingController::photoAt(int index) const {
    const auto &rows = m_photos.rows();
    return index < 0 || index >= m_photos.rowCount() ? QString() : rows[static_cast<std::size_t>(index)].key;
}

void FindingController::importPhoto(const QUrl &file) {
    PhotoPlace place;
    place.check = idOf(m_check);
    if (m_recorded)
        place.to = idOf(m_finding);
    else
        place.draft = currentDraft();
    PhotoToAdd photo;
    photo.howTaken = obtainedValue(m_obtained);
    photo.origin = "import";
    photo.importNote = file.fileName().toStdString();
    write([place, photo, path = file.toLocalFile().toStdString()](StoreSession &session) -> Result<PhotoAdded> {
        ZHICHA_ASSIGN(const Bytes picture, readPicture(path));
        return addPhotoAt(session, place, photo, picture);
    });
}

void FindingController::removePhoto(const QString &photo, const QString &reason) {
    write([id = idOf(photo), why = reason.toStdString()](StoreSession &session) {
        return session.recorder().voidEntity(id, true, why);
    });
}

void FindingController::leave() {
    if (m_recorded ? m_amend.has_value() : !m_ended)
        m_keeper.flush();
}

} // namespace zhicha
