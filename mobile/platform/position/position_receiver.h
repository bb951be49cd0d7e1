#pragma once
// The receiver that was chosen, on a thread of its own; switched on only while somebody wants it.
#include "mobile/platform/position/position_source.h"

#include <QSet>
#include <QThread>

namespace zhicha {

/** Owner:   App. Threads: the one that made it (the screen's); the source lives on the thread "position", and what it
 *           says comes as events.
 *  Holds:   off unless wanted: by a check under way, or by the page that shows the receiver. */
class PositionReceiver : public QObject {
    Q_OBJECT
public:
    explicit PositionReceiver(QObject *parent = nullptr);
    ~PositionReceiver() override;

    /** Another receiver takes over at once if one is wanted. What is no choice is taken as Off. */
    void choose(const QString &choice);
    void want(const void *who, bool wanted);
    [[nodiscard]] bool wanted() const { return !m_wanting.isEmpty(); }
    [[nodiscard]] const PositionChoice &choice() const { return m_choice; }
    [[nodiscard]] const ReceiverView &view() const { return m_view; }

signals:
    void heard(const zhicha::HeardFix &fix);
    void changed(); ///< once a second while it is on

private:
    void apply();
    void close();

    QThread m_thread;
    QObject *m_worker;                  ///< stands on the thread, so that work can be posted to it
    PositionSource *m_source = nullptr; ///< lives there
    PositionChoice m_choice;
    QSet<const void *> m_wanting;
    ReceiverView m_view;
    quint64 m_generation = 0; ///< what an earlier source still had to say is dropped
};

} // namespace zhicha
