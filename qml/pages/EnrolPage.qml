pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha
import Zhicha.Models

// Four steps: type address and code, compare the office's fingerprint, choose a PIN, fetch the first data.
BasePage {
    id: root

    readonly property list<string> steps: [qsTr("输登记码"), qsTr("核对督查室"), qsTr("设口令"), qsTr("取事项和现场")]

    property string first: ""
    property string second: ""
    property bool differ: false
    property bool scanning: false
    // As the field begins: not a mistake yet.
    readonly property string fresh: "https://"

    EnrolController {
        id: enrol
        onPinsDiffer: {
            root.differ = true;
            root.first = "";
            root.second = "";
        }
    }
    function takeDigit(digit: string): void {
        root.differ = false;
        if (root.first.length < 6)
            root.first += digit;
        else if (root.second.length < 6)
            root.second += digit;
        if (root.second.length === 6)
            enrol.setPin(root.first, root.second);
    }
    function eraseDigit(): void {
        if (root.second.length > 0)
            root.second = root.second.slice(0, -1);
        else
            root.first = root.first.slice(0, -1);
    }

    Flickable {
        anchors.fill: parent
        contentHeight: body.implicitHeight + 2 * Theme.space.xl
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        ColumnLayout {
            id: body
            x: 2 * Theme.space.xl
            y: Theme.space.xl
            width: parent.width - 2 * x
            spacing: Theme.space.l

            RowLayout {
                ThemedText {
                    Layout.fillWidth: true
                    text: qsTr("登记这台平板")
                    size: Theme.type.title
                    bold: true
                }
                PushButton {
                    visible: enrol.step < 4 && (enrol.step > 1 || App.people.rowCount() > 0)
                    kind: PushButton.Kind.Quiet
                    text: qsTr("返回")
                    onActivated: enrol.step > 1 ? enrol.back() : App.backToLock()
                }
            }
            Flow {
                Layout.fillWidth: true
                spacing: Theme.space.l
                Repeater {
                    model: root.steps.length
                    Row {
                        id: step
                        required property int index
                        readonly property bool current: enrol.step === step.index + 1
                        spacing: Theme.space.s
                        Rectangle {
                            width: Theme.size.step
                            height: width
                            radius: width / 2
                            color: step.current ? Theme.color.accent : "transparent"
                            border.width: step.current ? 0 : Theme.stroke.chosen
                            border.color: Theme.color.lineStrong
                            ThemedText {
                                anchors.centerIn: parent
                                text: step.index + 1
                                size: Theme.type.label
                                bold: true
                                color: step.current ? Theme.color.onAccent : Theme.color.textMuted
                            }
                        }
                        ThemedText {
                            anchors.verticalCenter: parent.verticalCenter
                            text: root.steps[step.index]
                            bold: step.current
                            color: step.current ? Theme.color.text : Theme.color.textMuted
                        }
                    }
                }
            }
            Banner {
                visible: enrol.trouble !== ""
                Layout.fillWidth: true
                tone: Ui.Tone.Warn
                glyph: "warning"
                title: enrol.trouble
                sentence: enrol.troubleNext
                action: enrol.step === 4 ? qsTr("再试") : ""
                onActivated: enrol.tryAgain()
            }

            // 1: scanned
            Repeater {
                model: enrol.step === 1 && root.scanning ? 1 : 0
                ScanPanel {
                    Layout.fillWidth: true
                    wanted: qsTr("登记码")
                    onClosed: root.scanning = false
                    onEnrolment: (server, code, fingerprint) => {
                        root.scanning = false;
                        enrol.takeScanned(server, code, fingerprint);
                    }
                }
            }
            PushButton {
                objectName: "scan"
                visible: enrol.step === 1 && !root.scanning
                glyph: "qr"
                text: qsTr("扫登记码")
                onActivated: root.scanning = true
            }
            // 1: typed
            ColumnLayout {
                visible: enrol.step === 1 && !root.scanning
                Layout.fillWidth: true
                spacing: Theme.space.l
                GridLayout {
                    Layout.fillWidth: true
                    columns: Theme.portrait ? 1 : 2
                    columnSpacing: 2 * Theme.space.xl
                    rowSpacing: Theme.space.l
                    ColumnLayout {
                        Layout.alignment: Qt.AlignTop
                        Layout.fillWidth: true
                        spacing: Theme.space.s
                        ThemedText {
                            text: qsTr("服务器地址")
                            size: Theme.type.label
                            color: Theme.color.textMuted
                        }
                        TextBox {
                            objectName: "server"
                            focus: true
                            Layout.fillWidth: true
                            text: enrol.server
                            name: qsTr("服务器地址")
                            inputMethodHints: Qt.ImhUrlCharactersOnly | Qt.ImhNoPredictiveText
                            error: enrol.serverFits || enrol.server === root.fresh ? "" : qsTr("写成 https://主机名:端口")
                            onEdited: text => enrol.server = text
                            onAccepted: pad.forceActiveFocus()
                        }
                    }
                    ColumnLayout {
                        Layout.alignment: Qt.AlignTop
                        Layout.fillWidth: true
                        spacing: Theme.space.s
                        ThemedText {
                            text: qsTr("登记码（8 位，10 分钟内有效，只用一次）")
                            size: Theme.type.label
                            color: Theme.color.textMuted
                        }
                        CodeField {
                            code: enrol.code
                            groups: 2
                            small: true
                            active: pad.activeFocus
                            onTapped: pad.forceActiveFocus()
                        }
                    }
                }
                CodePad {
                    id: pad
                    activeFocusOnTab: true
                    Layout.alignment: Qt.AlignHCenter
                    keyWidth: Math.min(Theme.size.codeKeyWidth, (body.width - 10 * spacing) / 11)
                    onLetter: letter => {
                        pad.forceActiveFocus();
                        if (enrol.code.length < 8)
                            enrol.code += letter;
                    }
                    onErased: enrol.code = enrol.code.slice(0, -1)
                }
                GridLayout {
                    Layout.fillWidth: true
                    columns: Theme.portrait ? 1 : 2
                    columnSpacing: Theme.space.xl
                    rowSpacing: Theme.space.l
                    Panel {
                        Layout.fillWidth: true
                        implicitHeight: next.implicitHeight + 2 * Theme.space.m
                        RowLayout {
                            id: next
                            anchors.left: parent.left
                            anchors.right: parent.right
                            anchors.verticalCenter: parent.verticalCenter
                            anchors.margins: Theme.space.l
                            spacing: Theme.space.l
                            Glyph {
                                name: "shield"
                                tint: Theme.color.accent
                            }
                            ColumnLayout {
                                spacing: 0
                                ThemedText {
                                    text: qsTr("下一步核对督查室的指纹")
                                    bold: true
                                }
                                ThemedText {
                                    Layout.fillWidth: true
                                    text: qsTr("六组字符要和督查室念的完全一致。核对之前，本机什么都不发出。")
                                    size: Theme.type.label
                                    color: Theme.color.textMuted
                                    wrapMode: Text.Wrap
                                }
                            }
                        }
                    }
                    PushButton {
                        objectName: "next"
                        Layout.alignment: Qt.AlignRight
                        Layout.minimumWidth: Theme.size.wideButton
                        kind: PushButton.Kind.Primary
                        text: qsTr("下一步")
                        busy: enrol.busy ? qsTr("正在问督查室…") : ""
                        blocked: !enrol.serverFits ? qsTr("缺地址") : !enrol.codeFits ? qsTr("还差 %1 位").arg(enrol.codeLeft) : ""
                        onActivated: enrol.ask()
                    }
                }
            }

            // 2: compared
            ColumnLayout {
                visible: enrol.step === 2
                Layout.fillWidth: true
                spacing: Theme.space.l
                ThemedText {
                    Layout.fillWidth: true
                    text: qsTr("请督查室念出控制台上的指纹，逐组对照")
                    size: Theme.type.heading
                    bold: true
                    wrapMode: Text.Wrap
                }
                Flow {
                    Layout.fillWidth: true
                    spacing: Theme.space.m
                    Repeater {
                        model: enrol.fingerprint
                        Rectangle {
                            id: group
                            required property int index
                            required property string modelData
                            width: Theme.size.codeGroupWidth
                            height: Theme.size.codeGroupSmall
                            radius: Theme.radius.panel
                            color: Theme.color.surface
                            border.width: Theme.stroke.control
                            border.color: Theme.color.lineStrong
                            ThemedText {
                                anchors.centerIn: parent
                                text: group.modelData
                                size: Theme.type.title
                                bold: true
                                Accessible.name: qsTr("第 %1 组 %2").arg(group.index + 1).arg(group.modelData)
                            }
                        }
                    }
                }
                RowLayout {
                    spacing: Theme.space.l
                    PushButton {
                        kind: PushButton.Kind.Danger
                        text: qsTr("不一样")
                        Layout.minimumWidth: Theme.size.wideButton
                        onActivated: enrol.different()
                    }
                    PushButton {
                        objectName: "same"
                        kind: PushButton.Kind.Primary
                        text: qsTr("六组都一样")
                        Layout.minimumWidth: Theme.size.wideButton
                        onActivated: enrol.same()
                    }
                }
            }

            // 3: PIN twice
            ColumnLayout {
                visible: enrol.step === 3
                spacing: Theme.space.m
                ThemedText {
                    text: root.first.length < 6 ? qsTr("设 6 位口令，锁屏后用它打开") : qsTr("再输一遍")
                    size: Theme.type.heading
                    bold: true
                }
                PinDots {
                    typed: root.first.length < 6 ? root.first.length : root.second.length
                }
                ThemedText {
                    text: root.differ ? qsTr("两遍不一样，请重新设。") : qsTr("口令只在本机用，不会发出；忘了要请督查室用恢复密钥打开。")
                    size: Theme.type.label
                    bold: root.differ
                    color: root.differ ? Theme.color.warn : Theme.color.textMuted
                }
                PinPad {
                    canSwitch: false
                    onDigit: digit => root.takeDigit(digit)
                    onErased: root.eraseDigit()
                }
            }

            // 4: first data
            ColumnLayout {
                visible: enrol.step === 4
                spacing: Theme.space.m
                ThemedText {
                    text: enrol.busy ? qsTr("正在登记，取事项和现场…") : enrol.trouble === "" ? qsTr("已登记：%1").arg(enrol.person) : qsTr("还没登记上")
                    size: Theme.type.heading
                    bold: true
                }
                ThemedText {
                    text: qsTr("断了可以再试，不用重来。")
                    color: Theme.color.textMuted
                }
                PushButton {
                    objectName: "other-code"
                    visible: enrol.trouble !== "" && !enrol.busy
                    text: qsTr("换登记码")
                    onActivated: enrol.otherCode()
                }
            }
        }
    }
}
