pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha
import Zhicha.Models

// A check to read: answers, findings, tally, photos. Corrections go through the finding's own page.
BasePage {
    id: root

    required property string check

    CheckController {
        id: control
        check: root.check
    }
    ReportController {
        id: report
        check: root.check
    }
    showsFix: true
    actions: ActionRail {
        RailAction {
            visible: control.finished && control.known
            objectName: "report"
            weight: RailAction.Frequent
            text: report.busy ? qsTr("正在写…") : qsTr("检查报告")
            glyph: "document"
            onActivated: report.write()
        }
        RailAction {
            weight: RailAction.Frequent
            text: qsTr("四不两直")
            glyph: "shield"
            onActivated: root.opened("AttestPage", {check: root.check})
        }
        RailAction {
            visible: !control.finished && control.known
            weight: RailAction.Primary
            text: qsTr("继续检查")
            glyph: "pin-check"
            onActivated: root.opened("CheckPage", {check: root.check})
        }
    }
    CheckHead {
        id: head
        width: parent.width
        controller: control
        onBack: root.closed()
    }
    ColumnLayout {
        id: told
        anchors.top: head.bottom
        anchors.topMargin: visible ? Theme.space.l : 0
        x: Theme.space.checkPage
        width: parent.width - 2 * x
        visible: report.path !== "" || report.trouble !== ""
        Banner {
            objectName: "report-written"
            visible: report.path !== ""
            Layout.fillWidth: true
            glyph: "document"
            title: qsTr("报告已写好")
            sentence: qsTr("%1。供阅读和归档，不是证据。").arg(report.path)
            action: qsTr("打开")
            onActivated: report.open()
        }
        Banner {
            visible: report.trouble !== ""
            Layout.fillWidth: true
            tone: Ui.Tone.Warn
            glyph: "warning"
            title: report.trouble
            sentence: report.troubleNext
            action: qsTr("知道了")
            onActivated: report.dismissTrouble()
        }
    }
    Flickable {
        anchors.fill: parent
        anchors.topMargin: head.height + (told.visible ? told.height + Theme.space.l : 0)
        contentHeight: grid.implicitHeight + 2 * Theme.space.l
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        GridLayout {
            id: grid
            x: Theme.space.checkPage
            y: Theme.space.l
            width: parent.width - 2 * x
            columns: root.twoColumns ? 2 : 1
            columnSpacing: Theme.space.gutter
            rowSpacing: Theme.space.m
            ColumnLayout {
                Layout.alignment: Qt.AlignTop
                Layout.fillWidth: true
                Layout.preferredWidth: Theme.size.listColumn
                spacing: Theme.space.m
                Repeater {
                    model: control.items
                    ItemCard {
                        id: item
                        required property string number
                        required property string due
                        required property var model
                        Layout.fillWidth: true
                        documentNumber: item.number
                        title: item.model.title
                        answers: item.model.answers
                        deadline: item.due
                    }
                }
                SectionHead {
                    visible: control.photoCount > 0
                    Layout.fillWidth: true
                    title: qsTr("照片 %1").arg(control.photoCount)
                    beside: qsTr("原样保存，不裁不改")
                }
                PhotoStrip {
                    Layout.fillWidth: true
                    model: control.photos
                    canAdd: false
                    onOpened: index => root.opened("PhotoPage", {check: root.check, photo: control.photoAt(index)})
                }
            }
            ColumnLayout {
                Layout.alignment: Qt.AlignTop
                Layout.fillWidth: true
                Layout.preferredWidth: Theme.size.detailColumn
                spacing: Theme.space.m
                Panel {
                    Layout.fillWidth: true
                    implicitHeight: findings.implicitHeight + 2 * Theme.space.m
                    ColumnLayout {
                        id: findings
                        x: Theme.space.l
                        y: Theme.space.m
                        width: parent.width - 2 * x
                        spacing: 0
                        SectionHead {
                            Layout.fillWidth: true
                            title: qsTr("问题 %1").arg(control.findingCount)
                        }
                        Repeater {
                            model: control.findings
                            FindingRow {
                                id: found
                                required property string key
                                required property string itemNumber
                                required property string at
                                required property int photos
                                required property bool voided
                                required property var model
                                Layout.fillWidth: true
                                title: found.model.text
                                draft: found.model.draft
                                meta: Words.joined([found.draft ? qsTr("草稿，未记入") : found.voided ? qsTr("已作废") : "", found.itemNumber,
                                    found.photos > 0 ? qsTr("照片 %1").arg(found.photos) : "", found.at])
                                opacity: found.voided ? 0.6 : 1
                                onActivated: root.opened("FindingPage", {check: root.check, finding: found.key})
                            }
                        }
                    }
                }
                Panel {
                    Layout.fillWidth: true
                    implicitHeight: tally.implicitHeight + 2 * Theme.space.l
                    ColumnLayout {
                        id: tally
                        x: Theme.space.l
                        y: Theme.space.l
                        width: parent.width - 2 * x
                        ThemedText {
                            text: qsTr("群众 %1 人").arg(control.peopleCount)
                            size: Theme.type.heading
                            bold: true
                        }
                        ThemedText {
                            Layout.fillWidth: true
                            text: qsTr("满意 %1　一般 %2　不满意 %3").arg(control.satisfied).arg(control.neutral).arg(control.dissatisfied)
                            wrapMode: Text.Wrap
                        }
                    }
                }
            }
        }
    }
}
