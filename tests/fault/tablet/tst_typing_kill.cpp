// Goal: kill -9 at any moment of typing loses at most 1.0 s of it, and the app comes back to the same page with the
// same text. Method: a child with the real window types into the finding's editor and tells each key with its time; it
// is killed at a random key; then the store is opened here and an App looks where the screen was.
#include "tests/integration/tablet/hand.h"
#include "tests/unit/mobile/models/enrolled_tablet.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QTimer>

#include <gtest/gtest.h>

using namespace zhicha;
using namespace zhicha::test;

namespace {
constexpr int kRounds = 5;
constexpr int kKeyMs = 40; ///< a quick typist
constexpr std::int64_t kMostLostMs = 1000;

QString typedText() {
    QString text;
    for (int i = 0; i < 4000; ++i)
        text += QChar(u'a' + i % 26);
    return text;
}

/** The child: types until it is killed. */
int typeAway(const QString &data, const QString &check, const QString &finding) {
    const auto app = openApp(data);
    AppWindow window(*app);
    if (!window.load())
        return 1;
    window.window()->setProperty("still", true);
    Hand hand(window);
    if (!eventually([&] { return !hand.pageName().isEmpty(); }))
        return 2;
    if (hand.pageName() != "TodayPage") // where the killed one before it was
        QMetaObject::invokeMethod(window.window(), "go", Q_ARG(int, 0));
    if (!hand.waitForPage("TodayPage"))
        return 2;
    QMetaObject::invokeMethod(window.window(), "push", Q_ARG(QString, "FindingPage"),
                              Q_ARG(QVariant, QVariantMap({{"check", check}, {"finding", finding}})));
    if (!hand.waitForPage("FindingPage") || !hand.press("editor"))
        return 3;
    const QString text = typedText();
    int typed = 0;
    QTimer key;
    QObject::connect(&key, &QTimer::timeout, &key, [&] {
        QTest::keyClick(window.window(), text[typed].toLatin1());
        ++typed;
        std::printf("%d %lld\n", typed, static_cast<long long>(systemClock().monotonicUs() / 1000));
        std::fflush(stdout);
    });
    key.start(kKeyMs);
    return QGuiApplication::exec();
}

QString idText(const Uuid &id) {
    return QString::fromStdString(toText(id));
}

struct Killed {
    std::vector<std::int64_t> keys; ///< time of each
};

Killed typeAndKill(const EnrolledTablet &tablet, const QString &check, const QString &finding, int keys) {
    QProcess child;
    child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    child.start(QCoreApplication::applicationFilePath(), {"--type", tablet.data(), check, finding});
    Killed killed;
    while (static_cast<int>(killed.keys.size()) < keys && child.waitForReadyRead(60'000))
        while (child.canReadLine())
            killed.keys.push_back(child.readLine().trimmed().split(' ').value(1).toLongLong());
    child.kill(); // SIGKILL
    child.waitForFinished();
    while (child.canReadLine())
        killed.keys.push_back(child.readLine().trimmed().split(' ').value(1).toLongLong());
    return killed;
}

std::string draftText(const EnrolledTablet &tablet, const Uuid &finding) {
    auto session = StoreSession::open(tablet.folder / "p1", kPin, false);
    EXPECT_TRUE(session.has_value());
    const auto draft = (*session)->store().drafts().get(finding);
    if (!draft || !*draft)
        return {};
    const auto it = (*draft)->content.find("text");
    return it == (*draft)->content.end() ? std::string() : *it->second.text();
}

Uuid startCheck(const EnrolledTablet &tablet) {
    auto session = StoreSession::open(tablet.folder / "p1", kPin, false);
    CheckStart start;
    start.site = tablet.site;
    start.noFixReason = "室内";
    return (*session)->recorder().startCheck(start).value();
}
} // namespace

TEST(TypingKill, losesAtMostASecondAndComesBackToTheSamePage) {
    const EnrolledTablet tablet;
    const QString check = idText(startCheck(tablet));
    for (int round = 0; round < kRounds; ++round) {
        const Uuid finding = newUuid(systemClock(), systemRandom());
        const int keys = QRandomGenerator::global()->bounded(30, 90);
        const Killed killed = typeAndKill(tablet, check, idText(finding), keys);
        ASSERT_GE(static_cast<int>(killed.keys.size()), keys) << "round " << round;
        const std::string text = draftText(tablet, finding);
        ASSERT_EQ(text, typedText().left(static_cast<qsizetype>(text.size())).toStdString()) << "round " << round;
        if (text.size() < killed.keys.size()) {
            const std::int64_t lost = killed.keys.back() - killed.keys[text.size()];
            EXPECT_LE(lost, kMostLostMs) << "round " << round << ": " << killed.keys.size() - text.size()
                                         << " keys of typing lost";
        }
        const auto app = openApp(tablet.data());
        EXPECT_FALSE(app->recovered().isEmpty()) << "it says that it did not end in order";
        const QVariantList trail = app->place().value("trails").toList().value(0).toList();
        ASSERT_FALSE(trail.isEmpty()) << "round " << round;
        EXPECT_EQ(trail.last().toMap().value("values").toMap().value("finding").toString(), idText(finding));
    }
}

int main(int argc, char **argv) {
    QGuiApplication application(argc, argv);
    prepareApplication(application);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() == 5 && words[1] == "--type")
        return typeAway(words[2], words[3], words[4]);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
