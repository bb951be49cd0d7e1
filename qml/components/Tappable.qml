import QtQuick
import QtQuick.Templates as T
import Zhicha

// Anything that a finger, a key or a pen can press: behaviour, focus ring and accessible name; the look is the user's.
// `blocked` says what is missing. The control stays enabled then, and a tap is `missing` instead of `activated`, so that
// the page can go to the first missing thing.
T.AbstractButton {
    id: root

    property string blocked: ""
    property string spoken: root.text
    property string hint: ""
    property real corner: Theme.radius.panel

    signal activated()
    signal missing()

    implicitWidth: Math.max(Theme.size.target, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(Theme.size.target, implicitContentHeight + topPadding + bottomPadding)
    focusPolicy: Qt.StrongFocus
    font.family: Theme.type.family
    onClicked: {
        if (root.blocked === "")
            root.activated();
        else
            root.missing();
    }
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    Accessible.role: Accessible.Button
    Accessible.name: root.spoken
    Accessible.description: root.blocked !== "" ? root.blocked : root.hint
    Accessible.onPressAction: root.clicked()

    FocusRing {
        corner: root.corner
        visible: root.visualFocus
    }
}
