// Goal: a colleague signs with their own PIN on this tablet or by a code on theirs, always on their own chain; wrong
// PINs count as on the lock page; a wrong site is corrected with a reason. Method: the real controllers over two real
// stores.
#include "mobile/models/attest_controller.h"
#include "mobile/models/check_reading.h"
#include "mobile/models/colleague_controller.h"
#include "mobile/models/correct_controller.h"
#include "mobile/models/countersign_controller.h"
#include "mobile/models/ui.h"
#include "mobile/platform/camera/code_reader.h"
#include "shared/base/base64url.h"
#include "tests/unit/mobile/models/check_pages.h"

using namespace zhicha;
using namespace zhicha::test;

class Colleagues : public CheckPages {
protected:
    static constexpr const char *kTheirs = "乙";
    static constexpr const char *kTheirPin = "445566";

    void SetUp() override {
        CheckPages::SetUp();
        tablet.addColleague(kTheirs, kTheirPin);
    }
    /** What an Image of this source shows, as text. */
    static QString textIn(const QString &source) {
        const auto bytes = fromBase64Url(source.section(u'/', -1).toStdString()).value_or(Bytes());
        return QString::fromUtf8(reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size()));
    }
    std::vector<KnownEntity> theirs(EntityType type) {
        const auto session = std::move(StoreSession::open(tablet.folder / kTheirs, kTheirPin, false)).value();
        return session->store().entities().ofCheck(idOf(check), type).value();
    }
};

TEST_F(Colleagues, signOnTheirOwnChainWithTheirOwnPin) {
    ColleagueController page;
    page.setProperty("check", check);
    loaded(page);
    ASSERT_EQ(page.colleagueCount(), 1);
    EXPECT_FALSE(page.joinCode().isEmpty());
    int wrong = 0;
    QString by;
    QObject::connect(&page, &ColleagueController::pinWrong, &page, [&](int left) { wrong = left; });
    QObject::connect(&page, &ColleagueController::signedHere, &page, [&](const QString &name) { by = name; });
    page.signHere(kTheirs, kPin, {}); // the PIN of whoever holds the tablet is not theirs
    ASSERT_TRUE(eventually([&] { return wrong == 2; }));
    EXPECT_TRUE(theirs(EntityType::Sign).empty());
    page.signHere(kTheirs, kTheirPin, {});
    ASSERT_TRUE(eventually([&] { return !by.isEmpty(); }));
    const std::vector<KnownEntity> signs = theirs(EntityType::Sign);
    ASSERT_EQ(signs.size(), 1U);
    EXPECT_EQ(signs[0].row.value("upto")->map()->size(), 1U) << "what stands here; their own chain was empty";
    ASSERT_EQ(theirs(EntityType::Join).size(), 1U);
    EXPECT_NE(theirs(EntityType::Join)[0].row.value("invite"), nullptr);
    const CheckReading reading =
        ask([id = idOf(check)](StoreSession &session) { return readCheck(session.store(), id); }).value();
    ASSERT_EQ(reading.signatures.size(), 1U);
    EXPECT_TRUE(reading.signatures[0].onItsWay);
    EXPECT_EQ(reading.signatures[0].id, signs[0].id);
    for (const TabletPerson &person : app->peopleFile().load())
        if (person.folder == kTheirs) {
            EXPECT_EQ(person.wrongTries, 0);
            EXPECT_EQ(person.waitingRecords, 2) << "the lock page says that theirs waits";
        }
}

TEST_F(Colleagues, aRefusalIsAnEndToo) {
    ColleagueController page;
    page.setProperty("check", check);
    loaded(page);
    bool done = false;
    QObject::connect(&page, &ColleagueController::signedHere, &page, [&] { done = true; });
    page.signHere(kTheirs, kTheirPin, "没有看到第二处现场");
    ASSERT_TRUE(eventually([&] { return done; }));
    const std::vector<KnownEntity> signs = theirs(EntityType::Sign);
    ASSERT_EQ(signs.size(), 1U);
    const cbor::Value *refusal = signs[0].row.value("refusal");
    ASSERT_NE(refusal, nullptr);
    EXPECT_EQ(refusal->map()->at("reason"), cbor::Value("没有看到第二处现场"));
    AttestController attest;
    attest.setProperty("check", check);
    loaded(attest);
    const QModelIndex row = attest.signatures()->index(0, 0);
    const QHash<int, QByteArray> roles = attest.signatures()->roleNames();
    EXPECT_EQ(row.data(roles.key("signing")).toInt(), static_cast<int>(ui::Signing::Refused));
}

TEST_F(Colleagues, threeWrongPinsBlockTheirNameHereAndOnTheLockPage) {
    ColleagueController page;
    page.setProperty("check", check);
    loaded(page);
    int answers = 0, seconds = 0;
    QObject::connect(&page, &ColleagueController::pinWrong, &page, [&] { ++answers; });
    QObject::connect(&page, &ColleagueController::blocked, &page, [&](int left) {
        ++answers;
        seconds = left;
    });
    for (int i = 1; i <= 3; ++i) {
        page.signHere(kTheirs, "000000", {});
        ASSERT_TRUE(eventually([&] { return answers == i; }));
    }
    EXPECT_GT(seconds, 50);
    page.signHere(kTheirs, kTheirPin, {});
    EXPECT_EQ(answers, 4) << "the right one is not even tried";
    EXPECT_TRUE(theirs(EntityType::Sign).empty());
    app->lock();
    ASSERT_TRUE(eventually([&] { return app->phase() == App::Phase::Locked; }));
    app->choosePerson(kTheirs);
    EXPECT_GT(app->blockedSeconds(), 50);
}

