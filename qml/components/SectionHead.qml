import QtQuick
import QtQuick.Layouts
import Zhicha

// The head of a group of rows: its name, how many, and one quiet action.
RowLayout {
    id: root

    required property string title
    property string beside: ""
    property string action: ""
    property string actionGlyph: ""

    signal activated()

    spacing: Theme.space.rail

    ThemedText {
        text: root.title
        size: Theme.type.heading
        bold: true
        Accessible.role: Accessible.Heading
        Accessible.name: root.title
    }
    ThemedText {
        Layout.fillWidth: true
        text: root.beside
        size: Theme.type.label
        color: Theme.color.textMuted
        elide: Text.ElideRight
    }
    PushButton {
        visible: root.action !== ""
        kind: PushButton.Kind.Quiet
        text: root.action
        glyph: root.actionGlyph
        onActivated: root.activated()
    }
}
