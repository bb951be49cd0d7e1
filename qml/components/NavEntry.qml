import QtQuick
import Zhicha

// One entry of the navigation: icon, word, and how many things wait there.
Tappable {
    id: root

    required property int place
    property bool chosen: false
    property int waiting: 0

    readonly property color ink: root.chosen ? Theme.color.onFrameSel : Theme.color.onFrame

    implicitWidth: Theme.size.navEntryWidth
    implicitHeight: Math.max(Theme.size.navEntry, implicitContentHeight + Theme.space.s)
    text: Words.placeWord(root.place)
    spoken: root.waiting > 0 ? qsTr("%1，%2 件").arg(root.text).arg(root.waiting) : root.text
    Accessible.role: Accessible.PageTab
    Accessible.checked: root.chosen

    contentItem: Item {
        implicitHeight: column.implicitHeight
        Column {
            id: column
            anchors.centerIn: parent
            width: parent.width
            spacing: Theme.space.xs
            Glyph {
                anchors.horizontalCenter: parent.horizontalCenter
                name: Words.placeGlyph(root.place)
                tint: root.ink
            }
            ThemedText {
                width: parent.width
                text: root.text
                size: Theme.type.label
                bold: root.chosen
                color: root.ink
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Theme.type.count
                horizontalAlignment: Text.AlignHCenter
            }
        }
        Rectangle {
            visible: root.waiting > 0
            x: column.width / 2 + Theme.space.m
            y: column.y - Theme.space.xs
            width: Math.max(height, number.implicitWidth + Theme.space.s)
            height: Theme.size.count
            radius: height / 2
            color: Theme.color.warnFill
            border.width: Theme.stroke.outdoorEdge
            border.color: Theme.color.onFrame
            ThemedText {
                id: number
                anchors.centerIn: parent
                text: root.waiting
                size: Theme.type.count
                bold: true
                color: Theme.color.onWarnFill
            }
        }
    }
    background: Rectangle {
        radius: Theme.radius.panel
        color: root.chosen ? Theme.color.frameSel : "transparent"
        border.width: root.pressed && !root.chosen ? Theme.stroke.chosen : 0
        border.color: Theme.color.onFrame
    }
}
