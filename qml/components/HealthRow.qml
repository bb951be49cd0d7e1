import QtQuick
import QtQuick.Layouts
import Zhicha

// One fact about the tablet: what, how much, what it means. In trouble its colour and its words change together.
Tappable {
    id: root

    required property string glyph
    required property string name
    property string value: ""
    property string meta: ""
    property bool trouble: false
    property bool lined: true

    implicitHeight: Math.max(Theme.size.healthRow, implicitContentHeight + Theme.space.m)
    text: root.name
    spoken: Words.spoken([root.name, root.value, root.meta])

    contentItem: Item {
        implicitWidth: line.implicitWidth
        implicitHeight: line.implicitHeight
        RowLayout {
            id: line
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.space.m
            Glyph {
                name: root.trouble ? "warning" : root.glyph
                tint: root.trouble ? Theme.color.warn : Theme.color.textMuted
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: 0
                Flow {
                    Layout.fillWidth: true
                    spacing: Theme.space.s
                    ThemedText {
                        text: root.name
                        size: Theme.type.label
                        bold: true
                    }
                    ThemedText {
                        visible: root.value !== ""
                        text: root.value
                        size: Theme.type.label
                        bold: root.trouble
                        color: root.trouble ? Theme.color.warn : Theme.color.text
                    }
                }
                ThemedText {
                    Layout.fillWidth: true
                    visible: root.meta !== ""
                    text: root.meta
                    size: Theme.type.meta
                    color: Theme.color.textMuted
                    wrapMode: Text.Wrap
                    maximumLineCount: 2
                    elide: Text.ElideRight
                }
            }
        }
    }
    background: Rectangle {
        color: root.pressed ? Theme.color.sunken : "transparent"
        Rectangle {
            visible: root.lined
            y: parent.height - height
            width: parent.width
            height: Theme.stroke.line
            color: Theme.color.line
        }
    }
}
