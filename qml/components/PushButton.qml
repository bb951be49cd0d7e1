import QtQuick
import QtQuick.Layouts
import Zhicha

// A button. When something is missing it says what, and stays open to a tap that leads there.
Tappable {
    id: root

    enum Kind { Primary, Outline, Quiet, Danger }

    property int kind: PushButton.Kind.Outline
    property string glyph: ""
    // A word while it works; the button takes no second tap then.
    property string busy: ""

    readonly property bool idle: root.busy === ""
    readonly property bool isBlocked: root.blocked !== "" || !root.idle || !root.enabled
    readonly property color ink: root.isBlocked ? Theme.color.textFaint
                               : root.kind === PushButton.Kind.Primary ? Theme.color.onAccent
                               : root.kind === PushButton.Kind.Danger ? Theme.color.danger
                               : root.kind === PushButton.Kind.Quiet ? Theme.color.accent : Theme.color.text
    readonly property string shown: !root.idle ? root.busy
                                  : root.blocked === "" ? root.text : qsTr("%1 · %2").arg(root.text).arg(root.blocked)

    implicitHeight: Math.max(root.kind === PushButton.Kind.Quiet ? Theme.size.target : Theme.size.bannerButton,
                             implicitContentHeight + Theme.space.l)
    leftPadding: root.kind === PushButton.Kind.Quiet ? Theme.space.s : Theme.space.xl
    rightPadding: root.leftPadding
    enabled: root.idle
    spoken: root.shown

    contentItem: Item {
        implicitWidth: line.implicitWidth
        implicitHeight: line.implicitHeight

        RowLayout {
            id: line
            anchors.centerIn: parent
            width: Math.min(implicitWidth, parent.width)
            spacing: Theme.space.m

            Glyph {
                visible: root.glyph !== "" && !root.isBlocked
                name: root.glyph
                tint: root.ink
                size: Theme.size.icon
            }
            ThemedText {
                Layout.fillWidth: true
                text: root.shown
                size: Theme.type.label
                bold: true
                color: root.ink
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.Wrap
                maximumLineCount: 2
                elide: Text.ElideRight
            }
        }
    }
    background: Rectangle {
        radius: Theme.radius.panel
        visible: root.kind !== PushButton.Kind.Quiet || root.pressed
        color: root.isBlocked || (root.pressed && root.kind !== PushButton.Kind.Primary) ? Theme.color.sunken
             : root.kind === PushButton.Kind.Primary ? (root.pressed ? Theme.color.accentPressed : Theme.color.accent)
             : Theme.color.surface
        border.width: root.kind === PushButton.Kind.Primary && !root.isBlocked ? 0 : Theme.stroke.control
        border.color: root.isBlocked ? Theme.color.line
                    : root.kind === PushButton.Kind.Danger ? Theme.color.danger : Theme.color.lineStrong

        Behavior on color { ColorAnimation { duration: Theme.motion.press } }
    }
}
