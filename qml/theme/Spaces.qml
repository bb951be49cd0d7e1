import QtQml

// Distances between things, in dp.
QtObject {
    readonly property int xs: 4
    readonly property int s: 8
    readonly property int m: 12
    readonly property int rail: 10
    readonly property int l: 16
    readonly property int xl: 24
    readonly property int page: 24
    readonly property int checkPage: 20
    readonly property int gutter: 16
    readonly property int focusOffset: 2
}
