import QtQuick
import Zhicha

// One of three lanes: records, previews, originals; how far, and what proves it.
Panel {
    id: root

    required property int lane
    required property int laneState
    required property int done
    required property int total
    property string line: ""

    readonly property bool finished: root.laneState === Ui.LaneState.Done
    readonly property color ink: root.finished ? Theme.color.ok : Theme.color.accent

    chosen: root.laneState === Ui.LaneState.Running
    implicitHeight: Math.max(Theme.size.lane, column.implicitHeight + 2 * Theme.space.m)
    Accessible.role: Accessible.ProgressBar
    Accessible.name: qsTr("%1，%2 / %3").arg(Words.laneWord(root.lane)).arg(root.done).arg(root.total)
    Accessible.description: root.line

    Column {
        id: column
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.space.m
        anchors.leftMargin: Theme.space.l
        anchors.rightMargin: Theme.space.l
        spacing: Theme.space.m

        Item {
            width: parent.width
            height: Math.max(badge.height, count.implicitHeight)
            Rectangle {
                id: badge
                anchors.verticalCenter: parent.verticalCenter
                width: Theme.size.iconLarge
                height: width
                radius: width / 2
                color: root.finished || root.chosen ? root.ink : "transparent"
                border.width: root.finished || root.chosen ? 0 : Theme.stroke.seal
                border.color: Theme.color.lineStrong
                Glyph {
                    visible: root.finished
                    anchors.centerIn: parent
                    name: "check"
                    tint: Theme.color.surface
                    size: Theme.size.iconTiny
                }
                ThemedText {
                    visible: !root.finished
                    anchors.centerIn: parent
                    text: root.lane + 1
                    size: Theme.type.count
                    bold: true
                    color: root.chosen ? Theme.color.onAccent : Theme.color.textMuted
                }
            }
            ThemedText {
                anchors.left: badge.right
                anchors.leftMargin: Theme.space.rail
                anchors.verticalCenter: parent.verticalCenter
                text: Words.laneWord(root.lane)
                size: Theme.type.heading
                bold: true
            }
            ThemedText {
                id: count
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("%1\u00a0/\u00a0%2").arg(root.done).arg(root.total)
                size: Theme.type.heading
                bold: true
            }
        }
        Rectangle {
            width: parent.width
            height: Theme.size.laneBar
            color: Theme.color.sunken
            border.width: root.finished ? 0 : Theme.stroke.line
            border.color: Theme.color.lineStrong
            Rectangle {
                width: root.total > 0 ? parent.width * Math.min(1, root.done / root.total) : 0
                height: parent.height
                color: root.ink
            }
        }
        ThemedText {
            width: parent.width
            text: root.line
            size: Theme.type.meta
            color: Theme.color.textMuted
            wrapMode: Text.Wrap
        }
    }
}
