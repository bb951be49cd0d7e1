import QtQuick
import Zhicha

// One fact at the right of the status line; in trouble it turns amber and says a word.
Rectangle {
    id: root

    required property string glyph
    required property string text
    property bool trouble: false

    readonly property color ink: root.trouble ? Theme.color.onWarnFill : Theme.color.onFrame

    implicitWidth: line.implicitWidth + (root.trouble ? Theme.space.l : 0)
    implicitHeight: line.implicitHeight + Theme.space.s
    radius: Theme.radius.seal
    color: root.trouble ? Theme.color.warnFill : "transparent"
    Row {
        id: line
        anchors.centerIn: parent
        spacing: Theme.space.s
        Glyph {
            anchors.verticalCenter: parent.verticalCenter
            name: root.trouble ? "warning" : root.glyph
            tint: root.ink
            size: Theme.size.iconSmall
        }
        ThemedText {
            text: root.text
            size: Theme.type.status
            color: root.ink
        }
    }
}
