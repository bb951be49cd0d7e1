pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha
import Zhicha.Models

// The check: items with three questions at the left, findings and the tally at the right, what is missing below.
BasePage {
    id: root

    required property string check
    property bool finishing: false

    function go(part: var): void {
        if (part.kind === 2)
            root.opened("FindingPage", {check: root.check, finding: part.draft});
        else if (part.kind === 3)
            root.opened("AttestPage", {check: root.check});
        else if (part.kind === 1)
            root.opened("AnswerPage", {check: root.check, item: part.item, question: part.question});
        else
            control.openItem = part.item;
    }
    CheckController {
        id: control
        check: root.check
        onFinishDone: root.opened("ArchivePage", {check: root.check, replace: true})
        Component.onCompleted: control.makeCurrent()
    }
    showsFix: true
    actions: ActionRail {
        far: [
            RailAction {
                objectName: "finish"
                visible: !control.finished
                text: qsTr("完成检查")
                glyph: "receipt"
                blocked: control.missingCount > 0 ? qsTr("还差 %1 项").arg(control.missingCount) : ""
                onActivated: root.finishing = true
                onMissing: root.go(control.firstMissing)
            },
            RailAction {
                objectName: "attest"
                text: qsTr("四不两直")
                glyph: "shield"
                onActivated: root.opened("AttestPage", {check: root.check})
            }
        ]
        RailAction {
            objectName: "finding"
            weight: RailAction.Frequent
            text: qsTr("记问题")
            glyph: "flag"
            onActivated: root.opened("FindingPage", {check: root.check, finding: control.newFinding()})
        }
        RailAction {
            objectName: "camera"
            weight: RailAction.Primary
            text: qsTr("拍照")
            glyph: "camera"
            onActivated: root.opened("CameraPage", {check: root.check})
        }
    }
    Keys.onPressed: event => {
        if (event.key === Qt.Key_N && (event.modifiers & Qt.ControlModifier)) {
            root.opened("FindingPage", {check: root.check, finding: control.newFinding()});
            event.accepted = true;
        }
    }

    CheckHead {
        id: head
        width: parent.width
        controller: control
        onBack: root.closed()
    }
    Flickable {
        id: view
        anchors.top: head.bottom
        anchors.bottom: foot.top
        width: parent.width
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

                Banner {
                    visible: control.trouble !== ""
                    Layout.fillWidth: true
                    tone: Ui.Tone.Danger
                    glyph: "warning"
                    title: control.trouble
                    sentence: control.troubleNext
                    action: qsTr("知道了")
                    onActivated: control.dismissTrouble()
                }
                ConfirmStrip {
                    visible: root.finishing
                    Layout.fillWidth: true
                    question: qsTr("完成后这次检查送督查室审核，还能更正，不能再加。")
                    finalText: qsTr("完成检查")
                    onKept: root.finishing = false
                    onConfirmed: {
                        root.finishing = false;
                        control.finish();
                    }
                }
                SkeletonRows {
                    visible: control.loading
                    Layout.fillWidth: true
                    loading: control.loading
                }
                Repeater {
                    model: control.items
                    ItemCard {
                        id: item
                        required property string key
                        required property string number
                        required property string due
                        required property var model
                        Layout.fillWidth: true
                        documentNumber: item.number
                        title: item.model.title
                        answers: item.model.answers
                        overdueDays: item.model.overdueDays
                        deadline: item.due
                        open: control.openItem === item.key
                        onOpened: control.openItem = item.key
                        Repeater {
                            model: item.open ? 3 : 0
                            QuestionRow {
                                id: asked
                                required property int index
                                readonly property var values: item.model.questions[asked.index]
                                objectName: "question-" + asked.index
                                question: asked.index
                                answer: asked.values.value
                                note: asked.values.note !== "" ? asked.values.note
                                    : asked.index === 2 && control.peopleCount > 0 ? qsTr("%1 人已问").arg(control.peopleCount) : ""
                                photo: asked.values.photo
                                photoCount: asked.values.photos
                                onAnswered: answer => control.answer(item.key, asked.index, answer)
                                onNoteTapped: root.opened("AnswerPage", {check: root.check, item: item.key, question: asked.index})
                                onPhotoTapped: root.opened("AnswerPage", {check: root.check, item: item.key, question: asked.index})
                                onAddTapped: root.opened("AnswerPage", {check: root.check, item: item.key, question: asked.index})
                            }
                        }
                    }
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
                        ThemedText {
                            visible: control.findingCount === 0 && !control.loading
                            Layout.topMargin: Theme.space.s
                            text: qsTr("还没有记问题")
                            color: Theme.color.textMuted
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
                                required property bool contested
                                required property var model
                                Layout.fillWidth: true
                                title: found.model.text !== "" ? found.model.text : qsTr("还没写字")
                                draft: found.model.draft
                                meta: Words.joined([found.draft ? qsTr("草稿，未记入") : found.voided ? qsTr("已作废") : found.contested ? qsTr("两说不一") : "",
                                    found.itemNumber, found.photos > 0 ? qsTr("照片 %1").arg(found.photos) : "", found.draft ? "" : found.at])
                                opacity: found.voided ? 0.6 : 1
                                onActivated: root.opened("FindingPage", {check: root.check, finding: found.key})
                            }
                        }
                    }
                }
                TallyPanel {
                    Layout.fillWidth: true
                    controller: control
                }
                ListRow {
                    objectName: "colleagues"
                    Layout.fillWidth: true
                    title: qsTr("同事")
                    meta: qsTr("%1；请人参加或会签").arg(control.people)
                    onActivated: root.opened("ColleaguePage", {check: root.check})
                }
                ListRow {
                    objectName: "correctSite"
                    visible: control.known
                    Layout.fillWidth: true
                    title: qsTr("现场不对？")
                    meta: qsTr("更正为别的现场，写明原因")
                    onActivated: root.opened("CorrectPage", {check: root.check})
                }
            }
        }
    }
    Rectangle {
        id: foot
        anchors.bottom: parent.bottom
        width: parent.width
        height: Math.max(Theme.size.footBar, steps.implicitHeight + Theme.space.l)
        color: Theme.color.surface
        Rectangle {
            width: parent.width
            height: Theme.stroke.line
            color: Theme.color.line
        }
        ProgressSteps {
            id: steps
            anchors.fill: parent
            anchors.leftMargin: Theme.space.page
            anchors.rightMargin: Theme.space.checkPage
            done: control.partsDone
            total: control.parts
            missing: control.missingTexts
            onJumped: index => root.go(control.missingAt(index))
        }
    }
}
