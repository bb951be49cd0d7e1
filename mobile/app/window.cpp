#include "mobile/app/window.h"

#include "mobile/models/code_provider.h"
#include "mobile/models/glyph_provider.h"
#include "mobile/models/photo_provider.h"
#include "mobile/models/problem_text.h"
#include "mobile/models/tile_provider.h"

#include <QFont>
#include <QQuickItem>
#include <QtQml/qqmlextensionplugin.h>

Q_IMPORT_QML_PLUGIN(ZhichaPlugin)
Q_IMPORT_QML_PLUGIN(Zhicha_ModelsPlugin)

namespace zhicha {

void prepareApplication(QGuiApplication &application) {
    QGuiApplication::setApplicationName("zhicha");
    QGuiApplication::setApplicationDisplayName(QStringLiteral("直查"));
    QGuiApplication::setApplicationVersion(ZHICHA_VERSION);
    QFont font("Noto Sans CJK SC"); // without a family Japanese forms may appear
    font.setPixelSize(17);
    application.setFont(font);
}

AppWindow::AppWindow(App &app) : m_app(app) {
    m_engine.addImportPath("qrc:/qt/qml");
    m_engine.addImageProvider("glyph", new GlyphProvider);
    m_engine.addImageProvider("photo", new PhotoProvider(app.store()));
    m_engine.addImageProvider("code", new CodeProvider);
    m_engine.addImageProvider("tile", new TileProvider(app.tiles()));
    QObject::connect(&m_engine, &QQmlEngine::warnings, &m_engine, [this](const QList<QQmlError> &warnings) {
        for (const QQmlError &warning : warnings)
            m_warnings.append(warning.toString());
    });
    takeLanguage();
    QObject::connect(app.settings(), &Settings::changed, &m_engine, [this] { takeLanguage(); });
}

void AppWindow::takeLanguage() {
    const QString language = m_app.settings()->language();
    if (language == m_language)
        return;
    m_language = language;
    setEnglish(language == QLatin1String("en"));
    if (isEnglish() && m_translator.load(":/i18n/zhicha_en.qm"))
        QCoreApplication::installTranslator(&m_translator);
    else
        QCoreApplication::removeTranslator(&m_translator);
    m_engine.retranslate();
    emit m_app.recorded(); // texts that the controllers made
    emit m_app.status()->ticked();
}

bool AppWindow::load() {
    m_engine.load(QUrl("qrc:/qt/qml/Zhicha/Main.qml"));
    if (window() == nullptr)
        return false;
    QObject::connect(
        window(), &QQuickWindow::frameSwapped, &m_engine, [this] { arrangeUncovered(); }, Qt::QueuedConnection);
    return true;
}

namespace {
void arrange(QQuickItem *item) {
    if (item->inherits("QQuickLayout"))
        item->ensurePolished();
    const QList<QQuickItem *> within = item->childItems();
    for (QQuickItem *child : within)
        arrange(child);
}
} // namespace

/** Qt 6.4 forgets what changed in a layout within a layout when both are resized before they are polished: a page that
 * one without bars covered would stand with its rows over one another. Its first frame is past that; once more then. */
void AppWindow::arrangeUncovered() {
    auto *page = window()->property("page").value<QQuickItem *>();
    if (page != nullptr && page != m_arranged)
        arrange(page);
    m_arranged = page;
}

QQuickWindow *AppWindow::window() const {
    return m_engine.rootObjects().isEmpty() ? nullptr
                                            : qobject_cast<QQuickWindow *>(m_engine.rootObjects().constFirst());
}

} // namespace zhicha
