pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha
import Zhicha.Models

// Words, previews, originals; then check by check what the office has, with what needs a hand first.
BasePage {
    id: root

    property bool showing: false

    function lane(done: int, total: int): int {
        return total > 0 && done === total ? Ui.LaneState.Done
             : App.status.sync === Ui.Sync.Sending ? Ui.LaneState.Running : Ui.LaneState.Waiting;
    }
    SyncController {
        id: sync
    }
    actions: ActionRail {
        RailAction {
            objectName: "syncNow"
            weight: RailAction.Primary
            text: qsTr("现在同步")
            glyph: "sync"
            busy: App.status.sync === Ui.Sync.Sending ? qsTr("正在送") : ""
            onActivated: sync.syncNow()
        }
    }
    PageHead {
        id: head
        width: parent.width
        hasBack: root.showing
        title: qsTr("同步")
        beside: qsTr("先文字，再预览，后原图。断了从断处接着送。")
        onBack: root.showing = false
    }
    ColumnLayout {
        anchors.fill: parent
        anchors.topMargin: head.height
        anchors.margins: Theme.space.page
        spacing: Theme.space.l

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.space.m
            SyncLane {
                Layout.fillWidth: true
                lane: Ui.Lane.Records
                laneState: root.lane(App.status.recordsDone, App.status.records)
                done: App.status.recordsDone
                total: App.status.records
                line: App.status.lastLog !== "" ? qsTr("回执已核 · 日志号 %1").arg(App.status.lastLog) : qsTr("还没有回执")
            }
            SyncLane {
                Layout.fillWidth: true
                lane: Ui.Lane.Previews
                laneState: root.lane(App.status.previewsDone, App.status.previews)
                done: App.status.previewsDone
                total: App.status.previews
                line: laneState === Ui.LaneState.Done ? qsTr("督查室已能看图") : qsTr("文字之后")
            }
            SyncLane {
                Layout.fillWidth: true
                lane: Ui.Lane.Originals
                laneState: root.lane(App.status.originalsDone, App.status.originals)
                done: App.status.originalsDone
                total: App.status.originals
                line: App.status.originals > 0 ? App.status.originalsSize : qsTr("还没有照片")
            }
        }
        Banner {
            visible: App.status.sync === Ui.Sync.Stopped
            Layout.fillWidth: true
            tone: Ui.Tone.Danger
            glyph: "warning"
            title: sync.stoppedWhy
            sentence: sync.stoppedNext
        }
        RowLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: Theme.space.l
            Panel {
                visible: root.twoColumns || !root.showing
                Layout.fillHeight: true
                Layout.fillWidth: true
                Layout.preferredWidth: Theme.size.listColumn
                ListView {
                    anchors.fill: parent
                    anchors.margins: Theme.stroke.line
                    clip: true
                    boundsBehavior: Flickable.StopAtBounds
                    model: sync.rows
                    footer: ThemedText {
                        visible: sync.auditDay !== ""
                        width: ListView.view.width
                        padding: Theme.space.m
                        text: qsTr("督查室自己的操作留痕：至 %1 共 %2 条").arg(sync.auditDay).arg(sync.auditEntries)
                        size: Theme.type.label
                        color: Theme.color.textMuted
                        wrapMode: Text.Wrap
                    }
                    delegate: SyncRow {
                        id: row
                        required property string key
                        required property string site
                        required property int records
                        required property int recordsDone
                        required property int photos
                        required property int photosDone
                        required property int percent
                        required property string at
                        required property bool trouble
                        required property bool yours
                        required property string values
                        required property var model
                        width: ListView.view.width
                        title: row.model.title !== "" ? row.model.title : qsTr("等督查室送来的检查")
                        meta: row.trouble ? Words.joined([row.values, row.site, row.at])
                            : row.photos > 0 ? qsTr("文字 %1 · 照片 %2 / %3 在督查室").arg(row.recordsDone).arg(row.photosDone).arg(row.photos)
                                             : qsTr("文字 %1 / %2 在督查室").arg(row.recordsDone).arg(row.records)
                        rightTitle: row.stamp === Ui.Stamp.Sending && row.photos > 0 ? qsTr("原图 %1%").arg(row.percent) : Words.stampWord(row.stamp)
                        rightTone: Words.stampTone(row.stamp)
                        rightMeta: row.trouble ? (row.yours ? qsTr("要你处理") : qsTr("督查室处理，你不用动"))
                                 : row.stamp === Ui.Stamp.Delivered ? qsTr("%1 持回执").arg(row.at) : ""
                        chosen: root.twoColumns && sync.chosen === row.key
                        onActivated: {
                            sync.chosen = row.key;
                            root.showing = true;
                        }
                    }
                }
                EmptyState {
                    anchors.centerIn: parent
                    width: parent.width
                    visible: !sync.loading && sync.count === 0
                    title: qsTr("还没有要送的记录")
                    line: qsTr("记下的每一条都会列在这里，直到督查室的回执核对无误。")
                }
            }
            Panel {
                id: detailPanel
                visible: detailPanel.row.key !== undefined && (root.twoColumns || root.showing)
                Layout.fillHeight: true
                Layout.fillWidth: true
                Layout.preferredWidth: Theme.size.detailColumn
                readonly property var row: sync.detail
                Flickable {
                    anchors.fill: parent
                    anchors.margins: Theme.space.checkPage
                    contentHeight: texts.implicitHeight
                    boundsBehavior: Flickable.StopAtBounds
                    clip: true
                    ColumnLayout {
                        id: texts
                        width: parent.width
                        spacing: Theme.space.m
                        RowLayout {
                            spacing: Theme.space.l
                            StateStamp {
                                stamp: detailPanel.row.stamp ?? Ui.Stamp.Nothing
                            }
                            ColumnLayout {
                                Layout.fillWidth: true
                                spacing: 0
                                ThemedText {
                                    Layout.fillWidth: true
                                    text: detailPanel.row.title ?? ""
                                    size: Theme.type.heading
                                    bold: true
                                    wrapMode: Text.Wrap
                                }
                                ThemedText {
                                    Layout.fillWidth: true
                                    text: Words.joined([detailPanel.row.at ?? "", detailPanel.row.trouble ? qsTr("代码 %1").arg(detailPanel.row.code) : ""])
                                    size: Theme.type.label
                                    color: Theme.color.textMuted
                                    wrapMode: Text.Wrap
                                }
                            }
                        }
                        PhotoThumb {
                            visible: (detailPanel.row.photo ?? "") !== ""
                            source: detailPanel.row.photo ?? ""
                            photoState: Ui.PhotoState.OnTablet
                            captioned: false
                        }
                        Repeater {
                            model: detailPanel.row.trouble ? 3 : 0
                            ColumnLayout {
                                id: part
                                required property int index
                                readonly property string fact: [Words.joined([detailPanel.row.why ?? "", detailPanel.row.values ?? ""]),
                                                                detailPanel.row.now ?? "", detailPanel.row.next ?? ""][part.index]
                                visible: part.fact !== ""
                                Layout.fillWidth: true
                                spacing: Theme.space.xs
                                ThemedText {
                                    text: [qsTr("为什么"), qsTr("现在怎样"), qsTr("下一步")][part.index]
                                    bold: true
                                }
                                ThemedText {
                                    Layout.fillWidth: true
                                    text: part.fact
                                    color: Theme.color.textMuted
                                    wrapMode: Text.Wrap
                                }
                            }
                        }
                        ThemedText {
                            visible: detailPanel.row.trouble === false
                            Layout.fillWidth: true
                            text: qsTr("文字 %1 / %2，照片 %3 / %4 在督查室。").arg(detailPanel.row.recordsDone ?? 0).arg(detailPanel.row.records ?? 0)
                                  .arg(detailPanel.row.photosDone ?? 0).arg(detailPanel.row.photos ?? 0)
                            wrapMode: Text.Wrap
                        }
                        ThemedText {
                            visible: detailPanel.row.trouble === false && (detailPanel.row.log ?? "") !== ""
                            Layout.fillWidth: true
                            text: qsTr("最近的回执：日志号 %1，%2 收到，已核对签名和收录。").arg(detailPanel.row.log ?? "").arg(detailPanel.row.at ?? "")
                            color: Theme.color.textMuted
                            wrapMode: Text.Wrap
                        }
                        PushButton {
                            visible: (detailPanel.row.finding ?? "") !== ""
                            Layout.fillWidth: true
                            kind: PushButton.Kind.Primary
                            text: qsTr("看这个问题")
                            onActivated: root.opened("FindingPage", {check: detailPanel.row.check, finding: detailPanel.row.finding})
                        }
                        PushButton {
                            visible: (detailPanel.row.check ?? "") !== ""
                            Layout.fillWidth: true
                            text: qsTr("打开检查")
                            onActivated: root.opened("ArchivePage", {check: detailPanel.row.check})
                        }
                    }
                }
            }
        }
    }
}
