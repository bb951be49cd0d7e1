import QtQuick
import QtQuick.Layouts
import Zhicha

// The head of a page: back, title, a line beside it, and what the page puts at the right.
Rectangle {
    id: root

    required property string title
    property string beside: ""
    property bool hasBack: true
    property bool onSurface: root.hasBack
    default property alias trailing: rightSlot.data

    signal back()

    implicitHeight: Math.max(Theme.size.pageHead, line.implicitHeight + Theme.space.l)
    color: root.onSurface ? Theme.color.surface : "transparent"

    Rectangle {
        visible: root.onSurface
        y: parent.height - height
        width: parent.width
        height: Theme.stroke.line
        color: Theme.color.line
    }
    RowLayout {
        id: line
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: root.hasBack ? Theme.space.m : Theme.space.page
        anchors.rightMargin: Theme.space.page
        spacing: Theme.space.l

        Tappable {
            id: arrow
            visible: root.hasBack
            spoken: qsTr("返回")
            onActivated: root.back()
            contentItem: Item {
                Glyph {
                    anchors.centerIn: parent
                    name: "arrow-left"
                }
            }
            background: Rectangle {
                radius: Theme.radius.panel
                color: arrow.pressed ? Theme.color.sunken : "transparent"
            }
        }
        // An elided text does not say any more how wide it wants to be, so its measure is taken beside it.
        TextMetrics {
            id: whole
            font: name.font
            text: root.title
        }
        ThemedText {
            id: name
            text: root.title
            size: Theme.type.title
            bold: true
            elide: Text.ElideRight
            Layout.maximumWidth: Math.ceil(whole.advanceWidth) + Theme.space.xs
            Layout.fillWidth: true
            Accessible.role: Accessible.Heading
            Accessible.name: root.title
        }
        ThemedText {
            Layout.fillWidth: true
            text: root.beside
            size: Theme.type.label
            color: Theme.color.textMuted
            wrapMode: Text.Wrap
            maximumLineCount: 2
            elide: Text.ElideRight
        }
        RowLayout {
            id: rightSlot
            spacing: Theme.space.m
        }
    }
}
