pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha
import Zhicha.Models

// The office's question, what it is about, and the answer. Past the due time it stays possible.
BasePage {
    id: root

    required property string check
    required property string question

    ReturnedController {
        id: asked
        check: root.check
        question: root.question
        onReplied: root.closed()
    }
    actions: ActionRail {
        RailAction {
            weight: RailAction.Frequent
            text: qsTr("拍照")
            glyph: "camera"
            visible: asked.open
            onActivated: {
                asked.leave();
                root.opened("CameraPage", {check: root.check, to: root.question, draftKind: "reply"});
            }
        }
        RailAction {
            objectName: "reply"
            visible: asked.open
            weight: RailAction.Primary
            text: qsTr("答复")
            glyph: "send"
            blocked: asked.text.trim() === "" ? qsTr("缺文字") : ""
            onActivated: asked.reply()
            onMissing: editor.forceActiveFocus()
        }
    }
    PageHead {
        id: head
        width: parent.width
        title: qsTr("退回待答")
        beside: asked.site
        onBack: root.closed()
        SavePill {
            visible: save !== Ui.Save.Idle
            save: asked.draft.state
            savedAt: asked.draft.savedAt
            reason: asked.draft.why
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
                    visible: !asked.open
                    Layout.fillWidth: true
                    glyph: "check"
                    title: qsTr("已经答复")
                    sentence: qsTr("答复已记下，随同步送出。")
                }
                Panel {
                    Layout.fillWidth: true
                    implicitHeight: words.implicitHeight + 2 * Theme.space.l
                    ColumnLayout {
                        id: words
                        x: Theme.space.l
                        y: Theme.space.l
                        width: parent.width - 2 * x
                        spacing: Theme.space.s
                        RowLayout {
                            spacing: Theme.space.l
                            StateStamp {
                                stamp: Ui.Stamp.Returned
                            }
                            ThemedText {
                                Layout.fillWidth: true
                                text: asked.questionText
                                size: Theme.type.heading
                                bold: true
                                wrapMode: Text.Wrap
                            }
                        }
                        ThemedText {
                            Layout.fillWidth: true
                            text: Words.joined([asked.askedBy !== "" ? qsTr("%1 退回").arg(asked.askedBy) : qsTr("督查室退回"), asked.askedAt])
                            size: Theme.type.label
                            color: Theme.color.textMuted
                        }
                        ThemedText {
                            visible: asked.due !== ""
                            Layout.fillWidth: true
                            text: asked.overdue ? qsTr("已过期 %1，仍可答复").arg(asked.left) : qsTr("%1 前，还剩 %2").arg(asked.due).arg(asked.left)
                            size: Theme.type.label
                            bold: true
                            color: asked.overdue ? Theme.color.danger : Theme.color.warn
                        }
                    }
                }
                TextEditor {
                    id: editor
                    objectName: "editor"
                    Layout.fillWidth: true
                    Layout.preferredHeight: Theme.size.replyHeight
                    readOnly: !asked.open
                    placeholder: qsTr("直接回答督查室的问题")
                    name: qsTr("答复")
                    text: asked.text
                    onEdited: text => asked.text = text
                }
                PhotoStrip {
                    Layout.fillWidth: true
                    model: asked.photos
                    canAdd: asked.open
                    onAddTapped: {
                        asked.leave();
                        root.opened("CameraPage", {check: root.check, to: root.question, draftKind: "reply"});
                    }
                }
            }
            ColumnLayout {
                Layout.fillWidth: true
                Layout.alignment: Qt.AlignTop
                Layout.preferredWidth: Theme.size.detailColumn
                spacing: Theme.space.m
                SectionHead {
                    Layout.fillWidth: true
                    title: qsTr("督查室看的是")
                }
                RowLayout {
                    visible: asked.about !== ""
                    spacing: Theme.space.m
                    SeverityBadge {
                        severity: asked.aboutSeverity
                    }
                    ThemedText {
                        Layout.fillWidth: true
                        text: asked.about
                        wrapMode: Text.Wrap
                    }
                }
                ThemedText {
                    visible: asked.about === ""
                    text: qsTr("整次检查")
                    color: Theme.color.textMuted
                }
                PhotoStrip {
                    Layout.fillWidth: true
                    visible: asked.aboutPhotoCount > 0
                    model: asked.aboutPhotos
                    canAdd: false
                }
                PushButton {
                    text: qsTr("打开检查")
                    onActivated: root.opened("ArchivePage", {check: root.check})
                }
            }
        }
    }
}
