// Goal: theme and components do what the interface promises. Method: Qt Quick Test over real windows with the software
// scene graph; each tst_*.qml beside this file is a test of its own. Any warning of QML or of the icons is printed and
// fails the run.
#include "tests/qml/screen_setup.h"

#include <QQmlContext>
#include <QtQuickTest/quicktest.h>

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

QUICK_TEST_MAIN_WITH_SETUP(tst_screens, Setup)

#include "tst_screens.moc"
