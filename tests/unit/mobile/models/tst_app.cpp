// Goal: unlocking, waiting after wrong tries, locking, and the place that comes back. Method: an App on a real store in
// a folder of its own; restarts are new Apps on the same folder.
#include "mobile/models/app.h"

#include "tests/unit/mobile/models/enrolled_tablet.h"

#include <gtest/gtest.h>

using namespace zhicha;
using namespace zhicha::test;

namespace {
void tryPin(App &app, const char *pin) {
    app.unlock(pin);
    ASSERT_TRUE(eventually([&] { return app.phase() == App::Phase::Locked; }));
}
} // namespace

TEST(App, aTabletWithoutAnybodyBeginsWithEnrolment) {
    const TempFolder folder;
    const App app(QString::fromStdString(folder.path()));
    EXPECT_EQ(app.phase(), App::Phase::Enrolling);
}

TEST(App, theRightPinOpensAndTheNameIsKnownAfterwards) {
    const EnrolledTablet tablet;
    {
        const auto app = openApp(tablet.data());
        EXPECT_FALSE(app->personName().isEmpty());
    }
    const App again(tablet.data());
    EXPECT_EQ(again.phase(), App::Phase::Locked);
    EXPECT_FALSE(again.personName().isEmpty()) << "the lock page says whose store it is";
}

TEST(App, threeWrongPinsMeanAMinuteAlsoAfterARestart) {
    const EnrolledTablet tablet;
    {
        App app(tablet.data());
        tryPin(app, "111111");
        EXPECT_EQ(app.triesLeft(), 2);
        tryPin(app, "222222");
        tryPin(app, "333333");
        EXPECT_GT(app.blockedSeconds(), 0);
        app.unlock(kPin);
        EXPECT_EQ(app.phase(), App::Phase::Locked) << "not even the right one opens now";
    }
    const App again(tablet.data());
    EXPECT_GT(again.blockedSeconds(), 0);
}

TEST(App, lockingClosesTheStoreUnlessACheckIsOpen) {
    const EnrolledTablet tablet;
    const auto app = openApp(tablet.data());
    app->lock();
    EXPECT_EQ(app->phase(), App::Phase::Locked);
    bool closed = false;
    app->store().run(
        app.get(), [](StoreSession &) { return Status(); },
        [&](const Status &status) { closed = !status && status.error().code == Code::StoreLocked; });
    EXPECT_TRUE(eventually([&] { return closed; }));

    app->unlock(kPin);
    ASSERT_TRUE(eventually([&] { return app->phase() == App::Phase::Open; }));
    app->store().run(
        app.get(),
        [&](StoreSession &session) {
            CheckStart start;
            start.site = tablet.site;
            start.noFixReason = "室内";
            return session.recorder().startCheck(start);
        },
        [&](const Result<Uuid> &) { app->noteRecorded(); });
    ASSERT_TRUE(eventually([&] { return app->checkOpen(); }));
    app->lock();
    bool open = false;
    app->store().run(
        app.get(), [](StoreSession &) { return Status(); }, [&](const Status &status) { open = status.has_value(); });
    EXPECT_TRUE(eventually([&] { return open; })) << "the track goes on behind the lock";
    app->unlock("000000");
    EXPECT_TRUE(eventually([&] { return app->phase() == App::Phase::Locked; })) << "a wrong PIN opens nothing";
    app->unlock(kPin);
    EXPECT_TRUE(eventually([&] { return app->phase() == App::Phase::Open; }));
}

TEST(App, thePlaceComesBackAndAnUncleanEndIsSaid) {
    const EnrolledTablet tablet;
    const QVariantMap place{{"place", 1}, {"trails", QVariantList{QVariantList{}}}};
    {
        const auto app = openApp(tablet.data());
        EXPECT_TRUE(app->recovered().isEmpty());
        app->remember(place);
        app->lock(); // an orderly end
        EXPECT_TRUE(eventually([&] { return app->phase() == App::Phase::Locked; }));
    }
    const auto again = openApp(tablet.data());
    EXPECT_EQ(again->place().value("place").toInt(), 1);
    EXPECT_TRUE(again->recovered().isEmpty());
}
