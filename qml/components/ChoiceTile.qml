import QtQuick
import Zhicha

// One of several tiles with a word and what it means. Chosen: a check mark and a border of 3.
Tappable {
    id: root

    property string meaning: ""
    property bool chosen: false

    signal picked()

    implicitWidth: Theme.size.choiceTileWidth
    implicitHeight: Math.max(Theme.size.choiceTile, implicitContentHeight + Theme.space.l)
    leftPadding: Theme.space.m
    rightPadding: Theme.space.m
    hint: root.meaning
    Accessible.role: Accessible.RadioButton
    Accessible.checked: root.chosen
    onActivated: if (!root.chosen) root.picked()

    contentItem: Item {
        implicitHeight: column.implicitHeight
        Column {
            id: column
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width
            Row {
                spacing: Theme.space.s
                Glyph {
                    anchors.verticalCenter: parent.verticalCenter
                    visible: root.chosen
                    name: "check"
                    tint: Theme.color.onAccentSoft
                    size: Theme.size.iconTiny
                }
                ThemedText {
                    text: root.text
                    size: Theme.type.label
                    bold: true
                    color: root.chosen ? Theme.color.onAccentSoft : Theme.color.text
                }
            }
            ThemedText {
                width: parent.width
                visible: root.meaning !== ""
                text: root.meaning
                size: Theme.type.caption
                color: Theme.color.textMuted
                wrapMode: Text.Wrap
                maximumLineCount: 2
                elide: Text.ElideRight
            }
        }
    }
    background: Rectangle {
        radius: Theme.radius.panel
        color: root.chosen ? Theme.color.accentSoft : root.pressed ? Theme.color.sunken : Theme.color.surface
        border.width: root.chosen ? Theme.stroke.focus : Theme.stroke.line
        border.color: root.chosen ? Theme.color.accent : Theme.color.lineStrong
    }
}
