import QtQml

// Sizes of letters in pixels. Outdoor letters that are read are one step larger; the wearer of gloves and glasses multiplies.
QtObject {
    id: root

    property bool outdoor: false
    property real factor: 1.0

    readonly property string family: "Noto Sans CJK SC"
    // Seals and the mark alone.
    readonly property string sealFamily: "Noto Serif CJK SC"

    // Of the side of its seal.
    readonly property real sealShare: 0.62
    // Of the width of the mark.
    readonly property real markShare: 0.56

    // The status line keeps its height as long as it can: its letters grow by at most one step.
    readonly property real statusFactor: Math.min(1.15, root.factor)
    readonly property int status: Math.round((root.outdoor ? 16 : 15) * root.statusFactor)
    readonly property int statusState: Math.round(17 * root.statusFactor)
    readonly property int statusClock: Math.round(19 * root.statusFactor)
    readonly property real statusLineHeight: 0.92

    readonly property int clock: 88
    readonly property int display: Math.round(40 * root.factor)
    readonly property int key: Math.round(32 * root.factor)
    readonly property int padKey: Math.round(26 * root.factor)
    readonly property int title: Math.round(26 * root.factor)
    readonly property int heading: Math.round(20 * root.factor)
    readonly property int editor: Math.round(20 * root.factor)
    readonly property real editorLineHeight: 1.15
    readonly property int body: Math.round((root.outdoor ? 18 : 17) * root.factor)
    readonly property int label: Math.round((root.outdoor ? 17 : 16) * root.factor)
    readonly property int meta: Math.round((root.outdoor ? 16 : 15) * root.factor)
    readonly property int caption: Math.round((root.outdoor ? 16 : 14) * root.factor)
    // The small count on an icon: a double of what the page says.
    readonly property int count: 14
    // In a switch, whose size is fixed.
    readonly property int switchWord: 16
}
