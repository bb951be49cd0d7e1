import QtQuick
import QtQuick.Layouts
import Zhicha

// Asks for somebody's own PIN in place, before a signature.
Panel {
    id: root

    required property string question
    // What went wrong the last time, or nothing.
    property string trouble: ""
    property string finalText: qsTr("签名")
    property string busy: ""

    signal kept()
    signal entered(string pin)

    implicitHeight: row.implicitHeight + 2 * Theme.space.l
    Keys.onEscapePressed: root.kept()
    onVisibleChanged: pin.text = ""

    GridLayout {
        id: row
        x: Theme.space.l
        y: Theme.space.l
        width: parent.width - 2 * x
        columns: root.width < Theme.size.listColumn ? 1 : 2
        columnSpacing: Theme.space.m
        rowSpacing: Theme.space.m
        ThemedText {
            Layout.fillWidth: true
            text: root.trouble !== "" ? root.trouble : root.question
            bold: true
            color: root.trouble !== "" ? Theme.color.warn : Theme.color.text
            wrapMode: Text.Wrap
        }
        RowLayout {
            spacing: Theme.space.m
            TextBox {
                id: pin
                objectName: "pin"
                Layout.fillWidth: true
                Layout.preferredWidth: Theme.size.pinField
                echoMode: TextInput.Password
                inputMethodHints: Qt.ImhSensitiveData | Qt.ImhNoPredictiveText
                name: qsTr("口令")
                onVisibleChanged: if (visible) forceActiveFocus()
                onAccepted: {
                    root.entered(pin.text);
                    pin.text = "";
                }
            }
            PushButton {
                text: qsTr("先不签")
                onActivated: root.kept()
            }
            PushButton {
                objectName: "signNow"
                kind: PushButton.Kind.Primary
                text: root.finalText
                busy: root.busy
                blocked: pin.text === "" ? qsTr("缺口令") : ""
                onActivated: pin.accepted()
                onMissing: pin.forceActiveFocus()
            }
        }
    }
}
