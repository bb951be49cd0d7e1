#include "mobile/platform/sync_runner.h"

#include <QTimer>

#include <algorithm>

namespace zhicha {

void SyncRunner::run() {
    std::optional<HttpRequest> request = m_machine.next();
    if (!request) {
        const bool waiting = m_machine.state() == SyncMachine::State::Waiting;
        if (!waiting || !m_hooks.onWaiting(m_machine)) {
            m_hooks.onFinished();
            return;
        }
        // Looked at every second, so that a clock that is set cannot stretch the wait.
        QTimer::singleShot(1000, [this] { run(); });
        return;
    }
    const HttpRequest sent = *request;
    m_transport.send(sent, [this, sent](TransportResult result) {
        const auto *response = std::get_if<HttpResponse>(&result);
        if (m_hooks.onExchange)
            m_hooks.onExchange(sent, response == nullptr ? 0 : response->status);
        if (response != nullptr)
            m_machine.onResponse(*response);
        else
            m_machine.onFailure(std::get<TransportFailure>(result));
        run();
    });
}

} // namespace zhicha
