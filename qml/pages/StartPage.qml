pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha
import Zhicha.Models

// A new check: where, which items, and why there is no fix. Or a colleague's check that one joins.
BasePage {
    id: root

    readonly property list<string> reasons: [qsTr("室内无信号"), qsTr("接收机没带"), qsTr("这台平板没有定位")]
    property bool proposing: false
    property bool scanning: false
    readonly property bool asksWhy: start.site !== "" && start.way === Ui.StartWay.WithoutFix

    StartController {
        id: start
        onStarted: check => root.opened("CheckPage", {check: check, replace: true})
    }
    showsFix: start.onTheWay
    actions: ActionRail {
        RailAction {
            visible: start.onTheWay
            text: qsTr("不去了")
            glyph: "cross"
            onActivated: start.giveUp()
        }
        RailAction {
            visible: start.site !== "" && !start.onTheWay
            objectName: "setOff"
            weight: RailAction.Frequent
            text: qsTr("出发")
            glyph: "route"
            onActivated: start.setOff()
        }
        RailAction {
            objectName: "primary"
            weight: RailAction.Primary
            text: [qsTr("无定位开始…"), qsTr("开始检查"), qsTr("在围栏外开始")][start.way]
            glyph: ["fix-off", "pin-check", "route"][start.way]
            blocked: start.site === "" ? qsTr("还没选现场")
                   : start.way === Ui.StartWay.WithoutFix && start.reason.trim() === "" ? qsTr("还没写原因") : ""
            second: start.siteName
            onActivated: start.start()
            onMissing: start.site === "" ? query.forceActiveFocus() : reason.forceActiveFocus()
        }
    }

    PageHead {
        id: head
        width: parent.width
        title: qsTr("新建检查")
        beside: start.site === "" ? qsTr("先选现场") : start.onTheWay ? qsTr("在去 %1 的路上").arg(start.siteName) : start.siteName
        onBack: root.closed()
    }
    RowLayout {
        anchors.fill: parent
        anchors.topMargin: head.height + Theme.space.l
        anchors.margins: Theme.space.checkPage
        spacing: Theme.space.gutter

        ColumnLayout {
            visible: root.twoColumns || start.site === ""
            Layout.fillHeight: true
            Layout.fillWidth: !root.twoColumns
            Layout.preferredWidth: root.twoColumns ? Theme.size.listColumn : -1
            spacing: Theme.space.m
            TextBox {
                id: query
                objectName: "query"
                Layout.fillWidth: true
                glyph: "search"
                placeholder: qsTr("现场、责任单位或地址")
                text: start.query
                onEdited: text => start.query = text
            }
            ListView {
                Layout.fillWidth: true
                Layout.fillHeight: true
                clip: true
                spacing: Theme.space.s
                boundsBehavior: Flickable.StopAtBounds
                model: start.sites
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
                    chosen: start.site === site.key
                    onActivated: start.site = site.key
                }
                EmptyState {
                    anchors.centerIn: parent
                    width: parent.width
                    visible: !start.loading && start.siteCount === 0
                    title: start.allSites === 0 ? qsTr("本机还没有现场") : qsTr("没有找到“%1”").arg(start.query)
                    line: start.allSites === 0 ? qsTr("连上网会自动取；也可以先报一个现场。") : qsTr("名册里没有的，可以报给督查室。")
                }
                SkeletonRows {
                    visible: start.loading
                    width: parent.width
                    loading: start.loading
                }
            }
            PushButton {
                visible: !root.proposing
                text: qsTr("名册里没有这个现场…")
                onActivated: root.proposing = true
            }
            RowLayout {
                visible: root.proposing
                spacing: Theme.space.m
                TextBox {
                    id: proposal
                    Layout.fillWidth: true
                    placeholder: qsTr("现场名称")
                }
                PushButton {
                    kind: PushButton.Kind.Primary
                    text: qsTr("报给督查室")
                    blocked: proposal.text.trim() === "" ? qsTr("缺名称") : ""
                    onActivated: {
                        start.propose(proposal.text, "");
                        proposal.text = "";
                        root.proposing = false;
                    }
                    onMissing: proposal.forceActiveFocus()
                }
            }
        }
        Flickable {
            visible: root.twoColumns || start.site !== ""
            Layout.fillWidth: true
            Layout.fillHeight: true
            contentHeight: detail.implicitHeight
            boundsBehavior: Flickable.StopAtBounds
            clip: true
            ColumnLayout {
                id: detail
                width: parent.width
                spacing: Theme.space.m

                Repeater {
                    model: root.scanning && start.site === "" ? 1 : 0
                    ScanPanel {
                        Layout.fillWidth: true
                        wanted: qsTr("同事平板上的码")
                        onClosed: root.scanning = false
                        onJoin: (check, invite) => start.joinBy(check, invite)
                        onCountersign: code => root.opened("CountersignPage", {code: code})
                    }
                }
                PushButton {
                    objectName: "scan"
                    visible: start.site === "" && !root.scanning
                    glyph: "qr"
                    text: qsTr("扫码参加或会签")
                    onActivated: root.scanning = true
                }
                SectionHead {
                    visible: start.joinableCount > 0 && start.site === ""
                    Layout.fillWidth: true
                    title: qsTr("参加同事的检查")
                    beside: qsTr("%1 次正在进行").arg(start.joinableCount)
                }
                Repeater {
                    model: start.site === "" ? start.joinable : null
                    ListRow {
                        id: join
                        required property string key
                        required property string site
                        required property string person
                        required property string at
                        Layout.fillWidth: true
                        title: join.site
                        meta: join.person
                        rightTitle: qsTr("%1 开始").arg(join.at)
                        onActivated: start.join(join.key)
                    }
                }
                EmptyState {
                    visible: start.site === "" && start.joinableCount === 0 && !root.scanning
                    Layout.fillWidth: true
                    Layout.topMargin: 2 * Theme.space.xl
                    title: qsTr("选一个现场")
                    line: qsTr("选好后在这里挑事项，写明情况就开始。")
                }
                PushButton {
                    visible: start.site !== "" && !root.twoColumns
                    kind: PushButton.Kind.Quiet
                    text: qsTr("换现场")
                    onActivated: start.site = ""
                }
                PositionNotice {
                    visible: start.onTheWay
                    Layout.fillWidth: true
                }
                ThemedText {
                    visible: start.site !== "" && !start.onTheWay
                    Layout.fillWidth: true
                    text: qsTr("点“出发”开始记航迹，到围栏里自动认定到达；只为这次检查作证，不作考勤。")
                    size: Theme.type.label
                    color: Theme.color.textMuted
                    wrapMode: Text.Wrap
                }
                SectionHead {
                    visible: start.site !== ""
                    Layout.fillWidth: true
                    title: qsTr("查哪些事项")
                    beside: start.itemCount > 0 ? qsTr("已选 %1 / %2").arg(start.chosenCount).arg(start.itemCount) : ""
                }
                ThemedText {
                    visible: start.site !== "" && start.itemCount === 0
                    Layout.fillWidth: true
                    text: qsTr("这个现场的责任单位没有在办事项，三问记在检查本身。")
                    color: Theme.color.textMuted
                    wrapMode: Text.Wrap
                }
                Repeater {
                    model: start.items
                    Tappable {
                        id: item
                        required property string key
                        required property string number
                        required property string title
                        required property string due
                        required property bool chosen
                        Layout.fillWidth: true
                        implicitHeight: Math.max(Theme.size.row, implicitContentHeight + Theme.space.l)
                        leftPadding: Theme.space.l
                        rightPadding: Theme.space.l
                        text: item.title
                        spoken: Words.spoken([item.number, item.title, item.chosen ? qsTr("已选") : qsTr("未选")])
                        Accessible.role: Accessible.CheckBox
                        Accessible.checked: item.chosen
                        onActivated: start.toggleItem(item.key)
                        contentItem: RowLayout {
                            spacing: Theme.space.l
                            Rectangle {
                                implicitWidth: Theme.size.icon
                                implicitHeight: Theme.size.icon
                                radius: Theme.radius.seal
                                color: item.chosen ? Theme.color.accent : "transparent"
                                border.width: Theme.stroke.control
                                border.color: item.chosen ? Theme.color.accent : Theme.color.lineStrong
                                Glyph {
                                    anchors.centerIn: parent
                                    visible: item.chosen
                                    name: "check"
                                    tint: Theme.color.onAccent
                                    size: Theme.size.iconSmall
                                }
                            }
                            ColumnLayout {
                                Layout.fillWidth: true
                                spacing: 0
                                RowLayout {
                                    ThemedText {
                                        Layout.fillWidth: true
                                        text: item.number
                                        size: Theme.type.label
                                        bold: true
                                        color: Theme.color.accent
                                    }
                                    ThemedText {
                                        text: item.due === "" ? "" : qsTr("时限 %1").arg(item.due)
                                        size: Theme.type.caption
                                        color: Theme.color.textMuted
                                    }
                                }
                                ThemedText {
                                    Layout.fillWidth: true
                                    text: item.title
                                    wrapMode: Text.Wrap
                                    maximumLineCount: 2
                                    elide: Text.ElideRight
                                }
                            }
                        }
                        background: Rectangle {
                            radius: Theme.radius.panel
                            color: item.pressed ? Theme.color.sunken : Theme.color.surface
                            border.width: item.chosen ? Theme.stroke.chosen : Theme.stroke.line
                            border.color: item.chosen ? Theme.color.accent : Theme.color.line
                        }
                    }
                }
                SectionHead {
                    visible: root.asksWhy
                    Layout.fillWidth: true
                    Layout.topMargin: Theme.space.m
                    title: qsTr("为什么没有定位")
                    beside: qsTr("检查会标明无定位，不影响记录")
                }
                TextBox {
                    id: reason
                    objectName: "reason"
                    visible: root.asksWhy
                    Layout.fillWidth: true
                    placeholder: qsTr("例如：接收机没带、室内无信号")
                    text: start.reason
                    onEdited: text => start.reason = text
                }
                Flow {
                    visible: root.asksWhy
                    Layout.fillWidth: true
                    spacing: Theme.space.s
                    Repeater {
                        model: root.reasons.length
                        PushButton {
                            id: phrase
                            required property int index
                            text: root.reasons[phrase.index]
                            onActivated: start.reason = phrase.text
                        }
                    }
                }
            }
        }
    }
}
