pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha

// A setting with two to four values side by side. It applies at once.
RowLayout {
    id: root

    required property list<string> options
    required property int current
    property string name: ""

    signal picked(int index)

    spacing: -Theme.stroke.line
    Accessible.role: Accessible.Grouping
    Accessible.name: root.name

    Repeater {
        model: root.options

        Segment {
            required property int index
            required property string modelData
            Layout.fillWidth: true
            Layout.preferredWidth: Math.max(Theme.size.segmentWidth, implicitWidth)
            text: modelData
            spoken: root.name === "" ? text : qsTr("%1，%2").arg(root.name).arg(text)
            chosen: root.current === index
            onActivated: if (root.current !== index) root.picked(index)
        }
    }
}
