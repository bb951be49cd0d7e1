import QtQuick
import QtQuick.Layouts
import Zhicha

// One person's signature under a check: given, waited for or refused.
Panel {
    id: root

    required property int signing
    required property string name
    property string role: ""
    property string at: ""
    property string line: ""
    property bool canRefuse: false

    signal refuseTapped()

    implicitHeight: Math.max(Theme.size.signatureCard, row.implicitHeight + 2 * Theme.space.m)

    RowLayout {
        id: row
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: Theme.space.l
        anchors.rightMargin: Theme.space.l
        spacing: Theme.space.l

        StateStamp {
            stamp: Words.signingStamp(root.signing)
            size: Theme.size.stampSigned
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0
            Flow {
                Layout.fillWidth: true
                spacing: Theme.space.rail
                ThemedText {
                    text: root.name
                    size: Theme.type.heading
                    bold: true
                }
                ThemedText {
                    text: root.role
                    size: Theme.type.label
                    color: Theme.color.textMuted
                }
            }
            ThemedText {
                Layout.fillWidth: true
                text: root.at === "" ? Words.stampWord(Words.signingStamp(root.signing))
                                     : qsTr("%1 %2").arg(Words.stampWord(Words.signingStamp(root.signing))).arg(root.at)
                size: Theme.type.label
                bold: true
                color: root.signing === Ui.Signing.Signed ? Theme.color.ok
                     : root.signing === Ui.Signing.Refused ? Theme.color.danger : Theme.color.warn
                wrapMode: Text.Wrap
            }
            ThemedText {
                Layout.fillWidth: true
                visible: root.line !== ""
                text: root.line
                size: Theme.type.meta
                color: Theme.color.textMuted
                wrapMode: Text.Wrap
            }
        }
        PushButton {
            visible: root.canRefuse
            text: qsTr("拒签…")
            onActivated: root.refuseTapped()
        }
    }
}
