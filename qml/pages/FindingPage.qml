pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha
import Zhicha.Models

// One finding: typed as a draft that is always on disk, recorded by one action, corrected with a reason afterwards.
BasePage {
    id: root

    required property string check
    required property string finding
    // "", "void", "discard"; a correction is asked for by the controller, since it comes back after a crash
    property string asking: ""
    readonly property bool amending: control.amending
    property bool choosingItem: false
    readonly property bool typing: App.phase === App.Open && InputMethod.visible

    FindingController {
        id: control
        check: root.check
        finding: root.finding
        onRecordDone: root.closed()
        onDiscarded: root.closed()
    }
    actions: ActionRail {
        far: [
            RailAction {
                visible: !control.recorded
                text: qsTr("作废草稿")
                glyph: "cross"
                dangerous: true
                onActivated: root.asking = "discard"
            },
            RailAction {
                visible: control.recorded
                text: control.voided ? qsTr("恢复…") : qsTr("作废…")
                glyph: control.voided ? "undo" : "cross"
                dangerous: !control.voided
                onActivated: root.asking = "void"
            }
        ]
        RailAction {
            weight: RailAction.Frequent
            text: qsTr("拍照")
            glyph: "camera"
            visible: !control.voided
            onActivated: {
                control.leave();
                root.opened("CameraPage", {check: root.check, to: root.finding, draftKind: control.recorded ? "" : "finding"});
            }
        }
        RailAction {
            objectName: "record"
            visible: !control.recorded
            weight: RailAction.Primary
            text: qsTr("记入检查")
            glyph: "check"
            blocked: control.missingText ? qsTr("缺文字") : control.missingSeverity ? qsTr("缺严重程度") : ""
            onActivated: control.record()
            onMissing: control.missingText ? editor.forceActiveFocus() : severity.forceActiveFocus()
        }
        RailAction {
            visible: control.recorded && !control.voided
            weight: RailAction.Primary
            objectName: "amend"
            text: qsTr("更正…")
            glyph: "pencil"
            onActivated: {
                root.asking = "";
                control.amending = true;
            }
        }
    }

    PageHead {
        id: head
        width: parent.width
        title: control.recorded ? (control.voided ? qsTr("已作废的问题") : qsTr("问题")) : qsTr("问题草稿")
        beside: control.recorded ? qsTr("%1 · %2 记入").arg(control.site).arg(control.recordedAt) : control.site
        onBack: root.closed()
        SavePill {
            objectName: "save"
            visible: save !== Ui.Save.Idle
            save: control.draft.state
            savedAt: control.draft.savedAt
            reason: control.draft.why
            retrySeconds: 3
        }
    }
    Flickable {
        id: view
        anchors.fill: parent
        anchors.topMargin: head.height
        contentHeight: Math.max(grid.implicitHeight + 2 * Theme.space.l, height)
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        GridLayout {
            id: grid
            x: Theme.space.page
            y: Theme.space.l
            width: parent.width - 2 * x
            height: root.twoColumns ? Math.max(implicitHeight, view.height - 2 * Theme.space.l) : implicitHeight
            columns: root.twoColumns ? 2 : 1
            columnSpacing: Theme.space.xl
            rowSpacing: Theme.space.l

            ColumnLayout {
                Layout.fillWidth: true
                Layout.fillHeight: !control.recorded
                // Many photos make the other column long; what is typed and its severity stay in one view.
                Layout.maximumHeight: root.twoColumns ? Math.max(implicitHeight, view.height - 2 * Theme.space.l) : Infinity
                Layout.alignment: Qt.AlignTop
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
                Banner {
                    visible: control.voided
                    Layout.fillWidth: true
                    glyph: "undo"
                    title: qsTr("已作废")
                    sentence: qsTr("原来的文字和照片都留着，督查室看得到；随时可以恢复。")
                    action: qsTr("恢复")
                    onActivated: control.voidIt(false, qsTr("撤销作废"))
                }
                Banner {
                    visible: control.contested
                    Layout.fillWidth: true
                    tone: Ui.Tone.Warn
                    glyph: "warning"
                    title: qsTr("两说不一")
                    sentence: qsTr("督查室裁定，你不用动。")
                }
                ReasonStrip {
                    visible: root.asking !== "" || root.amending
                    Layout.fillWidth: true
                    typed: root.amending ? control.amendReason : ""
                    question: root.asking === "discard" ? qsTr("作废这份草稿？写明原因，照片不删。")
                            : root.amending ? qsTr("更正会留下原来的文字。写明原因。")
                            : control.voided ? qsTr("恢复这个问题？写明原因。") : qsTr("作废这个问题？写明原因，原来的文字和照片都留着。")
                    finalText: root.amending ? qsTr("更正") : control.voided ? qsTr("恢复") : qsTr("作废")
                    grave: !root.amending && !control.voided
                    onEdited: reason => control.amendReason = reason
                    onKept: {
                        root.asking = "";
                        control.amending = false;
                    }
                    onConfirmed: reason => {
                        if (root.asking === "discard")
                            control.discard(reason);
                        else if (root.amending)
                            control.amend(reason, control.amendText, control.amendSeverity);
                        else
                            control.voidIt(!control.voided, reason);
                        root.asking = "";
                    }
                }
                RowLayout {
                    visible: control.items && !(control.itemTitle === "" && control.recorded)
                    spacing: Theme.space.m
                    ThemedText {
                        text: qsTr("所属事项")
                        size: Theme.type.label
                        bold: true
                        color: Theme.color.textMuted
                    }
                    ListRow {
                        Layout.fillWidth: true
                        title: control.itemTitle !== "" ? Words.joined([control.itemNumber, control.itemTitle]) : qsTr("不属于哪个事项")
                        titleBold: false
                        sign: control.recorded ? "" : "chevron-down"
                        implicitHeight: Theme.size.field
                        onActivated: root.choosingItem = !control.recorded && !root.choosingItem
                    }
                }
                Repeater {
                    model: root.choosingItem ? control.items : null
                    ListRow {
                        id: choice
                        required property string key
                        required property string number
                        required property var model
                        Layout.fillWidth: true
                        title: choice.model.title
                        meta: choice.number
                        chosen: control.item === choice.key
                        sign: ""
                        onActivated: {
                            control.item = choice.key;
                            root.choosingItem = false;
                        }
                    }
                }
                TextEditor {
                    id: editor
                    objectName: "editor"
                    Layout.fillWidth: true
                    Layout.fillHeight: !control.recorded
                    Layout.minimumHeight: Theme.size.editorHeight
                    readOnly: control.recorded
                    placeholder: qsTr("在哪里、是什么、有多少、有什么危险")
                    name: qsTr("问题文字")
                    text: control.text
                    onEdited: text => control.text = text
                }
                PhraseBar {
                    visible: !control.recorded
                    Layout.fillWidth: true
                    phrases: App.settings.phrases
                    onPhrasePicked: phrase => {
                        editor.forceActiveFocus();
                        editor.insert(phrase);
                    }
                    onAddTapped: root.placed(Ui.Place.Settings)
                }
                ThemedText {
                    text: qsTr("严重程度")
                    size: Theme.type.label
                    bold: true
                    color: Theme.color.textMuted
                }
                SeverityPicker {
                    id: severity
                    visible: !control.recorded
                    objectName: "severity"
                    Layout.fillWidth: true
                    Layout.fillHeight: false
                    severity: control.severity
                    onPicked: value => control.severity = value
                }
                SeverityBadge {
                    visible: control.recorded
                    severity: control.severity
                }
                ColumnLayout {
                    visible: root.amending
                    Layout.fillWidth: true
                    spacing: Theme.space.m
                    TextEditor {
                        objectName: "amended"
                        Layout.fillWidth: true
                        Layout.preferredHeight: Theme.size.editorHeight
                        name: qsTr("更正后的文字")
                        text: control.amendText
                        onEdited: text => control.amendText = text
                    }
                    SeverityPicker {
                        Layout.fillWidth: true
                        severity: control.amendSeverity
                        onPicked: value => control.amendSeverity = value
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
                    title: qsTr("照片 %1").arg(control.photoCount)
                    beside: qsTr("原样保存，不裁不改")
                }
                PhotoStrip {
                    Layout.fillWidth: true
                    model: control.photos
                    tileWidth: Math.floor((width - Theme.space.rail) / 2) - 1
                    tileHeight: Theme.size.photoTile
                    captioned: false
                    canAdd: !control.voided
                    onOpened: index => root.opened("PhotoPage", {check: root.check, photo: control.photoAt(index)})
                    onAddTapped: {
                        control.leave();
                        root.opened("CameraPage", {check: root.check, to: root.finding, draftKind: control.recorded ? "" : "finding"});
                    }
                }
                ThemedText {
                    text: qsTr("取得方式")
                    size: Theme.type.label
                    bold: true
                    color: Theme.color.textMuted
                }
                GridLayout {
                    Layout.fillWidth: true
                    columns: 2
                    columnSpacing: Theme.space.s
                    rowSpacing: Theme.space.s
                    Repeater {
                        model: [Ui.Obtained.PublicPlace, Ui.Obtained.Disclosed, Ui.Obtained.Consented, Ui.Obtained.Approved]
                        ChoiceTile {
                            id: way
                            required property int modelData
                            Layout.fillWidth: true
                            Layout.fillHeight: true
                            text: Words.obtainedWord(way.modelData)
                            meaning: Words.obtainedMeaning(way.modelData)
                            chosen: control.obtained === way.modelData
                            enabled: !control.recorded
                            onPicked: control.obtained = way.modelData
                        }
                    }
                }
                ThemedText {
                    visible: control.position !== ""
                    text: qsTr("位置")
                    size: Theme.type.label
                    bold: true
                    color: Theme.color.textMuted
                }
                HealthRow {
                    visible: control.position !== ""
                    Layout.fillWidth: true
                    glyph: "fix"
                    name: control.position
                    meta: control.positionNote
                    lined: false
                }
            }
        }
    }
}
