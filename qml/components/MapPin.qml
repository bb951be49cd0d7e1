import QtQuick
import Zhicha

// Photos of one place: a picture on a stem, how many at the right, how grave at the left. Its lower end is the place.
Tappable {
    id: root

    property url source
    property int count: 1
    property int severity: Ui.Severity.Unset
    property bool chosen: false

    implicitWidth: Theme.size.pin + Theme.size.pinSign
    implicitHeight: Theme.size.pinSign / 2 + Theme.size.pinPicture + Theme.size.pinStem + Theme.size.pinDot
    text: qsTr("照片 %1").arg(root.count)
    spoken: root.severity === Ui.Severity.Unset ? root.text
                                                : qsTr("%1，%2").arg(Words.severityWord(root.severity)).arg(root.text)

    contentItem: Item {
        Rectangle {
            id: frame
            anchors.horizontalCenter: parent.horizontalCenter
            y: Theme.size.pinSign / 2
            width: Theme.size.pin
            height: Theme.size.pinPicture
            color: Theme.color.sunken
            border.width: root.chosen ? Theme.stroke.focus : Theme.stroke.chosen
            border.color: root.chosen ? Theme.color.accent : Theme.color.text
            Image {
                anchors.fill: parent
                anchors.margins: parent.border.width
                source: root.source
                sourceSize.width: Theme.size.pin * 2
                fillMode: Image.PreserveAspectCrop
                asynchronous: true
                Accessible.ignored: true
            }
        }
        Rectangle {
            anchors.top: frame.bottom
            anchors.horizontalCenter: parent.horizontalCenter
            width: Theme.stroke.focus
            height: Theme.size.pinStem
            color: frame.border.color
        }
        Rectangle {
            anchors.bottom: parent.bottom
            anchors.horizontalCenter: parent.horizontalCenter
            width: Theme.size.pinDot
            height: width
            radius: width / 2
            color: frame.border.color
        }
        Rectangle {
            visible: root.severity !== Ui.Severity.Unset
            anchors.right: frame.left
            anchors.rightMargin: -width / 2
            width: Theme.size.pinSign
            height: width
            radius: Theme.radius.seal
            color: Words.toneFill(Words.severityTone(root.severity))
            border.width: Theme.stroke.chosen
            border.color: Theme.color.surface
            Glyph {
                anchors.centerIn: parent
                name: Words.severityGlyph(root.severity, true)
                tint: Words.onToneFill(Words.severityTone(root.severity))
                size: Theme.size.iconTiny
            }
        }
        Rectangle {
            visible: root.count > 1
            anchors.left: frame.right
            anchors.leftMargin: -width / 2
            width: Math.max(height, number.implicitWidth + Theme.space.s)
            height: Theme.size.icon + Theme.space.xs
            radius: height / 2
            color: Theme.color.text
            border.width: Theme.stroke.chosen
            border.color: Theme.color.surface
            ThemedText {
                id: number
                anchors.centerIn: parent
                text: root.count
                size: Theme.type.count
                bold: true
                color: Theme.color.surface
            }
        }
    }
}
