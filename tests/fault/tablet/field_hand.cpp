#include "tests/fault/tablet/field_hand.h"

#include "mobile/models/camera_controller.h"
#include "mobile/models/finding_controller.h"
#include "tests/integration/tablet/hand.h"
#include "tests/unit/mobile/models/enrolled_tablet.h"

#include <QDir>
#include <QImage>

namespace zhicha::test {

namespace {
constexpr int kKeyMs = 40; ///< a quick typist
constexpr int kKeysBefore = 18;
constexpr int kKeysAfter = 12;
constexpr int kPictures = 8; ///< more than one child takes: the same bytes twice in a check are one photo

void tell(const QString &line) {
    std::printf("%s\n", qPrintable(line));
    std::fflush(stdout);
}

class FieldHand {
public:
    explicit FieldHand(AppWindow &window) : m_window(*window.window()), m_hand(window) {}

    /** To the editor of a finding: where the killed one before this was, or a new one. */
    bool toTheEditor() {
        if (!eventually([&] { return !m_hand.pageName().isEmpty(); }))
            return false;
        if (m_hand.pageName() == "CameraPage")
            QTest::keyClick(&m_window, Qt::Key_Escape);
        if (!eventually([&] { return m_hand.pageName() != "CameraPage"; }))
            return false;
        if (m_hand.pageName() == "TodayPage" && !(m_hand.press("primary") && m_hand.waitForPage("CheckPage")))
            return false;
        if (m_hand.pageName() == "FindingPage" && !leaveRecorded())
            return false;
        if (m_hand.pageName() == "CheckPage" && !m_hand.press("finding"))
            return false;
        if (!m_hand.waitForPage("FindingPage"))
            return false;
        tell("finding " + m_window.property("page").value<QObject *>()->property("finding").toString());
        m_typed = 0;
        return intoTheEditor();
    }
    bool type(int keys) {
        for (int i = 0; i < keys; ++i) {
            pause();
            QTest::keyClick(&m_window, typedText(m_typed + 1).back().toLatin1());
            ++m_typed;
            tell("key " + QString::number(systemClock().monotonicUs() / 1000));
        }
        return true;
    }
    bool shoot() {
        if (!m_hand.press("拍照") || !m_hand.waitForPage("CameraPage"))
            return false;
        auto *camera = m_window.property("page").value<QObject *>()->findChild<CameraController *>();
        if (camera == nullptr)
            return false;
        if (!eventually([&] { return camera->mayShoot() || m_hand.see("obtained-1") != nullptr; }))
            return false;
        if (!camera->mayShoot() && !m_hand.press("obtained-1")) // the first of a check must choose
            return false;
        bool sound = false;
        QObject::connect(camera, &CameraController::saved, &m_life, [&] { // where the page makes its sound
            sound = true;
            tell("sound");
        });
        tell("shoot");
        if (!m_hand.press("shutter") || !eventually([&] { return sound; }))
            return false;
        QObject::disconnect(camera, &CameraController::saved, &m_life, nullptr);
        QTest::keyClick(&m_window, Qt::Key_Escape);
        return m_hand.waitForPage("FindingPage") && intoTheEditor();
    }
    bool record() {
        if (!m_hand.press("严重"))
            return false;
        tell("record");
        if (!m_hand.press("record") || !eventually([&] { return m_hand.pageName() != "FindingPage"; }))
            return false;
        tell("recorded"); // the page closes when it is durable
        return m_hand.waitForPage("CheckPage");
    }

    int workUntilStuck() {
        for (;;) {
            if (!toTheEditor())
                return 3;
            if (!type(kKeysBefore))
                return 4;
            for (int shot = 0; shot < 2; ++shot)
                if (!shoot() || !type(kKeysAfter))
                    return 5;
            if (!record())
                return 6;
        }
    }

private:
    bool intoTheEditor() {
        if (!m_hand.press("editor"))
            return false;
        QTest::keyClick(&m_window, Qt::Key_End, Qt::ControlModifier);
        return true;
    }
    /** The kill came between the record and the page that closes: this one has nothing to type into any more. */
    bool leaveRecorded() {
        auto *finding = m_window.property("page").value<QObject *>()->findChild<FindingController *>();
        if (finding == nullptr || !eventually([&] { return !finding->loading(); })) // before, it looks like a new one
            return false;
        if (!eventually([&] { return m_hand.see("record") != nullptr || m_hand.see("amend") != nullptr; }))
            return false;
        if (m_hand.see("record") != nullptr)
            return true;
        QTest::keyClick(&m_window, Qt::Key_Escape);
        return eventually([&] { return m_hand.pageName() != "FindingPage"; }) && m_hand.waitForPage(m_hand.pageName());
    }
    void pause() {
        QElapsedTimer since;
        since.start();
        while (since.elapsed() < kKeyMs)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, kKeyMs);
    }

    QQuickWindow &m_window;
    Hand m_hand;
    QObject m_life;
    int m_typed = 0;
};
} // namespace

QString typedText(int count) {
    QString text;
    for (int i = 0; i < count; ++i)
        text += QChar(u'a' + i % 26);
    return text;
}

void makeCameraFolder(const QString &data, int child) {
    const QString folder = data + "/pictures";
    QDir().mkpath(folder);
    for (int i = 0; i < kPictures; ++i) {
        QImage picture(640, 480, QImage::Format_RGB32);
        for (int y = 0; y < picture.height(); ++y)
            for (int x = 0; x < picture.width(); ++x)
                picture.setPixel(x, y, qRgb((x * (i + 3)) & 255, (y * 7 + child * 11) & 255, (x ^ y ^ child) & 255));
        ZHICHA_CHECK(picture.save(QStringLiteral("%1/%2.jpg").arg(folder).arg(i), "JPG", 90));
    }
    Settings(data).setCameraFolder(folder);
}

int workAway(const QString &data) {
    const auto app = openApp(data);
    AppWindow window(*app);
    if (!window.load())
        return 1;
    window.window()->setProperty("still", true);
    window.window()->requestActivate();
    if (!QTest::qWaitForWindowActive(window.window()))
        return 2;
    const int step = FieldHand(window).workUntilStuck();
    const QString picture = QDir::temp().filePath("zhicha-stuck-hand.png"); // for whoever asks why
    window.window()->grabWindow().save(picture);
    std::fprintf(stderr, "the hand is stuck at step %d: %s\n", step, qPrintable(picture));
    return step;
}

} // namespace zhicha::test
