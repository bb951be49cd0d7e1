import QtQuick
import Zhicha

// One of several joined keys; AnswerPicker, Segmented and AttestRow put them side by side.
Tappable {
    id: root

    property bool chosen: false
    property string glyph: ""
    property int tone: Ui.Tone.Accent

    readonly property color ink: root.chosen ? Words.onToneFill(root.tone) : Theme.color.text

    implicitWidth: Math.max(Theme.size.answerWidth, implicitContentWidth + 2 * Theme.space.s)
    implicitHeight: Math.max(Theme.size.answerHeight, implicitContentHeight + Theme.space.m)
    corner: 0
    z: root.chosen ? 1 : root.visualFocus ? 2 : 0
    Accessible.role: Accessible.RadioButton
    Accessible.checked: root.chosen

    contentItem: Item {
        // Chosen words are bold: the key keeps the width that they need, so that nothing moves under the finger.
        implicitWidth: (root.glyph === "" ? 0 : Theme.size.iconSmall + line.spacing) + widest.implicitWidth
        implicitHeight: line.implicitHeight
        ThemedText {
            id: widest
            visible: false
            text: root.text
            size: Theme.type.label
            bold: true
        }
        Row {
            id: line
            anchors.centerIn: parent
            spacing: Theme.space.s
            Glyph {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.glyph !== ""
                name: root.glyph
                tint: root.ink
                size: Theme.size.iconSmall
            }
            ThemedText {
                anchors.verticalCenter: parent.verticalCenter
                text: root.text
                size: Theme.type.label
                bold: root.chosen
                color: root.ink
            }
        }
    }
    background: Rectangle {
        color: root.chosen ? Words.toneFill(root.tone) : root.pressed ? Theme.color.sunken : Theme.color.surface
        border.width: Theme.stroke.line
        border.color: root.chosen && root.tone === Ui.Tone.Warn ? Theme.color.warn
                    : root.chosen ? Words.toneFill(root.tone) : Theme.color.lineStrong
    }
}
