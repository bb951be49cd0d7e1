import QtQuick
import Zhicha

// Text in one of the theme's sizes. Content is never markup.
Text {
    id: root

    property int size: Theme.type.body
    property bool bold: false

    color: Theme.color.text
    font.family: Theme.type.family
    font.pixelSize: root.size
    font.bold: root.bold
    textFormat: Text.PlainText
    verticalAlignment: Text.AlignVCenter
}
