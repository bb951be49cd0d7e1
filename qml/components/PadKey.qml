import QtQuick
import Zhicha

// A key of our own pads.
Tappable {
    id: root

    property string glyph: ""
    // Words instead of a digit: no border, smaller letters.
    property bool quiet: false
    property int letters: Theme.type.padKey

    contentItem: Item {
        ThemedText {
            visible: root.glyph === ""
            anchors.fill: parent
            text: root.text
            size: root.quiet ? Theme.type.body : root.letters
            bold: true
            color: root.quiet ? Theme.color.accent : Theme.color.text
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
        }
        Glyph {
            visible: root.glyph !== ""
            anchors.centerIn: parent
            name: root.glyph
            size: Theme.size.iconLarge
            tint: root.quiet ? Theme.color.accent : Theme.color.text
        }
    }
    background: Rectangle {
        radius: Theme.radius.panel
        color: root.pressed ? Theme.color.sunken : root.quiet ? "transparent" : Theme.color.surface
        border.width: root.quiet ? 0 : Theme.stroke.control
        border.color: Theme.color.lineStrong
    }
}
