pragma ComponentBehavior: Bound
import QtQuick
import Zhicha

// Short keys in a row that scrolls sideways when they do not fit. `current` -1: none is chosen.
ListView {
    id: root

    required property list<string> options
    property int current: -1
    // What is missing stands in square keys, filters and phrases in round ones.
    property bool square: false
    property string name: ""

    signal picked(int index)

    implicitHeight: Math.max(Theme.size.chip, Theme.type.label * 2 + Theme.space.s)
    orientation: ListView.Horizontal
    spacing: Theme.space.s
    boundsBehavior: Flickable.StopAtBounds
    interactive: contentWidth > width
    clip: interactive
    model: root.options
    Accessible.role: Accessible.List
    Accessible.name: root.name

    delegate: Tappable {
        id: chip
        required property int index
        required property string modelData
        readonly property bool chosen: root.current === chip.index

        height: ListView.view ? ListView.view.height : implicitHeight
        leftPadding: Theme.space.l
        rightPadding: Theme.space.l
        text: chip.modelData
        Accessible.checkable: root.current >= 0
        Accessible.checked: chip.chosen
        corner: chip.height / 2
        onActivated: root.picked(chip.index)

        contentItem: ThemedText {
            text: chip.text
            size: Theme.type.label
            bold: chip.chosen || root.square
            color: chip.chosen ? Theme.color.onAccent : Theme.color.text
            horizontalAlignment: Text.AlignHCenter
        }
        background: Rectangle {
            radius: root.square ? Theme.radius.panel : height / 2
            color: chip.chosen ? Theme.color.accent : chip.pressed ? Theme.color.sunken : Theme.color.surface
            border.width: chip.chosen ? 0 : Theme.stroke.control
            border.color: Theme.color.lineStrong
        }
    }
}
