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
        anchors.left: parent.left
        anchors.top: parent.top
        anchors.right: root.horizontal ? undefined : parent.right
        anchors.bottom: root.horizontal ? parent.bottom : undefined
        anchors.margins: Theme.space.rail
        flow: root.horizontal ? GridLayout.LeftToRight : GridLayout.TopToBottom
        columns: root.horizontal ? -1 : 1
        rows: root.horizontal ? 1 : -1
        columnSpacing: Theme.space.rail
        rowSpacing: Theme.space.rail
    }
    GridLayout {
        id: nearActions
        anchors.left: root.horizontal ? farActions.right : parent.left
        anchors.leftMargin: root.horizontal && farActions.implicitWidth === 0 ? 0 : Theme.space.rail
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.top: root.horizontal ? parent.top : undefined
        anchors.topMargin: Theme.space.rail
        anchors.rightMargin: Theme.space.rail
        anchors.bottomMargin: Theme.space.rail
        flow: root.horizontal ? GridLayout.LeftToRight : GridLayout.TopToBottom
        columns: root.horizontal ? -1 : 1
        rows: root.horizontal ? 1 : -1
        columnSpacing: Theme.space.rail
        rowSpacing: Theme.space.rail
    }
}
