pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha

// One requirement: what the tablet measured, and the inspector's word. Never preset, and there is no answer for all.
Item {
    id: root

    required property int duty
    required property int measured
    required property int kept
    property string fact: ""
    property string detail: ""
    property bool last: false

    signal answered(int kept)

    implicitWidth: grid.implicitWidth + 2 * Theme.space.l
    implicitHeight: Math.max(Theme.size.row, grid.implicitHeight + Theme.space.l)

    function choose(kept: int): void {
        if (root.enabled && root.kept !== kept)
            root.answered(kept);
    }

    GridLayout {
        id: grid
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: Theme.space.checkPage
        anchors.rightMargin: Theme.space.l
        columns: Theme.portrait ? 1 : 3
        columnSpacing: Theme.space.l
        rowSpacing: Theme.space.s

        ThemedText {
            Layout.preferredWidth: Theme.size.dutyColumn
            text: Words.dutyWord(root.duty)
            size: Theme.type.heading
            bold: true
            wrapMode: Text.Wrap
        }
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space.m
            Glyph {
                name: Words.measuredGlyph(root.measured)
                tint: Words.toneText(Words.measuredTone(root.measured))
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: 0
                Accessible.role: Accessible.StaticText
                Accessible.name: Words.measuredWord(root.measured)
                ThemedText {
                    Layout.fillWidth: true
                    text: root.fact === "" ? Words.measuredWord(root.measured) : root.fact
                    size: Theme.type.label
                    bold: root.measured !== Ui.Measured.Impossible
                    color: root.measured === Ui.Measured.Impossible ? Theme.color.textMuted
                         : root.measured === Ui.Measured.Contradicts ? Theme.color.danger : Theme.color.text
                    wrapMode: Text.Wrap
                }
                ThemedText {
                    Layout.fillWidth: true
                    visible: text !== ""
                    text: root.detail !== "" ? root.detail
                        : root.measured === Ui.Measured.Impossible ? qsTr("由督查员确认") : ""
                    size: Theme.type.meta
                    color: Theme.color.textMuted
                    wrapMode: Text.Wrap
                }
            }
        }
        RowLayout {
            id: word
            spacing: -Theme.stroke.line
            Accessible.role: Accessible.Grouping
            Accessible.name: Words.dutyWord(root.duty)
            Repeater {
                model: [Ui.Kept.Kept, Ui.Kept.Explain, Ui.Kept.NotKept]
                Segment {
                    required property int modelData
                    Layout.fillWidth: Theme.portrait
                    Layout.preferredWidth: Math.max(Theme.size.keptWidth, implicitWidth)
                    text: Words.keptWord(modelData)
                    spoken: qsTr("%1，%2").arg(Words.dutyWord(root.duty)).arg(text)
                    glyph: Words.keptGlyph(modelData)
                    tone: Words.keptTone(modelData)
                    chosen: root.kept === modelData
                    onActivated: root.choose(modelData)
                }
            }
        }
    }
    Rectangle {
        visible: !root.last
        y: parent.height - height
        width: parent.width
        height: Theme.stroke.line
        color: Theme.color.line
    }
}
