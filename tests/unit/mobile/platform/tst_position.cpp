// Goal: a receiver is read over the lines that tablets have, says what is wrong with it, and comes back by itself.
// Method: a real pseudo terminal, a real TCP connection on loopback and real files; logs made here, and with
// ZHICHA_SAMPLES every real one, each against the parser fed at once. Lines are cut, flooded and filled with rubbish.
#include "mobile/platform/position/nmea_position.h"
#include "mobile/platform/position/position_receiver.h"
#include "mobile/platform/position/system_position.h"
#include "shared/base/sources.h"
#include "tests/support/temp_folder.h"
#include "tests/unit/mobile/engine/capture/nmea_log.h"
#include "tests/unit/mobile/models/eventually.h"

#include <QGeoPositionInfo>
#include <QTcpServer>

#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <gtest/gtest.h>
#include <random>
#include <termios.h>
#include <unistd.h>

using namespace zhicha;
using namespace zhicha::test;

namespace {
constexpr ReceiverTiming kQuick{20, 200, 400, 900};

std::string epoch(int second) {
    char time[40];
    std::snprintf(time, sizeof time, "06%02d%02d.00", second / 60, second % 60);
    return withChecksum(std::string("GNRMC,") + time + ",A,3446.5072,N,11111.3004,E,0.5,,241126,,,A") +
           withChecksum(std::string("GNGGA,") + time + ",3446.5072,N,11111.3004,E,1,09,0.9,350.0,M,,M,,") +
           withChecksum("GBGSV,1,1,01,07,44,120,38");
}

std::string drive(int seconds) {
    std::string log;
    for (int s = 0; s < seconds; ++s)
        log += epoch(s);
    return log;
}

/** A pseudo terminal: the far end is the receiver. */
class Pty {
public:
    Pty() : m_master(::posix_openpt(O_RDWR | O_NOCTTY)) {
        EXPECT_GE(m_master, 0);
        EXPECT_EQ(::grantpt(m_master), 0);
        EXPECT_EQ(::unlockpt(m_master), 0);
        m_name = ::ptsname(m_master);
        termios raw{};
        ::tcgetattr(m_master, &raw);
        ::cfmakeraw(&raw);
        ::tcsetattr(m_master, TCSANOW, &raw);
        ::fcntl(m_master, F_SETFL, O_NONBLOCK);
    }
    ~Pty() { unplug(); }
    void unplug() {
        if (m_master >= 0)
            ::close(std::exchange(m_master, -1));
    }
    /** As much as the terminal takes; the rest waits for the reader. */
    void say(const std::string &text) {
        std::size_t sent = 0;
        EXPECT_TRUE(eventually([&] {
            const ssize_t n = ::write(m_master, text.data() + sent, text.size() - sent);
            sent += n > 0 ? static_cast<std::size_t>(n) : 0;
            return sent == text.size();
        }));
    }
    [[nodiscard]] QString name() const { return QString::fromStdString(m_name); }

private:
    int m_master;
    std::string m_name;
};

/** A source with what it said. */
struct Listener {
    explicit Listener(std::unique_ptr<PositionSource> made) : source(std::move(made)) {
        QObject::connect(source.get(), &PositionSource::heard, source.get(),
                         [this](const HeardFix &fix) { fixes.push_back(fix); });
        source->start();
    }
    [[nodiscard]] bool gets(std::size_t count) {
        return eventually([&] { return fixes.size() >= count; });
    }
    [[nodiscard]] bool comesTo(ReceiverTrouble trouble) {
        return eventually([&] { return source->view().trouble == trouble; });
    }
    std::vector<HeardFix> fixes;
    std::unique_ptr<PositionSource> source;
};

Listener listenTo(const QString &choice) {
    return Listener(makePositionSource(positionChoice(choice).value(), kQuick));
}

std::vector<std::string> allSamples() {
    std::vector<std::string> logs;
    if (const char *samples = std::getenv("ZHICHA_SAMPLES"); samples != nullptr)
        for (const auto &entry : std::filesystem::directory_iterator(std::string(samples) + "/nmea"))
            logs.push_back(fileText(entry.path().string()));
    if (logs.empty())
        logs.push_back(drive(200));
    return logs;
}

/** The places of the log by the parser alone. */
std::vector<LatLon> placesOf(const std::string &log) {
    std::vector<LatLon> places;
    for (const HeardFix &heard : parse(log))
        places.push_back(heard.fix.at);
    return places;
}
std::vector<LatLon> placesOf(const std::vector<HeardFix> &fixes) {
    std::vector<LatLon> places;
    for (const HeardFix &heard : fixes)
        places.push_back(heard.fix.at);
    return places;
}
} // namespace

