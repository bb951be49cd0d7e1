pragma ComponentBehavior: Bound
import QtQuick
import Zhicha

// Where rows will stand, with a word; it appears only when reading takes longer than a blink, and does not move.
Item {
    id: root

    property int rows: 3
    property string word: qsTr("正在读本机记录")
    property bool loading: true
    // Shares of the width, so that it looks like text.
    readonly property list<real> widths: [0.9, 0.78, 0.84, 0.7]

    implicitWidth: Theme.size.listColumn / 2
    implicitHeight: column.implicitHeight
    visible: root.loading && root.late
    property bool late: false

    Timer {
        running: root.loading
        interval: Theme.motion.skeletonDelay
        onTriggered: root.late = true
    }
    onLoadingChanged: if (!root.loading) root.late = false

    Column {
        id: column
        width: parent.width
        spacing: Theme.space.l
        Repeater {
            model: root.rows
            Row {
                id: row
                required property int index
                spacing: Theme.space.m
                Rectangle {
                    width: Theme.size.skeletonStamp
                    height: width
                    radius: Theme.radius.seal
                    color: Theme.color.sunken
                }
                Column {
                    spacing: Theme.space.s
                    Repeater {
                        model: 2
                        Rectangle {
                            required property int index
                            width: (root.width - Theme.size.skeletonStamp - Theme.space.m)
                                   * root.widths[(row.index + index) % root.widths.length] * (index === 0 ? 1 : 0.65)
                            height: Theme.size.skeletonLine
                            color: Theme.color.sunken
                        }
                    }
                }
            }
        }
        ThemedText {
            text: root.word
            size: Theme.type.label
            color: Theme.color.textMuted
        }
    }
}
