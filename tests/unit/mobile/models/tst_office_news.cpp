// Goal: what the office did that concerns a tablet's person stands on 今日 as a task or a line, a line goes when it was
// seen, a photo that was taken away comes back, and 意见建议 is sent and shows its answer. Method: the real controllers
// over the real store, pulled from an office that appends the real kinds.
#include "mobile/models/feedback_controller.h"
#include "mobile/models/finding_controller.h"
#include "mobile/models/office_news.h"
#include "mobile/models/photo_controller.h"
#include "mobile/models/photo_work.h"
#include "mobile/models/today_controller.h"
#include "mobile/models/ui.h"

#include "tests/unit/mobile/engine/test_tablet.h"
#include "tests/unit/mobile/models/check_pages.h"

#include <QAbstractItemModelTester>
#include <QBuffer>
#include <QImage>

using namespace zhicha;
using namespace zhicha::test;

/** A tablet on the engine alone, so that it can be pulled again. */
class OfficeNewsLines : public ::testing::Test {
protected:
    void SetUp() override {
        site = office.addSite("s1");
        tablet.enrol(office);
        me = tablet.store->enrolledIdentity()->person;
        check = tablet.startCheck(site);
        tablet.sync(office);
    }
    Uuid fresh() { return newUuid(clock, random); }
    std::optional<OfficeNews> find(OfficeNews::Kind kind) {
        const auto news = officeNews(*tablet.store);
        EXPECT_TRUE(news.has_value());
        for (const OfficeNews &one : *news)
            if (one.kind == kind)
                return one;
        return std::nullopt;
    }

    TestClock clock;
    SeededRandom random{5};
    TestOffice office{clock};
    TestTablet tablet{clock};
    Uuid site;
    Uuid me;
    Uuid check;
};

TEST_F(OfficeNewsLines, aDayWithoutAnythingHasNone) {
    EXPECT_TRUE(officeNews(*tablet.store)->empty());
}

TEST_F(OfficeNewsLines, aCheckThatIsHandedOverIsATaskForOneAndALineForTheOther) {
    const Uuid other = fresh();
    office.append("person.put", other, {{"name", "李明"}});
    office.append("check.hand", fresh(), {{"check", check}, {"to", other}, {"reason", "病假"}});
    tablet.sync(office);
    const auto away = find(OfficeNews::Kind::HandedAway);
    ASSERT_TRUE(away.has_value());
    EXPECT_FALSE(away->task);
    EXPECT_EQ(away->person, "李明");
    EXPECT_EQ(away->text, "病假");
    office.append("check.hand", fresh(), {{"check", check}, {"to", me}, {"reason", "销假"}});
    tablet.sync(office);
    const auto back = find(OfficeNews::Kind::HandedToYou);
    ASSERT_TRUE(back.has_value());
    EXPECT_TRUE(back->task);
    ASSERT_TRUE(tablet.recorder->finishCheck(check).has_value());
    EXPECT_FALSE(find(OfficeNews::Kind::HandedToYou)->task) << "done: only a line is left";
}

TEST_F(OfficeNewsLines, aLineThatWasSeenIsNotShownAgainAndATaskIs) {
    office.append("check.hand", fresh(), {{"check", check}, {"to", fresh()}, {"reason", "换人"}});
    office.append("check.hand", fresh(), {{"check", check}, {"to", me}, {"reason", "换回"}});
    tablet.sync(office);
    const auto all = officeNews(*tablet.store);
    ASSERT_EQ(all->size(), 2u);
    EXPECT_TRUE(all->front().task) << "tasks first";
    for (const OfficeNews &one : *all)
        ASSERT_TRUE(noteSeen(*tablet.store, one.key));
    ASSERT_TRUE(noteSeen(*tablet.store, "'; DROP TABLE state; --"));
    const auto left = officeNews(*tablet.store);
    ASSERT_EQ(left->size(), 1u);
    EXPECT_EQ(left->front().kind, OfficeNews::Kind::HandedToYou);
}

