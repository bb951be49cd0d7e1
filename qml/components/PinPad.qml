pragma ComponentBehavior: Bound
import QtQuick
import Zhicha

// Digits for the PIN. Our own keys: no keyboard of the system sees them. A hardware keyboard works too.
Grid {
    id: root

    property string switchText: qsTr("换人")
    property bool canSwitch: true

    signal digit(string digit)
    signal erased()
    signal switchTapped()

    onVisibleChanged: if (root.visible) root.forceActiveFocus()
    columns: 3
    spacing: Theme.size.pinKeyGap
    Keys.onPressed: event => {
        if (event.key >= Qt.Key_0 && event.key <= Qt.Key_9)
            root.digit(event.text);
        else if (event.key === Qt.Key_Backspace)
            root.erased();
        else
            return;
        event.accepted = true;
    }

    Repeater {
        model: ["1", "2", "3", "4", "5", "6", "7", "8", "9"]
        PadKey {
            required property string modelData
            width: Theme.size.pinKeyWidth
            height: Theme.size.pinKey
            letters: Theme.type.key
            text: modelData
            onActivated: root.digit(modelData)
        }
    }
    PadKey {
        width: Theme.size.pinKeyWidth
        height: Theme.size.pinKey
        quiet: true
        opacity: root.canSwitch ? 1 : 0
        enabled: root.canSwitch
        text: root.switchText
        onActivated: root.switchTapped()
    }
    PadKey {
        width: Theme.size.pinKeyWidth
        height: Theme.size.pinKey
        letters: Theme.type.key
        text: "0"
        onActivated: root.digit("0")
    }
    PadKey {
        width: Theme.size.pinKeyWidth
        height: Theme.size.pinKey
        quiet: true
        glyph: "backspace"
        spoken: qsTr("删一位")
        onActivated: root.erased()
    }
}
