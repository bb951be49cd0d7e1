pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha
import Zhicha.Models

// This tablet's checks by what was written in them: field, filters, list, a look at the chosen one.
BasePage {
    id: root

    readonly property var facts: [
        {name: qsTr("编号"), value: preview.number},
        {name: qsTr("已做"), value: qsTr("%1 / %2 项").arg(preview.partsDone).arg(preview.parts)},
        {name: qsTr("问题"), value: preview.findingCount},
        {name: qsTr("群众"), value: qsTr("满意 %1　一般 %2　不满意 %3").arg(preview.satisfied).arg(preview.neutral).arg(preview.dissatisfied)},
        {name: qsTr("照片"), value: qsTr("%1 张").arg(preview.photoCount)}
    ]

    SearchController {
        id: search
    }
    CheckController {
        id: preview
        check: search.chosen
    }
    onFindAsked: field.forceActiveFocus()
    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.space.page
        anchors.topMargin: Theme.space.l
        spacing: Theme.space.m
        TextBox {
            id: field
            objectName: "search"
            Layout.fillWidth: true
            glyph: "search"
            placeholder: qsTr("现场、事项、问题里的字")
            text: search.query
            onEdited: text => search.query = text
        }
        RowLayout {
            Layout.fillWidth: true
            ChipRow {
                Layout.fillWidth: true
                name: qsTr("筛选")
                options: [qsTr("全部"), qsTr("未完成"), qsTr("退回"), qsTr("有严重问题"), qsTr("近 30 天")]
                current: search.filter
                onPicked: index => search.filter = index
            }
            ThemedText {
                text: search.complete ? qsTr("本机 %1 次检查中 %2 次").arg(search.all).arg(search.found > 1000 ? qsTr("1,000+") : search.found) : qsTr("已读到 %1 次检查，更早的还在读").arg(search.all)
                size: Theme.type.label
                color: Theme.color.textMuted
            }
        }
        RowLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: Theme.space.l
            Panel {
                Layout.fillHeight: true
                Layout.fillWidth: true
                Layout.preferredWidth: Theme.size.listColumn
                ListView {
                    anchors.fill: parent
                    anchors.margins: Theme.stroke.line
                    clip: true
                    boundsBehavior: Flickable.StopAtBounds
                    model: search.rows
                    delegate: TaskRow {
                        id: row
                        required property string key
                        required property string site
                        required property string day
                        required property string before
                        required property string match
                        required property string after
                        width: ListView.view.width
                        framed: false
                        title: row.site !== "" ? row.site : qsTr("等督查室送来的检查")
                        meta: row.match !== "" ? row.before + "“" + row.match + "”" + row.after : row.before + row.after
                        rightTitle: row.day
                        rightMeta: Words.stampWord(row.stamp)
                        chosen: root.twoColumns && search.chosen === row.key
                        onActivated: {
                            search.chosen = row.key;
                            if (!root.twoColumns)
                                root.opened("ArchivePage", {check: row.key});
                        }
                    }
                }
                EmptyState {
                    anchors.centerIn: parent
                    width: parent.width
                    visible: search.complete && search.found === 0
                    title: search.query !== "" ? qsTr("没有找到“%1”").arg(search.query) : qsTr("还没有检查")
                    line: qsTr("只查本机里的检查；更早的在督查室查。")
                    action: search.query !== "" || search.filter !== 0 ? qsTr("清掉筛选") : ""
                    onActivated: search.clearFilters()
                }
            }
            Panel {
                visible: root.twoColumns && search.chosen !== ""
                Layout.fillHeight: true
                Layout.fillWidth: true
                Layout.preferredWidth: Theme.size.detailColumn
                ColumnLayout {
                    x: Theme.space.checkPage
                    y: Theme.space.checkPage
                    width: parent.width - 2 * x
                    spacing: Theme.space.m
                    ThemedText {
                        Layout.fillWidth: true
                        text: preview.site
                        size: Theme.type.heading
                        bold: true
                        elide: Text.ElideRight
                    }
                    ThemedText {
                        Layout.fillWidth: true
                        text: Words.joined([preview.startedDay, preview.started, preview.people])
                        size: Theme.type.label
                        color: Theme.color.textMuted
                        wrapMode: Text.Wrap
                    }
                    Repeater {
                        model: root.facts.length
                        RowLayout {
                            id: fact
                            required property int index
                            readonly property var line: root.facts[fact.index]
                            visible: fact.line.value !== ""
                            spacing: Theme.space.l
                            ThemedText {
                                Layout.preferredWidth: Theme.size.factName
                                text: fact.line.name
                                color: Theme.color.textMuted
                            }
                            ThemedText {
                                Layout.fillWidth: true
                                text: fact.line.value
                                bold: true
                                wrapMode: Text.Wrap
                            }
                        }
                    }
                    PushButton {
                        objectName: "open"
                        Layout.fillWidth: true
                        glyph: "pin-check"
                        text: preview.finished ? qsTr("打开检查") : qsTr("继续检查")
                        onActivated: root.opened(preview.finished ? "ArchivePage" : "CheckPage", {check: search.chosen})
                    }
                }
            }
        }
    }
}
