#include "mobile/models/page_controller.h"

namespace zhicha {

PageController::PageController(QObject *parent) : QObject(parent) {
    connect(&app(), &App::recorded, this, &PageController::reload);
    connect(&app(), &App::leaving, this, &PageController::leave);
    QMetaObject::invokeMethod(this, &PageController::reload, Qt::QueuedConnection); // after QML has set its properties
}

void PageController::reload() {
    if (m_reading) {
        m_again = true;
        return;
    }
    if (!m_loading && !m_alsoUnseen && !isSeen()) {
        m_stale = true;
        return;
    }
    m_reading = true;
    read();
}

/** A controller that no page holds is always seen. */
bool PageController::isSeen() {
    for (QObject *holder = parent(); m_page == nullptr && holder != nullptr; holder = holder->parent()) {
        m_page = qobject_cast<QQuickItem *>(holder);
        if (m_page != nullptr)
            connect(m_page, &QQuickItem::visibleChanged, this, [this] {
                if (m_page->isVisible() && std::exchange(m_stale, false))
                    reload();
            });
    }
    return m_page == nullptr || m_page->isVisible();
}

void PageController::readDone(const Status &status) {
    m_reading = false;
    if (!status && status.error().code != Code::StoreLocked)
        show(status.error());
    if (m_loading) {
        m_loading = false;
        emit loadingChanged();
        for (const auto &act : std::exchange(m_waiting, {}))
            act();
    }
    if (std::exchange(m_again, false))
        reload();
}

void PageController::withOwnPin(const QString &pin, std::function<void()> right, std::function<void()> wrong) {
    const std::string folder = app().peopleFile().pathOf(app().folder()).toStdString();
    const auto answered = [page = QPointer<PageController>(this), right = std::move(right),
                           wrong = std::move(wrong)](const Status &status) {
        const bool isWrong = !status && status.error().code == Code::WrongPin;
        if (status || isWrong)
            app().notePinTry(!isWrong);
        if (!page)
            return;
        if (status)
            right();
        else if (isWrong)
            wrong();
        else
            page->show(status.error());
    };
    app().store().checkPin(&app(), folder, pin.toStdString(), answered);
}

void PageController::onceRead(std::function<void()> act) {
    if (m_loading)
        m_waiting.push_back(std::move(act));
    else
        act();
}

void PageController::show(const Error &error) {
    m_trouble = problemText(error);
    emit troubleChanged();
}

void PageController::dismissTrouble() {
    m_trouble = {};
    emit troubleChanged();
}

} // namespace zhicha
