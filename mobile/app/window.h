#pragma once
// The app's engine and window over one App: image providers, language, and what QML complains about.
#include "mobile/models/app.h"

#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QTranslator>

namespace zhicha {

/** Owner: main. Threads: the screen's. */
class AppWindow {
public:
    explicit AppWindow(App &app);
    /** False if the QML could not be loaded; its complaints say why. */
    [[nodiscard]] bool load();
    [[nodiscard]] QQuickWindow *window() const;
    [[nodiscard]] const QStringList &warnings() const { return m_warnings; }

private:
    void takeLanguage();
    void arrangeUncovered();

    App &m_app;
    QTranslator m_translator;
    QString m_language = QStringLiteral("zh");
    const QObject *m_arranged = nullptr; ///< the page that is arranged; compared, never followed
    QStringList m_warnings;
    QQmlApplicationEngine m_engine; // last: dies first
};

/** Fonts and names, before the first window. */
void prepareApplication(QGuiApplication &application);

} // namespace zhicha
