pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha
import Zhicha.Models

// 意见建议: what one thinks, sent to the office as it is; below what was said before and what the office answered.
BasePage {
    id: root

    FeedbackController {
        id: feedback
    }
    actions: ActionRail {
        RailAction {
            id: give
            objectName: "give"
            weight: RailAction.Primary
            text: qsTr("提交意见")
            glyph: "send"
            blocked: feedback.missingText ? qsTr("缺文字") : ""
            onActivated: feedback.give()
            onMissing: editor.forceActiveFocus()
        }
    }

    PageHead {
        id: head
        width: parent.width
        title: qsTr("意见建议")
        beside: qsTr("对程序、对工作都可以说，督查室答复")
        onBack: root.closed()
        SavePill {
            visible: save !== Ui.Save.Idle
            save: feedback.draft.state
            savedAt: feedback.draft.savedAt
            reason: feedback.draft.why
            retrySeconds: 3
        }
    }
    Flickable {
        anchors.fill: parent
        anchors.topMargin: head.height
        contentHeight: grid.implicitHeight + 2 * Theme.space.l
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        GridLayout {
            id: grid
            x: Theme.space.page
            y: Theme.space.l
            width: parent.width - 2 * x
            columns: root.twoColumns ? 2 : 1
            columnSpacing: Theme.space.xl
            rowSpacing: Theme.space.l
            ColumnLayout {
                Layout.fillWidth: true
                Layout.alignment: Qt.AlignTop
                Layout.preferredWidth: Theme.size.listColumn
                spacing: Theme.space.m
                Banner {
                    visible: feedback.trouble !== ""
                    Layout.fillWidth: true
                    tone: Ui.Tone.Danger
                    glyph: "warning"
                    title: feedback.trouble
                    sentence: feedback.troubleNext
                    action: qsTr("知道了")
                    onActivated: feedback.dismissTrouble()
                }
                TextEditor {
                    id: editor
                    objectName: "editor"
                    Layout.fillWidth: true
                    Layout.preferredHeight: Theme.size.replyHeight
                    placeholder: qsTr("哪里不好用、哪里做得不对、怎样更好")
                    name: qsTr("意见")
                    text: feedback.text
                    onEdited: text => feedback.text = text
                }
                TextBox {
                    objectName: "contact"
                    Layout.fillWidth: true
                    placeholder: qsTr("联系方式，可以不填")
                    text: feedback.contact
                    onEdited: text => feedback.contact = text
                }
                ThemedText {
                    Layout.fillWidth: true
                    text: qsTr("随同步送出，署本人姓名；不影响任何检查。")
                    size: Theme.type.label
                    color: Theme.color.textMuted
                    wrapMode: Text.Wrap
                }
            }
            ColumnLayout {
                Layout.fillWidth: true
                Layout.alignment: Qt.AlignTop
                Layout.preferredWidth: Theme.size.detailColumn
                spacing: Theme.space.m
                SectionHead {
                    Layout.fillWidth: true
                    title: qsTr("提过的意见 %1").arg(feedback.count)
                }
                EmptyState {
                    visible: feedback.count === 0 && !feedback.loading
                    Layout.fillWidth: true
                    Layout.topMargin: Theme.space.xl
                    title: qsTr("还没有提过意见")
                    line: qsTr("提交后在这里看督查室的答复。")
                }
                Repeater {
                    model: feedback.given
                    Panel {
                        id: one
                        required property string text
                        required property string at
                        required property string answer
                        required property string answeredBy
                        required property string answeredAt
                        Layout.fillWidth: true
                        implicitHeight: said.implicitHeight + 2 * Theme.space.l
                        ColumnLayout {
                            id: said
                            x: Theme.space.l
                            y: Theme.space.l
                            width: parent.width - 2 * x
                            spacing: Theme.space.s
                            ThemedText {
                                Layout.fillWidth: true
                                text: one.text
                                wrapMode: Text.Wrap
                            }
                            ThemedText {
                                Layout.fillWidth: true
                                text: one.at
                                size: Theme.type.caption
                                color: Theme.color.textMuted
                            }
                            ThemedText {
                                Layout.fillWidth: true
                                text: one.answer !== "" ? one.answer : qsTr("督查室还没答复")
                                bold: one.answer !== ""
                                color: one.answer !== "" ? Theme.color.text : Theme.color.textMuted
                                wrapMode: Text.Wrap
                            }
                            ThemedText {
                                visible: one.answer !== ""
                                Layout.fillWidth: true
                                text: Words.joined([one.answeredBy !== "" ? qsTr("%1 答复").arg(one.answeredBy) : qsTr("督查室答复"), one.answeredAt])
                                size: Theme.type.caption
                                color: Theme.color.textMuted
                            }
                        }
                    }
                }
            }
        }
    }
}
