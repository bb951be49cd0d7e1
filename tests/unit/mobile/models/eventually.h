#pragma once
// Waiting for what an event brings.
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>

namespace zhicha::test {

/** Runs the event loop until it holds; false if it never does. Nothing sleeps: every step waits for an event. */
template <typename Holds>
bool eventually(Holds holds) {
    QElapsedTimer patience;
    patience.start();
    while (!holds()) {
        if (patience.elapsed() > 60'000)
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    }
    return true;
}

} // namespace zhicha::test
