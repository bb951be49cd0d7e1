pragma ComponentBehavior: Bound
import QtQuick
import Zhicha

// The mark: 直 over 查 in a frame.
Rectangle {
    id: root

    property bool big: false

    implicitWidth: root.big ? Theme.size.bigMarkWidth : Theme.size.markWidth
    implicitHeight: root.big ? Theme.size.bigMarkHeight : Theme.size.markHeight
    radius: root.big ? Theme.radius.panel : Theme.radius.seal
    color: "transparent"
    border.width: root.big ? Theme.stroke.focus : Theme.stroke.seal
    border.color: Theme.color.onFrame
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("直查")

    Column {
        anchors.centerIn: parent
        Repeater {
            model: ["直", "查"]
            Text {
                required property string modelData
                text: modelData
                height: (root.height - 2 * Theme.space.xs) / 2
                verticalAlignment: Text.AlignVCenter
                color: Theme.color.onFrame
                font.family: Theme.type.sealFamily
                font.bold: true
                font.pixelSize: Math.round(root.width * Theme.type.markShare)
                Accessible.ignored: true
            }
        }
    }
}
