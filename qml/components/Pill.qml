import QtQuick
import Zhicha

// A fact with its tone: icon and words on a soft ground. No target.
Rectangle {
    id: root

    required property string text
    property string glyph: ""
    property int tone: Ui.Tone.Neutral
    property bool strong: root.tone !== Ui.Tone.Neutral

    implicitWidth: line.implicitWidth + 2 * Theme.space.m
    implicitHeight: Math.max(Theme.size.pill, line.implicitHeight + Theme.space.s)
    radius: Theme.radius.seal
    color: Words.toneSoft(root.tone)
    border.width: Theme.stroke.outdoorEdge
    border.color: Words.toneText(root.tone)
    activeFocusOnTab: false
    Accessible.role: Accessible.StaticText
    Accessible.name: root.text

    Row {
        id: line
        anchors.verticalCenter: parent.verticalCenter
        x: Theme.space.m
        spacing: Theme.space.s

        Glyph {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.glyph !== ""
            name: root.glyph
            tint: Words.toneText(root.tone)
            size: Theme.size.iconSmall
        }
        ThemedText {
            anchors.verticalCenter: parent.verticalCenter
            width: root.width > 0 ? Math.min(implicitWidth, Math.max(0, root.width - x - 2 * Theme.space.m)) : implicitWidth
            text: root.text
            size: Theme.type.meta
            bold: root.strong
            color: Words.toneText(root.tone)
            wrapMode: Text.Wrap
        }
    }
}
