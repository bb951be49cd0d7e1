#include "mobile/platform/position/position_receiver.h"

namespace zhicha {

PositionReceiver::PositionReceiver(QObject *parent) : QObject(parent), m_worker(new QObject) {
    m_thread.setObjectName("position");
    m_worker->moveToThread(&m_thread);
    m_thread.start();
}

PositionReceiver::~PositionReceiver() {
    close();
    QMetaObject::invokeMethod(
        m_worker,
        [this] {
            m_worker->deleteLater();
            m_thread.quit(); // behind what close() posted
        },
        Qt::QueuedConnection);
    m_thread.wait();
}

void PositionReceiver::choose(const QString &text) {
    const PositionChoice choice =
        positionChoice(text).value_or(PositionChoice{PositionChoice::Kind::Off, {}, 0, false});
    if (choice == m_choice)
        return;
    m_choice = choice;
    close();
    apply();
}

void PositionReceiver::want(const void *who, bool wanted) {
    if (wanted == m_wanting.contains(who))
        return;
    if (wanted)
        m_wanting.insert(who);
    else
        m_wanting.remove(who);
    apply();
}

void PositionReceiver::apply() {
    if (m_wanting.isEmpty())
        return close();
    if (m_source != nullptr)
        return;
    std::unique_ptr<PositionSource> made = makePositionSource(m_choice);
    if (!made)
        return;
    m_source = made.release();
    const quint64 generation = ++m_generation;
    m_source->moveToThread(&m_thread);
    // Both come as events on this thread; by then another source may have been chosen.
    connect(m_source, &PositionSource::heard, this, [this, generation](const HeardFix &fix) {
        if (generation != m_generation)
            return;
        m_view.latest = fix; // what is recorded and what is shown is the same, not the one of a second ago
        m_view.state = ReceiverState::Fixed;
        emit heard(fix);
    });
    connect(
        m_source, &PositionSource::changed, m_worker,
        [this, generation, source = m_source] {
            QMetaObject::invokeMethod(
                this,
                [this, generation, view = source->view()] {
                    if (generation != m_generation)
                        return;
                    m_view = view;
                    emit changed();
                },
                Qt::QueuedConnection);
        },
        Qt::DirectConnection);
    QMetaObject::invokeMethod(m_source, &PositionSource::start, Qt::QueuedConnection);
}

void PositionReceiver::close() {
    if (m_source == nullptr)
        return;
    PositionSource *source = std::exchange(m_source, nullptr);
    ++m_generation;
    QMetaObject::invokeMethod(
        m_worker,
        [source] {
            source->stop();
            delete source;
        },
        Qt::QueuedConnection);
    m_view = {};
    emit changed();
}

} // namespace zhicha
