#pragma once
// A hand on the real window: finds what is on the screen by its name, presses it, types, and waits for what follows.
#include "mobile/app/window.h"
#include "tests/unit/mobile/models/eventually.h"

#include <QQuickItem>
#include <QtTest/QTest>

#include <gtest/gtest.h>

namespace zhicha::test {

class Hand {
public:
    explicit Hand(AppWindow &window) : m_window(*window.window()) {}

    /** Something visible with this object name, this text, or this accessible name; nullptr if there is none. */
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
    /** What an input method shows before a word is chosen. */
    void compose(const QString &letters) {
        QInputMethodEvent event(letters, {});
        tell(event);
    }
    [[nodiscard]] QString pageName() const {
        const auto *page = m_window.property("page").value<QObject *>();
        return page == nullptr ? QString() : QString(page->metaObject()->className()).section("_QML", 0, 0);
    }
    /** A failure says which page stands there instead, and what has the keys. */
    [[nodiscard]] ::testing::AssertionResult waitForPage(const QString &name) const {
        const auto *stack = m_window.property("stack").value<QObject *>();
        const bool there = eventually([&] { return pageName() == name; });
        if (there && eventually([&] { return stack == nullptr || !stack->property("busy").toBool(); })) {
            if (eventually([&] { return overlap().isEmpty(); }))
                return ::testing::AssertionSuccess();
            return ::testing::AssertionFailure() << name.toStdString() << ": " << overlap().toStdString();
        }
        const QQuickItem *keys = m_window.activeFocusItem();
        return ::testing::AssertionFailure()
               << (there ? "still moving to " : "") << pageName().toStdString() << ", keys go to "
               << (keys == nullptr ? "nothing" : keys->metaObject()->className()) << ' '
               << (keys == nullptr ? "" : keys->objectName().toStdString())
               << (m_window.isActive() ? "" : ", the window is not active");
    }

    /** Two visible things that one layout has put over one another; empty when every layout holds. */
    [[nodiscard]] QString overlap() const { return overlapIn(m_window.contentItem()); }

private:
    void commit(const QString &text) {
        QInputMethodEvent event;
        event.setCommitString(text);
        tell(event);
    }
    void tell(QInputMethodEvent &event) {
        if (m_window.activeFocusItem() != nullptr)
            QCoreApplication::sendEvent(m_window.activeFocusItem(), &event);
    }
    static QString overlapIn(const QQuickItem *item) {
        QList<QQuickItem *> shown = item->childItems();
        shown.removeIf([](const QQuickItem *child) { return !child->isVisible(); });
        const bool layout = QByteArray(item->metaObject()->className()).contains("Layout");
        for (qsizetype i = 0; i < shown.size(); ++i) {
            const auto place = [](const QQuickItem *child) {
                QRectF all = child->boundingRect();
                const QList<QQuickItem *> within = child->childItems();
                for (const QQuickItem *one : within) // what sticks out of it is drawn as well
                    if (one->isVisible() && !child->clip())
                        all |= one->mapRectToItem(child, one->boundingRect());
                return child->mapRectToItem(child->parentItem(), all);
            };
            for (qsizetype j = i + 1; layout && j < shown.size(); ++j) {
                const QRectF both = place(shown[i]) & place(shown[j]);
                if (both.width() > 1 && both.height() > 1)
                    return QStringLiteral("%1 over %2 in %3")
                        .arg(shown[j]->metaObject()->className(), shown[i]->metaObject()->className(),
                             item->metaObject()->className());
            }
            if (const QString deeper = overlapIn(shown[i]); !deeper.isEmpty())
                return deeper;
        }
        return {};
    }
    static QQuickItem *find(QQuickItem *item, const QString &name) {
        if (!item->isVisible() || item->width() < 0)
            return nullptr;
        const bool named = item->objectName() == name;
        const bool labelled =
            item->property("activated").isValid() || item->metaObject()->indexOfSignal("activated()") >= 0;
        if (named ||
            (labelled && (item->property("text").toString() == name || item->property("spoken").toString() == name)))
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
