pragma Singleton
import QtQml
import Zhicha

// All colours, sizes and durations. The settings page writes look, textSize, hand and calm; everything else follows.
QtObject {
    id: root

    property int look: Ui.Look.Light
    property int textSize: Ui.TextSize.Standard
    property int hand: Ui.Hand.Right
    // "减少动画" of the settings.
    property bool calm: false

    readonly property bool outdoor: root.look === Ui.Look.Outdoor
    readonly property bool dark: root.look === Ui.Look.Dark
    readonly property real textFactor: root.textSize === Ui.TextSize.ExtraLarge ? 1.3
                                     : root.textSize === Ui.TextSize.Large ? 1.15 : 1.0

    readonly property Palette color: root.outdoor ? root.outdoorPalette : root.dark ? root.darkPalette : root.lightPalette
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

    readonly property LightPalette lightPalette: LightPalette {}
    readonly property DarkPalette darkPalette: DarkPalette {}
    readonly property OutdoorPalette outdoorPalette: OutdoorPalette {}
}
