import QtQuick
import QtQuick.Layouts
import Zhicha

// The bar at the working hand: what ends something is far (top, or left in portrait), what is done often is near.
Rectangle {
    id: root

    property bool horizontal: Theme.portrait
    property bool atLeft: false
    property alias far: farActions.data
    default property alias near: nearActions.data

    // Presses the primary one, or leads to what it misses.
    function confirm(): void {
        for (const action of nearActions.children)
            if (action.visible && action.enabled && (action as RailAction)?.primary) {
                (action as RailAction).clicked();
                return;
            }
    }

    implicitWidth: Theme.size.actionRail
    implicitHeight: Math.max(Theme.size.actionBar, nearActions.implicitHeight + 2 * Theme.space.rail)
    color: Theme.color.surface

    Rectangle {
        visible: !root.horizontal
        width: Theme.stroke.line
        height: parent.height
        x: root.atLeft ? parent.width - width : 0
        color: Theme.outdoor ? Theme.color.lineStrong : Theme.color.line
    }
    Rectangle {
        visible: root.horizontal
        width: parent.width
        height: Theme.stroke.line
        color: Theme.outdoor ? Theme.color.lineStrong : Theme.color.line
    }
    GridLayout {
        id: farActions
        x: Theme.space.rail
        y: Theme.space.rail
        width: root.horizontal ? implicitWidth : root.width - 2 * Theme.space.rail
        height: root.horizontal ? root.height - 2 * Theme.space.rail : implicitHeight
        flow: root.horizontal ? GridLayout.LeftToRight : GridLayout.TopToBottom
        columns: root.horizontal ? -1 : 1
        rows: root.horizontal ? 1 : -1
        columnSpacing: Theme.space.rail
        rowSpacing: Theme.space.rail
    }
    GridLayout {
        id: nearActions
        x: root.horizontal && farActions.implicitWidth > 0 ? farActions.x + farActions.width + Theme.space.rail : Theme.space.rail
        y: root.horizontal ? Theme.space.rail : root.height - height - Theme.space.rail
        width: root.width - x - Theme.space.rail
        height: root.horizontal ? root.height - 2 * Theme.space.rail : implicitHeight
        flow: root.horizontal ? GridLayout.LeftToRight : GridLayout.TopToBottom
        columns: root.horizontal ? -1 : 1
        rows: root.horizontal ? 1 : -1
        columnSpacing: Theme.space.rail
        rowSpacing: Theme.space.rail
    }
}