TEST_F(OfficeNewsLines, aRoleThatIsConfirmedAndEndedIsSaidToItsOwnerAlone) {
    const Uuid grant = fresh();
    const Uuid others = fresh();
    office.append("role.grant", grant, {{"person", me}, {"role", "inspector"}, {"from", 1}});
    office.append("role.grant", others, {{"person", fresh()}, {"role", "reviewer"}, {"from", 1}});
    office.append("role.confirm", fresh(), {{"grant", grant}});
    office.append("role.end", fresh(), {{"grant", grant}, {"from", 2}});
    office.append("role.end", fresh(), {{"grant", others}, {"from", 2}});
    tablet.sync(office);
    EXPECT_EQ(officeNews(*tablet.store)->size(), 2u);
    ASSERT_TRUE(find(OfficeNews::Kind::RoleConfirmed).has_value());
    EXPECT_EQ(find(OfficeNews::Kind::RoleEnded)->subject, "inspector");
}

TEST_F(OfficeNewsLines, aSiteThatWasProposedHereAndIsListedNowIsALine) {
    SiteProposal proposal;
    proposal.name = "无名水塘";
    const Uuid proposed = tablet.recorder->proposeSite(proposal).value();
    tablet.sync(office);
    office.append("site.adopt", proposed, {{"proposal", proposed}, {"site", site}});
    tablet.sync(office);
    const auto adopted = find(OfficeNews::Kind::SiteAdopted);
    ASSERT_TRUE(adopted.has_value());
    EXPECT_EQ(adopted->subject, "无名水塘");
}

TEST_F(OfficeNewsLines, aCheckThatIsNotSentAnyMoreIsALineUntilItIsGivenBack) {
    const Uuid device = tablet.store->enrolledIdentity()->device;
    office.append("scope.end", fresh(), {{"device", fresh()}, {"entity", check}, {"reason", "别人的"}});
    office.append("scope.end", fresh(), {{"device", device}, {"entity", check}, {"reason", "回避"}});
    tablet.sync(office);
    const auto ended = find(OfficeNews::Kind::ReadingEnded);
    ASSERT_TRUE(ended.has_value());
    EXPECT_FALSE(ended->task);
    EXPECT_EQ(ended->text, "回避");
    EXPECT_EQ(ended->check, check);
    office.append("scope.grant", fresh(), {{"device", device}, {"entity", check}, {"why", "hand"}});
    tablet.sync(office);
    EXPECT_FALSE(find(OfficeNews::Kind::ReadingEnded).has_value());
}

TEST_F(OfficeNewsLines, aNoteIsALineForWhoWasAtTheSite) {
    TestDevice colleague(office.ledger, 77, clock);
    office.append("device.enrol", colleague.id(), colleague.enrolFields(fresh()));
    const auto note = [&](const Uuid &at, const char *text) {
        colleague.make("site.note", colleague.newId(), {{"site", at}, {"text", text}});
    };
    note(office.addSite("s2"), "别处的");
    note(site, "北门施工，从东门进");
    office.publish(colleague.cutRun());
    tablet.sync(office);
    const auto noted = find(OfficeNews::Kind::SiteNoted);
    ASSERT_TRUE(noted.has_value());
    EXPECT_EQ(noted->text, "北门施工，从东门进");
    EXPECT_EQ(officeNews(*tablet.store)->size(), 1u);
}

TEST_F(OfficeNewsLines, theNewestDayOfTheOfficesAuditTrailIsKnown) {
    EXPECT_TRUE(auditDay(*tablet.store)->day.empty());
    office.append("audit.head", fresh(), {{"day", "2026-11-23"}, {"count", 1204}, {"digest", Bytes(32, 0xab)}});
    office.append("audit.head", fresh(), {{"day", "2026-11-22"}, {"count", 1100}, {"digest", Bytes(32, 0x01)}});
    tablet.sync(office);
    const auto day = auditDay(*tablet.store);
    EXPECT_EQ(day->day, "2026-11-23");
    EXPECT_EQ(day->entries, 1204);
    EXPECT_EQ(day->digest, "abababababab");
}

TEST_F(OfficeNewsLines, thePersonsEndIsATaskThatStays) {
    office.append("person.end", me, {{"reason", "调离"}, {"from", 1}});
    tablet.sync(office);
    const auto ended = find(OfficeNews::Kind::PersonEnded);
    ASSERT_TRUE(ended.has_value());
    EXPECT_TRUE(ended->task);
    EXPECT_EQ(ended->text, "调离");
}

