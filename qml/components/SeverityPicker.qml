pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha

// Three tiles, none preset. A second tap on the chosen one does nothing: gloves tap twice.
RowLayout {
    id: root

    required property int severity

    signal picked(int severity)

    spacing: Theme.space.s

    Repeater {
        model: [Ui.Severity.Minor, Ui.Severity.Major, Ui.Severity.Critical]

        Tappable {
            id: tile
            required property int modelData
            readonly property bool chosen: root.severity === tile.modelData
            readonly property color ink: tile.chosen ? Words.onToneFill(Words.severityTone(tile.modelData)) : Theme.color.text

            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.preferredWidth: Theme.size.severityTileWidth
            implicitHeight: Math.max(Theme.size.severityTile, implicitContentHeight + Theme.space.xl)
            text: Words.severityWord(tile.modelData)
            hint: Words.severityMeaning(tile.modelData)
            Accessible.role: Accessible.RadioButton
            Accessible.checked: tile.chosen
            onActivated: if (!tile.chosen) root.picked(tile.modelData)

            contentItem: Item {
                implicitHeight: words.implicitHeight
                Column {
                    id: words
                    anchors.centerIn: parent
                    width: parent.width
                    spacing: Theme.space.xs

                    Row {
                        anchors.horizontalCenter: parent.horizontalCenter
                        spacing: Theme.space.s
                        Glyph {
                            anchors.verticalCenter: parent.verticalCenter
                            name: Words.severityGlyph(tile.modelData, tile.chosen)
                            tint: tile.ink
                            size: Theme.size.iconSmall
                        }
                        ThemedText {
                            text: tile.text
                            size: Theme.type.heading
                            bold: true
                            color: tile.ink
                        }
                    }
                    ThemedText {
                        width: parent.width
                        text: tile.hint
                        size: Theme.type.meta
                        bold: tile.chosen
                        color: tile.ink
                        horizontalAlignment: Text.AlignHCenter
                        wrapMode: Text.Wrap
                        maximumLineCount: 2
                        elide: Text.ElideRight
                    }
                }
            }
            background: Rectangle {
                radius: Theme.radius.panel
                color: tile.chosen ? Words.toneFill(Words.severityTone(tile.modelData))
                     : tile.pressed ? Theme.color.sunken : Theme.color.surface
                border.width: tile.chosen ? Theme.stroke.focus : Theme.stroke.chosen
                border.color: tile.chosen && tile.modelData === Ui.Severity.Critical ? Theme.color.dangerFill
                            : tile.chosen ? Theme.color.text : Theme.color.lineStrong
            }
        }
    }
}
