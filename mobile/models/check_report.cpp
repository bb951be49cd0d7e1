#include "mobile/models/check_report.h"

#include "mobile/models/check_reading.h"
#include "mobile/models/photo_work.h"
#include "mobile/models/text_format.h"
#include "shared/base/instant.h"

#include <QDesktopServices>
#include <QDir>
#include <QSaveFile>
#include <QStandardPaths>
#include <QThreadPool>
#include <QUrl>

namespace zhicha {

namespace {
ReportedPhoto reported(LocalStore &store, const PhotoReading &photo) {
    ReportedPhoto out{!photo.imported, photo.howTaken, photo.shotAtMs ? shanghaiDay(*photo.shotAtMs) : std::string(),
                      photo.sha256, nullptr};
    if (photo.preview)
        if (Result<Bytes> jpeg = photoBytes(store, *photo.preview))
            out.jpeg = std::make_shared<Bytes>(*std::move(jpeg));
    return out;
}

std::string itemWords(const ItemReading &item) {
    return item.number.empty() ? item.title : item.number + " " + item.title;
}

/** As a file of any system may be named. */
QString fileName(const std::string &number) {
    QString name = number.empty() ? QStringLiteral("检查报告") : text::fromUtf8(number);
    for (QChar &c : name)
        if (QStringLiteral("/\\:*?\"<>|").contains(c) || c.unicode() < 0x20)
            c = u'_';
    return name + QStringLiteral(".pdf");
}

/** Where it stands now. DiskError. */
Result<QString> written(const ReportedCheck &check) {
    ZHICHA_ASSIGN(const Bytes pdf, reportPdf(reportOf(check)));
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation) + QStringLiteral("/直查"));
    QSaveFile file(folder.filePath(fileName(check.number)));
    const auto size = static_cast<qint64>(pdf.size());
    if (!folder.mkpath(".") || !file.open(QIODevice::WriteOnly) ||
        file.write(reinterpret_cast<const char *>(pdf.data()), size) != size || !file.commit())
        return fail(Code::DiskError, file.fileName().toStdString() + ": " + file.errorString().toStdString());
    return file.fileName();
}
} // namespace

ReportedCheck reportedCheck(LocalStore &store, const CheckReading &check, const std::string &owner) {
    ReportedCheck out;
    out.number = check.number;
    out.site = check.siteName;
    out.people.push_back(owner);
    for (const SignatureReading &sign : check.signatures)
        if (!sign.person.empty() && std::find(out.people.begin(), out.people.end(), sign.person) == out.people.end())
            out.people.push_back(sign.person);
    if (check.startedAtMs > 0)
        out.day = shanghaiDay(check.startedAtMs);
    out.state = checkStateName(check.state);
    for (const ItemReading &item : check.items) {
        if (item.id)
            out.items.push_back(itemWords(item));
        for (const AnswerReading &answer : item.answers)
            if (!answer.value.empty() || !answer.note.empty() || answer.contested)
                out.answers.push_back({item.id ? itemWords(item) : "—", answer.question,
                                       answer.contested ? std::string(kContestedWords) : answer.value, answer.note});
    }
    out.satisfied = check.satisfied;
    out.neutral = check.neutral;
    out.dissatisfied = check.dissatisfied;
    for (std::size_t i = 0; i < check.attestations.size(); ++i)
        if (const AttestReading &said = check.attestations[i]; !said.said.empty() || said.contested)
            out.clauses.push_back({static_cast<std::int64_t>(i + 1),
                                   said.contested ? std::string(kContestedWords) : said.said, said.note});
    std::set<Uuid> shown;
    for (const FindingReading &finding : check.findings) {
        if (finding.draft || finding.isVoid)
            continue;
        ReportedFinding &one = out.findings.emplace_back();
        one.severity = finding.contested && finding.severity.empty() ? std::string(kContestedWords) : finding.severity;
        one.text = finding.text;
        for (const PhotoReading &photo : finding.photos)
            if (!photo.isVoid && shown.insert(photo.id).second)
                one.photos.push_back(reported(store, photo));
    }
    for (const PhotoReading &photo : check.photos)
        if (!shown.contains(photo.id))
            out.otherPhotos.push_back(reported(store, photo));
    out.photos = check.photos.size();
    for (const PhotoReading &photo : check.photos)
        if (photo.record && photo.record->state != PhotoState::Delivered)
            ++out.missingOriginals;
    return out;
}

void ReportController::setCheck(const QString &check) {
    m_check = check;
    emit checkChanged();
}

void ReportController::write() {
    if (m_busy)
        return;
    m_busy = true;
    m_path.clear();
    emit changed();
    app().store().run(
        this,
        [check = idOf(m_check),
         owner = app().personName().toStdString()](StoreSession &session) -> Result<ReportedCheck> {
            ZHICHA_ASSIGN(const CheckReading reading, readCheck(session.store(), check));
            return reportedCheck(session.store(), reading, owner);
        },
        [this](Result<ReportedCheck> reported) {
            if (!reported)
                return done(reported.error());
            reported->source = "本报告由督查员的平板写成，是平板上的内容，以督查室的账本为准";
            // Setting pages takes longer than the store should wait for: what somebody types goes there meanwhile.
            QThreadPool::globalInstance()->start(
                [page = QPointer<ReportController>(this), check = *std::move(reported)] {
                    Result<QString> path = written(check);
                    QMetaObject::invokeMethod(&App::instance(), [page, path = std::move(path)] {
                        if (page)
                            page->done(path);
                    });
                });
        });
}

void ReportController::done(const Result<QString> &path) {
    m_busy = false;
    if (path)
        m_path = *path;
    else
        show(path.error());
    emit changed();
}

void ReportController::open() {
    QDesktopServices::openUrl(QUrl::fromLocalFile(m_path));
}

} // namespace zhicha
