// Goal: what the pages of a check do becomes operations at once, drafts are on disk by themselves, and nothing that was
// typed is lost by leaving. Method: the real controllers over the real store; the store is read beside them.
#include "mobile/models/answer_controller.h"
#include "mobile/models/attest_controller.h"
#include "mobile/models/camera_controller.h"
#include "mobile/models/check_controller.h"
#include "mobile/models/check_rows.h"
#include "mobile/models/finding_controller.h"
#include "mobile/models/start_controller.h"
#include "mobile/models/ui.h"

#include "tests/unit/mobile/models/check_pages.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>

using namespace zhicha;
using namespace zhicha::test;

namespace {
using CheckControllers = CheckPages;
}

TEST_F(CheckControllers, nothingIsPresetAndEverythingIsMissing) {
    CheckController page;
    const QAbstractItemModelTester tester(page.items(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    page.setCheck(check);
    loaded(page);
    EXPECT_EQ(page.parts(), 9);
    EXPECT_EQ(page.partsDone(), 0);
    EXPECT_EQ(page.missingCount(), 9);
    EXPECT_EQ(page.openItem(), textOf(tablet.item)) << "at entry the first item with something left is open";
}

TEST_F(CheckControllers, anAnswerCountsAsDoneWithEvidenceAlone) {
    CheckController page;
    page.setCheck(check);
    loaded(page);
    page.answer(textOf(tablet.item), 0, static_cast<int>(ui::Answer::Partly));
    ASSERT_TRUE(eventually([&] { return page.missingAt(0).value("kind").toInt() == 1; })) << "evidence is missing now";
    AnswerController answer;
    answer.setProperty("check", check);
    answer.setProperty("item", textOf(tablet.item));
    answer.setProperty("question", 0);
    answer.reload();
    ASSERT_TRUE(eventually([&] { return answer.value() == static_cast<int>(ui::Answer::Partly); }));
    answer.setNote("步道已通，排水未完");
    answer.leave();
    ASSERT_TRUE(eventually([&] { return page.partsDone() == 1; }));
    EXPECT_EQ(page.missingAt(0).value("question").toInt(), 1);
}

TEST_F(CheckControllers, tapsCountAtOnceAndTheLastOneIsTakenBackByAnOperation) {
    CheckController page;
    page.setCheck(check);
    loaded(page);
    page.count(0);
    page.count(0);
    page.count(2);
    EXPECT_EQ(page.satisfied(), 2) << "on the press, before the store answered";
    EXPECT_EQ(page.peopleCount(), 3);
    page.undoCount();
    ASSERT_TRUE(eventually([&] { return page.dissatisfied() == 0; }));
    EXPECT_EQ(page.satisfied(), 2);
    page.undoCount();
    ASSERT_TRUE(eventually([&] { return page.satisfied() == 1; }));
    const auto steps =
        ask([&](StoreSession &session) { return session.store().entities().ofCheck(idOf(check), EntityType::Tally); });
    EXPECT_EQ(steps->size(), 5u) << "three taps and two steps back, each an operation of its own";
}

TEST_F(CheckControllers, tapsAreTakenBackInTheirOrderHoweverFastTheHandWas) {
    CheckController page;
    page.setCheck(check);
    loaded(page);
    constexpr std::array<int, 12> kTaps{0, 2, 1, 2, 0, 1, 2, 0, 2, 1, 0, 2};
    std::array<int, 3> counted{};
    for (const int tap : kTaps) {
        page.count(tap);
        ++counted[static_cast<std::size_t>(tap)];
    }
    const auto shown = [&] { return std::array<int, 3>{page.satisfied(), page.neutral(), page.dissatisfied()}; };
    for (auto tap = kTaps.rbegin(); tap != kTaps.rend(); ++tap) {
        page.undoCount();
        --counted[static_cast<std::size_t>(*tap)];
        ASSERT_TRUE(eventually([&] { return shown() == counted; })) << "taking back a tap of " << *tap;
    }
}

TEST_F(CheckControllers, whatIsTypedIsOnDiskByItselfAndComesBack) {
    const QString id = textOf(newUuid(systemClock(), systemRandom()));
    {
        FindingController page;
        page.setCheck(check);
        page.setFinding(id);
        loaded(page);
        page.setText("排水沟盖板缺失 6 块");
        EXPECT_EQ(page.draft()->state(), static_cast<int>(ui::Save::Saving));
        ASSERT_TRUE(eventually([&] { return page.draft()->state() == static_cast<int>(ui::Save::Saved); }));
        EXPECT_FALSE(page.draft()->savedAt().isEmpty());
        page.setText("排水沟盖板缺失 6 块，未设围挡");
        // The page is left before the next save was due: its destructor writes.
    }
    FindingController again;
    again.setCheck(check);
    again.setFinding(id);
    loaded(again);
    EXPECT_EQ(again.text(), "排水沟盖板缺失 6 块，未设围挡");
    EXPECT_FALSE(again.recorded());
    EXPECT_TRUE(again.missingSeverity()) << "none is preset";
}

TEST_F(CheckControllers, recordingMakesTheOperationAndTheDraftIsGone) {
    const QString id = textOf(newUuid(systemClock(), systemRandom()));
    FindingController page;
    page.setCheck(check);
    page.setFinding(id);
    loaded(page);
    page.setText("排水沟盖板缺失 6 块");
    page.record();
    EXPECT_FALSE(page.recorded()) << "the severity is missing";
    page.setSeverity(static_cast<int>(ui::Severity::Critical));
    page.record();
    ASSERT_TRUE(eventually([&] { return page.recorded(); }));
    const auto drafts = ask([](StoreSession &session) { return session.store().drafts().all(); });
    EXPECT_TRUE(drafts->empty());
    page.setText("改掉它");
    EXPECT_EQ(page.text(), "排水沟盖板缺失 6 块") << "read-only from here on";
    page.amend("数错了", "排水沟盖板缺失 7 块", page.severity());
    ASSERT_TRUE(eventually([&] { return page.text() == "排水沟盖板缺失 7 块"; }));
    page.voidIt(true, "重复");
    ASSERT_TRUE(eventually([&] { return page.voided(); }));
    page.voidIt(false, "不是重复");
    ASSERT_TRUE(eventually([&] { return !page.voided(); }));
}

TEST_F(CheckControllers, dutiesAreAnsweredOneByOneAndTheSignatureNeedsThePin) {
    AttestController page;
    page.setProperty("check", check);
    page.reload();
    loaded(page);
    EXPECT_EQ(page.said(), 0);
    for (int duty = 0; duty < 6; ++duty)
        page.say(duty, static_cast<int>(ui::Kept::Kept), {});
    ASSERT_TRUE(eventually([&] { return page.said() == 6; }));
    bool wrong = false;
    QObject::connect(&page, &AttestController::pinWrong, [&] { wrong = true; });
    page.sign("000000");
    ASSERT_TRUE(eventually([&] { return wrong; }));
    EXPECT_FALSE(page.signedHere());
    page.sign(kPin);
    ASSERT_TRUE(eventually([&] { return page.signedHere(); }));
}

TEST_F(CheckControllers, aNewCheckNeedsASiteAndAReason) {
    StartController page;
    loaded(page);
    EXPECT_EQ(page.allSites(), 1);
    QString started;
    QObject::connect(&page, &StartController::started, [&](const QString &id) { started = id; });
    page.start();
    page.setSite(textOf(tablet.site));
    page.start();
    EXPECT_TRUE(started.isEmpty());
    page.setReason("接收机没带");
    page.start();
    ASSERT_TRUE(eventually([&] { return !started.isEmpty(); }));
    ASSERT_TRUE(eventually([&] { return app->currentCheck() == started; })) << "the new one is the current one";
}

TEST_F(CheckControllers, theStampOfAPictureSaysItsTimeWithTheZone) {
    const CameraController camera;
    const QRegularExpression wanted(R"(^\d{4}-\d\d-\d\d  \d\d:\d\d:\d\d  [+-]\d\d:\d\d$)");
    EXPECT_TRUE(wanted.match(camera.stampTime()).hasMatch()) << camera.stampTime().toStdString();
}

TEST(PhotoRows, aColleaguesPhotoIsElsewhereAndNotLost) {
    PhotoReading photo;
    EXPECT_EQ(photoRows({photo}).front().photoState, static_cast<int>(ui::PhotoState::Missing));
    photo.mine = false;
    EXPECT_EQ(photoRows({photo}).front().photoState, static_cast<int>(ui::PhotoState::Elsewhere));
    photo.record.emplace().state = PhotoState::Delivered;
    EXPECT_EQ(photoRows({photo}).front().photoState, static_cast<int>(ui::PhotoState::Erased)); // no file, no key
    photo.record->file = "a.photo";
    EXPECT_EQ(photoRows({photo}).front().photoState, static_cast<int>(ui::PhotoState::Delivered));
}

TEST_F(CheckControllers, hostileIdsAreNotFoundAndBreakNothing) {
    for (const char *id : {"", "nonsense", "00000000-0000-0000-0000-000000000000", "'; DROP TABLE drafts; --"}) {
        CheckController page;
        page.setCheck(id);
        loaded(page);
        page.answer("x", 9, 9);
        page.count(-1);
        EXPECT_FALSE(page.known()) << id;
        FindingController finding;
        finding.setCheck(id);
        finding.setFinding(id);
        loaded(finding);
        EXPECT_FALSE(finding.recorded()) << id;
    }
}
