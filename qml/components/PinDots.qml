pragma ComponentBehavior: Bound
import QtQuick
import Zhicha

// How many digits are typed, never which.
Row {
    id: root

    required property int typed
    property int total: 6

    spacing: Theme.space.l
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("已输 %1 位，共 %2 位").arg(root.typed).arg(root.total)

    Repeater {
        model: root.total
        Rectangle {
            required property int index
            width: Theme.size.dot
            height: Theme.size.dot
            radius: width / 2
            color: index < root.typed ? Theme.color.accent : "transparent"
            border.width: index < root.typed ? 0 : Theme.stroke.seal
            border.color: Theme.color.lineStrong
        }
    }
}
