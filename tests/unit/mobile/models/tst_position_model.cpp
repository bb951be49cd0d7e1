// Goal: from setting out to the end of the check the receiver is on and its way is on the disk; before and after it is
// off. Method: a receiver on loopback, an App with its real threads and store, and the pages' own controllers.
#include "mobile/models/receiver_controller.h"
#include "mobile/models/start_controller.h"
#include "mobile/models/ui.h"
#include "tests/support/receiver.h"
#include "tests/unit/mobile/models/enrolled_tablet.h"

#include <QtTest/QTest>

#include <gtest/gtest.h>

namespace zhicha::test {

namespace {
constexpr LatLon kCentre{182'500'000, 1'095'000'000}; ///< of the office's site, which has 200 m around it
constexpr LatLon kFar{182'600'000, 1'095'000'000};

template <typename T>
T inStore(App &app, std::function<Result<T>(StoreSession &)> work) {
    std::optional<Result<T>> got;
    app.store().run(&app, work, [&](Result<T> result) { got = std::move(result); });
    ZHICHA_CHECK(eventually([&] { return got.has_value(); }));
    ZHICHA_CHECK(got->has_value());
    return **got;
}

std::size_t pointsOf(App &app, const Uuid &check) {
    return inStore<std::size_t>(app, [check](StoreSession &session) -> Result<std::size_t> {
        ZHICHA_ASSIGN(const std::vector<TrackPoint> points, session.store().track().points(check));
        return points.size();
    });
}
} // namespace

class PositionModelTest : public ::testing::Test {
protected:
    PositionModelTest() : now(systemClock().nowMs()) {
        app = openApp(tablet.data());
        app->settings()->setPositionSource(receiver.choice());
        start = std::make_unique<StartController>();
    }
    PositionModel &position() { return *app->position(); }
    Uuid check() { return position().track().underWay().check; }
    /** What the receiver says in one second, as its noise makes it wander; twenty times as fast. */
    void second(LatLon place) {
        now += 1'000;
        receiver.say(now, {place.lat + static_cast<std::int32_t>(now / 1'000 % 3), place.lon});
        QTest::qWait(50);
    }
    /** Says it until the page shows it. */
    bool stand(LatLon place, int fence) {
        return eventually([&] {
            second(place);
            return position().fence() == fence;
        });
    }
    void setOff() {
        ASSERT_TRUE(eventually([&] { return start->siteCount() == 1; }));
        start->setSite(textOf(tablet.site));
        start->setOff();
        ASSERT_TRUE(eventually([&] { return start->onTheWay() && receiver.isHeard(); }));
    }
    const EnrolledTablet tablet;
    NetworkReceiver receiver;
    std::unique_ptr<App> app;
    std::unique_ptr<StartController> start;
    std::int64_t now;
};

TEST_F(PositionModelTest, recordsFromSettingOutToTheEndOfTheCheckAndNeverOtherwise) {
    EXPECT_EQ(position().receiver(), static_cast<int>(ui::Receiver::Off));
    EXPECT_EQ(position().fix(), static_cast<int>(ui::Fix::Off));
    EXPECT_FALSE(receiver.isHeard());
    setOff();
    ASSERT_TRUE(stand(kFar, static_cast<int>(ui::Fence::Outside)));
    EXPECT_EQ(start->way(), static_cast<int>(ui::StartWay::Outside));
    EXPECT_NEAR(position().fenceDistanceM(), 906, 5);
    const Uuid minted = check();
    ASSERT_TRUE(eventually([&] { return pointsOf(*app, minted) > 0; })) << "on the disk before the check has started";

    ASSERT_TRUE(stand(kCentre, static_cast<int>(ui::Fence::Inside)));
    EXPECT_EQ(start->way(), static_cast<int>(ui::StartWay::Inside));
    EXPECT_FALSE(position().arrivedAt().isEmpty());
    EXPECT_NEAR(position().accuracyM(), 4, 0.01);
    EXPECT_TRUE(position().beidou());
    EXPECT_EQ(position().place().toStdString(), "18.25000°\u00a0N  109.50000°\u00a0E");
    app->lock();
    EXPECT_TRUE(receiver.isHeard()) << "the track goes on behind the lock";
    app->unlock(kPin);
    ASSERT_TRUE(eventually([&] { return app->phase() == App::Phase::Open; }));

    QString started;
    QObject::connect(start.get(), &StartController::started, start.get(), [&](const QString &id) { started = id; });
    start->start();
    ASSERT_TRUE(eventually([&] { return !started.isEmpty(); }));
    EXPECT_EQ(idOf(started), minted);
    ASSERT_TRUE(eventually([&] { return position().track().underWay().started; }));
    EXPECT_FALSE(start->onTheWay());
    const cbor::Map arrival = inStore<cbor::Map>(*app, [minted](StoreSession &session) -> Result<cbor::Map> {
        ZHICHA_ASSIGN(const std::optional<EntityRow> row, session.store().entities().row(minted));
        return *row->value("arrival")->map();
    });
    EXPECT_TRUE(*arrival.at("inside").boolean());
    const cbor::Map &fix = *arrival.at("fix").map();
    EXPECT_EQ(*fix.at("accuracy_mm").integer(), 4'000);
    EXPECT_NEAR(static_cast<double>(*fix.at("lat").integer()), kCentre.lat, 3);
    EXPECT_EQ(*fix.at("source").text(), "nmea");
    EXPECT_GE(*fix.at("age_ms").integer(), 0);

    ASSERT_TRUE(stand(kFar, static_cast<int>(ui::Fence::Left)));
    for (int i = 0; i < 70; ++i)
        second(kFar);
    EXPECT_TRUE(eventually([&] { return position().leftMinutes() == 1; }))
        << "since it was left, not since the last fix";
    const auto untold = [&] { return pointsOf(*app, minted); };
    ASSERT_TRUE(eventually([&] { return untold() > 1; }));
    const Uuid finish =
        inStore<Uuid>(*app, [minted](StoreSession &session) { return session.recorder().finishCheck(minted); });
    EXPECT_NE(finish, Uuid{});
    app->noteRecorded();
    ASSERT_TRUE(eventually([&] { return position().receiver() == static_cast<int>(ui::Receiver::Off); }));
    EXPECT_TRUE(eventually([&] { return !receiver.isHeard(); })) << "the receiver is off outside of a check";
    EXPECT_EQ(pointsOf(*app, minted), 0U);
    const std::size_t pieces = inStore<std::size_t>(*app, [minted](StoreSession &session) -> Result<std::size_t> {
        ZHICHA_ASSIGN(const auto tracks, session.store().entities().ofCheck(minted, EntityType::Track));
        return tracks.size();
    });
    EXPECT_EQ(pieces, 2U) << "the way there and what came after";
}

TEST_F(PositionModelTest, aJourneyComesBackAfterTheAppWasEndedAndCanBeGivenUp) {
    setOff();
    ASSERT_TRUE(stand(kCentre, static_cast<int>(ui::Fence::Inside)));
    const Uuid minted = check();
    ASSERT_TRUE(eventually([&] { return pointsOf(*app, minted) > 0; }));
    start.reset();
    app.reset();
    app = openApp(tablet.data());
    start = std::make_unique<StartController>();
    ASSERT_TRUE(eventually([&] { return check() == minted; }));
    EXPECT_TRUE(position().track().arrival()) << "what was walked before counts";
    ASSERT_TRUE(eventually([&] { return start->site() == textOf(tablet.site); }));
    start->giveUp();
    ASSERT_TRUE(eventually([&] { return !position().recording(); }));
    EXPECT_EQ(pointsOf(*app, minted), 0U);
    EXPECT_EQ(position().trackMinutes(), -1);
}

TEST_F(PositionModelTest, withoutAFixTheCheckStartsWithAReason) {
    setOff();
    EXPECT_EQ(position().fix(), static_cast<int>(ui::Fix::Missing));
    EXPECT_EQ(start->way(), static_cast<int>(ui::StartWay::WithoutFix));
    receiver.unplug();
    ASSERT_TRUE(eventually([&] { return position().receiver() == static_cast<int>(ui::Receiver::Trouble); }));
    start->start(); // no reason yet: nothing happens
    start->setReason("室内无信号");
    QString started;
    QObject::connect(start.get(), &StartController::started, start.get(), [&](const QString &id) { started = id; });
    const Uuid minted = check();
    start->start();
    ASSERT_TRUE(eventually([&] { return !started.isEmpty(); }));
    EXPECT_EQ(idOf(started), minted) << "once, and under the id that was minted when setting out";
}

TEST_F(PositionModelTest, theSettingsShowTheReceiverLiveAndRecordNothing) {
    {
        ReceiverController settings;
        EXPECT_EQ(settings.kind(), static_cast<int>(ui::Positioning::Network));
        ASSERT_TRUE(eventually([&] { return receiver.isHeard(); }));
        ASSERT_TRUE(eventually([&] {
            second(kCentre);
            return settings.inView() == 2 && position().fix() == static_cast<int>(ui::Fix::Good);
        }));
        EXPECT_EQ(settings.tracked(), 2);
        EXPECT_EQ(position().satellites(), 9);
        EXPECT_FALSE(position().recording());
        settings.setKind(static_cast<int>(ui::Positioning::Log));
        EXPECT_FALSE(settings.complete());
        EXPECT_EQ(app->settings()->positionSource(), receiver.choice()) << "what is half chosen is not used";
        settings.setWhere("/nowhere/drive.nmea");
        EXPECT_EQ(app->settings()->positionSource(), "log:/nowhere/drive.nmea");
        ASSERT_TRUE(eventually(
            [&] { return position().receiverTrouble() == static_cast<int>(ui::ReceiverTrouble::NoDevice); }));
        EXPECT_TRUE(position().simulated());
    }
    EXPECT_EQ(position().receiver(), static_cast<int>(ui::Receiver::Off));
}

} // namespace zhicha::test