TEST_F(Colleagues, aCodeIsSignedOnATabletThatHasNeverHeardOfTheCheck) {
    QString code;
    {
        ColleagueController page;
        page.setProperty("check", check);
        loaded(page);
        code = textIn(page.signCode());
        app->store().post([] {});
    }
    ASSERT_TRUE(std::holds_alternative<CountersignCode>(understandCode(code)));
    CountersignController own;
    own.setCode(code);
    loaded(own);
    EXPECT_TRUE(own.readable());
    own.sign(kPin);
    ASSERT_TRUE(eventually([&] { return !own.trouble().isEmpty(); })) << "nobody countersigns on the asking chain";
    app.reset();
    {
        Settings(tablet.data());
        app = std::make_unique<App>(tablet.data());
        app->choosePerson(kTheirs);
        app->unlock(kTheirPin);
        ASSERT_TRUE(eventually([&] { return app->phase() == App::Phase::Open; }));
        CountersignController page;
        page.setCode(code);
        loaded(page);
        EXPECT_EQ(page.mark().size(), 14);
        int wrong = 0;
        bool done = false;
        QObject::connect(&page, &CountersignController::pinWrong, &page, [&] { ++wrong; });
        QObject::connect(&page, &CountersignController::done, &page, [&] { done = true; });
        page.sign(kPin);
        ASSERT_TRUE(eventually([&] { return wrong == 1; }));
        page.sign(kTheirPin);
        ASSERT_TRUE(eventually([&] { return done && page.signedHere(); }));
        app.reset();
    }
    ASSERT_EQ(theirs(EntityType::Sign).size(), 1U);
}

TEST_F(Colleagues, aWrongPinCountsThoughThePageIsLeftAtOnce) {
    for (int i = 1; i <= 3; ++i) {
        ColleagueController page;
        page.setProperty("check", check);
        loaded(page);
        page.signHere(kTheirs, "000000", {});
    }
    const auto theirTries = [&] {
        for (const TabletPerson &person : app->peopleFile().load())
            if (person.folder == kTheirs)
                return person.wrongTries;
        return -1;
    };
    EXPECT_TRUE(eventually([&] { return theirTries() >= 3; }));
}

TEST_F(Colleagues, theSameRecordsAreSignedOnce) {
    ColleagueController page;
    page.setProperty("check", check);
    loaded(page);
    int done = 0;
    QObject::connect(&page, &ColleagueController::signedHere, &page, [&] { ++done; });
    for (int i = 1; i <= 2; ++i) {
        page.signHere(kTheirs, kTheirPin, {});
        ASSERT_TRUE(eventually([&] { return done == i; }));
    }
    EXPECT_EQ(theirs(EntityType::Sign).size(), 1U);
}

TEST_F(Colleagues, tooManyWrongPinsOfOnesOwnLockTheTablet) {
    AttestController page;
    page.setProperty("check", check);
    loaded(page);
    int wrong = 0;
    QObject::connect(&page, &AttestController::pinWrong, &page, [&] { ++wrong; });
    for (int i = 1; i <= 3; ++i) {
        page.sign("000000");
        ASSERT_TRUE(eventually([&] { return wrong == i; }));
    }
    EXPECT_EQ(app->phase(), App::Phase::Locked);
    EXPECT_GT(app->blockedSeconds(), 50);
}

TEST_F(Colleagues, aForeignCodeIsSaidToBeNone) {
    for (const char *code : {"", "zhicha:sign:", "https://example.org"}) {
        CountersignController page;
        page.setCode(QString::fromUtf8(code));
        EXPECT_FALSE(page.readable());
        page.sign(kPin);
        page.refuse("x");
    }
    EXPECT_TRUE(ask([id = idOf(check)](StoreSession &session) {
                    return session.store().entities().ofCheck(id, EntityType::Sign);
                })
                    .value()
                    .empty());
}

TEST_F(Colleagues, aWrongSiteIsCorrectedWithAReason) {
    const Uuid other = ask([](StoreSession &session) {
                           SiteProposal proposal;
                           proposal.name = "滨河公园北段";
                           return session.recorder().proposeSite(proposal);
                       }).value();
    CorrectController page;
    page.setProperty("check", check);
    loaded(page);
    ASSERT_EQ(page.siteCount(), 1) << "the one that the check has is not offered";
    page.setQuery("不存在");
    EXPECT_EQ(page.siteCount(), 0);
    page.setQuery("北段");
    ASSERT_EQ(page.siteCount(), 1);
    bool done = false;
    QObject::connect(&page, &CorrectController::corrected, &page, [&] { done = true; });
    page.correct("选错了");
    page.setChosen(textOf(other));
    page.correct("  ");
    EXPECT_EQ(page.chosenName(), "滨河公园北段");
    page.correct("选错了");
    ASSERT_TRUE(eventually([&] { return done && page.now() == "滨河公园北段"; }));
    const EntityRow row =
        ask([id = idOf(check)](StoreSession &session) { return session.store().entities().row(id); }).value().value();
    EXPECT_EQ(row.uuid("site"), other);
    EXPECT_EQ(
        ask([id = idOf(check), other](StoreSession &session) { return session.recorder().correctSite(id, other, ""); })
            .error()
            .code,
        Code::InvalidArgument);
    EXPECT_EQ(ask([id = idOf(check)](StoreSession &session) { return session.recorder().correctSite(id, id, "x"); })
                  .error()
                  .code,
              Code::NotFound);
}
