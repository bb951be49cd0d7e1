import QtQml

// Corners, in dp. Evidence has none.
QtObject {
    readonly property int photo: 0
    readonly property int seal: 4
    readonly property int panel: 6
}
