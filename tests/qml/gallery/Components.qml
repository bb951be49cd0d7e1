pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha

// The components in their states, to be looked at.
Rectangle {
    id: root
    color: Theme.color.canvas

    component Caption: ThemedText {
        size: Theme.type.label
        bold: true
        color: Theme.color.textMuted
    }

    Column {
        x: 24; y: 16
        width: 600
        spacing: 10
        Caption { text: "按钮" }
        Row {
            spacing: 12
            PushButton { text: qsTr("记入检查"); glyph: "check"; kind: PushButton.Kind.Primary }
            PushButton { text: qsTr("记入检查"); glyph: "check"; kind: PushButton.Kind.Primary; down: true }
            Item {
                implicitWidth: focused.implicitWidth; implicitHeight: focused.implicitHeight
                PushButton { id: focused; text: qsTr("记入检查"); glyph: "check"; kind: PushButton.Kind.Primary }
                FocusRing { }
            }
        }
        Row {
            spacing: 12
            PushButton { text: qsTr("记问题"); glyph: "flag" }
            PushButton { text: qsTr("完成"); blocked: qsTr("还差 3 项") }
            PushButton { text: qsTr("作废草稿"); kind: PushButton.Kind.Danger }
            PushButton { text: qsTr("撤销上一次"); kind: PushButton.Kind.Quiet; glyph: "undo" }
        }
        Caption { text: "三选一" }
        Grid {
            columns: 2; spacing: 12
            Repeater {
                model: [Ui.Answer.Unanswered, Ui.Answer.Yes, Ui.Answer.Partly, Ui.Answer.No]
                AnswerPicker { required property int modelData; answer: modelData }
            }
        }
        Caption { text: "严重程度" }
        Row {
            spacing: 16
            Repeater {
                model: [1, 2, 3]
                SeverityBadge { required property int modelData; severity: modelData }
            }
        }
        SeverityPicker { severity: Ui.Severity.Critical; width: parent.width }
        Caption { text: "字章" }
        Flow {
            width: parent.width; spacing: 20
            Repeater {
                model: 16
                Column {
                    id: sealed
                    required property int index
                    width: 54
                    StateStamp { stamp: sealed.index; anchors.horizontalCenter: parent.horizontalCenter }
                    ThemedText { text: Words.stampWord(sealed.index); size: Theme.type.caption; anchors.horizontalCenter: parent.horizontalCenter }
                }
            }
        }
        Banner {
            width: parent.width
            tone: Ui.Tone.Warn; glyph: "storage"; title: "存储只剩 1.2 GB"; sentence: "约可拍 240 张，送达并备份后会自动腾出。"; action: qsTr("腾空间")
        }
    }
    Column {
        x: 660; y: 16
        width: 596
        spacing: 10
        Caption { text: "计数键" }
        Row {
            spacing: 12
            TallyButton { feeling: 0; count: 9 }
            TallyButton { feeling: 0; count: 10; down: true }
            TallyButton { feeling: 1; count: 5 }
            TallyButton { feeling: 2; count: 3 }
        }
        Caption { text: "照片" }
        Row {
            spacing: 10
            PhotoThumb { source: ""; photoState: 0 }
            PhotoThumb { source: ""; photoState: 1; percent: 36 }
            PhotoThumb { source: ""; photoState: 2; tag: "1  14:00:12 实拍" }
            PhotoThumb { source: ""; photoState: 0; imported: true }
            PhotoThumb { source: ""; photoState: 3 }
        }
        Caption { text: "输入" }
        Row {
            spacing: 12
            TextBox { placeholder: "批准文号" }
            TextBox { text: "三政督〔2026〕"; focus: true }
            TextBox { text: "2026-15"; error: "写成 三政督〔2026〕15号" }
        }
        ConfirmStrip { width: parent.width; question: "作废这份草稿？写明原因，照片不删。"; finalText: "作废" }
        Notice { width: parent.width; text: "已记入检查 · 问题 4"; action: qsTr("更正") }
        Row {
            spacing: 12
            ToggleSwitch { on: true }
            ToggleSwitch { on: false }
            Segmented { options: ["浅色", "深色", "户外"]; current: 1 }
        }
        Row {
            spacing: 12
            ChoiceTile { text: Words.obtainedWord(1); meaning: Words.obtainedMeaning(1); chosen: true }
            ChoiceTile { text: Words.obtainedWord(4); meaning: Words.obtainedMeaning(4) }
        }
        PhraseBar { width: parent.width; phrases: ["未按时限完成", "部分完成", "未设警示标志"] }
        MapPin { source: ""; count: 3; severity: 3; chosen: true }
    }
}
