import QtQuick
import QtQuick.Layouts
import Zhicha

// A row of a list, wholly one target: something at the left, two lines, two short facts at the right, a sign.
Tappable {
    id: root

    property alias leading: leadingSlot.data
    property string title: ""
    property string meta: ""
    property string rightTitle: ""
    property string rightMeta: ""
    property int rightTone: Ui.Tone.Neutral
    property bool rightBold: true
    property int metaTone: Ui.Tone.Neutral
    property string sign: "chevron-right"
    // A row that stands alone has a border; rows of one panel are parted by lines.
    property bool framed: true
    property bool chosen: false
    property bool titleBold: true
    property bool lined: !root.framed

    implicitHeight: Math.max(Theme.size.row, line.implicitHeight + Theme.space.l)
    text: root.title
    spoken: Words.spoken([root.title, root.meta, root.rightTitle, root.rightMeta])
    leftPadding: root.framed || root.chosen ? Theme.space.l : Theme.space.l
    rightPadding: Theme.space.l

    contentItem: Item {
        implicitWidth: line.implicitWidth
        implicitHeight: line.implicitHeight
        RowLayout {
            id: line
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.space.l

            Item {
                id: leadingSlot
                visible: children.length > 0
                implicitWidth: childrenRect.width
                implicitHeight: childrenRect.height
            }
            ColumnLayout {
                Layout.fillWidth: true
                Layout.minimumWidth: Theme.size.buttonWidth
                spacing: 0
                ThemedText {
                    Layout.fillWidth: true
                    text: root.title
                    size: Theme.type.body
                    bold: root.titleBold
                    wrapMode: Text.Wrap
                    maximumLineCount: 2
                    elide: Text.ElideRight
                }
                ThemedText {
                    Layout.fillWidth: true
                    visible: root.meta !== ""
                    text: root.meta
                    size: Theme.type.meta
                    bold: root.metaTone !== Ui.Tone.Neutral
                    color: Words.toneText(root.metaTone)
                    wrapMode: Text.Wrap
                    maximumLineCount: 2
                    elide: Text.ElideRight
                }
            }
            ColumnLayout {
                visible: root.rightTitle !== ""
                spacing: 0
                ThemedText {
                    Layout.alignment: Qt.AlignRight
                    text: root.rightTitle
                    size: Theme.type.label
                    bold: root.rightBold
                    color: Words.toneText(root.rightTone)
                }
                ThemedText {
                    Layout.alignment: Qt.AlignRight
                    visible: root.rightMeta !== ""
                    text: root.rightMeta
                    size: Theme.type.meta
                    color: Theme.color.textMuted
                }
            }
            Glyph {
                visible: root.sign !== ""
                name: root.sign
                size: Theme.size.iconSmall
            }
        }
    }
    background: Rectangle {
        radius: root.framed ? Theme.radius.panel : 0
        color: root.chosen ? Theme.color.accentSoft : root.pressed ? Theme.color.sunken
             : root.framed ? Theme.color.surface : "transparent"
        border.width: root.framed ? Theme.stroke.line : 0
        border.color: Theme.color.line

        Rectangle {
            visible: root.chosen
            width: Theme.size.stampStrip
            height: parent.height
            color: Theme.color.accent
        }
        Rectangle {
            visible: root.lined
            y: parent.height - height
            width: parent.width
            height: Theme.stroke.line
            color: Theme.color.line
        }
    }
}
