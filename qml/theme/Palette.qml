import QtQuick

// The names of all colours; a palette gives each a value. tests/qml/tst_Theme.qml computes their contrast.
QtObject {
    property color frame
    property color onFrame
    property color onFrameMuted
    property color frameSel
    property color onFrameSel
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
    property color onAccent
    property color accentSoft
    property color onAccentSoft
    property color ok
    property color okSoft
    property color warn
    property color warnSoft
    property color warnFill
    property color onWarnFill
    property color danger
    property color dangerSoft
    property color dangerFill
    property color onDangerFill

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
    readonly property color cameraVeil: "#D9000000"
    readonly property color cameraText: "#FFFFFF"
    readonly property color cameraTextMuted: "#D8D8D8"
    readonly property color cameraWarn: "#F0B02E"
}
