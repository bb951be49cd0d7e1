// Goal: a day through the screens themselves: enrolment with the fingerprint compared, a check with answers, a finding,
// the six duties, signature and finish, and everything at the office. Method: the real window, pressed and typed into;
// a real zhicha-server process on a port of its own; the ledger is read by the server's own export.
#include "mobile/models/camera_controller.h"
#include "mobile/models/enrol_controller.h"
#include "mobile/models/finding_controller.h"
#include "mobile/platform/camera/code_reader.h"
#include "tests/integration/tablet/hand.h"
#include "tests/support/temp_folder.h"
#include "tests/unit/mobile/models/enrolled_tablet.h"

#include <QDir>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>

#include <gtest/gtest.h>

using namespace zhicha;
using namespace zhicha::test;

namespace {
constexpr const char *kPinTyped = "284617";
constexpr const char *kQuestions[] = {"是否落实", "整改是否到位", "群众是否满意"};
constexpr const char *kDuties[] = {"不发通知", "不打招呼", "不听汇报", "不陪同接待", "直奔基层", "直插现场"};

/** The office's program on a folder of its own. */
class OfficeProgram {
public:
    explicit OfficeProgram(const QString &folder)
        : m_program(qEnvironmentVariable("ZHICHA_BIN") + "/zhicha-server"), m_folder(folder + "/ledger") {
        run({"init", m_folder});
        QFile city(folder + "/city.json");
        EXPECT_TRUE(city.open(QIODevice::WriteOnly));
        city.write(R"({"units":[{"id":"u1","name":"市城市管理局","group":"department","vice_mayor":"副市长甲"}],
            "sites":[{"id":"s1","name":"涧河公园二期","unit":"u1","lat":34.7736,"lon":111.2,"radius_m":150}],
            "items":[{"id":"i1","number":"督〔2026〕15号","title":"步道、排水和照明整治","source":1,"kind":"general","lead":"u1",
            "cooperating":[],"issued_on":"2026-09-01","due_on":"2026-12-20","responsible_person":"张三","supervisor":"李四"}],
            "events":[],"reports":[],"ladder":[],"published_rankings":[]})");
        city.close();
        run({"import", m_folder, city.fileName()});
    }
    ~OfficeProgram() {
        m_serve.terminate();
        m_serve.waitForFinished();
    }
    /** Its address, once it serves. */
    QString serve() {
        m_serve.setReadChannel(QProcess::StandardError); // where it says that it serves
        m_serve.start(m_program, {"serve", m_folder, "--listen", "127.0.0.1:0"});
        static const QRegularExpression serving("serving (\\S+)");
        QByteArray said;
        while (m_serve.waitForReadyRead(60'000)) {
            said += m_serve.readAllStandardError();
            if (const auto match = serving.match(said); match.hasMatch())
                return match.captured(1);
        }
        ADD_FAILURE() << said.constData();
        return {};
    }
    QJsonObject run(QStringList words) {
        QProcess process;
        process.start(m_program, words << "--json");
        EXPECT_TRUE(process.waitForFinished(120'000));
        EXPECT_EQ(process.exitCode(), 0) << process.readAllStandardError().constData();
        return QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    }
    [[nodiscard]] QString folder() const { return m_folder; }

private:
    QString m_program;
    QString m_folder;
    QProcess m_serve;
};

/** With a mistyped code, and left there: the tablet is off. */
void enrolHalf(Hand &hand, OfficeProgram &office) {
    const QJsonObject code = office.run({"enrol-code", office.folder(), "--inspector", "陈志远"});
    ASSERT_TRUE(hand.waitFor("server"));
    hand.see("server")->setProperty("text", QString());
    ASSERT_TRUE(hand.press("server"));
    hand.type(code["server"].toString());
    QString right = code["code"].toString().toUpper();
    right.remove(QRegularExpression("[^0-9A-Z]"));
    const QString wrong = (right.startsWith('A') ? QStringLiteral("B") : QStringLiteral("A")) + right.mid(1);
    for (const QChar letter : wrong)
        ASSERT_TRUE(hand.press(QString(letter))) << letter.toLatin1();
    ASSERT_TRUE(hand.press("next"));
    // A person compares: the first group must be what the office reads out.
    ASSERT_TRUE(hand.waitFor("same"));
    ASSERT_TRUE(hand.press("same"));
    for (const char digit : std::string(kPinTyped))
        ASSERT_TRUE(hand.press(QString(QChar(digit))));
    hand.type(kPinTyped);                  // a keyboard will do as well
    ASSERT_TRUE(hand.press("other-code")); // no dead end
    ASSERT_TRUE(hand.waitFor("next"));
}

/** It goes on where it was left: the PIN opens it, the address stands. */
void enrol(Hand &hand, OfficeProgram &office) {
    const QJsonObject code = office.run({"enrol-code", office.folder(), "--inspector", "陈志远"});
    QString right = code["code"].toString().toUpper();
    right.remove(QRegularExpression("[^0-9A-Z]"));
    for (const char digit : std::string(kPinTyped))
        ASSERT_TRUE(hand.press(QString(QChar(digit))));
    ASSERT_TRUE(eventually([&] {
        QQuickItem *server = hand.see("server");
        return server != nullptr && server->property("text").toString() == code["server"].toString();
    }));
    ASSERT_TRUE(hand.press(right.left(1)));
    hand.type(right.mid(1));
    ASSERT_TRUE(hand.press("next"));
    ASSERT_TRUE(hand.press("same"));
    ASSERT_TRUE(hand.waitForPage("TodayPage"));
}

/** Locks and opens again with the pad, as after a break. */
void lockAndUnlock(Hand &hand, const App &app) {
    ASSERT_TRUE(hand.press("锁屏"));
    ASSERT_TRUE(eventually([&] { return app.phase() == App::Phase::Locked; }));
    for (const char digit : std::string(kPinTyped))
        ASSERT_TRUE(hand.press(QString(QChar(digit))));
    ASSERT_TRUE(hand.waitForPage("TodayPage"));
}

/** Pictures for the camera of files. */
void putPicture(const QString &folder, App &app) {
    ASSERT_TRUE(QDir().mkpath(folder));
    QImage picture(640, 480, QImage::Format_RGB32);
    for (const Qt::GlobalColor colour : {Qt::darkCyan, Qt::darkGreen}) {
        picture.fill(colour);
        ASSERT_TRUE(picture.save(QStringLiteral("%1/%2.jpg").arg(folder).arg(colour), "JPG"));
    }
    app.settings()->setCameraFolder(folder);
}

/** One shot for the page that is open, and back to it. */
void shoot(Hand &hand, QWindow &window, bool first) {
    const QString page = hand.pageName();
    ASSERT_TRUE(hand.press("拍照"));
    ASSERT_TRUE(hand.waitForPage("CameraPage"));
    auto *camera = window.property("page").value<QObject *>()->findChild<CameraController *>();
    ASSERT_NE(camera, nullptr);
    bool sound = false; // where the page makes its sound: the photo and its operation are durable
    const auto told = QObject::connect(camera, &CameraController::saved, [&] { sound = true; });
    ASSERT_TRUE(!first || hand.press("obtained-1")); // the first of a check must choose
    ASSERT_TRUE(eventually([&] { return camera->mayShoot(); }));
    ASSERT_TRUE(hand.press("shutter"));
    ASSERT_TRUE(eventually([&] { return sound; }));
    QObject::disconnect(told);
    QTest::keyClick(&window, Qt::Key_Escape);
    ASSERT_TRUE(hand.waitForPage(page));
}

/** What the open finding has of the text so far; from there it goes to the draft. */
QString written(const QWindow &window) {
    return window.property("page").value<QObject *>()->findChild<FindingController *>()->text();
}

void startCheck(Hand &hand) {
    ASSERT_TRUE(hand.press("primary"));
    ASSERT_TRUE(hand.waitForPage("StartPage"));
    ASSERT_TRUE(hand.press("site-涧河公园二期"));
    ASSERT_TRUE(hand.press("reason"));
    hand.type("接收机没带");
    ASSERT_TRUE(hand.press("primary"));
    ASSERT_TRUE(hand.waitForPage("CheckPage"));
}
} // namespace

TEST(TabletDay, fromEnrolmentToTheLedgerThroughTheScreens) {
    const TempFolder folder;
    OfficeProgram office(QString::fromStdString(folder.path()));
    ASSERT_FALSE(office.serve().isEmpty());
    const QString data = QString::fromStdString(folder / "tablet");
    ASSERT_TRUE(QDir().mkpath(data));
    {
        App app(data);
        AppWindow window(app);
        ASSERT_TRUE(window.load()) << window.warnings().join('\n').toStdString();
        window.window()->setProperty("still", true);
        window.window()->requestActivate();
        Hand hand(window);
        enrolHalf(hand, office);
        ASSERT_FALSE(HasFatalFailure());
    }
    App app(data);
    AppWindow window(app);
    ASSERT_TRUE(window.load()) << window.warnings().join('\n').toStdString();
    window.window()->setProperty("still", true);
    window.window()->requestActivate();
    ASSERT_TRUE(QTest::qWaitForWindowActive(window.window())); // else no shortcut would be heard
    Hand hand(window);
    putPicture(QString::fromStdString(folder / "pictures"), app);
    enrol(hand, office);
    ASSERT_FALSE(HasFatalFailure());
    lockAndUnlock(hand, app);
    ASSERT_FALSE(HasFatalFailure());
    startCheck(hand);
    ASSERT_FALSE(HasFatalFailure());

    // Three answers; the first with a note as its evidence, the others too.
    for (int question = 0; question < 3; ++question) {
        const QString words = kQuestions[question];
        ASSERT_TRUE(hand.press(words + QStringLiteral("，部分"))) << question;
        ASSERT_TRUE(eventually([&] {
            QQuickItem *now = hand.see(QStringLiteral("question-%1").arg(question));
            return now != nullptr && now->property("answer").toInt() == 2;
        })) << question;
        ASSERT_TRUE(hand.press(words)) << "the question itself leads to its note";
        ASSERT_TRUE(hand.waitForPage("AnswerPage"));
        ASSERT_TRUE(hand.press("note"));
        hand.type("步道已通，排水未完");
        QTest::keyClick(window.window(), Qt::Key_Escape);
        ASSERT_TRUE(hand.waitForPage("CheckPage"));
    }
    ASSERT_TRUE(hand.press("finding"));
    ASSERT_TRUE(hand.waitForPage("FindingPage"));
    ASSERT_TRUE(hand.press("editor"));
    hand.type("排水沟盖板缺失 6 块");
    hand.compose("you wei xian");
    EXPECT_TRUE(eventually([&] { return written(*window.window()) == "排水沟盖板缺失 6 块you wei xian"; }))
        << "a word that is being composed is typed as well";
    hand.compose("");
    EXPECT_TRUE(eventually([&] { return written(*window.window()) == "排水沟盖板缺失 6 块"; }));
    shoot(hand, *window.window(), true);
    ASSERT_FALSE(HasFatalFailure());
    shoot(hand, *window.window(), false);
    ASSERT_FALSE(HasFatalFailure());
    EXPECT_TRUE(eventually([&] { return hand.overlap().isEmpty(); })) << hand.overlap().toStdString();
    ASSERT_TRUE(hand.press("严重"));
    ASSERT_TRUE(hand.press("record"));
    ASSERT_TRUE(hand.waitForPage("CheckPage"));

    ASSERT_TRUE(hand.press("attest"));
    ASSERT_TRUE(hand.waitForPage("AttestPage"));
    for (int duty = 0; duty < 6; ++duty) {
        const QString name = QStringLiteral("duty-%1").arg(duty);
        ASSERT_TRUE(hand.waitFor(name));
        ASSERT_TRUE(hand.press(QString(kDuties[duty]) + QStringLiteral("，做到"))) << duty;
        ASSERT_TRUE(eventually([&] { return hand.see(name) && hand.see(name)->property("kept").toInt() == 1; }));
    }
    ASSERT_TRUE(hand.press("sign"));
    ASSERT_TRUE(hand.press("pin"));
    hand.type(kPinTyped);
    QTest::keyClick(window.window(), Qt::Key_Return);
    ASSERT_TRUE(eventually([&] { return hand.see("sign") == nullptr; }));
    ASSERT_TRUE(hand.press("完成检查"));
    ASSERT_TRUE(hand.waitForPage("ArchivePage"));

    QTest::keyClick(window.window(), Qt::Key_4, Qt::ControlModifier);
    ASSERT_TRUE(hand.waitForPage("SyncPage"));
    ASSERT_TRUE(eventually([&] { return app.status()->records() > 0 && app.status()->waitingRecords() == 0; }))
        << "it goes to the office by itself";
    ASSERT_TRUE(eventually([&] { return app.status()->originalsDone() == 2; })) << "and so do the photos";
    EXPECT_TRUE(window.warnings().isEmpty()) << window.warnings().join('\n').toStdString();

    const QJsonArray checks = office.run({"export", office.folder(), "--checks"})["checks"].toArray();
    ASSERT_EQ(checks.size(), 1);
    const QJsonObject check = checks[0].toObject();
    EXPECT_FALSE(check["finished_at"].isNull());
    EXPECT_EQ(check["answers"].toArray().size(), 3);
    ASSERT_EQ(check["findings"].toArray().size(), 1);
    EXPECT_EQ(check["findings"][0]["text"].toString(), "排水沟盖板缺失 6 块");
    EXPECT_EQ(check["findings"][0]["severity"].toString(), "critical");
    EXPECT_EQ(check["answers"][0]["note"].toString(), "步道已通，排水未完");
}

TEST(TabletDay, aCodeSeenByTheCameraEnrols) {
    const TempFolder folder;
    OfficeProgram office(QString::fromStdString(folder.path()));
    ASSERT_FALSE(office.serve().isEmpty());
    const QJsonObject code = office.run({"enrol-code", office.folder(), "--inspector", "韩雪"});
    const QJsonObject shown{{"code", code["code"]}, {"fingerprint", code["fingerprint"]}, {"server", code["server"]}};
    const QImage drawn = drawCode(QJsonDocument(shown).toJson(QJsonDocument::Compact));
    const QString pictures = QString::fromStdString(folder / "pictures");
    ASSERT_TRUE(QDir().mkpath(pictures));
    ASSERT_TRUE(
        drawn.scaled(drawn.size() * 6).convertToFormat(QImage::Format_RGB32).save(pictures + "/code.jpg", "JPG"));

    const QString data = QString::fromStdString(folder / "tablet");
    ASSERT_TRUE(QDir().mkpath(data));
    App app(data);
    app.settings()->setCameraFolder(pictures);
    AppWindow window(app);
    ASSERT_TRUE(window.load()) << window.warnings().join('\n').toStdString();
    window.window()->setProperty("still", true);
    Hand hand(window);
    ASSERT_TRUE(hand.press("scan"));
    const auto step = [&] {
        return window.window()->property("enrolment").value<QObject *>()->findChild<EnrolController *>()->step();
    };
    ASSERT_TRUE(eventually([&] { return step() == 3; })) << "its fingerprint is in the code: nobody has to compare";
    for (int twice = 0; twice < 2; ++twice)
        for (const char digit : std::string(kPinTyped))
            ASSERT_TRUE(hand.press(QString(QChar(digit))));
    ASSERT_TRUE(hand.waitForPage("TodayPage"));
    EXPECT_EQ(app.personName(), "韩雪");
    EXPECT_TRUE(window.warnings().isEmpty()) << window.warnings().join('\n').toStdString();
}

TEST(TabletDay, opensThroughTheLockPageWhereItWas) {
    const EnrolledTablet tablet;
    const auto opened = [&](const char *there, const char *press, const char *next) {
        App app(tablet.data());
        AppWindow window(app);
        ASSERT_TRUE(window.load()) << window.warnings().join('\n').toStdString();
        window.window()->setProperty("still", true);
        Hand hand(window);
        ASSERT_TRUE(eventually([&] { return app.phase() == App::Phase::Locked; }));
        for (const char digit : std::string(kPin))
            ASSERT_TRUE(hand.press(QString(QChar(digit))));
        ASSERT_TRUE(hand.waitForPage(there));
        if (press != nullptr) {
            ASSERT_TRUE(hand.press(press));
            ASSERT_TRUE(hand.waitForPage(next));
        }
        app.lock(); // where it is goes to disk
        ASSERT_TRUE(eventually([&] { return app.phase() == App::Phase::Locked; }));
    };
    opened("TodayPage", "primary", "StartPage");
    opened("StartPage", nullptr, nullptr);
}
