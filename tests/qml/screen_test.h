#pragma once
// What the tests written in QML may ask of their program.
#include "tests/qml/screen_setup.h"

#include <QObject>
#include <QQmlContext>

class Language : public QObject {
    Q_OBJECT
public:
    explicit Language(QQmlEngine *engine) : QObject(engine), m_engine(engine) {}

    /** Switches the language of everything that is shown. */
    Q_INVOKABLE bool speakEnglish(bool english) {
        const bool done = zhicha::speakEnglish(m_translator, english);
        m_engine->retranslate();
        return done;
    }

private:
    QQmlEngine *m_engine;
    QTranslator m_translator;
};

class Setup : public QObject {
    Q_OBJECT
public slots:
    void applicationAvailable() { zhicha::useProductFont(); }
    void qmlEngineAvailable(QQmlEngine *engine) {
        zhicha::prepareEngine(*engine);
        engine->rootContext()->setContextProperty("language", new Language(engine));
    }
};
