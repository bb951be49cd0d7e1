#pragma once
// Opens every page on real data and looks at what QML says: for --self-test and --pictures.
#include "mobile/app/window.h"

namespace zhicha {

struct PageStop {
    QString name; ///< of the picture
    QString page; ///< of qml/pages; empty: a place of the navigation
    int place = 0;
    QVariantMap values; ///< of the page when it opens; a place is told afterwards, it may stand already
};

/** Owner: main. Threads: the screen's. Runs in the event loop and ends with done(). */
class PageWalk : public QObject {
    Q_OBJECT
public:
    PageWalk(App &app, AppWindow &window, const QString &pin, const QString &pictures);
    void start();

signals:
    void done(int code); ///< 0: every page opened and nothing was complained about

private:
    void unlocked();
    void collect(std::vector<PageStop> stops);
    void next();
    void changeLanguage(std::function<void()> then);
    void settle(int rounds, std::function<void()> then);
    void picture(const QString &name);
    void enrolment();
    void end();
    [[nodiscard]] QString variant() const; ///< theme-language of the pictures under way

    App &m_app;
    AppWindow &m_window;
    QString m_pin;
    QString m_pictures;
    std::vector<PageStop> m_stops;
    std::size_t m_at = 0;
    std::size_t m_variant = 0;
    int m_opened = 0;
    QStringList m_missed;
};

} // namespace zhicha
