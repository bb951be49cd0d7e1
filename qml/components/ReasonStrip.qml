import QtQuick
import QtQuick.Layouts
import Zhicha

// Asks for a reason in place before something final: the safe answer left, the final one right.
Rectangle {
    id: root

    required property string question
    required property string finalText
    property bool grave: true
    // What was typed here before, where it is kept.
    property string typed: ""

    signal edited(string reason)
    signal kept()
    signal confirmed(string reason)

    implicitWidth: Theme.size.listColumn
    implicitHeight: column.implicitHeight + 2 * Theme.space.l
    radius: Theme.radius.panel
    color: Theme.color.surface
    border.width: Theme.stroke.chosen
    border.color: root.grave ? Theme.color.danger : Theme.color.accent
    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.question
    Keys.onEscapePressed: root.kept()
    onVisibleChanged: {
        reason.text = root.typed;
        if (root.visible)
            reason.forceActiveFocus();
    }

    ColumnLayout {
        id: column
        x: Theme.space.l
        y: Theme.space.l
        width: parent.width - 2 * x
        spacing: Theme.space.m
        ThemedText {
            Layout.fillWidth: true
            text: root.question
            bold: true
            wrapMode: Text.Wrap
        }
        RowLayout {
            spacing: Theme.space.m
            TextBox {
                id: reason
                objectName: "reason"
                Layout.fillWidth: true
                placeholder: qsTr("原因")
                onEdited: text => root.edited(text)
                onAccepted: if (text.trim() !== "") root.confirmed(text.trim())
            }
            PushButton {
                text: qsTr("留着")
                onActivated: root.kept()
            }
            PushButton {
                text: root.finalText
                kind: root.grave ? PushButton.Kind.Danger : PushButton.Kind.Primary
                blocked: reason.text.trim() === "" ? qsTr("缺原因") : ""
                onActivated: root.confirmed(reason.text.trim())
                onMissing: reason.forceActiveFocus()
            }
        }
    }
}
