// zhicha: the tablet's screens. A thin main over the same libraries as zhicha-field.
#include "mobile/app/page_walk.h"

#include <QCommandLineParser>
#include <QDir>
#include <QFile>
#include <QSocketNotifier>
#include <QStandardPaths>

#include <csignal>
#include <cstdio>
#include <sys/signalfd.h>

namespace {
QString pinFromFile() {
    QFile file(qEnvironmentVariable("ZHICHA_PIN_FILE"));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readLine()).trimmed() : QString();
}

/** SIGTERM and SIGINT, held back from every thread: to be called before the first one starts. */
sigset_t holdBackSignals() {
    sigset_t wanted;
    sigemptyset(&wanted);
    sigaddset(&wanted, SIGTERM);
    sigaddset(&wanted, SIGINT);
    sigprocmask(SIG_BLOCK, &wanted, nullptr);
    return wanted;
}

/** Ends in order, with what is being typed on disk, when the system asks for it. */
void quitOn(const sigset_t &wanted, QGuiApplication &application) {
    auto *notifier = new QSocketNotifier(signalfd(-1, &wanted, SFD_CLOEXEC), QSocketNotifier::Read, &application);
    QObject::connect(notifier, &QSocketNotifier::activated, &application, &QCoreApplication::quit);
}
} // namespace

int main(int argc, char **argv) {
    const sigset_t endSignals = holdBackSignals();
    QGuiApplication application(argc, argv);
    zhicha::prepareApplication(application);
    quitOn(endSignals, application);
    QCommandLineParser line;
    line.setApplicationDescription(QStringLiteral("直查：督查员的平板 / the inspector's tablet"));
    line.addHelpOption();
    line.addVersionOption();
    line.addOptions(
        {{"data", QStringLiteral("记录放在哪里，每人一库 / where the people's stores live"), "DIR"},
         {"self-test", QStringLiteral("打开每一页，QML 有一句抱怨就失败；口令取自 ZHICHA_PIN_FILE / open every page")},
         {"pictures", QStringLiteral("打开每一页并存图 / open every page and save pictures"), "DIR"}});
    line.process(application);
    QString data = line.value("data");
    if (data.isEmpty())
        data = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    if (!QDir().mkpath(data)) {
        std::fprintf(stderr, "zhicha: cannot make %s\n", qPrintable(data));
        return 1;
    }
    zhicha::App app(QDir(data).absolutePath());
    zhicha::AppWindow window(app);
    if (!window.load()) {
        for (const QString &warning : window.warnings())
            std::fprintf(stderr, "%s\n", qPrintable(warning));
        return 1;
    }
    std::unique_ptr<zhicha::PageWalk> walk;
    if (line.isSet("self-test") || line.isSet("pictures")) {
        walk = std::make_unique<zhicha::PageWalk>(app, window, pinFromFile(), line.value("pictures"));
        QObject::connect(walk.get(), &zhicha::PageWalk::done, &application, &QCoreApplication::exit,
                         Qt::QueuedConnection);
        walk->start();
    }
    return QGuiApplication::exec();
}
