import QtQml

// Durations in milliseconds. Nothing loops.
QtObject {
    id: root

    property bool still: false

    readonly property int press: root.still ? 0 : 120
    readonly property int page: root.still ? 0 : 160
    // A skeleton that shows for an instant is worse than none.
    readonly property int skeletonDelay: 150
    readonly property int notice: 10000
    readonly property int shutterFrame: 150
}
