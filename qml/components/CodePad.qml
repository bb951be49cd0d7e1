pragma ComponentBehavior: Bound
import QtQuick
import Zhicha

// The 32 letters of Crockford's alphabet and one to erase. Typed on a keyboard, o is 0 and i and l are 1.
Grid {
    id: root

    readonly property string alphabet: "0123456789<ABCDEFGHJKMNPQRSTVWXYZ"
    property real keyWidth: Theme.size.codeKeyWidth
    property real keyHeight: Theme.portrait ? Theme.size.padKeyPortrait : Theme.size.codeKey

    signal letter(string letter)
    signal erased()

    columns: 11
    spacing: Theme.size.keyGap
    Keys.onPressed: event => {
        const typed = event.text.toUpperCase();
        const mapped = typed === "O" ? "0" : typed === "I" || typed === "L" ? "1" : typed;
        if (event.key === Qt.Key_Backspace)
            root.erased();
        else if (mapped.length === 1 && mapped !== "<" && root.alphabet.indexOf(mapped) >= 0)
            root.letter(mapped);
        else
            return;
        event.accepted = true;
    }

    Repeater {
        model: root.alphabet.split("")
        PadKey {
            required property string modelData
            readonly property bool erases: modelData === "<"
            width: root.keyWidth
            height: root.keyHeight
            text: erases ? "" : modelData
            glyph: erases ? "backspace" : ""
            spoken: erases ? qsTr("删一位") : modelData
            onActivated: erases ? root.erased() : root.letter(modelData)
        }
    }
}
