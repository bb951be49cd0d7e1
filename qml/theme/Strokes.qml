import QtQml

// Widths of lines, in dp.
QtObject {
    id: root

    property bool outdoor: false

    readonly property real line: root.outdoor ? 2 : 1
    readonly property real control: root.outdoor ? 2 : 1.5
    readonly property real chosen: 2
    readonly property real focus: 3
    readonly property real seal: 2
    readonly property real glyph: root.outdoor ? 2.4 : 2
    readonly property real outdoorEdge: root.outdoor ? 2 : 0
}
