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
    implicitHeight: Math.max(Theme.size.row, line.implicitHeight + Theme.space.l)

    RowLayout {
        id: line
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space.l
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0
            ThemedText {
                Layout.fillWidth: true
                text: root.title
                bold: true
                wrapMode: Text.Wrap
            }
            ThemedText {
                Layout.fillWidth: true
                visible: root.effect !== ""
                text: root.effect
                size: Theme.type.label
                color: Theme.color.textMuted
                wrapMode: Text.Wrap
            }
        }
        RowLayout {
            id: slot
            spacing: Theme.space.m
        }
    }
    Rectangle {
        visible: !root.last
        y: parent.height - height
        width: parent.width
        height: Theme.stroke.line
        color: Theme.color.line
    }
}
