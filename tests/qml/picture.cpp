// Renders a QML file of the tests to a PNG: a tool to look with, not part of the product.
//   zhicha_picture FILE.qml OUT.png [--look light|dark|outdoor] [--size 1280x800] [--letters 0|1|2] [--english]
#include "mobile/models/ui.h"
#include "tests/qml/screen_setup.h"

#include <QCommandLineParser>
#include <QQmlComponent>
#include <QQuickItem>
#include <QQuickView>
#include <QTimer>

#include <memory>

namespace {

constexpr int kSettleMs = 400;

QSize parseSize(const QString &text) {
    const auto parts = text.split('x');
    return parts.size() == 2 ? QSize(parts[0].toInt(), parts[1].toInt()) : QSize();
}

} // namespace

int main(int argc, char **argv) {
    QGuiApplication app(argc, argv);
    zhicha::useProductFont();
    QCommandLineParser parser;
    parser.addOptions({{"look", "", "light|dark|outdoor", "light"},
                       {"size", "", "WxH", "1280x800"},
                       {"letters", "", "0|1|2", "0"},
                       {"english", ""}});
    parser.addPositionalArgument("file", "");
    parser.addPositionalArgument("out", "");
    parser.process(app);
    if (parser.positionalArguments().size() != 2 || parseSize(parser.value("size")).isEmpty())
        parser.showHelp(2);

    QTranslator translator;
    if (!zhicha::speakEnglish(translator, parser.isSet("english")))
        qFatal("there is no English here");
    QQuickView view;
    zhicha::prepareEngine(*view.engine());
    view.setResizeMode(QQuickView::SizeRootObjectToView);
    view.setSource(QUrl::fromLocalFile(parser.positionalArguments()[0]));
    if (view.status() != QQuickView::Ready)
        return 1;
    QQmlComponent finder(view.engine());
    finder.setData("import QtQml; import Zhicha; QtObject { readonly property QtObject theme: Theme }", QUrl());
    const std::unique_ptr<QObject> found(finder.create());
    auto *theme = found ? found->property("theme").value<QObject *>() : nullptr;
    if (theme == nullptr)
        qFatal("the module has no Theme: %s", qUtf8Printable(finder.errorString()));
    theme->setProperty("look", static_cast<int>(QStringList{"light", "dark", "outdoor"}.indexOf(parser.value("look"))));
    theme->setProperty("textSize", parser.value("letters").toInt());
    view.resize(parseSize(parser.value("size")));
    view.show();
    bool saved = false;
    QTimer::singleShot(kSettleMs, &app, [&] {
        saved = view.grabWindow().save(parser.positionalArguments()[1]);
        QGuiApplication::quit();
    });
    QGuiApplication::exec();
    return saved ? 0 : 1;
}
