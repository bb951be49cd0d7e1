import QtQml

// Lengths in dp. What can be touched is at least `target` square; the larger ones are for gloves and for rain.
QtObject {
    // Frame
    readonly property int statusLine: 48
    readonly property int navRail: 88
    readonly property int navEntryWidth: 78
    readonly property int navEntry: 66
    readonly property int navEntryGap: 14
    readonly property int navBar: 76
    readonly property int actionRail: 132
    readonly property int actionBar: 96
    readonly property int railGap: 150
    readonly property int pageHead: 76
    readonly property int listColumn: 604
    readonly property int wideFrom: 1000
    readonly property int markWidth: 40
    readonly property int markHeight: 62
    readonly property int bigMarkWidth: 76
    readonly property int bigMarkHeight: 132

    // Targets
    readonly property int target: 48
    readonly property int apart: 8
    readonly property int button: 64
    readonly property int bannerButton: 56
    readonly property int buttonWidth: 112
    readonly property int answerWidth: 82
    readonly property int answerHeight: 56
    readonly property int railActionWidth: 112
    readonly property int railAction: 64
    readonly property int railActionLow: 76
    readonly property int railActionFrequent: 88
    readonly property int railActionPrimary: 136
    readonly property int tallyWidth: 115
    readonly property int tallyHeight: 156
    readonly property int tallyHeightPortrait: 112
    readonly property int shutter: 128
    readonly property int row: 76
    readonly property int findingRow: 64
    readonly property int healthRow: 64
    readonly property int severityTileWidth: 193
    readonly property int severityTile: 96
    readonly property int choiceTile: 64
    readonly property int choiceTileWidth: 189
    readonly property int chip: 48
    readonly property int field: 56
    readonly property int pinKeyWidth: 180
    readonly property int pinKey: 92
    readonly property int codeKeyWidth: 83
    readonly property int codeKey: 100
    readonly property int keyGap: 10
    readonly property int pinKeyGap: 12
    readonly property int codeGroup: 84
    readonly property int codeGroupSmall: 72
    readonly property int codeGroupWidth: 135
    readonly property int segment: 56
    readonly property int segmentWidth: 118
    readonly property int switchWidth: 84
    readonly property int switchHeight: 48
    readonly property int addTile: 52

    // Graphics that are not targets
    readonly property int badge: 30
    readonly property int badgeWidth: 66
    readonly property int pill: 36
    readonly property int stamp: 46
    readonly property int stampSmall: 42
    readonly property int stampLarge: 104
    readonly property int stampLetter: 28
    readonly property int icon: 24
    readonly property int iconSmall: 20
    readonly property int iconTiny: 16
    readonly property int iconLarge: 28
    readonly property int iconHuge: 36
    readonly property int count: 20
    readonly property int dot: 24
    readonly property int step: 36
    readonly property int stepLine: 96
    readonly property int stampStrip: 5
    readonly property int progressBlock: 11
    readonly property int progressBlockHeight: 18
    readonly property int progressBlockGap: 3
    readonly property int laneBar: 12
    readonly property int thumbWidth: 110
    readonly property int thumb: 82
    readonly property int thumbSmallWidth: 64
    readonly property int thumbSmall: 48
    readonly property int tag: 22
    readonly property int pin: 52
    readonly property int pinPicture: 42
    readonly property int pinStem: 14
    readonly property int pinDot: 10
    readonly property int pinSign: 28
    readonly property int skeletonStamp: 44
    readonly property int skeletonLine: 13
    readonly property int bannerEdge: 6
    readonly property int notice: 64
    readonly property int measuredColumn: 190
    readonly property int questionColumn: 186
    readonly property int editorHeight: 160
    readonly property int scaleBar: 100
    readonly property int settingsColumn: 220
    readonly property int settingsRow: 60
}
