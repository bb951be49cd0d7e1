import QtQuick
import QtQuick.Layouts
import Zhicha

// A code for another tablet's camera: black on white in every theme, with what it is for.
ColumnLayout {
    id: root

    required property string source
    required property string title
    required property string line

    spacing: Theme.space.m

    SectionHead {
        Layout.fillWidth: true
        title: root.title
    }
    Rectangle {
        Layout.alignment: Qt.AlignHCenter
        implicitWidth: Theme.size.code
        implicitHeight: Theme.size.code
        color: Theme.color.codePaper
        Image {
            anchors.fill: parent
            source: root.source
            fillMode: Image.PreserveAspectFit
            smooth: false
            Accessible.role: Accessible.Graphic
            Accessible.name: root.title
        }
    }
    ThemedText {
        Layout.fillWidth: true
        text: root.line
        size: Theme.type.label
        color: Theme.color.textMuted
        wrapMode: Text.Wrap
    }
}
