pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha
import Zhicha.Models

// The site of a check is another one: chosen from the list, with a reason.
BasePage {
    id: root

    required property string check

    CorrectController {
        id: control
        check: root.check
        onCorrected: root.closed()
    }
    actions: ActionRail {
        RailAction {
            weight: RailAction.Primary
            text: qsTr("返回")
            glyph: "arrow-left"
            onActivated: root.closed()
        }
    }
    PageHead {
        id: head
        width: parent.width
        title: qsTr("更正现场")
        beside: qsTr("现在是 %1").arg(control.now)
        onBack: root.closed()
    }
    ColumnLayout {
        anchors.fill: parent
        anchors.topMargin: head.height + Theme.space.l
        anchors.margins: Theme.space.checkPage
        spacing: Theme.space.m
        Banner {
            visible: control.trouble !== "" || control.contested
            Layout.fillWidth: true
            tone: control.contested ? Ui.Tone.Warn : Ui.Tone.Danger
            glyph: "warning"
            title: control.contested ? qsTr("两说不一") : control.trouble
            sentence: control.contested ? qsTr("督查室裁定，你不用动。") : control.troubleNext
            action: control.contested ? "" : qsTr("知道了")
            onActivated: control.dismissTrouble()
        }
        ReasonStrip {
            objectName: "why"
            visible: control.chosen !== ""
            Layout.fillWidth: true
            grave: false
            question: qsTr("把现场更正为 %1？写明原因；原来选的留在记录里，到达和航迹不变。").arg(control.chosenName)
            finalText: qsTr("更正")
            onKept: control.chosen = ""
            onConfirmed: reason => control.correct(reason)
        }
        TextBox {
            objectName: "query"
            Layout.fillWidth: true
            glyph: "search"
            placeholder: qsTr("现场、责任单位或地址")
            text: control.query
            onEdited: text => control.query = text
        }
        ListView {
            Layout.fillWidth: true
            Layout.fillHeight: true
            clip: true
            spacing: Theme.space.s
            boundsBehavior: Flickable.StopAtBounds
            model: control.sites
            delegate: ListRow {
                id: site
                required property string key
                required property string name
                required property string unit
                required property string address
                required property bool proposed
                width: ListView.view.width
                objectName: "site-" + site.name
                title: site.name
                meta: site.proposed ? qsTr("现场建议，督查室还没收下") : Words.joined([site.unit, site.address])
                chosen: control.chosen === site.key
                enabled: !control.contested
                onActivated: control.chosen = site.key
            }
            EmptyState {
                anchors.centerIn: parent
                width: parent.width
                visible: !control.loading && control.siteCount === 0
                title: control.query === "" ? qsTr("本机没有别的现场") : qsTr("没有找到“%1”").arg(control.query)
                line: qsTr("名册里没有的，可在“新建检查”里报给督查室。")
            }
            SkeletonRows {
                visible: control.loading
                width: parent.width
                loading: control.loading
            }
        }
    }
}
