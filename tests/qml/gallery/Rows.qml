import QtQuick
import QtQuick.Layouts
import Zhicha

// The frame with rows, cards and states in it, to be looked at.
AppFrame {
    id: frame
    status: StatusLine {
        width: frame.width
        sync: Ui.Sync.Offline
        lastDelivered: "09:02"
        waitingRecords: 14
        waitingPhotos: 9
        refused: 1
        fix: Ui.Fix.Good
        accuracyM: 4
        ageSeconds: 1
        freeBytes: 21e9
        batteryPercent: 76
        time: "14:02"
    }
    nav: NavRail {
        anchors.fill: parent
        atLeft: !frame.mirrored
        current: Ui.Place.Site
        waiting: [2, 0, 0, 1, 0, 0]
    }
    actions: ActionRail {
        far: [
            RailAction { text: qsTr("完成检查"); glyph: "receipt"; blocked: qsTr("还差 3 项") },
            RailAction { text: qsTr("四不两直"); glyph: "shield" }
        ]
        RailAction { text: qsTr("记问题"); glyph: "flag"; weight: RailAction.Weight.Frequent }
        RailAction { text: qsTr("拍照"); glyph: "camera"; weight: RailAction.Weight.Primary }
    }
    Flickable {
        anchors.fill: parent
        contentHeight: column.implicitHeight
        ColumnLayout {
            id: column
            width: parent.width
            spacing: 10
            PageHead {
                Layout.fillWidth: true
                title: "涧河公园二期"
                beside: "责任单位 市城市管理局"
                SavePill { save: Ui.Save.Saved; savedAt: "14:02:07" }
            }
            Flow {
                Layout.fillWidth: true
                Layout.leftMargin: 20
                spacing: 8
                FencePill { fence: Ui.Fence.Inside; arrivedAt: "13:12:40"; distanceM: 38 }
                FixPill { fix: Ui.Fix.Good; accuracyM: 4; ageSeconds: 1; satellites: 9; system: "北斗"; datum: "CGCS2000" }
                FixPill { fix: Ui.Fix.Unusable; ageSeconds: 16 }
                FencePill { fence: Ui.Fence.Edge; accuracyM: 42 }
            }
            ItemCard {
                Layout.fillWidth: true
                Layout.leftMargin: 20
                Layout.rightMargin: 20
                open: true
                documentNumber: "督〔2026〕15号"
                title: "涧河公园二期步道、排水和照明整治"
                deadline: "11月20日"
                overdueDays: 4
                answers: [2, 3, 2]
                QuestionRow { question: 0; answer: 2; note: "步道已通，排水未完"; photoCount: 2 }
                QuestionRow { question: 1; answer: 3; note: "盖板仍缺 6 块"; photoCount: 1 }
                QuestionRow { question: 2; answer: 0; note: "17 人已问" }
            }
            ItemCard {
                Layout.fillWidth: true
                Layout.leftMargin: 20
                Layout.rightMargin: 20
                documentNumber: "督〔2026〕23号"
                title: "涧河沿线裸露边坡复绿"
                deadline: "12月10日"
                answers: [1, 2, 0]
            }
            TaskRow {
                Layout.fillWidth: true
                Layout.leftMargin: 20
                Layout.rightMargin: 20
                stamp: Ui.Stamp.Sealed
                title: "任务 7K3Q-M2"
                meta: "内容封存，到时由督查室放码"
                rightTitle: "15:00 开启"
                rightMeta: "还有 58 分"
            }
            FindingRow {
                Layout.fillWidth: true
                Layout.leftMargin: 20
                Layout.rightMargin: 20
                severity: Ui.Severity.Critical
                title: "排水沟盖板缺失 6 块"
                meta: "草稿，未记入 · 15 号 · 照片 3"
                draft: true
            }
            ProgressSteps {
                Layout.fillWidth: true
                Layout.leftMargin: 20
                Layout.rightMargin: 20
                done: 15
                total: 18
                missing: ["23 号 群众满意", "问题 1 未记入", "四不两直 第 3 项"]
            }
            RowLayout {
                Layout.leftMargin: 20
                Layout.rightMargin: 20
                SyncLane { Layout.fillWidth: true; lane: 0; laneState: 2; done: 214; total: 214; line: "回执已核 · 日志号 48,213" }
                SyncLane { Layout.fillWidth: true; lane: 2; laneState: 1; done: 7; total: 23; line: "41 / 118 MB · 380 KB/s" }
            }
        }
    }
}
