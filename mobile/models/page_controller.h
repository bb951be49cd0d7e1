#pragma once
// What every page's controller shares: it reads off the screen's thread, reads again when something was recorded, and
// shows what went wrong in three parts.
#include "mobile/models/app.h"
#include "mobile/models/problem_text.h"

#include <QQuickItem>

#include <functional>
#include <vector>

namespace zhicha {

/** Threads: the screen's. A controller lives as long as its page. */
class PageController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("a base")
    Q_PROPERTY(bool loading READ loading NOTIFY loadingChanged)    ///< before the first answer of the store
    Q_PROPERTY(QString trouble READ trouble NOTIFY troubleChanged) ///< what is; empty = nothing
    Q_PROPERTY(QString troubleEffect READ troubleEffect NOTIFY troubleChanged)
    Q_PROPERTY(QString troubleNext READ troubleNext NOTIFY troubleChanged)

public:
    explicit PageController(QObject *parent = nullptr);
    [[nodiscard]] bool loading() const { return m_loading; }
    [[nodiscard]] QString trouble() const { return m_trouble.what; }
    [[nodiscard]] QString troubleEffect() const { return m_trouble.safe; }
    [[nodiscard]] QString troubleNext() const { return m_trouble.next; }
    Q_INVOKABLE void dismissTrouble();
    Q_INVOKABLE void reload();
    Q_INVOKABLE virtual void leave() {} ///< what is being typed goes to disk now

signals:
    void loadingChanged();
    void troubleChanged();

protected:
    /** Posts one read whose answer comes to readDone(). Called at first use, and after each change while the page is to
     * be seen: a covered page, or one of another place, reads when it comes back. */
    virtual void read() {}
    void readDone(const Status &status = {}); ///< every read() ends in one
    void show(const Error &error);
    [[nodiscard]] static App &app() { return App::instance(); }
    /** At once, or after the first read: what is asked for before the page knows what stands in the store waits. */
    void onceRead(std::function<void()> act);
    /** A write: its error is shown, and after it everybody reads again, also when this page is gone by then. `done` is
     *  for the page alone and may be empty. */
    template <typename Work, typename Done>
    void write(Work work, Done done) {
        app().store().run(&app(), std::move(work),
                          [page = QPointer<PageController>(this), done = std::move(done)](auto result) {
                              if (page && !result)
                                  page->show(result.error());
                              app().noteRecorded();
                              if (page)
                                  done(std::move(result));
                          });
    }
    template <typename Work>
    void write(Work work) {
        write(std::move(work), [](const auto &) {});
    }
    /** 本人口令 before a signature: `right` if it is, else `wrong`. Tries count as on the lock page, and so does what
     * too many of them cost: the tablet locks. */
    void withOwnPin(const QString &pin, std::function<void()> right, std::function<void()> wrong);
    /** A read: the value goes to `take`, an error is shown. */
    template <typename Work, typename Take>
    void readWith(Work work, Take take) {
        app().store().run(this, std::move(work), [this, take = std::move(take)](auto result) {
            if (result)
                take(*std::move(result));
            readDone(result ? Status() : Status(result.error()));
        });
    }

    void readAlsoUnseen() { m_alsoUnseen = true; } ///< what it reads is shown elsewhere too

private:
    [[nodiscard]] bool isSeen();

    std::vector<std::function<void()>> m_waiting;
    bool m_loading = true;
    bool m_reading = false;
    bool m_again = false;
    bool m_alsoUnseen = false;
    bool m_stale = false; ///< something changed while nobody looked
    QPointer<QQuickItem> m_page;
    ProblemText m_trouble;
};

/** The id that QML passes around as text; nil if it is none. */
[[nodiscard]] inline Uuid idOf(const QString &text) {
    return uuidFromText(text.toStdString()).value_or(Uuid{});
}
[[nodiscard]] inline QString textOf(const Uuid &id) {
    return QString::fromStdString(toText(id));
}

} // namespace zhicha
