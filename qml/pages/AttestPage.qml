pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha
import Zhicha.Models

// Six duties: what the tablet measured, what the inspector says. Nothing is preset and there is no "all". Then signatures.
BasePage {
    id: root

    required property string check
    property int explaining: -1
    property bool signing: false
    property bool refusing: false
    property string pinTrouble: ""

    AttestController {
        id: attest
        check: root.check
        onSignedNow: {
            root.signing = false;
            root.refusing = false;
        }
        onPinWrong: root.pinTrouble = qsTr("口令不对，没有签。")
        onFinishDone: root.opened("ArchivePage", {check: root.check, replace: true})
    }
    actions: ActionRail {
        far: [
            RailAction {
                visible: !attest.finished
                text: qsTr("完成检查")
                glyph: "receipt"
                blocked: attest.said < 6 ? qsTr("还差 %1 项").arg(6 - attest.said)
                       : attest.missingElsewhere > 0 ? qsTr("检查还差 %1 项").arg(attest.missingElsewhere)
                       : !attest.signedHere ? qsTr("待签") : ""
                onActivated: attest.finish()
                onMissing: if (attest.said === 6 && attest.missingElsewhere > 0) root.closed()
            }
        ]
        RailAction {
            visible: !attest.signedHere && !attest.finished
            weight: RailAction.Frequent
            text: qsTr("拒签…")
            glyph: "cross"
            onActivated: {
                root.signing = false;
                root.refusing = true;
            }
        }
        RailAction {
            objectName: "colleague"
            visible: attest.signedHere
            weight: RailAction.Primary
            text: qsTr("请同事会签")
            glyph: "person"
            onActivated: root.opened("ColleaguePage", {check: root.check})
        }
        RailAction {
            objectName: "sign"
            visible: !attest.signedHere
            weight: RailAction.Primary
            text: qsTr("签名")
            second: attest.person
            glyph: "pencil"
            blocked: attest.said < 6 ? qsTr("还差 %1 项").arg(6 - attest.said) : ""
            onActivated: {
                root.refusing = false;
                root.pinTrouble = "";
                root.signing = true;
            }
        }
    }

    PageHead {
        id: head
        width: parent.width
        title: qsTr("四不两直")
        beside: qsTr("%1 · 左为本机测得，右由督查员确认").arg(attest.site)
        onBack: root.closed()
        ThemedText {
            text: qsTr("%1 / 6").arg(attest.said)
            size: Theme.type.heading
            bold: true
        }
    }
    Flickable {
        anchors.fill: parent
        anchors.topMargin: head.height
        contentHeight: column.implicitHeight + 2 * Theme.space.l
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        ColumnLayout {
            id: column
            x: Theme.space.page
            y: Theme.space.l
            width: parent.width - 2 * x
            spacing: Theme.space.m
            Banner {
                visible: attest.trouble !== ""
                Layout.fillWidth: true
                tone: Ui.Tone.Danger
                glyph: "warning"
                title: attest.trouble
                sentence: attest.troubleNext
                action: qsTr("知道了")
                onActivated: attest.dismissTrouble()
            }
            ReasonStrip {
                visible: root.refusing
                Layout.fillWidth: true
                question: qsTr("拒签也是有效的结束。写明原因，随检查送出。")
                finalText: qsTr("拒签")
                onKept: root.refusing = false
                onConfirmed: reason => attest.refuse(reason)
            }
            PinStrip {
                visible: root.signing
                Layout.fillWidth: true
                question: qsTr("输入本人口令，签下到此为止的全部记录。签后只能更正，不能再改。")
                trouble: root.pinTrouble
                onKept: root.signing = false
                onEntered: pin => attest.sign(pin)
            }
            Panel {
                Layout.fillWidth: true
                implicitHeight: rows.implicitHeight
                ColumnLayout {
                    id: rows
                    width: parent.width
                    spacing: 0
                    RowLayout {
                        visible: !Theme.portrait
                        Layout.fillWidth: true
                        Layout.margins: Theme.space.m
                        Layout.leftMargin: Theme.space.checkPage
                        ThemedText {
                            Layout.preferredWidth: Theme.size.dutyColumn + Theme.space.xl * 2
                            text: qsTr("要求")
                            size: Theme.type.label
                            color: Theme.color.textMuted
                        }
                        ThemedText {
                            Layout.fillWidth: true
                            text: qsTr("本机测得")
                            size: Theme.type.label
                            color: Theme.color.textMuted
                        }
                        ThemedText {
                            Layout.preferredWidth: 3 * Theme.size.keptWidth + Theme.space.s
                            text: qsTr("督查员确认")
                            size: Theme.type.label
                            color: Theme.color.textMuted
                        }
                    }
                    Repeater {
                        model: attest.duties
                        ColumnLayout {
                            id: row
                            required property int index
                            required property int duty
                            required property int measured
                            required property string fact
                            required property string detail
                            required property int kept
                            required property string note
                            Layout.fillWidth: true
                            spacing: 0
                            AttestRow {
                                objectName: "duty-" + row.index
                                Layout.fillWidth: true
                                duty: row.duty
                                measured: row.measured
                                fact: row.fact
                                detail: row.note !== "" ? qsTr("说明：%1").arg(row.note) : row.detail
                                kept: row.kept
                                last: row.index === 5
                                onAnswered: kept => {
                                    attest.say(row.duty, kept, row.note);
                                    root.explaining = kept === Ui.Kept.Kept ? -1 : row.duty;
                                }
                            }
                            RowLayout {
                                visible: root.explaining === row.duty
                                Layout.fillWidth: true
                                Layout.margins: Theme.space.m
                                spacing: Theme.space.m
                                TextBox {
                                    id: why
                                    Layout.fillWidth: true
                                    placeholder: row.kept === Ui.Kept.NotKept ? qsTr("为什么没做到") : qsTr("说明情况")
                                    text: row.note
                                    onAccepted: done.activated()
                                }
                                PushButton {
                                    id: done
                                    text: qsTr("记下")
                                    onActivated: {
                                        attest.say(row.duty, row.kept, why.text);
                                        root.explaining = -1;
                                    }
                                }
                            }
                        }
                    }
                }
            }
            GridLayout {
                Layout.fillWidth: true
                columns: Theme.portrait ? 1 : 2
                columnSpacing: Theme.space.l
                rowSpacing: Theme.space.m
                Repeater {
                    model: attest.signatures
                    SignatureCard {
                        id: card
                        required property string person
                        required property bool own
                        required property int covers
                        required property string head
                        required property string refusal
                        required property bool onItsWay
                        required property var model
                        Layout.fillWidth: true
                        name: card.person !== "" ? card.person : qsTr("另一名督查员")
                        role: card.own ? qsTr("督查员") : qsTr("会签督查员")
                        signing: card.model.signing
                        at: card.model.at
                        line: card.refusal !== "" ? card.refusal
                            : card.onItsWay ? qsTr("在这台平板上签的，随本人的记录送出")
                            : card.covers > 0 ? qsTr("签名覆盖 %1 项记录 · 末值 %2").arg(card.covers).arg(card.head) : qsTr("用本人口令签")
                    }
                }
            }
        }
    }
}
