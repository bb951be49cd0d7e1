#pragma once
// A hand on the real window: finds what is on the screen by its name, presses it, types, and waits for what follows.
#include "mobile/app/window.h"
#include "tests/unit/mobile/models/eventually.h"

#include <QQuickItem>
#include <QtTest/QTest>

namespace zhicha::test {

class Hand {
public:
    explicit Hand(AppWindow &window) : m_window(*window.window()) {}

    /** Something visible with this object name, or this text; nullptr if there is none. */
    [[nodiscard]] QQuickItem *see(const QString &name) const { return find(m_window.contentItem(), name); }
    [[nodiscard]] bool waitFor(const QString &name) const {
        return eventually([&] { return see(name) != nullptr; });
    }
    /** Presses the middle of it, as soon as it is there and stands still. */
    bool press(const QString &name) {
        if (!waitFor(name))
            return false;
        QPointF at;
        const bool still = eventually([&] {
            QQuickItem *item = see(name);
            if (item == nullptr)
                return false;
            const QPointF now = item->mapToScene(QPointF(item->width() / 2, item->height() / 2));
            return std::exchange(at, now) == now && m_window.contentItem()->contains(now);
        });
        if (still)
            QTest::mouseClick(&m_window, Qt::LeftButton, {}, at.toPoint());
        return still;
    }
    void type(const QString &text) {
        for (const QChar c : text)
            if (c.unicode() < 0x80)
                QTest::keyClick(&m_window, c.toLatin1());
            else
                commit(QString(c)); // as an input method does
    }
    [[nodiscard]] QString pageName() const {
        const auto *page = m_window.property("page").value<QObject *>();
        return page == nullptr ? QString() : QString(page->metaObject()->className()).section("_QML", 0, 0);
    }
    [[nodiscard]] bool waitForPage(const QString &name) const {
        const auto *stack = m_window.property("stack").value<QObject *>();
        return eventually([&] { return pageName() == name; }) &&
               eventually([&] { return stack == nullptr || !stack->property("busy").toBool(); });
    }

private:
    void commit(const QString &text) {
        QInputMethodEvent event;
        event.setCommitString(text);
        if (m_window.activeFocusItem() != nullptr)
            QCoreApplication::sendEvent(m_window.activeFocusItem(), &event);
    }
    static QQuickItem *find(QQuickItem *item, const QString &name) {
        if (!item->isVisible() || item->width() < 0)
            return nullptr;
        const bool named = item->objectName() == name;
        const bool labelled =
            item->property("activated").isValid() || item->metaObject()->indexOfSignal("activated()") >= 0;
        if (named || (labelled && item->property("text").toString() == name))
            return item;
        const QList<QQuickItem *> children = item->childItems();
        for (QQuickItem *child : children)
            if (QQuickItem *found = find(child, name))
                return found;
        return nullptr;
    }

    QQuickWindow &m_window;
};

} // namespace zhicha::test