TEST(PositionChoice, isReadAsItIsWrittenAndNothingElse) {
    for (const char *text : {"off", "system", "serial:/dev/ttyUSB0@9600", "tcp:127.0.0.1:2947", "tcp:::1:2947",
                             "log:/media/a:b.nmea", "log-fast:/media/a.nmea"})
        EXPECT_EQ(textOf(positionChoice(text).value()).toStdString(), text);
    EXPECT_EQ(positionChoice("")->kind, PositionChoice::Kind::System);
    EXPECT_EQ(positionChoice("serial:/dev/ttyS0")->number, kUsualBaud);
    for (const char *text : {"gps", "serial:", "serial:/dev/ttyS0@300", "serial:/dev/ttyS0@x", "tcp:host", "tcp:host:0",
                             "tcp:host:65536", "tcp::2947", "log:", "\xff"})
        EXPECT_FALSE(positionChoice(QString::fromLatin1(text))) << text;
}

TEST(Position, readsAReceiverOnASerialPortAndComesBackWhenItIsPluggedInAgain) {
    const TempFolder folder;
    const QString device = QString::fromStdString(folder / "receiver");
    auto pty = std::make_unique<Pty>();
    std::filesystem::create_symlink(pty->name().toStdString(), folder / "receiver");
    Listener heard = listenTo("serial:" + device + "@9600");
    EXPECT_TRUE(eventually([&] { return heard.source->view().state == ReceiverState::Searching; }));
    pty->say(drive(3) + epoch(4));
    ASSERT_TRUE(heard.gets(4));
    // A receiver talks on; on a busy machine the quick timing of this test takes a pause for silence.
    ReceiverView view;
    int second = 4;
    ASSERT_TRUE(eventually([&] {
        pty->say(epoch(++second));
        view = heard.source->view();
        return view.state == ReceiverState::Fixed && !view.satellites.inView.empty();
    }));
    EXPECT_EQ(view.latest->fix.accuracyMm, 4'500);
    EXPECT_EQ(view.latest->fix.source, FixSource::Nmea);
    EXPECT_EQ(view.latest->satellitesUsed, 9);
    ASSERT_EQ(view.satellites.inView.size(), 1U);
    EXPECT_EQ(view.satellites.inView[0].system, "GB");

    pty->say("$GNRMC,0600"); // pulled out in the middle of a sentence
    pty->unplug();
    ASSERT_TRUE(heard.comesTo(ReceiverTrouble::CutOff));
    EXPECT_TRUE(heard.source->view().satellites.inView.empty()) << "an unplugged receiver sees nothing";
    std::filesystem::remove(folder / "receiver");
    ASSERT_TRUE(heard.comesTo(ReceiverTrouble::NoDevice));
    pty = std::make_unique<Pty>();
    std::filesystem::create_symlink(pty->name().toStdString(), folder / "receiver");
    EXPECT_TRUE(eventually([&] { return heard.source->view().state != ReceiverState::Trouble; }));
    const std::size_t before = heard.fixes.size();
    pty->say(epoch(3'000));
    EXPECT_TRUE(heard.gets(before + 1));
}

TEST(Position, realLogsComeOverASerialPortAsTheParserReadsThem) {
    for (const std::string &log : allSamples()) {
        Pty pty;
        Listener heard = listenTo("serial:" + pty.name() + "@115200");
        EXPECT_TRUE(eventually([&] { return heard.source->view().state != ReceiverState::Opening; }));
        pty.say(log);
        EXPECT_TRUE(heard.gets(placesOf(log).size()));
        EXPECT_EQ(placesOf(heard.fixes), placesOf(log));
    }
}

TEST(Position, realLogsComeOverAConnectionInAnyPieces) {
    for (const std::string &log : allSamples()) {
        QTcpServer server;
        ASSERT_TRUE(server.listen(QHostAddress::LocalHost));
        Listener heard = listenTo(QStringLiteral("tcp:127.0.0.1:%1").arg(server.serverPort()));
        ASSERT_TRUE(eventually([&] { return server.hasPendingConnections(); }));
        QTcpSocket *receiver = server.nextPendingConnection();
        for (std::size_t at = 0; at < log.size(); at += 997) {
            receiver->write(log.data() + at, static_cast<qint64>(std::min<std::size_t>(997, log.size() - at)));
            QCoreApplication::processEvents();
        }
        EXPECT_TRUE(heard.gets(placesOf(log).size()));
        EXPECT_EQ(placesOf(heard.fixes), placesOf(log));
    }
}

TEST(Position, aConnectionThatIsCutOrRefusedIsMadeAgainAndTheSentenceCutShortIsNotJoined) {
    QTcpServer server;
    ASSERT_TRUE(server.listen(QHostAddress::LocalHost));
    const quint16 port = server.serverPort();
    Listener heard = listenTo(QStringLiteral("tcp:127.0.0.1:%1").arg(port));
    ASSERT_TRUE(eventually([&] { return server.hasPendingConnections(); }));
    QTcpSocket *receiver = server.nextPendingConnection();
    const std::string whole = epoch(10);
    receiver->write((epoch(1) + epoch(2) + whole.substr(0, 30)).c_str());
    ASSERT_TRUE(heard.gets(1));
    server.close();
    receiver->abort();
    ASSERT_TRUE(heard.comesTo(ReceiverTrouble::Unreachable));
    EXPECT_TRUE(heard.source->view().latest) << "the last fix stays, with its age";
    ASSERT_TRUE(server.listen(QHostAddress::LocalHost, port));
    ASSERT_TRUE(eventually([&] { return server.hasPendingConnections(); }));
    receiver = server.nextPendingConnection();
    const std::size_t before = heard.fixes.size();
    receiver->write(whole.substr(30, whole.find('\n') - 29).c_str()); // the other half of the sentence, alone
    receiver->write((epoch(20) + epoch(21)).c_str());
    ASSERT_TRUE(heard.gets(before + 2));
    const std::int64_t last = heard.fixes.back().fix.t, one = heard.fixes[heard.fixes.size() - 2].fix.t;
    EXPECT_EQ(last - one, 1'000);
    EXPECT_EQ(heard.fixes.size(), before + 2);
}

TEST(Position, aGpsdIsAskedForItsNmea) {
    QTcpServer server;
    ASSERT_TRUE(server.listen(QHostAddress::LocalHost));
    Listener heard = listenTo(QStringLiteral("tcp:127.0.0.1:%1").arg(server.serverPort()));
    ASSERT_TRUE(eventually([&] { return server.hasPendingConnections(); }));
    QTcpSocket *gpsd = server.nextPendingConnection();
    gpsd->write("{\"class\":\"VERSION\",\"release\":\"3.22\",\"proto_major\":3}\r\n");
    ASSERT_TRUE(eventually([&] { return gpsd->bytesAvailable() > 0; }));
    EXPECT_EQ(gpsd->readAll(), "?WATCH={\"enable\":true,\"nmea\":true}\n");
    gpsd->write(("{\"class\":\"DEVICES\",\"devices\":[]}\r\n" + drive(2)).c_str());
    EXPECT_TRUE(heard.gets(2));
}

TEST(Position, hostileLinesGiveNoPositionAndSayWhy) {
    QTcpServer server;
    ASSERT_TRUE(server.listen(QHostAddress::LocalHost));
    Listener heard = listenTo(QStringLiteral("tcp:127.0.0.1:%1").arg(server.serverPort()));
    ASSERT_TRUE(eventually([&] { return server.hasPendingConnections(); }));
    QTcpSocket *rubbish = server.nextPendingConnection();
    std::string noise(300'000, '\0');
    std::mt19937 dice(3);
    std::generate(noise.begin(), noise.end(), [&] { return static_cast<char>(dice()); });
    noise += std::string(200'000, '$') + "$GNRMC,060000.00,A,9946.5,N,11111.3,E,0,,241126,,,A*00\r\n" +
             withChecksum("GNRMC,256199.00,A,3446.5072,N,11111.3004,E,0.5,,241126,,,A") +
             withChecksum("GNRMC,060000.00,A,nan,N,1e9,E,0.5,,241126,,,A");
    QObject::connect(heard.source.get(), &PositionSource::changed, rubbish, [&] {
        if (rubbish->state() == QAbstractSocket::ConnectedState && rubbish->bytesToWrite() == 0)
            rubbish->write(noise.data(), static_cast<qint64>(noise.size()));
    });
    rubbish->write(noise.data(), static_cast<qint64>(noise.size()));
    EXPECT_TRUE(eventually([&] {
        const ReceiverTrouble trouble = heard.source->view().trouble;
        return trouble == ReceiverTrouble::Silent || trouble == ReceiverTrouble::Unreadable;
    }));
    EXPECT_TRUE(heard.fixes.empty());
}

TEST(Position, whatIsNotThereIsSaidAndTriedAgain) {
    Listener none = listenTo("serial:/nowhere/ttyUSB9@9600");
    EXPECT_TRUE(none.comesTo(ReceiverTrouble::NoDevice));
    EXPECT_GT(none.source->view().retryAtMs, 0);
    EXPECT_EQ(none.source->view().state, ReceiverState::Trouble);
    Listener refused = listenTo("tcp:127.0.0.1:1");
    EXPECT_TRUE(refused.comesTo(ReceiverTrouble::Unreachable));
    Listener missing = listenTo("log:/nowhere/a.nmea");
    EXPECT_TRUE(missing.comesTo(ReceiverTrouble::NoDevice));
    none.source->stop();
    EXPECT_EQ(none.source->view().state, ReceiverState::Off);
}

TEST(Position, aLogReplaysAtOnceWithItsOwnTimesAndSaysThatItIsSimulated) {
    const TempFolder folder;
    std::ofstream(folder / "drive.nmea", std::ios::binary) << "# a note\n" << drive(120) << "$GNRMC,06";
    Listener heard = listenTo(QString::fromStdString("log-fast:" + (folder / "drive.nmea")));
    ASSERT_TRUE(heard.comesTo(ReceiverTrouble::Ended));
    ASSERT_EQ(heard.fixes.size(), 120U);
    EXPECT_EQ(heard.fixes.back().fix.t - heard.fixes.front().fix.t, 119'000);
    EXPECT_EQ(heard.fixes.front().fix.t, parse(drive(1)).at(0).fix.t);
    for (const HeardFix &fix : heard.fixes) {
        EXPECT_EQ(fix.fix.source, FixSource::Simulated);
        EXPECT_TRUE(fix.fix.flags & kFixMock);
    }
}

TEST(Position, aLogReplaysAtTheReceiversPaceAsIfItWereNow) {
    const TempFolder folder;
    std::ofstream(folder / "drive.nmea", std::ios::binary) << drive(30);
    Listener heard(
        makePositionSource(positionChoice(QString::fromStdString("log:" + (folder / "drive.nmea"))).value()));
    ASSERT_TRUE(heard.gets(3));
    const std::int64_t now = systemClock().nowMs();
    EXPECT_NEAR(static_cast<double>(heard.fixes[0].fix.t), static_cast<double>(now), 20'000);
    EXPECT_EQ(heard.fixes[2].fix.t - heard.fixes[0].fix.t, 2'000);
    EXPECT_GE(heard.fixes[2].heardMs - heard.fixes[0].heardMs, 1'500) << "as far apart as they were recorded";
    heard.source->stop();
}

TEST(Position, theReceiverIsOffUntilSomebodyWantsItAndWorksOnAThreadOfItsOwn) {
    Pty pty;
    PositionReceiver receiver;
    std::vector<HeardFix> fixes;
    QThread *here = QThread::currentThread();
    QObject::connect(&receiver, &PositionReceiver::heard, &receiver, [&](const HeardFix &fix) {
        EXPECT_EQ(QThread::currentThread(), here);
        fixes.push_back(fix);
    });
    receiver.choose("serial:" + pty.name() + "@9600");
    EXPECT_EQ(receiver.view().state, ReceiverState::Off);
    receiver.want(&pty, true);
    ASSERT_TRUE(eventually([&] { return receiver.view().state == ReceiverState::Searching; }));
    pty.say(drive(2));
    ASSERT_TRUE(eventually([&] { return fixes.size() == 2; }));
    receiver.want(&fixes, true);
    receiver.want(&pty, false);
    EXPECT_NE(receiver.view().state, ReceiverState::Off) << "somebody else still wants it";
    receiver.want(&fixes, false);
    EXPECT_EQ(receiver.view().state, ReceiverState::Off);
    receiver.want(&pty, true);
    receiver.choose("nonsense");
    EXPECT_EQ(receiver.view().state, ReceiverState::Off);
    pty.say(drive(1));
    QCoreApplication::processEvents(QEventLoop::AllEvents, 100);
    EXPECT_EQ(fixes.size(), 2U);
}

TEST(Position, theSystemsPositionsAreTakenWithAccuracyOrNotAtAll) {
    QGeoPositionInfo info(QGeoCoordinate(34.77512, 111.18834), QDateTime::fromMSecsSinceEpoch(1'795'500'000'000));
    EXPECT_FALSE(heardFrom(info, 5)->fix.accuracyMm);
    info.setAttribute(QGeoPositionInfo::HorizontalAccuracy, 4.25);
    const auto heard = heardFrom(info, 5);
    EXPECT_EQ(heard->fix.at, (LatLon{347'751'200, 1'111'883'400}));
    EXPECT_EQ(heard->fix.accuracyMm, 4'250);
    EXPECT_EQ(heard->fix.source, FixSource::System);
    EXPECT_EQ(heard->fix.t, 1'795'500'000'000);
    for (const double lie : {qQNaN(), qInf(), -1.0, 0.0, 1e9}) {
        info.setAttribute(QGeoPositionInfo::HorizontalAccuracy, lie);
        EXPECT_FALSE(heardFrom(info, 5)->fix.accuracyMm) << lie;
    }
    EXPECT_FALSE(heardFrom(QGeoPositionInfo(QGeoCoordinate(), QDateTime::currentDateTime()), 5));
    EXPECT_FALSE(heardFrom(QGeoPositionInfo(QGeoCoordinate(34, 111), QDateTime()), 5));
}

TEST(Position, aMachineWithoutAServiceSaysSo) {
    Listener heard = listenTo("system");
    EXPECT_TRUE(eventually([&] { return heard.source->view().state != ReceiverState::Off; }));
    EXPECT_TRUE(heard.fixes.empty());
    heard.source->stop();
    EXPECT_EQ(heard.source->view().state, ReceiverState::Off);
}
