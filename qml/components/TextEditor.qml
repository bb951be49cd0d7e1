import QtQuick
import QtQuick.Templates as T
import Zhicha

// Text of several lines. The line with the cursor is kept in sight.
FocusScope {
    id: root

    // What the field holds, as its owner says; what is typed goes to the owner by edited().
    property string text: ""
    property alias readOnly: area.readOnly
    property string placeholder: ""
    property string name: root.placeholder
    property bool counted: true
    // A word that an input method is still composing counts as typed, with the letters that stand there: a tablet that dies
    // now would lose it otherwise.
    readonly property string typed: area.text.slice(0, area.cursorPosition) + area.preeditText + area.text.slice(area.cursorPosition)

    signal edited(string text)
    signal finished()

    // The owner's text came from elsewhere: the cursor stays as far from the end as it was, so that typing goes on.
    onTextChanged: {
        if (root.typed === root.text)
            return;
        const fromEnd = area.length - area.cursorPosition;
        area.text = root.text;
        area.cursorPosition = Math.max(0, area.length - fromEnd);
    }
    onTypedChanged: if (root.typed !== root.text) root.edited(root.typed)
    // Puts a phrase at the cursor, and a comma between it and words that it would run into.
    function insert(phrase: string): void {
        const before = area.text.charAt(area.cursorPosition - 1);
        const runsInto = before !== "" && !/[\s，。；：、！？,.;:!?]/.test(before);
        area.insert(area.cursorPosition, (runsInto ? qsTr("，") : "") + phrase);
    }

    implicitWidth: Theme.size.listColumn
    implicitHeight: Theme.size.editorHeight

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius.panel
        color: root.readOnly ? Theme.color.sunken : Theme.color.surface
        border.width: area.activeFocus ? Theme.stroke.focus : Theme.stroke.control
        border.color: area.activeFocus ? Theme.color.accent : Theme.color.lineStrong
    }
    Flickable {
        id: view
        anchors.fill: parent
        anchors.margins: Theme.space.s
        anchors.bottomMargin: counter.visible ? counter.height + Theme.space.s : Theme.space.s
        contentWidth: width
        contentHeight: Math.max(area.implicitHeight, height)
        clip: true
        boundsBehavior: Flickable.StopAtBounds

        function showCursor(): void {
            const cursor = area.cursorRectangle;
            if (cursor.y < contentY)
                contentY = cursor.y;
            else if (cursor.y + cursor.height > contentY + height)
                contentY = cursor.y + cursor.height - height;
        }
        onHeightChanged: showCursor()

        T.TextArea {
            id: area
            width: view.width
            implicitHeight: contentHeight + topPadding + bottomPadding
            height: Math.max(implicitHeight, view.height)
            padding: Theme.space.s
            focus: true
            wrapMode: TextEdit.Wrap
            textFormat: TextEdit.PlainText
            color: Theme.color.text
            selectionColor: Theme.color.accent
            selectedTextColor: Theme.color.onAccent
            font.family: Theme.type.family
            font.pixelSize: Theme.type.editor
            onCursorRectangleChanged: view.showCursor()
            onEditingFinished: root.finished()
            Accessible.role: Accessible.EditableText
            Accessible.name: root.name
        }
    }
    ThemedText {
        visible: area.text === "" && area.preeditText === ""
        x: Theme.space.l
        y: Theme.space.l
        width: parent.width - 2 * x
        text: root.placeholder
        size: Theme.type.editor
        color: Theme.color.textFaint
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
    ThemedText {
        id: counter
        visible: root.counted
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: Theme.space.m
        text: qsTr("%1\u00a0字").arg(area.length)
        size: Theme.type.caption
        color: Theme.color.textMuted
    }
}
