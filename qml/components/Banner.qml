import QtQuick
import QtQuick.Layouts
import Zhicha

// What is, what it touches, what to do next. At most one on a page: the gravest.
Rectangle {
    id: root

    required property string title
    property string sentence: ""
    property string glyph: ""
    property int tone: Ui.Tone.Neutral
    property string action: ""

    signal activated()

    readonly property color ink: Words.toneText(root.tone)

    implicitWidth: Theme.size.listColumn
    implicitHeight: Math.max(Theme.size.bannerHeight, line.implicitHeight + 2 * Theme.space.m)
    radius: Theme.radius.panel
    color: root.tone === Ui.Tone.Neutral ? Theme.color.surface : Words.toneSoft(root.tone)
    border.width: Theme.stroke.line
    border.color: root.tone === Ui.Tone.Neutral ? Theme.color.line : root.ink
    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.title
    Accessible.description: root.sentence

    Rectangle {
        width: Theme.size.bannerEdge
        height: parent.height
        color: root.tone === Ui.Tone.Neutral ? Theme.color.lineStrong : root.ink
    }
    RowLayout {
        id: line
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: Theme.space.xl
        anchors.rightMargin: Theme.space.l
        spacing: Theme.space.l

        Glyph {
            visible: root.glyph !== ""
            name: root.glyph
            tint: root.ink
            size: Theme.size.icon
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0
            ThemedText {
                Layout.fillWidth: true
                text: root.title
                size: Theme.type.body
                bold: true
                wrapMode: Text.Wrap
            }
            ThemedText {
                Layout.fillWidth: true
                visible: root.sentence !== ""
                text: root.sentence
                size: Theme.type.label
                color: Theme.color.textMuted
                wrapMode: Text.Wrap
            }
        }
        PushButton {
            visible: root.action !== ""
            text: root.action
            Layout.minimumWidth: Theme.size.buttonWidth
            Layout.maximumWidth: root.width / 3
            onActivated: root.activated()
        }
    }
}
