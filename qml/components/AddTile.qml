import QtQuick
import Zhicha

// The tile at the end of photos, or the + beside an answer.
Tappable {
    id: root

    property string glyph: "plus"

    implicitWidth: Theme.size.addTile
    implicitHeight: Theme.size.target
    corner: Theme.radius.panel

    contentItem: Item {
        implicitWidth: column.implicitWidth
        implicitHeight: column.implicitHeight
        Column {
            id: column
            anchors.centerIn: parent
            spacing: Theme.space.xs
            Glyph {
                anchors.horizontalCenter: parent.horizontalCenter
                name: root.glyph
                size: root.text === "" ? Theme.size.icon : Theme.size.iconLarge
            }
            ThemedText {
                visible: root.text !== ""
                width: Math.min(implicitWidth, root.width - Theme.space.s)
                text: root.text
                size: Theme.type.label
                bold: true
                wrapMode: Text.Wrap
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }
    background: Rectangle {
        radius: Theme.radius.panel
        color: root.pressed ? Theme.color.sunken : root.text === "" ? Theme.color.surface : Theme.color.canvas
        border.width: root.text === "" ? Theme.stroke.line : Theme.stroke.chosen
        border.color: Theme.color.lineStrong
    }
}
