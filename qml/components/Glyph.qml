import QtQuick
import Zhicha

// An icon. Only a double of a word beside it, so it is nothing to a screen reader.
Item {
    id: root

    required property string name
    property color tint: Theme.color.text
    property real size: Theme.size.icon

    implicitWidth: root.size
    implicitHeight: root.size

    Image {
        anchors.fill: parent
        sourceSize.width: Math.ceil(root.size * Screen.devicePixelRatio)
        sourceSize.height: Math.ceil(root.size * Screen.devicePixelRatio)
        source: root.name === "" ? "" : "image://glyph/" + root.name + "/" + root.tint.toString().slice(-6)
                                        + "/" + Theme.stroke.glyph
        Accessible.ignored: true
    }
}
