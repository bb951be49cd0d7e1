import QtQuick
import Zhicha

// Nothing here, said with when the office was last asked and what can be done.
Item {
    id: root

    required property string title
    property string line: ""
    property string action: ""

    signal activated()

    implicitWidth: Theme.size.listColumn / 2
    implicitHeight: column.implicitHeight + 2 * Theme.space.xl
    Accessible.role: Accessible.StaticText
    Accessible.name: root.title
    Accessible.description: root.line

    Column {
        id: column
        anchors.centerIn: parent
        width: parent.width - 2 * Theme.space.l
        spacing: Theme.space.s

        StateStamp {
            anchors.horizontalCenter: parent.horizontalCenter
            stamp: Ui.Stamp.Nothing
            size: Theme.size.skeletonStamp
        }
        ThemedText {
            width: parent.width
            text: root.title
            size: Theme.type.heading
            bold: true
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
        }
        ThemedText {
            width: parent.width
            visible: root.line !== ""
            text: root.line
            size: Theme.type.label
            color: Theme.color.textMuted
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
        }
        PushButton {
            visible: root.action !== ""
            anchors.horizontalCenter: parent.horizontalCenter
            text: root.action
            onActivated: root.activated()
        }
    }
}
