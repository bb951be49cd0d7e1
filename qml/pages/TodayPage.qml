pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha
import Zhicha.Models

// The day: go on, answer the office; and whether the tablet is ready to go.
BasePage {
    id: root

    readonly property var recovered: App.recovered
    readonly property int toMend: (App.status.spaceLevel > 0 ? 1 : 0) + (App.status.battery >= 0 && App.status.battery <= 20 ? 1 : 0) + (App.status.clockOff ? 1 : 0)

    TodayController {
        id: today
    }
    actions: ActionRail {
        far: [
            RailAction {
                text: qsTr("锁屏")
                glyph: "lock"
                onActivated: App.lock()
            }
        ]
        RailAction {
            visible: App.checkOpen
            weight: RailAction.Frequent
            text: qsTr("新建检查")
            glyph: "plus"
            onActivated: root.opened("StartPage", {})
        }
        RailAction {
            objectName: "primary"
            weight: RailAction.Primary
            text: App.checkOpen ? qsTr("继续检查") : qsTr("新建检查")
            second: App.checkOpen ? today.currentSite : ""
            glyph: App.checkOpen ? "pin-check" : "plus"
            onActivated: App.checkOpen ? root.opened("CheckPage", {check: App.currentCheck}) : root.opened("StartPage", {})
        }
    }

    PageHead {
        id: head
        width: parent.width
        hasBack: false
        title: qsTr("今日")
        beside: App.status.date + "　" + App.status.weekday
        ThemedText {
            text: App.personName
            color: Theme.color.textMuted
        }
    }
    Flickable {
        anchors.fill: parent
        anchors.topMargin: head.height
        contentHeight: grid.implicitHeight + Theme.space.xl
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        GridLayout {
            id: grid
            x: Theme.space.page
            width: parent.width - 2 * x
            columns: Theme.portrait ? 1 : 2
            columnSpacing: Theme.space.xl
            rowSpacing: Theme.space.l

            ColumnLayout {
                Layout.fillWidth: true
                Layout.alignment: Qt.AlignTop
                spacing: Theme.space.s

                Banner {
                    visible: root.recovered.at !== undefined
                    Layout.fillWidth: true
                    glyph: "undo"
                    title: qsTr("上次没有正常退出")
                    sentence: visible ? (root.recovered.at === "" ? qsTr("已找回 %1 份草稿、%2 张照片。").arg(root.recovered.drafts).arg(root.recovered.photos)
                        : qsTr("已找回 %1 份草稿、%2 张照片，停在 %3。").arg(root.recovered.drafts).arg(root.recovered.photos).arg(root.recovered.at)) : ""
                    action: qsTr("知道了")
                    onActivated: App.recoveredSeen()
                }
                SectionHead {
                    visible: today.continuedCount > 0 || App.position.onTheWay
                    Layout.fillWidth: true
                    title: qsTr("继续")
                    beside: qsTr("从停下的地方接着做")
                }
                TaskRow {
                    objectName: "journey"
                    visible: App.position.onTheWay
                    Layout.fillWidth: true
                    stamp: Ui.Stamp.Opened
                    title: qsTr("在去 %1 的路上").arg(App.position.siteName)
                    meta: qsTr("航迹在记，到围栏里自动认定到达")
                    rightMeta: App.position.trackMinutes >= 0 ? qsTr("%1 分").arg(App.position.trackMinutes) : ""
                    onActivated: root.opened("StartPage", {})
                }
                Repeater {
                    model: today.continued
                    TaskRow {
                        id: going
                        required property string check
                        required property string finding
                        required property string site
                        required property int items
                        required property int missing
                        required property int photos
                        required property string at
                        required property string elapsed
                        required property bool arrived
                        required property var model
                        readonly property bool draft: going.finding !== ""
                        Layout.fillWidth: true
                        title: going.model.title !== "" ? going.model.title : going.draft ? qsTr("还没写字的问题") : qsTr("等督查室送来的检查")
                        meta: going.draft ? qsTr("问题草稿 · %1 · 照片 %2").arg(going.site).arg(going.photos)
                            : going.missing > 0 ? qsTr("检查中 · %1 个事项 · 还差 %2 项").arg(going.items).arg(going.missing)
                                                : qsTr("检查中 · %1 个事项 · 可以完成").arg(going.items)
                        rightTitle: going.draft ? qsTr("已保存 %1").arg(going.at)
                                  : going.arrived ? qsTr("%1 到达").arg(going.at) : qsTr("%1 开始").arg(going.at)
                        rightTone: going.draft ? Ui.Tone.Ok : Ui.Tone.Neutral
                        rightMeta: going.draft ? qsTr("未记入检查") : going.elapsed
                        onActivated: going.draft ? root.opened("FindingPage", {check: going.check, finding: going.finding})
                                                 : root.opened("CheckPage", {check: going.check})
                    }
                }
                SectionHead {
                    visible: today.returnedCount > 0
                    Layout.fillWidth: true
                    Layout.topMargin: Theme.space.m
                    title: qsTr("退回待答")
                    beside: qsTr("%1 件").arg(today.returnedCount)
                }
                Repeater {
                    model: today.returned
                    TaskRow {
                        id: asked
                        required property string key
                        required property string check
                        required property string site
                        required property string askedBy
                        required property string due
                        required property bool urgent
                        required property bool overdue
                        required property var model
                        Layout.fillWidth: true
                        stamp: Ui.Stamp.Returned
                        title: qsTr("补充：%1").arg(asked.model.title)
                        meta: asked.askedBy !== "" ? qsTr("%1 · %2 退回").arg(asked.site).arg(asked.askedBy) : asked.site
                        rightTitle: asked.due !== "" ? qsTr("%1 前").arg(asked.due) : ""
                        rightTone: asked.urgent ? Ui.Tone.Danger : Ui.Tone.Neutral
                        rightMeta: asked.due === "" ? "" : asked.overdue ? qsTr("已过期 %1").arg(asked.model.left) : qsTr("还剩 %1").arg(asked.model.left)
                        onActivated: root.opened("ReturnedPage", {check: asked.check, question: asked.key})
                    }
                }
                SectionHead {
                    visible: today.newsCount > 0
                    Layout.fillWidth: true
                    Layout.topMargin: Theme.space.m
                    title: qsTr("督查室的消息")
                    beside: qsTr("点一下就算看过；要办的办完才走")
                }
                Repeater {
                    model: today.news
                    TaskRow {
                        id: told
                        required property string key
                        required property int news
                        required property bool task
                        required property string check
                        required property string subject
                        required property string person
                        required property string at
                        required property var model
                        objectName: "news-" + told.news
                        Layout.fillWidth: true
                        stamp: Words.newsStamp(told.news)
                        title: Words.newsWord(told.news, told.subject, told.person)
                        meta: Words.newsMeaning(told.news, told.model.text)
                        rightTitle: told.task ? qsTr("要办") : ""
                        rightTone: told.task ? Ui.Tone.Warn : Ui.Tone.Neutral
                        rightMeta: told.at
                        onActivated: {
                            today.seen(told.key);
                            if (told.news === Ui.News.FeedbackAnswered)
                                root.opened("FeedbackPage", {});
                            else if (told.check !== "")
                                root.opened(told.news === Ui.News.HandedToYou ? "CheckPage" : "ArchivePage", {check: told.check});
                        }
                    }
                }
                SectionHead {
                    Layout.fillWidth: true
                    Layout.topMargin: Theme.space.m
                    title: qsTr("任务")
                    action: qsTr("问督查室")
                    actionGlyph: "sync"
                    onActivated: today.askOffice()
                }
                SkeletonRows {
                    visible: today.loading
                    Layout.fillWidth: true
                    loading: today.loading
                }
                Panel {
                    visible: !today.loading
                    Layout.fillWidth: true
                    implicitHeight: empty.implicitHeight + 2 * Theme.space.xl
                    EmptyState {
                        id: empty
                        anchors.centerIn: parent
                        width: parent.width - 2 * Theme.space.xl
                        title: qsTr("今日没有任务")
                        line: App.status.everDelivered ? qsTr("上次问督查室 %1，可自建检查。").arg(App.status.lastDelivered)
                                                       : qsTr("还没问过督查室，可自建检查。")
                    }
                }
            }
            ColumnLayout {
                Layout.alignment: Qt.AlignTop
                Layout.preferredWidth: Theme.portrait ? grid.width : Theme.size.sideColumn
                Layout.maximumWidth: Theme.portrait ? grid.width : Theme.size.sideColumn
                spacing: Theme.space.s
                SectionHead {
                    Layout.fillWidth: true
                    title: qsTr("本机")
                    beside: root.toMend === 0 ? qsTr("可以出发") : qsTr("先处理 %1 项").arg(root.toMend)
                }
                Panel {
                    Layout.fillWidth: true
                    implicitHeight: health.implicitHeight + Theme.space.l
                    ColumnLayout {
                        id: health
                        x: Theme.space.l
                        y: Theme.space.s
                        width: parent.width - 2 * x
                        spacing: 0
                        HealthRow {
                            Layout.fillWidth: true
                            glyph: "storage"
                            name: qsTr("存储")
                            value: qsTr("余 %1").arg(App.status.freeSpace)
                            meta: qsTr("约可拍 %1 张").arg(App.status.photosLeft)
                            trouble: App.status.spaceLevel > 0
                            onActivated: root.placed(Ui.Place.Settings)
                        }
                        HealthRow {
                            visible: App.status.battery >= 0
                            Layout.fillWidth: true
                            glyph: "battery"
                            name: qsTr("电量")
                            value: qsTr("%1%").arg(App.status.battery)
                            trouble: App.status.battery <= 20
                            onActivated: root.placed(Ui.Place.Settings)
                        }
                        HealthRow {
                            objectName: "position"
                            Layout.fillWidth: true
                            glyph: App.position.receiver === Ui.Receiver.Off ? "fix-off" : "fix"
                            name: qsTr("定位")
                            value: Words.receiverWord(App.position.receiver)
                            meta: App.position.receiver === Ui.Receiver.Off ? qsTr("点“出发”或开始检查才打开")
                                : Words.joined([App.position.simulated ? qsTr("模拟") : "",
                                                App.position.accuracyM > 0 ? qsTr("±%1").arg(Words.distance(App.position.accuracyM)) : "",
                                                App.position.satellites > 0 ? qsTr("%1 星").arg(App.position.satellites) : ""])
                            trouble: App.position.receiver === Ui.Receiver.Trouble
                            onActivated: root.placed(Ui.Place.Settings)
                        }
                        HealthRow {
                            objectName: "clock"
                            Layout.fillWidth: true
                            glyph: "clock"
                            name: qsTr("时钟")
                            value: !App.status.clockKnown ? qsTr("还没对过") : App.status.clockOff ? Words.clockOff(App.status.clockBehind) : qsTr("准")
                            meta: !App.status.clockKnown ? qsTr("连上督查室时对时")
                                : App.status.clockOff ? qsTr("照常记录，两个时间都留下") : qsTr("与督查室相差不到 2 分")
                            trouble: App.status.clockOff
                            onActivated: root.placed(Ui.Place.Settings)
                        }
                        HealthRow {
                            objectName: "feedback"
                            Layout.fillWidth: true
                            glyph: "pencil"
                            name: qsTr("意见建议")
                            meta: qsTr("对程序、对工作都可以说")
                            lined: false
                            onActivated: root.opened("FeedbackPage", {})
                        }
                    }
                }
                SectionHead {
                    Layout.fillWidth: true
                    Layout.topMargin: Theme.space.m
                    title: qsTr("送达")
                }
                Panel {
                    Layout.fillWidth: true
                    implicitHeight: sent.implicitHeight + Theme.space.l
                    ColumnLayout {
                        id: sent
                        x: Theme.space.l
                        y: Theme.space.s
                        width: parent.width - 2 * x
                        spacing: 0
                        HealthRow {
                            visible: App.status.troubles > 0
                            Layout.fillWidth: true
                            glyph: "warning"
                            trouble: true
                            name: qsTr("%1 条要处理").arg(App.status.troubles)
                            meta: qsTr("看原因和下一步")
                            onActivated: root.placed(Ui.Place.Sync)
                        }
                        HealthRow {
                            Layout.fillWidth: true
                            glyph: "receipt"
                            name: Words.waitingWord(App.status.waitingRecords, App.status.waitingPhotos)
                            meta: App.status.lastLog !== "" ? qsTr("回执已核 · 日志号 %1").arg(App.status.lastLog) : qsTr("还没有回执")
                            lined: today.lastChecks > 0
                            onActivated: root.placed(Ui.Place.Sync)
                        }
                        HealthRow {
                            visible: today.lastChecks > 0
                            Layout.fillWidth: true
                            glyph: "calendar"
                            name: qsTr("%1 %2 次检查已完成").arg(today.lastChecksDay).arg(today.lastChecks)
                            lined: false
                            onActivated: root.placed(Ui.Place.Records)
                        }
                    }
                }
            }
        }
    }
}
