pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha
import Zhicha.Models

// One question, large: the answer, a note, evidence, and what was answered before.
BasePage {
    id: root

    required property string check
    required property string item
    required property int question
    // The answer that was cleared here last: one press brings it back.
    property int cleared: Ui.Answer.Unanswered

    AnswerController {
        id: control
        check: root.check
        item: root.item
        question: root.question
    }
    actions: ActionRail {
        far: [
            RailAction {
                visible: control.value !== Ui.Answer.Unanswered
                text: qsTr("清除答案")
                glyph: "undo"
                onActivated: {
                    root.cleared = control.value;
                    control.clear();
                }
            }
        ]
        RailAction {
            weight: RailAction.Primary
            text: qsTr("拍照")
            glyph: "camera"
            blocked: control.canTakePhotos ? "" : qsTr("先答这一问")
            onActivated: root.opened("CameraPage", {check: root.check, to: control.answerId})
            onMissing: picker.forceActiveFocus()
        }
    }

    PageHead {
        id: head
        width: parent.width
        title: Words.questionWord(root.question)
        beside: Words.joined([control.itemNumber, control.itemTitle])
        onBack: root.closed()
        SavePill {
            visible: save !== Ui.Save.Idle
            save: control.draft.state
            savedAt: control.draft.savedAt
            reason: control.draft.why
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
                    visible: control.contested
                    Layout.fillWidth: true
                    tone: Ui.Tone.Warn
                    glyph: "warning"
                    title: qsTr("两说不一")
                    sentence: qsTr("督查室裁定，你不用动。")
                }
                Banner {
                    visible: root.cleared !== Ui.Answer.Unanswered && control.value === Ui.Answer.Unanswered
                    Layout.fillWidth: true
                    glyph: "undo"
                    title: qsTr("已清除“%1”").arg(Words.answerWord(root.cleared))
                    sentence: qsTr("这一问的经过里都留着。")
                    action: qsTr("恢复")
                    onActivated: control.choose(root.cleared)
                }
                AnswerPicker {
                    id: picker
                    Layout.fillWidth: true
                    answer: control.value
                    question: head.title
                    enabled: !control.contested
                    onAnswered: value => control.choose(value)
                }
                TextEditor {
                    id: note
                    objectName: "note"
                    Layout.fillWidth: true
                    Layout.preferredHeight: Theme.size.noteHeight
                    placeholder: qsTr("说明看到了什么、怎么得出的答案")
                    name: qsTr("说明")
                    text: control.note
                    onEdited: text => control.note = text
                    onFinished: control.leave()
                }
                PhraseBar {
                    Layout.fillWidth: true
                    phrases: App.settings.phrases
                    onPhrasePicked: phrase => note.insert(phrase)
                    onAddTapped: root.placed(Ui.Place.Settings)
                }
            }
            ColumnLayout {
                Layout.fillWidth: true
                Layout.alignment: Qt.AlignTop
                Layout.preferredWidth: Theme.size.detailColumn
                spacing: Theme.space.m
                SectionHead {
                    Layout.fillWidth: true
                    title: qsTr("依据 %1").arg(control.photoCount)
                    beside: qsTr("原样保存，不裁不改")
                }
                ThemedText {
                    visible: control.photoCount === 0
                    Layout.fillWidth: true
                    text: qsTr("照片或说明，有一样就算有依据。")
                    size: Theme.type.label
                    color: Theme.color.textMuted
                    wrapMode: Text.Wrap
                }
                PhotoStrip {
                    Layout.fillWidth: true
                    model: control.photos
                    canAdd: control.canTakePhotos
                    onOpened: index => root.opened("PhotoPage", {check: root.check, photo: control.photoAt(index)})
                    onAddTapped: root.opened("CameraPage", {check: root.check, to: control.answerId})
                }
                SectionHead {
                    visible: history.count > 0
                    Layout.fillWidth: true
                    title: qsTr("这一问的经过")
                }
                Repeater {
                    id: history
                    model: control.history
                    RowLayout {
                        id: past
                        required property string at
                        required property int value
                        required property string note
                        Layout.fillWidth: true
                        spacing: Theme.space.m
                        ThemedText {
                            text: past.at
                            size: Theme.type.label
                            color: Theme.color.textMuted
                        }
                        ThemedText {
                            Layout.fillWidth: true
                            text: Words.joined([past.value === Ui.Answer.Unanswered ? "" : Words.answerWord(past.value), past.note])
                            size: Theme.type.label
                            wrapMode: Text.Wrap
                            maximumLineCount: 2
                            elide: Text.ElideRight
                        }
                    }
                }
            }
        }
    }
}
