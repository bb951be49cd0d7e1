// Goal: kill -9 while somebody is on the way loses no fix that was on the disk, and the track goes on with its gap when
// the app is back. Method: a child with the real App follows a receiver of ours over TCP and tells each fix that is
// kept; it is killed in the middle; then the store is opened here and what was told is looked for.
#include "mobile/models/start_controller.h"
#include "tests/support/receiver.h"
#include "tests/unit/mobile/models/enrolled_tablet.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QTimer>

#include <gtest/gtest.h>

using namespace zhicha;
using namespace zhicha::test;

namespace {
constexpr int kRounds = 5;
constexpr LatLon kCentre{182'500'000, 1'095'000'000};

/** The child: follows the receiver until it is killed, and tells the time of each fix that is on the disk. */
int follow(const QString &data) {
    const auto app = openApp(data);
    QObject::connect(&app->position()->track(), &TrackRecorder::kept, app.get(), [](const Fix &fix) {
        std::printf("%lld\n", static_cast<long long>(fix.t));
        std::fflush(stdout);
    });
    return QCoreApplication::exec();
}

std::vector<std::int64_t> timesOnDisk(StoreSession &session, const Uuid &check) {
    std::vector<std::int64_t> times;
    const std::vector<TrackPoint> points = session.store().track().points(check).value();
    for (const TrackPoint &point : points)
        times.push_back(point.fix.t);
    return times;
}

/** Lets the child follow until it told so many, kills it, and gives what it told. */
std::vector<std::int64_t> followAndKill(const QString &data, NetworkReceiver &receiver, std::int64_t &now, int fixes) {
    QProcess child;
    child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    child.start(QCoreApplication::applicationFilePath(), {"--follow", data});
    std::vector<std::int64_t> told;
    QTimer second;
    QObject::connect(&second, &QTimer::timeout, &second, [&] { receiver.say(now += 1'000, kCentre); });
    second.start(20); // fifty times as fast as a real one
    EXPECT_TRUE(eventually([&] {
        while (child.canReadLine())
            told.push_back(child.readLine().trimmed().toLongLong());
        return static_cast<int>(told.size()) >= fixes;
    }));
    child.kill(); // SIGKILL
    child.waitForFinished();
    while (child.canReadLine())
        told.push_back(child.readLine().trimmed().toLongLong());
    return told;
}
} // namespace

TEST(TrackKill, losesNoFixThatWasKeptAndGoesOnWithAGap) {
    const EnrolledTablet tablet;
    NetworkReceiver receiver;
    Settings(tablet.data()).setPositionSource(receiver.choice());
    Uuid check;
    {
        auto session = StoreSession::open(tablet.folder / "p1", kPin, false).value();
        check = TrackKeeper(session->recorder()).setOff(tablet.site, {}).value().check;
    }
    std::int64_t now = systemClock().nowMs();
    std::vector<std::int64_t> told;
    for (int round = 0; round < kRounds; ++round) {
        const int fixes = QRandomGenerator::global()->bounded(5, 40);
        const std::vector<std::int64_t> more = followAndKill(tablet.data(), receiver, now, fixes);
        told.insert(told.end(), more.begin(), more.end());
        now += 100'000; // until somebody starts it again
        auto session = StoreSession::open(tablet.folder / "p1", kPin, false).value();
        const std::vector<std::int64_t> kept = timesOnDisk(*session, check);
        for (const std::int64_t t : told)
            EXPECT_TRUE(std::find(kept.begin(), kept.end(), t) != kept.end()) << "round " << round;
    }
    auto session = StoreSession::open(tablet.folder / "p1", kPin, false).value();
    CheckStart start;
    start.id = check;
    start.site = tablet.site;
    start.noFixReason = "室内";
    ASSERT_TRUE(session->recorder().startCheck(start));
    const std::vector<KnownEntity> pieces = session->store().entities().ofCheck(check, EntityType::Track).value();
    ASSERT_EQ(pieces.size(), static_cast<std::size_t>(kRounds)) << "each time it was away is a gap";
    for (std::size_t i = 1; i < pieces.size(); ++i)
        EXPECT_GE(pieces[i].row.integer("gap_before_ms").value_or(0), 100'000);
}

int main(int argc, char **argv) {
    const QCoreApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() == 3 && words[1] == "--follow")
        return follow(words[2]);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
