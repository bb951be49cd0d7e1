pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha

// A block for each duty of the check, and what is missing as keys that lead there.
RowLayout {
    id: root

    required property int done
    required property int total
    property list<string> missing

    signal jumped(int index)

    spacing: Theme.space.m
    Accessible.role: Accessible.ProgressBar
    Accessible.name: qsTr("%1 / %2").arg(root.done).arg(root.total)

    ThemedText {
        text: qsTr("%1\u00a0/\u00a0%2").arg(root.done).arg(root.total)
        size: Theme.type.heading
        bold: true
    }
    Row {
        spacing: Theme.size.progressBlockGap
        Repeater {
            model: root.total
            Rectangle {
                required property int index
                width: Theme.size.progressBlock
                height: Theme.size.progressBlockHeight
                color: index < root.done ? Theme.color.accent : "transparent"
                border.width: index < root.done ? 0 : Theme.stroke.control
                border.color: Theme.color.lineStrong
            }
        }
    }
    ThemedText {
        visible: root.missing.length > 0 && !Theme.portrait
        text: qsTr("还差")
        size: Theme.type.label
        color: Theme.color.textMuted
    }
    ChipRow {
        Layout.fillWidth: true
        options: root.missing
        square: true
        onPicked: index => root.jumped(index)
    }
}
