import QtQuick
import Zhicha

// A fact with its tone: icon and words on a soft ground. No target.
Rectangle {
    id: root

    required property string text
    property string glyph: ""
    property int tone: Ui.Tone.Neutral
    property bool strong: root.tone !== Ui.Tone.Neutral

    implicitWidth: Math.ceil(words.implicitWidth) + words.x + Theme.space.m
    implicitHeight: Math.max(Theme.size.pill, words.implicitHeight + Theme.space.s)
    radius: Theme.radius.seal
    color: Words.toneSoft(root.tone)
    border.width: Theme.stroke.outdoorEdge
    border.color: Words.toneText(root.tone)
    activeFocusOnTab: false
    Accessible.role: Accessible.StaticText
    Accessible.name: root.text

    Glyph {
        x: Theme.space.m
        anchors.verticalCenter: parent.verticalCenter
        visible: root.glyph !== ""
        name: root.glyph
        tint: Words.toneText(root.tone)
        size: Theme.size.iconSmall
    }
    ThemedText {
        id: words
        x: root.glyph === "" ? Theme.space.m : Theme.space.m + Theme.size.iconSmall + Theme.space.s
        width: root.width - x - Theme.space.m
        anchors.verticalCenter: parent.verticalCenter
        text: root.text
        size: Theme.type.meta
        bold: root.strong
        color: Words.toneText(root.tone)
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
}
