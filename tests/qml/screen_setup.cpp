#include "tests/qml/screen_setup.h"

#include "mobile/models/glyph_provider.h"

#include <QFont>
#include <QtQml/QQmlExtensionPlugin>

Q_IMPORT_QML_PLUGIN(ZhichaPlugin)

namespace zhicha {

void useProductFont() {
    QGuiApplication::setFont(QFont("Noto Sans CJK SC"));
}

void prepareEngine(QQmlEngine &engine) {
    engine.addImportPath("qrc:/qt/qml");
    engine.addImageProvider("glyph", new GlyphProvider);
}

bool speakEnglish(QTranslator &translator, bool english) {
    QGuiApplication::removeTranslator(&translator);
    if (!english)
        return true;
    return translator.load(":/i18n/zhicha_en.qm") && QGuiApplication::installTranslator(&translator);
}

} // namespace zhicha
