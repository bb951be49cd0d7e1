pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha

// What is known of a thing, line by line: the name small, the value below it.
ColumnLayout {
    id: root

    // {name, value} each; how many there are stays the same while it is shown.
    required property var facts
    property bool strong: false

    spacing: Theme.space.m

    // By number: a list made anew (each time the language or a value changes) would destroy the lines in the middle of
    // a layout, which Qt 6.4 does not survive.
    Repeater {
        model: root.facts.length
        ColumnLayout {
            id: line
            required property int index
            readonly property var fact: root.facts[line.index]
            Layout.fillWidth: true
            spacing: 0
            ThemedText {
                text: line.fact.name
                size: Theme.type.label
                color: Theme.color.textMuted
            }
            ThemedText {
                Layout.fillWidth: true
                text: line.fact.value
                size: root.strong ? Theme.type.heading : Theme.type.body
                bold: root.strong
                wrapMode: Text.Wrap
            }
        }
    }
}
