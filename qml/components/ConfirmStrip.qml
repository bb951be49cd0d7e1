import QtQuick
import QtQuick.Layouts
import Zhicha

// Asks in the place of the row that was tapped. The safe answer is left and has the focus; the final one is right.
Rectangle {
    id: root

    required property string question
    required property string finalText
    property string keepText: qsTr("留着")
    // What is still missing before the final answer, for example a reason.
    property string blocked: ""

    signal kept()
    signal confirmed()
    signal missing()

    implicitWidth: Theme.size.listColumn
    implicitHeight: Math.max(Theme.size.bannerHeight, line.implicitHeight + 2 * Theme.space.m)
    radius: Theme.radius.panel
    color: Theme.color.surface
    border.width: Theme.stroke.chosen
    border.color: Theme.color.danger
    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.question
    Keys.onEscapePressed: root.kept()

    RowLayout {
        id: line
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.margins: Theme.space.l
        spacing: Theme.space.rail

        ThemedText {
            Layout.fillWidth: true
            text: root.question
            size: Theme.type.body
            bold: true
            wrapMode: Text.Wrap
        }
        PushButton {
            text: root.keepText
            focus: true
            Layout.minimumWidth: Theme.size.buttonWidth
            onActivated: root.kept()
        }
        PushButton {
            text: root.finalText
            kind: PushButton.Kind.Danger
            blocked: root.blocked
            Layout.minimumWidth: Theme.size.buttonWidth
            onActivated: root.confirmed()
            onMissing: root.missing()
        }
    }
}
