pragma ComponentBehavior: Bound
import QtQuick
import Zhicha

// Photos in their order, wrapping, with a tile to add one at the end. Roles: source, photoState, percent, imported, tag.
Flow {
    id: root

    property alias model: photos.model
    property real tileWidth: Theme.size.thumbWidth
    property real tileHeight: Theme.size.thumb
    property bool captioned: true
    property bool canAdd: true
    property string addText: qsTr("加照片")

    signal opened(int index)
    signal addTapped()

    spacing: Theme.space.rail

    Repeater {
        id: photos

        PhotoThumb {
            required property int index
            pictureWidth: root.tileWidth
            pictureHeight: root.tileHeight
            captioned: root.captioned
            onActivated: root.opened(index)
        }
    }
    AddTile {
        visible: root.canAdd
        width: root.tileWidth
        height: root.tileHeight
        text: root.addText
        glyph: "camera"
        onActivated: root.addTapped()
    }
}
