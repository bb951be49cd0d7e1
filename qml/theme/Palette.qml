import QtQuick

// The names of all colours; a palette gives each a value. tests/qml/tst_Theme.qml computes their contrast.
QtObject {
    id: root

    property color frame
    property color frameInk
    property color frameInkMuted
    property color frameSel
    property color frameSelInk
    property color canvas
    property color surface
    property color sunken
    property color line
    property color lineStrong
    property color text
    property color textMuted
    property color textFaint
    property color accent
    property color accentPressed
    property color accentInk
    property color accentSoft
    property color accentSoftInk
    property color ok
    property color okSoft
    property color warn
    property color warnSoft
    property color warnFill
    property color warnFillInk
    property color danger
    property color dangerSoft
    property color dangerFill
    property color dangerFillInk

    // What stands on a ground. QML takes an assignment to a name with on… for a signal handler, so a palette gives the ink.
    property alias onFrame: root.frameInk
    property alias onFrameMuted: root.frameInkMuted
    property alias onFrameSel: root.frameSelInk
    property alias onAccent: root.accentInk
    property alias onAccentSoft: root.accentSoftInk
    property alias onWarnFill: root.warnFillInk
    property alias onDangerFill: root.dangerFillInk

    // Map
    property color mapLand
    property color mapPark
    property color mapWater
    property color mapRoad
    property color mapRoadCasing
    property color mapBuilding
    property color mapWaterLabel
    property color mapTrack
    // Raster base maps are made for paper; the dark theme dims them.
    property real mapTileOpacity: 1.0

    // Camera: black in every theme.
    readonly property color cameraBlack: "#000000"
    // Cameras read codes black on white alone.
    readonly property color codePaper: "#FFFFFF"
    readonly property color cameraVeil: "#D9000000"
    readonly property color cameraText: "#FFFFFF"
    readonly property color cameraTextMuted: "#D8D8D8"
    readonly property color cameraWarn: "#F0B02E"
}
