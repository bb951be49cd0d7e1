// Goal: a check of the tablet becomes a report that reads like what was recorded; what cannot be written says why.
// Method: the real controller over the real store; the PDF is read by poppler.
#include "mobile/models/check_reading.h"
#include "mobile/models/check_report.h"
#include "mobile/models/photo_work.h"
#include "tests/support/temp_folder.h"
#include "tests/unit/mobile/models/check_pages.h"
#include "tests/unit/shared/documents/rendered.h"

#include <QBuffer>
#include <QDir>
#include <QImage>

using namespace zhicha;
using namespace zhicha::test;

class CheckReports : public CheckPages {
protected:
    CheckReports() { qputenv("HOME", QByteArray::fromStdString(folder.path())); }
    Uuid find(const std::string &severity, const std::string &text) {
        FindingRecorded finding;
        finding.check = idOf(check);
        finding.severity = severity;
        finding.text = text;
        return ask([finding](StoreSession &session) { return session.recorder().recordFinding(finding); }).value();
    }
    void shoot(const std::optional<Uuid> &to) {
        QImage image(640, 480, QImage::Format_RGB32);
        image.fill(qRgb(40, 120, 60));
        QByteArray encoded;
        QBuffer sink(&encoded);
        sink.open(QIODevice::WriteOnly);
        ASSERT_TRUE(image.save(&sink, "JPG", 95));
        ASSERT_TRUE(ask([place = PhotoPlace{idOf(check), to, std::nullopt},
                         bytes = Bytes(encoded.begin(), encoded.end())](StoreSession &session) {
                        PhotoToAdd photo;
                        photo.howTaken = "public";
                        photo.shotAtMs = systemClock().nowMs();
                        return addPhotoAt(session, place, photo, bytes);
                    }).has_value());
    }
    static Bytes read(const QString &path) {
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::ReadOnly));
        const QByteArray all = file.readAll();
        return {all.begin(), all.end()};
    }
    TempFolder folder;
};

TEST_F(CheckReports, sayWhatWasRecordedAndLeaveOutWhatIsNot) {
    const Uuid graver = find("critical", "排水沟盖板缺失6块，无警示标志");
    find("minor", "标牌褪色 \xE2\x80\xAE 倒着");
    const Uuid gone = find("major", "记错了的一处");
    shoot(graver);
    ASSERT_TRUE(
        ask([gone](StoreSession &session) { return session.recorder().voidEntity(gone, true, "记错"); }).has_value());

    ReportController report;
    report.setCheck(check);
    report.write();
    EXPECT_TRUE(report.busy());
    ASSERT_TRUE(eventually([&] { return !report.busy(); }));
    EXPECT_EQ(report.trouble(), "");
    ASSERT_TRUE(report.path().endsWith("/直查/检查报告.pdf")) << "the office has given no number yet";
    const Bytes pdf = read(report.path());
    std::string text = documents::textOfPdf(pdf);
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; }); // lines end where the page wants it
    for (const char *said : {"检查情况报告", "督〔2026〕15号", "排水沟盖板缺失6块", "严重", "轻微", "实拍，公共场所",
                             "不是证据", "1张原图还没有传到", "以督查室的账本为准"})
        EXPECT_NE(text.find(said), std::string::npos) << said;
    EXPECT_EQ(text.find("记错了的一处"), std::string::npos) << "it is void";
    report.write(); // again: the same file
    ASSERT_TRUE(eventually([&] { return !report.busy() && !report.path().isEmpty(); }));
    EXPECT_EQ(QDir(QString::fromStdString(folder / "Documents/直查")).entryList(QDir::Files).size(), 1);
}

TEST_F(CheckReports, sayWhyNothingWasWritten) {
    ASSERT_TRUE(QDir().mkpath(QString::fromStdString(folder / "Documents")));
    QFile inTheWay(QString::fromStdString(folder / "Documents/直查"));
    ASSERT_TRUE(inTheWay.open(QIODevice::WriteOnly));
    ReportController report;
    report.setCheck(check);
    report.write();
    ASSERT_TRUE(eventually([&] { return !report.busy(); }));
    EXPECT_NE(report.trouble(), "");
    EXPECT_EQ(report.path(), "");

    ReportController unknown;
    unknown.setCheck("0192f7a0-0000-7000-8000-000000000001");
    unknown.write();
    ASSERT_TRUE(eventually([&] { return !unknown.busy(); }));
    EXPECT_NE(unknown.trouble(), "");
}
