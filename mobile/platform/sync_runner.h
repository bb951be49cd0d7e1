#pragma once
// Runs a SyncMachine over a QtTransport until it is done, stopped, or waiting.
#include "mobile/engine/sync/sync_machine.h"
#include "mobile/platform/qt_transport.h"

namespace zhicha {

/** Owner: a program's sync thread (or the command line's only one). Threads: its own, with an event loop; the same as
 *  the machine's store. */
class SyncRunner {
public:
    struct Hooks {
        /** After each exchange: what was asked, and the status (0: no answer). May be empty. */
        std::function<void(const HttpRequest &, int)> onExchange;
        /** The machine is waiting; true = keep on, false = give up. */
        std::function<bool(const SyncMachine &)> onWaiting;
        std::function<void()> onFinished;
    };
    SyncRunner(SyncMachine &machine, QtTransport &transport, Hooks hooks)
        : m_machine(machine), m_transport(transport), m_hooks(std::move(hooks)) {}
    void run();

private:
    SyncMachine &m_machine;
    QtTransport &m_transport;
    Hooks m_hooks;
};

} // namespace zhicha