TEST_F(OfficeNewsLines, feedbackShowsItsAnswerAndTheAnswerIsALine) {
    const Uuid given = tablet.recorder->birth("feedback.give", std::nullopt, {{"text", "字太小"}}).value();
    tablet.sync(office);
    ASSERT_EQ(ownFeedback(*tablet.store)->size(), 1u);
    EXPECT_TRUE(ownFeedback(*tablet.store)->front().answer.empty());
    office.append("feedback.answer", fresh(), {{"feedback", given}, {"text", "下一版放大"}});
    office.append("feedback.answer", fresh(), {{"feedback", fresh()}, {"text", "别人的"}});
    tablet.sync(office);
    EXPECT_EQ(ownFeedback(*tablet.store)->front().answer, "下一版放大");
    const auto line = find(OfficeNews::Kind::FeedbackAnswered);
    ASSERT_TRUE(line.has_value());
    EXPECT_EQ(line->subject, "字太小");
    EXPECT_EQ(officeNews(*tablet.store)->size(), 1u) << "somebody else's answer is not shown here";
}

class NewsPages : public CheckPages {
protected:
    Uuid photoAt(const std::optional<Uuid> &to) {
        QImage picture(64, 48, QImage::Format_RGB32);
        picture.fill(Qt::darkGreen);
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        picture.save(&buffer, "PNG");
        const auto *raw = reinterpret_cast<const std::uint8_t *>(bytes.constData());
        PhotoPlace place;
        place.check = idOf(check);
        place.to = to;
        PhotoToAdd photo;
        photo.origin = "import";
        const auto added = ask([&, picked = Bytes(raw, raw + bytes.size())](StoreSession &session) {
            return addPhotoAt(session, place, photo, picked);
        });
        EXPECT_TRUE(added.has_value());
        return added ? added->photo : Uuid{};
    }
};

TEST_F(NewsPages, aPhotoThatWasTakenAwayStaysAsATombstoneAndComesBack) {
    FindingRecorded recorded;
    recorded.check = idOf(check);
    recorded.severity = "minor";
    recorded.text = "盖板缺失";
    const Uuid finding = *ask([&](StoreSession &session) { return session.recorder().recordFinding(recorded); });
    const Uuid photo = photoAt(finding);
    FindingController page;
    page.setCheck(check);
    page.setFinding(textOf(finding));
    loaded(page);
    ASSERT_EQ(page.photoCount(), 1);
    PhotoController one;
    one.setProperty("check", check);
    one.setProperty("photo", textOf(photo));
    loaded(one);
    one.remove("拍糊了");
    ASSERT_TRUE(eventually([&] { return one.voided(); })) << "its page still shows it";
    ASSERT_TRUE(eventually([&] { return page.photoCount() == 0; }));
    EXPECT_EQ(page.photos()->rowCount(), 1) << "a tombstone, until the check is finished";
    EXPECT_EQ(page.photoAt(0), textOf(photo));
    one.restore();
    ASSERT_TRUE(eventually([&] { return page.photoCount() == 1 && !one.voided(); }));
    one.remove("还是糊");
    ASSERT_TRUE(eventually([&] { return one.voided(); }));
    ASSERT_TRUE(ask([&](StoreSession &session) { return session.recorder().finishCheck(idOf(check)); }).has_value());
    page.reload();
    EXPECT_TRUE(eventually([&] { return page.photos()->rowCount() == 0; })) << "finished: the tombstone goes";
}

TEST_F(NewsPages, feedbackIsADraftUntilItIsSent) {
    FeedbackController page;
    const QAbstractItemModelTester tester(page.given(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    page.setText("字太小");
    loaded(page);
    ASSERT_TRUE(eventually([&] { return page.draft()->state() == static_cast<int>(ui::Save::Saved); }));
    {
        FeedbackController again;
        loaded(again);
        EXPECT_EQ(again.text(), "字太小");
    }
    page.give();
    ASSERT_TRUE(eventually([&] { return page.count() == 1; }));
    EXPECT_TRUE(page.text().isEmpty());
    const auto drafts = ask([](StoreSession &session) { return session.store().drafts().all(); });
    EXPECT_TRUE(drafts->empty());
    page.give(); // nothing typed: nothing is sent
    page.reload();
    loaded(page);
    EXPECT_EQ(page.count(), 1);
}

TEST_F(NewsPages, theDayCountsWhatTheOfficeWantsDone) {
    TodayController day;
    const QAbstractItemModelTester tester(day.news(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    loaded(day);
    EXPECT_EQ(app->tasks(), 0);
    EXPECT_EQ(day.newsCount(), 0);
    day.seen("nonsense");
    EXPECT_EQ(day.newsCount(), 0);
}
