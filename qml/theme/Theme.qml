pragma Singleton
import QtQml

// All colours, sizes and durations. The settings page writes look, textSize, hand and calm; everything else follows.
// Files of this folder find each other without importing the module: that would go round in a circle.
QtObject {
    id: root

    // Numbers of Ui.Look, Ui.TextSize and Ui.Hand.
    property int look: 0
    property int textSize: 0
    property int hand: 1
    // "减少动画" of the settings.
    property bool calm: false
    // AppFrame tells: the window is higher than wide.
    property bool portrait: false

    readonly property list<Palette> palettes: [
        LightPalette {},
        DarkPalette {},
        OutdoorPalette {}
    ]
    readonly property Palette color: root.palettes[root.look]
    readonly property bool outdoor: root.look === 2
    readonly property bool dark: root.look === 1
    readonly property real textFactor: [1.0, 1.15, 1.3][root.textSize]

    readonly property TypeScale type: TypeScale {
        outdoor: root.outdoor
        factor: root.textFactor
    }
    readonly property Sizes size: Sizes {}
    readonly property Spaces space: Spaces {}
    readonly property Radii radius: Radii {}
    readonly property Strokes stroke: Strokes {
        outdoor: root.outdoor
    }
    readonly property Motion motion: Motion {
        still: root.calm || root.outdoor
    }
}
