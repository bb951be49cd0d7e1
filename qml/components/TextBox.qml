import QtQuick
import QtQuick.Templates as T
import Zhicha

// One line of text. A mistake is told after the field is left, with how it should look; what was typed stays.
FocusScope {
    id: root

    property alias text: field.text
    property alias inputMethodHints: field.inputMethodHints
    property alias echoMode: field.echoMode
    property alias maximumLength: field.maximumLength
    property string placeholder: ""
    property string name: root.placeholder
    // What is wrong with it, or nothing; shown while the field has no focus.
    property string error: ""
    property string glyph: ""

    readonly property bool wrong: root.error !== "" && !field.activeFocus

    signal edited(string text)
    signal accepted()
    signal finished()

    implicitWidth: Theme.size.choiceTileWidth
    implicitHeight: frame.height + (root.wrong ? fault.implicitHeight + Theme.space.s : 0)

    Rectangle {
        id: frame
        width: parent.width
        height: Math.max(Theme.size.field, field.implicitHeight + Theme.space.l)
        radius: Theme.radius.panel
        color: root.enabled ? Theme.color.surface : Theme.color.sunken
        border.width: field.activeFocus || root.wrong ? Theme.stroke.focus : Theme.stroke.control
        border.color: root.wrong ? Theme.color.danger : field.activeFocus ? Theme.color.accent : Theme.color.lineStrong

        Glyph {
            id: sign
            visible: root.glyph !== ""
            x: Theme.space.l
            anchors.verticalCenter: parent.verticalCenter
            name: root.glyph
        }
        T.TextField {
            id: field
            anchors.fill: parent
            leftPadding: root.glyph === "" ? Theme.space.m : Theme.space.l + Theme.size.icon + Theme.space.m
            rightPadding: Theme.space.m
            implicitHeight: contentHeight
            focus: true
            color: root.enabled ? Theme.color.text : Theme.color.textFaint
            selectionColor: Theme.color.accent
            selectedTextColor: Theme.color.onAccent
            verticalAlignment: TextInput.AlignVCenter
            font.family: Theme.type.family
            font.pixelSize: Theme.type.body
            onTextEdited: root.edited(text)
            onAccepted: root.accepted()
            // Enter ends this field alone: the page's main action is not pressed by the way.
            Keys.priority: Keys.AfterItem
            Keys.onReturnPressed: event => event.accepted = true
            Keys.onEnterPressed: event => event.accepted = true
            onEditingFinished: root.finished()
            Accessible.role: Accessible.EditableText
            Accessible.name: root.name
            Accessible.description: root.wrong ? root.error : ""
        }
        ThemedText {
            visible: field.text === "" && field.preeditText === ""
            x: field.leftPadding
            width: parent.width - x - field.rightPadding
            anchors.verticalCenter: parent.verticalCenter
            text: root.placeholder
            color: Theme.color.textFaint
            elide: Text.ElideRight
            Accessible.ignored: true
        }
    }
    Row {
        id: fault
        visible: root.wrong
        anchors.bottom: parent.bottom
        width: parent.width
        spacing: Theme.space.s
        Glyph {
            name: "cross"
            tint: Theme.color.danger
            size: Theme.size.iconTiny
            anchors.verticalCenter: parent.verticalCenter
        }
        ThemedText {
            width: parent.width - x
            text: root.error
            size: Theme.type.caption
            bold: true
            color: Theme.color.danger
            wrapMode: Text.Wrap
        }
    }
}
