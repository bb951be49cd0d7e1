import QtQuick
import Zhicha

// A sheet of paper on the canvas.
Rectangle {
    property bool chosen: false

    radius: Theme.radius.panel
    color: Theme.color.surface
    border.width: chosen ? Theme.stroke.chosen : Theme.stroke.line
    border.color: chosen ? Theme.color.accent : Theme.color.line
}
