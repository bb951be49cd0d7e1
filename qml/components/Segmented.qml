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

    // By number: a list made anew, as when the language changes, would destroy the segments in the middle of a layout,
    // which Qt 6.4 does not survive.
    Repeater {
        model: root.options.length

        Segment {
            required property int index
            Layout.fillWidth: true
            Layout.preferredWidth: Math.max(Theme.size.segmentWidth, implicitWidth)
            text: root.options[index]
            spoken: root.name === "" ? text : qsTr("%1，%2").arg(root.name).arg(text)
            chosen: root.current === index
            onActivated: if (root.current !== index) root.picked(index)
        }
    }
}
