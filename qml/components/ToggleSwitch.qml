import QtQuick
import QtQuick.Templates as T
import Zhicha

// A switch that says 开 or 关 in words.
T.Switch {
    id: root

    required property bool on
    property string name: ""

    signal switched(bool on)

    implicitWidth: Theme.size.switchWidth
    implicitHeight: Theme.size.switchHeight
    checkable: false
    focusPolicy: Qt.StrongFocus
    onClicked: root.switched(!root.on)
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()
    Accessible.role: Accessible.CheckBox
    Accessible.name: qsTr("%1，%2").arg(root.name).arg(word.text)
    Accessible.checked: root.on

    indicator: Rectangle {
        width: root.width
        height: root.height
        radius: height / 2
        color: root.on ? Theme.color.accent : Theme.color.sunken
        border.width: root.on ? 0 : Theme.stroke.control
        border.color: Theme.color.lineStrong

        ThemedText {
            id: word
            anchors.verticalCenter: parent.verticalCenter
            x: root.on ? Theme.space.m : knob.width + Theme.space.s
            text: root.on ? qsTr("开") : qsTr("关")
            size: Theme.type.switchWord
            bold: true
            color: root.on ? Theme.color.onAccent : Theme.color.text
        }
        Rectangle {
            id: knob
            x: root.on ? parent.width - width - Theme.space.xs : Theme.space.xs
            anchors.verticalCenter: parent.verticalCenter
            height: parent.height - 2 * Theme.space.xs
            width: height
            radius: height / 2
            color: root.on ? Theme.color.onAccent : Theme.color.lineStrong
        }
    }
    FocusRing {
        corner: root.height / 2
        visible: root.visualFocus
    }
}
