import QtQuick
import QtQuick.Layouts
import Zhicha

// Says for ten seconds what was done, with one way to mend it. Never for errors.
Rectangle {
    id: root

    required property string text
    property string action: ""
    property alias running: life.running

    signal activated()
    signal expired()

    implicitWidth: Theme.size.listColumn
    implicitHeight: Math.max(Theme.size.notice, line.implicitHeight + Theme.space.l)
    radius: Theme.radius.panel
    color: Theme.color.text
    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.text

    Timer {
        id: life
        interval: Theme.motion.notice
        running: root.visible
        onTriggered: root.expired()
    }
    RowLayout {
        id: line
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: Theme.space.l
        anchors.rightMargin: Theme.space.s
        spacing: Theme.space.m

        Glyph {
            name: "check"
            tint: Theme.color.surface
        }
        ThemedText {
            Layout.fillWidth: true
            text: root.text
            size: Theme.type.body
            bold: true
            color: Theme.color.surface
            wrapMode: Text.Wrap
        }
        Tappable {
            id: mend
            visible: root.action !== ""
            text: root.action
            Layout.minimumWidth: Theme.size.buttonWidth
            leftPadding: Theme.space.l
            rightPadding: Theme.space.l
            onActivated: root.activated()
            contentItem: ThemedText {
                text: mend.text
                size: Theme.type.label
                bold: true
                color: Theme.color.surface
                horizontalAlignment: Text.AlignHCenter
            }
            background: Rectangle {
                radius: Theme.radius.panel
                color: Theme.color.text
                border.width: mend.pressed ? Theme.stroke.focus : Theme.stroke.chosen
                border.color: Theme.color.surface
            }
        }
    }
}
