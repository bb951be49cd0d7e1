import QtQuick
import Zhicha

// One character in a seal, for one state. It stays Chinese in every language; its word stands beside it.
Rectangle {
    id: root

    required property int stamp
    property real size: Theme.size.stamp

    readonly property int tone: Words.stampTone(root.stamp)
    readonly property bool filled: Words.stampFilled(root.stamp)
    readonly property color ink: root.filled ? Words.onToneFill(root.tone) : Words.toneText(root.tone)

    implicitWidth: root.size
    implicitHeight: root.size
    radius: Theme.radius.seal
    color: root.filled ? Words.toneFill(root.tone) : "transparent"
    border.width: Theme.stroke.seal
    border.color: root.filled && root.tone !== Ui.Tone.Warn ? Words.toneFill(root.tone)
                : root.tone === Ui.Tone.Warn ? Theme.color.warn : root.ink
    Accessible.role: Accessible.StaticText
    Accessible.name: Words.stampWord(root.stamp)

    Text {
        anchors.centerIn: parent
        text: Words.seal(root.stamp)
        color: root.ink
        font.family: Theme.type.sealFamily
        font.bold: true
        font.pixelSize: Math.round(root.size * Theme.type.sealShare)
        Accessible.ignored: true
    }
}
