pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha
import Zhicha.Models

// Three keys that count people; the last tap can be taken back.
Panel {
    id: root

    required property CheckController controller
    readonly property list<int> counts: [root.controller.satisfied, root.controller.neutral, root.controller.dissatisfied]

    implicitHeight: column.implicitHeight + 2 * Theme.space.m

    ColumnLayout {
        id: column
        x: Theme.space.l
        y: Theme.space.m
        width: parent.width - 2 * x
        spacing: Theme.space.s
        SectionHead {
            Layout.fillWidth: true
            title: qsTr("群众 %1 人").arg(root.controller.peopleCount)
            action: root.controller.canUndoCount && !root.controller.finished ? qsTr("撤销上一次") : ""
            actionGlyph: "undo"
            onActivated: root.controller.undoCount()
        }
        RowLayout {
            spacing: Theme.space.rail
            Repeater {
                model: 3
                TallyButton {
                    id: key
                    required property int index
                    objectName: "tally-" + key.index
                    Layout.fillWidth: true
                    feeling: key.index
                    count: root.counts[key.index]
                    enabled: !root.controller.finished
                    onCounted: root.controller.count(key.index)
                }
            }
        }
    }
}
