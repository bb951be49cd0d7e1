import QtQuick
import QtQuick.Layouts
import Zhicha

// One action of the rail: icon over word over a second line. The bottom one of a rail is Primary.
Tappable {
    id: root

    enum Weight { Far, Frequent, Primary }

    property int weight: RailAction.Weight.Far
    property string glyph: ""
    property string second: ""
    property bool dangerous: false
    property string busy: ""
    property bool horizontal: Theme.portrait

    readonly property bool primary: root.weight === RailAction.Weight.Primary
    readonly property bool isBlocked: root.blocked !== "" || root.busy !== "" || !root.enabled
    readonly property string secondShown: root.busy !== "" ? root.busy : root.blocked !== "" ? root.blocked : root.second
    readonly property bool tall: !root.horizontal && (root.primary || root.secondShown !== "")
    readonly property color ink: root.isBlocked ? Theme.color.textFaint
                               : root.primary ? Theme.color.onAccent
                               : root.dangerous ? Theme.color.danger : Theme.color.text

    implicitWidth: root.horizontal ? Math.min(Theme.size.railActionWide, Math.max(Theme.size.railActionWidth, implicitContentWidth + Theme.space.xl))
                                   : Theme.size.railActionWidth
    implicitHeight: Math.max(root.horizontal ? Theme.size.railActionLow
                             : root.primary ? Theme.size.railActionPrimary
                             : root.weight === RailAction.Weight.Frequent ? Theme.size.railActionFrequent
                             : root.tall ? Theme.size.railActionTall : Theme.size.railActionLow,
                             implicitContentHeight + Theme.space.m)
    Layout.fillWidth: true
    Layout.fillHeight: root.horizontal
    Layout.minimumWidth: root.horizontal ? Theme.size.target * 2 : 0
    Layout.maximumWidth: root.horizontal && !root.primary ? root.implicitWidth : Infinity
    Layout.preferredWidth: root.implicitWidth
    padding: Theme.space.xs
    enabled: root.busy === ""
    spoken: root.secondShown !== "" && !root.isBlocked ? qsTr("%1，%2").arg(root.text).arg(root.secondShown) : root.text
    hint: root.busy

    contentItem: Item {
        implicitWidth: column.implicitWidth
        implicitHeight: column.implicitHeight

        ColumnLayout {
            id: column
            anchors.centerIn: parent
            width: parent.width
            spacing: Theme.space.xs

            Glyph {
                Layout.alignment: Qt.AlignHCenter
                visible: root.glyph !== ""
                name: root.glyph
                tint: root.ink
                size: root.tall ? Theme.size.iconHuge : Theme.size.icon
            }
            ThemedText {
                Layout.fillWidth: true
                text: root.horizontal && root.secondShown !== "" ? qsTr("%1 · %2").arg(root.text).arg(root.secondShown)
                                                                 : root.text
                size: Theme.type.label
                bold: true
                color: root.ink
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.Wrap
                maximumLineCount: 2
                elide: Text.ElideRight
            }
            ThemedText {
                Layout.fillWidth: true
                visible: !root.horizontal && root.secondShown !== ""
                text: root.secondShown
                size: Theme.type.caption
                bold: root.primary && !root.isBlocked
                color: root.isBlocked || root.primary ? root.ink : Theme.color.textMuted
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.Wrap
                maximumLineCount: 2
                elide: Text.ElideRight
            }
        }
    }
    background: Rectangle {
        radius: Theme.radius.panel
        color: root.isBlocked || (root.pressed && !root.primary) ? Theme.color.sunken
             : root.primary ? (root.pressed ? Theme.color.accentPressed : Theme.color.accent) : Theme.color.surface
        border.width: root.primary && !root.isBlocked ? 0 : Theme.stroke.control
        border.color: root.isBlocked ? Theme.color.line : root.dangerous ? Theme.color.danger : Theme.color.lineStrong

        Behavior on color { ColorAnimation { duration: Theme.motion.press } }
    }
}
