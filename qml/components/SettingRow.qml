import QtQuick
import QtQuick.Layouts
import Zhicha

// A setting: its name, what it does, and the control at the right.
Item {
    id: root

    required property string title
    property string effect: ""
    property bool last: false
    default property alias control: slot.data

    Layout.fillWidth: true
    implicitHeight: Math.max(Theme.size.row, names.height + Theme.space.l, slot.implicitHeight + Theme.space.m)

    // By hand and not in a layout: a layout of texts that wrap beside a control that has its own width asks itself again
    // and again how high it is.
    Column {
        id: names
        anchors.verticalCenter: parent.verticalCenter
        width: root.width - slot.width - Theme.space.l
        ThemedText {
            width: parent.width
            text: root.title
            bold: true
            wrapMode: Text.Wrap
        }
        ThemedText {
            width: parent.width
            visible: root.effect !== ""
            text: root.effect
            size: Theme.type.label
            color: Theme.color.textMuted
            wrapMode: Text.Wrap
        }
    }
    RowLayout {
        id: slot
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        width: Math.min(implicitWidth, root.width * Theme.size.controlShare)
        spacing: Theme.space.m
    }
    Rectangle {
        visible: !root.last
        y: parent.height - height
        width: parent.width
        height: Theme.stroke.line
        color: Theme.color.line
    }
}
