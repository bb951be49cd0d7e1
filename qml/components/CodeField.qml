pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha

// A code of four groups of four as it grows. A wrong check letter turns it red; it stays, to be read again.
RowLayout {
    id: root

    required property string code
    property bool wrong: false
    property int groups: 4
    property int groupLength: 4
    property bool small: false
    // What is typed goes here: the group that grows is framed.
    property bool active: true

    signal tapped()

    readonly property int currentGroup: Math.min(root.groups - 1, Math.floor(root.code.length / root.groupLength))

    spacing: Theme.space.m
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("已输 %1 位，共 %2 位").arg(root.code.length).arg(root.groups * root.groupLength)
    Accessible.description: root.wrong ? qsTr("校验不符，请督查室再念一遍") : ""

    TapHandler {
        onTapped: root.tapped()
    }

    Repeater {
        model: root.groups

        Rectangle {
            id: group
            required property int index
            readonly property string part: root.code.substr(group.index * root.groupLength, root.groupLength)
            readonly property bool current: group.index === root.currentGroup && !root.wrong
            readonly property bool framed: group.current && root.active

            Layout.fillWidth: true
            Layout.preferredWidth: Theme.size.codeGroupWidth
            implicitHeight: root.small ? Theme.size.codeGroupSmall : Theme.size.codeGroup
            radius: Theme.radius.panel
            color: Theme.color.surface
            border.width: group.framed || root.wrong ? Theme.stroke.focus : Theme.stroke.control
            border.color: root.wrong ? Theme.color.danger : group.framed ? Theme.color.accent : Theme.color.lineStrong

            Row {
                anchors.centerIn: parent
                Repeater {
                    model: root.groupLength
                    ThemedText {
                        required property int index
                        readonly property bool typed: index < group.part.length
                        width: Math.min(Theme.size.codeLetter, group.width / (root.groupLength + 1))
                        text: typed ? group.part[index] : group.current ? "·" : ""
                        size: root.small ? Theme.type.padKey : Theme.type.key
                        bold: true
                        color: root.wrong ? Theme.color.danger : typed ? Theme.color.text : Theme.color.textFaint
                        horizontalAlignment: Text.AlignHCenter
                    }
                }
            }
        }
    }
}
