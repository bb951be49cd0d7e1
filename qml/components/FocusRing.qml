import QtQuick
import Zhicha

// Three pixels of accent, two pixels off its target.
Rectangle {
    id: root

    property real corner: Theme.radius.panel
    property real offset: Theme.space.focusOffset + Theme.stroke.focus

    anchors.fill: parent
    anchors.margins: -root.offset
    radius: root.corner === 0 ? 0 : root.corner + root.offset
    color: "transparent"
    border.width: Theme.stroke.focus
    border.color: Theme.color.accent
}
