// Rows "tablet": start, search, open and save in a store with many findings and photos, and what a frame costs the
// screen's thread while one scrolls, types, pans the map and shoots. --findings N and --photos N set the size (100000
// and 20000 are the target's; 5000 and 500 unless told). The real window over a real store. Without a screen Qt draws
// with the processor on the screen's thread itself: what that takes is told apart from what the pages take.
#include "mobile/models/map_overlay.h"
#include "mobile/models/search_controller.h"
#include "tests/bench/figures.h"
#include "tests/integration/tablet/hand.h"
#include "tests/unit/mobile/models/enrolled_tablet.h"

#include <QImage>
#include <QQmlComponent>
#include <QQuickView>
#include <QTimer>

namespace {
using namespace zhicha;
using namespace zhicha::bench;
using namespace zhicha::test;

constexpr int kFindingsOfACheck = 25;
constexpr int kFrames = 120;
constexpr int kSaves = 200;
constexpr int kShots = 8;

struct Filled {
    Uuid lastCheck;
    Uuid lastFinding;
};

/** Checks as an inspector leaves them behind: findings with their words, photos on some of them. */
Filled fill(EnrolledTablet &tablet, long findings, long photos) {
    auto session = need(StoreSession::open(tablet.folder / "p1", kPin, false));
    Filled filled;
    for (long i = 0; i < findings; ++i) {
        if (i % kFindingsOfACheck == 0) {
            if (i > 0)
                need(session->recorder().finishCheck(filled.lastCheck));
            CheckStart start;
            start.site = tablet.site;
            start.items = {tablet.item};
            start.noFixReason = "室内";
            filled.lastCheck = need(session->recorder().startCheck(start));
        }
        FindingRecorded finding;
        finding.check = filled.lastCheck;
        finding.severity = i % 7 == 0 ? "critical" : i % 3 == 0 ? "major" : "minor";
        finding.text = "第 " + std::to_string(i) + " 处排水沟盖板缺失，未设警示标志，责任人不在岗";
        filled.lastFinding = need(session->recorder().recordFinding(finding));
        if (i * photos / findings == (i + 1) * photos / findings)
            continue;
        PhotoToAdd photo;
        photo.check = filled.lastCheck;
        photo.to = filled.lastFinding;
        need(session->photos().add(photo, tinyPng(static_cast<std::size_t>(64 + i))));
    }
    return filled;
}

/** 12 megapixels as a camera writes them: about five megabytes. */
void writeShots(const std::string &folder) {
    QImage image(4000, 3000, QImage::Format_RGB32);
    std::uint32_t noise = 1;
    for (int shot = 0; shot < 2; ++shot) {
        for (int y = 0; y < image.height(); ++y) {
            auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
            for (int x = 0; x < image.width(); ++x) {
                noise = noise * 1664525 + 1013904223;
                const int grain = static_cast<int>(noise >> 28);
                line[x] = qRgb((x >> 4) % 200 + grain, (y >> 4) % 200 + grain, 90 + grain);
            }
        }
        needed(image.save(QString::fromStdString(folder + "/" + std::to_string(shot) + ".jpg"), "jpg", 92),
               "a picture could not be written");
    }
}

/** As eventually(), but it sleeps until something happens: polling would be counted as the page's work. */
template <typename Holds>
bool asleepUntil(Holds holds) {
    QTimer tick; // a time to wait for is no event
    tick.start(20);
    QElapsedTimer patience;
    patience.start();
    while (!holds() && patience.elapsed() < 60'000)
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    return holds();
}

/** What frames cost the screen's thread. */
class Frames {
public:
    explicit Frames(QQuickWindow &window) : m_window(window) {
        const auto direct = Qt::DirectConnection;
        QObject::connect(
            &window, &QQuickWindow::beforeRendering, &window, [this] { m_from = threadCpuS(); }, direct);
        QObject::connect(
            &window, &QQuickWindow::afterRendering, &window, [this] { m_drawn += threadCpuS() - m_from; }, direct);
        QObject::connect(
            &window, &QQuickWindow::frameSwapped, &window, [this] { ++m_swapped; }, direct);
    }
    /** One step a frame; prints the middle and the worst twentieth. */
    void measure(const char *what, int frames, const std::function<void(int)> &step, int leastMs = 0) {
        std::vector<double> pages, all;
        for (int i = 0; i < frames; ++i) {
            const double cpu = threadCpuS(), drawn = m_drawn, begun = nowS();
            const int swapped = m_swapped;
            step(i);
            m_window.update();
            needed(asleepUntil([&] { return m_swapped > swapped && (nowS() - begun) * 1000 >= leastMs; }),
                   "no frame came");
            const double spent = (threadCpuS() - cpu) * 1000 / std::max(1, m_swapped - swapped);
            all.push_back(spent);
            pages.push_back(spent - (m_drawn - drawn) * 1000 / std::max(1, m_swapped - swapped));
        }
        std::sort(pages.begin(), pages.end());
        const double worst = pages[pages.size() * 19 / 20];
        verdict((std::string(what) + ", a frame, CPU of the screen's thread").c_str(), median(pages), "ms", 8, false);
        line("   worst twentieth", worst, "ms");
        line("   with drawing by the processor", median(all), "ms");
    }

private:
    QQuickWindow &m_window;
    double m_from = 0, m_drawn = 0;
    int m_swapped = 0;
};

double helloS() {
    const double begun = nowS();
    QQmlEngine engine;
    QQmlComponent component(&engine);
    component.setData("import QtQuick; Window { visible: true; width: 1280; height: 800; Text { text: '直查' } }", {});
    const std::unique_ptr<QObject> made(component.create());
    auto *window = qobject_cast<QQuickWindow *>(made.get());
    needed(window != nullptr, "no hello window");
    int frames = 0;
    QObject::connect(
        window, &QQuickWindow::frameSwapped, window, [&] { ++frames; }, Qt::DirectConnection);
    needed(eventually([&] { return frames > 0; }), "no frame of the hello window");
    return nowS() - begun;
}

double keyS(const EnrolledTablet &tablet) {
    auto disk = need(PosixDisk::open(tablet.folder / "p1"));
    return seconds([&] { need(openStoreKey(*disk, kPin)); });
}

void savesOf(App &app, const Uuid &check) {
    std::vector<double> saves;
    for (int i = 0; i < kSaves; ++i) {
        bool saved = false;
        const double begun = nowS();
        app.store().run(
            &app,
            [check, i](StoreSession &session) {
                FindingRecorded finding;
                finding.check = check;
                finding.severity = "minor";
                finding.text = "补记 " + std::to_string(i);
                return session.recorder().recordFinding(finding);
            },
            [&](const Result<Uuid> &done) { saved = done.has_value(); });
        needed(eventually([&] { return saved; }), "a finding was not saved");
        saves.push_back((nowS() - begun) * 1000);
    }
    std::sort(saves.begin(), saves.end());
    verdict("save, p99", saves[saves.size() * 99 / 100], "ms", 20, false);
}

void searchIn(App &app) {
    SearchController search;
    const double index =
        seconds([&] { needed(eventually([&] { return search.complete(); }), "nothing to search in"); });
    line("   what is searched, read beside the first pages", index * 1000, "ms");
    std::vector<double> took;
    for (const char *words : {"盖", "盖板", "警示标志", "第 123", "没有这个词"}) {
        bool found = false;
        const auto heard = QObject::connect(&search, &SearchController::changed, &app, [&] { found = true; });
        took.push_back(seconds([&] {
                           search.setQuery(QString::fromUtf8(words));
                           needed(eventually([&] { return found; }), "a search did not end");
                       }) *
                       1000);
        QObject::disconnect(heard);
    }
    verdict("search, slowest of five", *std::max_element(took.begin(), took.end()), "ms", 100, false);
}

void go(AppWindow &window, Hand &hand, int place, const char *first, const char *page, const QVariantMap &values) {
    QMetaObject::invokeMethod(window.window(), "go", Q_ARG(int, place));
    for (int left = 5; left > 0 && hand.pageName() != QLatin1String(first); --left) { // each place keeps its pages
        QMetaObject::invokeMethod(window.window(), "back");
        QCoreApplication::processEvents();
    }
    needed(hand.waitForPage(first), first);
    if (page == nullptr)
        return;
    QMetaObject::invokeMethod(window.window(), "push", Q_ARG(QString, page), Q_ARG(QVariant, values));
    needed(hand.waitForPage(page), page);
}

template <typename T>
T *findItem(QQuickItem *item) {
    if (auto *found = qobject_cast<T *>(item))
        return found;
    for (QQuickItem *child : item->childItems())
        if (T *found = findItem<T>(child))
            return found;
    return nullptr;
}

QQuickItem *findList(QQuickItem *item) {
    if (item->isVisible() && item->inherits("QQuickListView"))
        return item;
    for (QQuickItem *child : item->childItems())
        if (QQuickItem *found = findList(child))
            return found;
    return nullptr;
}

void framesOf(AppWindow &window, const QString &check) {
    Hand hand(window);
    Frames frames(*window.window());
    go(window, hand, 4, "SearchPage", nullptr, {});
    QQuickItem *list = nullptr;
    needed(eventually([&] { return (list = findList(window.window()->contentItem())) != nullptr; }),
           "no list to scroll");
    frames.measure("scrolling the list of checks", kFrames, [&](int i) { list->setProperty("contentY", i * 40); });

    go(window, hand, 1, "SitePage", "FindingPage",
       {{"check", check}, {"finding", QString::fromStdString(toText(newUuid(systemClock(), systemRandom())))}});
    needed(hand.press("editor"), "no editor");
    frames.measure("typing", kFrames,
                   [&](int i) { QTest::keyClick(window.window(), static_cast<char>('a' + i % 26)); });

    go(window, hand, 2, "MapPage", nullptr, {});
    MapOverlay *map = nullptr;
    needed(eventually([&] { return (map = findItem<MapOverlay>(window.window()->contentItem())) != nullptr; }),
           "no map");
    frames.measure("panning the map", kFrames, [&](int i) { map->drag(QPointF(i * 9 % 300, i * 7 % 300)); });
    frames.measure("zooming the map", kFrames,
                   [&](int i) { map->zoom(i % 20 < 10 ? 1.1 : 1 / 1.1, QPointF(400, 300)); });

    go(window, hand, 1, "SitePage", "CameraPage", {{"check", check}});
    needed(hand.press("obtained-1"), "no way to say how it was taken");
    frames.measure(
        "a 12-megapixel shot a second", kShots, [&](int) { hand.press("shutter"); }, 1000);
}
} // namespace

int main(int argc, char **argv) {
    if (qEnvironmentVariableIsEmpty("DISPLAY"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QGuiApplication application(argc, argv);
    prepareApplication(application);
    const long findings = option(argc, argv, "findings", 5'000), photos = option(argc, argv, "photos", 500);
    EnrolledTablet tablet;
    const Filled filled = fill(tablet, findings, photos);
    const TempFolder shots;
    writeShots(shots.path());
    Settings(tablet.data()).setCameraFolder(QString::fromStdString(shots.path()));
    Settings(tablet.data()).setPositionSource("off");
    Settings(tablet.data()).setShutterSound(false);
    const QString check = QString::fromStdString(toText(filled.lastCheck));

    title("tablet, " + std::to_string(findings) + " findings, " + std::to_string(photos) + " photos");
    const double hello = helloS(), key = keyS(tablet);
    const double begun = nowS();
    const auto app = openApp(tablet.data());
    AppWindow window(*app);
    needed(window.load(), "the window does not load");
    window.window()->setProperty("still", true);
    Hand hand(window);
    needed(hand.waitForPage("TodayPage") && hand.waitFor("primary"), "no first page");
    const double start = nowS() - begun - key;
    verdict("start to the first page, times the hello window", start / hello, "x", 3, false);
    line("   the hello window", hello * 1000, "ms");
    line("   key derivation, apart", key * 1000, "ms");
    searchIn(*app);
    go(window, hand, 1, "SitePage", nullptr, {}); // the page itself is made once, with the check that is under way
    const double open = seconds([&] {
        go(window, hand, 1, "SitePage", "CheckPage", {{"check", check}});
        needed(hand.waitFor("finding"), "the check does not open");
    });
    verdict("open a check", open * 1000, "ms", 100, false);
    savesOf(*app, filled.lastCheck);
    framesOf(window, check);
    return 0;
}
