import QtQuick
import Zhicha

// How grave a finding is, three ways at once: shape, word and lightness.
Rectangle {
    id: root

    required property int severity

    readonly property bool plain: root.severity === Ui.Severity.Minor || root.severity === Ui.Severity.Unset
    readonly property color ink: Words.onToneFill(Words.severityTone(root.severity))

    implicitWidth: Math.max(Theme.size.badgeWidth, line.implicitWidth + Theme.space.l)
    implicitHeight: Math.max(Theme.size.badge, line.implicitHeight + Theme.space.xs)
    radius: Theme.radius.seal
    color: Words.toneFill(Words.severityTone(root.severity))
    border.width: root.plain || Theme.outdoor ? Theme.stroke.chosen : 0
    border.color: Theme.color.lineStrong
    Accessible.role: Accessible.StaticText
    Accessible.name: Words.severityWord(root.severity)

    Row {
        id: line
        anchors.centerIn: parent
        spacing: Theme.space.xs

        Glyph {
            anchors.verticalCenter: parent.verticalCenter
            name: Words.severityGlyph(root.severity, true)
            tint: root.ink
            size: Theme.size.iconTiny
        }
        ThemedText {
            anchors.verticalCenter: parent.verticalCenter
            text: Words.severityWord(root.severity)
            size: Theme.type.caption
            bold: true
            color: root.ink
        }
    }
}
