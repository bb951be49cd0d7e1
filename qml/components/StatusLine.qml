import QtQuick
import QtQuick.Layouts
import Zhicha

// Always there (R15): what the sync does, the last success, what waits, the next try; at the right the tablet itself.
// Times come formatted; everything else as numbers and enums.
Rectangle {
    id: root

    required property int sync
    property string lastDelivered: ""
    property int waitingRecords: 0
    property int waitingPhotos: 0
    property int sentPhotos: 0
    property int allPhotos: 0
    property int minutesLeft: -1
    property int retrySeconds: 0
    property string nextTry: ""
    // Things that wait for the inspector.
    property int refused: 0
    property int toHandle: 0
    // A sentence of its own, before the tablet is enrolled.
    property string plain: ""
    property string plainGlyph: "cloud"

    property int fix: Ui.Fix.Off
    property real accuracyM: 0
    property int ageSeconds: 0
    property int doubt: Ui.Doubt.NoDoubt
    property bool simulated: false
    // -1: no track runs.
    property int trackMinutes: -1
    property bool showFix: true
    property bool showHealth: true
    property real freeBytes: 0
    property bool lowStorage: false
    property int batteryPercent: -1
    property bool lowBattery: false
    property string time: ""

    signal syncTapped()
    signal healthTapped()

    readonly property string detail: Words.syncDetail(root.sync, root.lastDelivered, root.waitingRecords, root.waitingPhotos,
                                                      root.sentPhotos, root.allPhotos, root.minutesLeft, root.retrySeconds,
                                                      root.nextTry)

    implicitHeight: Math.max(Theme.size.statusLine, left.implicitHeight)
    color: Theme.color.frame

    Rectangle {
        visible: Theme.outdoor
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.stroke.outdoorEdge
        color: Theme.color.onFrame
    }
    Tappable {
        id: left
        anchors.left: parent.left
        anchors.right: right.left
        anchors.rightMargin: Theme.space.m
        height: parent.height
        corner: 0
        leftPadding: Theme.space.checkPage
        text: root.plain !== "" ? root.plain : Words.syncWord(root.sync)
        spoken: root.plain !== "" ? root.plain : qsTr("%1，%2").arg(left.text).arg(root.detail)
        hint: tag.visible ? tagText.text : ""
        onActivated: root.syncTapped()
        contentItem: Item {
            implicitHeight: facts.implicitHeight
            RowLayout {
                id: facts
                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(parent.width, Math.ceil(implicitWidth))
                spacing: Theme.space.rail
                Glyph {
                    name: root.plain !== "" ? root.plainGlyph : Words.syncGlyph(root.sync)
                    tint: Theme.color.onFrame
                    size: Theme.size.iconSmall
                }
                ThemedText {
                    text: left.text
                    size: Theme.type.statusState
                    bold: true
                    color: Theme.color.onFrame
                }
                ThemedText {
                    Layout.fillWidth: true
                    Layout.maximumWidth: implicitWidth
                    Layout.minimumWidth: Theme.size.buttonWidth
                    visible: root.plain === ""
                    text: root.detail
                    size: Theme.type.status
                    color: Theme.color.onFrameMuted
                    wrapMode: Text.Wrap
                    maximumLineCount: 3
                    lineHeight: Theme.type.statusLineHeight
                }
                Rectangle {
                    id: tag
                    visible: root.refused > 0 || root.toHandle > 0
                    implicitWidth: tagText.implicitWidth + Theme.space.l
                    implicitHeight: Math.max(Theme.size.badge, tagText.implicitHeight)
                    radius: Theme.radius.seal
                    color: Theme.color.warnFill
                    border.width: Theme.stroke.outdoorEdge
                    border.color: Theme.color.onFrame
                    ThemedText {
                        id: tagText
                        anchors.centerIn: parent
                        text: root.toHandle > root.refused ? qsTr("%1 条要处理").arg(root.toHandle)
                                                           : qsTr("%1 条被拒").arg(root.refused)
                        size: Theme.type.status
                        bold: true
                        color: Theme.color.onWarnFill
                    }
                }
            }
        }
    }
    Tappable {
        id: right
        anchors.right: parent.right
        height: parent.height
        corner: 0
        rightPadding: Theme.space.checkPage
        leftPadding: Theme.space.s
        text: qsTr("本机")
        spoken: Words.spoken([qsTr("本机"), fixCell.visible ? fixCell.text : "", storage.visible ? storage.text : "",
                 battery.visible ? qsTr("电量 %1").arg(battery.text) : "", root.time])
        onActivated: root.healthTapped()
        contentItem: Item {
            implicitWidth: cells.implicitWidth
            implicitHeight: cells.implicitHeight
            Row {
                id: cells
                anchors.verticalCenter: parent.verticalCenter
                anchors.right: parent.right
                spacing: Theme.space.checkPage
                StatusCell {
                    id: fixCell
                    anchors.verticalCenter: parent.verticalCenter
                    visible: root.showFix && root.showHealth && !Theme.portrait
                    glyph: root.trackMinutes >= 0 ? "route" : Words.fixGlyph(root.fix)
                    trouble: root.fix === Ui.Fix.Unusable || root.fix === Ui.Fix.Suspicious || root.fix === Ui.Fix.Missing
                    text: {
                        const said = root.trackMinutes >= 0 && !trouble
                                   ? qsTr("记航迹 %1").arg(Words.minutes(root.trackMinutes))
                                   : Words.fixText(root.fix, root.accuracyM, root.ageSeconds, root.doubt, 0);
                        return root.simulated ? qsTr("模拟 · %1").arg(said) : said;
                    }
                }
                StatusCell {
                    id: storage
                    anchors.verticalCenter: parent.verticalCenter
                    visible: root.showHealth && (!Theme.portrait || root.lowStorage)
                    glyph: "storage"
                    trouble: root.lowStorage
                    text: qsTr("余 %1").arg(Words.bytes(root.freeBytes))
                }
                StatusCell {
                    id: battery
                    anchors.verticalCenter: parent.verticalCenter
                    visible: root.showHealth && root.batteryPercent >= 0
                    glyph: "battery"
                    trouble: root.lowBattery
                    text: qsTr("%1%").arg(root.batteryPercent)
                }
                ThemedText {
                    anchors.verticalCenter: parent.verticalCenter
                    text: root.time
                    size: Theme.type.statusClock
                    bold: true
                    color: Theme.color.onFrame
                }
            }
        }
    }
}
