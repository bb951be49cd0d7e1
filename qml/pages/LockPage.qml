pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha
import Zhicha.Models

// Ink at the left with neutral facts only; at the right whose store it is, and its key. Nothing of a check is told.
BasePage {
    id: root

    readonly property var facts: [
        {glyph: "battery", text: App.status.battery < 0 ? "" : qsTr("电量 %1%").arg(App.status.battery)},
        {glyph: "storage", text: qsTr("余 %1").arg(App.status.freeSpace)},
        {glyph: "cloud-off", text: qsTr("解锁后继续送")}
    ]

    property string typed: ""
    property bool choosing: false
    readonly property bool opening: App.phase === App.Opening
    // Six digits; longer ones are typed with the system's keyboard.
    property bool phrase: false

    readonly property string trouble: App.lockTrouble !== "" ? App.lockTrouble
        : App.blockedSeconds > 0 ? qsTr("输错太多次，%1后再试，数据不会清除。").arg(Words.span(App.blockedSeconds))
        : App.wrongTries > 0 ? qsTr("上次输错。再错 %1 次要等 1 分钟，数据不会清除。").arg(App.triesLeft) : ""

    function take(digit: string): void {
        if (root.opening || App.blockedSeconds > 0)
            return;
        root.typed += digit;
        if (root.typed.length === 6) {
            App.unlock(root.typed);
            root.typed = "";
        }
    }

    bare: true
    Keys.onPressed: event => {
        if (event.key >= Qt.Key_0 && event.key <= Qt.Key_9 && !root.phrase) {
            root.take(event.text);
            event.accepted = true;
        } else if (event.key === Qt.Key_Backspace && !root.phrase) {
            root.typed = root.typed.slice(0, -1);
            event.accepted = true;
        }
    }

    Rectangle {
        id: ink
        width: Theme.portrait ? root.width : Math.min(Theme.size.inkWidth, root.width * Theme.size.inkShare)
        height: Theme.portrait ? Math.min(Theme.size.inkHeight, root.height * Theme.size.inkShareLow) : root.height
        color: Theme.color.frame
        Rectangle {
            visible: Theme.outdoor
            anchors.right: parent.right
            width: Theme.stroke.outdoorEdge
            height: parent.height
            color: Theme.color.onFrame
        }
        Mark {
            id: mark
            big: true
            x: 56
            y: Theme.portrait ? Theme.space.xl : 56
        }
        ColumnLayout {
            x: Theme.portrait ? mark.x + mark.width + Theme.space.xl * 2 : 56
            y: Theme.portrait ? Theme.space.xl : 240
            spacing: 0
            ThemedText {
                text: App.status.clock
                size: Theme.type.clock
                bold: true
                color: Theme.color.onFrame
            }
            ThemedText {
                text: App.status.date + "　" + App.status.weekday
                size: Theme.type.heading
                color: Theme.color.onFrame
            }
        }
        ColumnLayout {
            visible: !Theme.portrait
            x: 56
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.size.target
            spacing: Theme.space.m
            Repeater {
                model: root.facts.length
                Row {
                    id: fact
                    required property int index
                    readonly property var line: root.facts[fact.index]
                    visible: fact.line.text !== ""
                    spacing: Theme.space.m
                    Glyph {
                        name: fact.line.glyph
                        tint: Theme.color.onFrame
                    }
                    ThemedText {
                        text: fact.line.text
                        color: Theme.color.onFrame
                    }
                }
            }
            // How much of each person's work still waits on this tablet; never what it is.
            Repeater {
                model: App.people
                Row {
                    id: waits
                    required property string name
                    required property int waitingRecords
                    required property int waitingPhotos
                    spacing: Theme.space.m
                    Glyph {
                        name: "send"
                        tint: Theme.color.onFrame
                    }
                    ThemedText {
                        width: ink.width - x - 2 * 56
                        text: Words.joined([waits.name !== "" ? waits.name : qsTr("未命名的记录库"), Words.waitingWord(waits.waitingRecords, waits.waitingPhotos)])
                        color: Theme.color.onFrame
                        wrapMode: Text.Wrap
                    }
                }
            }
            ThemedText {
                Layout.topMargin: Theme.space.m
                text: App.officeName
                visible: App.officeName !== ""
                size: Theme.type.label
                color: Theme.color.onFrameMuted
            }
        }
    }
    Item {
        x: Theme.portrait ? 0 : ink.width
        y: Theme.portrait ? ink.height : 0
        width: root.width - x
        height: root.height - y

        ColumnLayout {
            id: column
            visible: !root.choosing
            x: Theme.portrait ? Math.max(Theme.space.xl, (parent.width - width) / 2) : 72
            y: Theme.portrait ? Theme.space.xl * 2 : 56
            width: Math.min(Theme.size.padColumn, parent.width - 2 * Theme.space.xl)
            spacing: Theme.space.s

            ThemedText {
                text: App.personName !== "" ? App.personName : qsTr("未命名的记录库")
                size: Theme.type.title
                bold: true
            }
            Repeater {
                model: Theme.portrait ? App.people : null
                ThemedText {
                    id: own
                    required property string key
                    required property int waitingRecords
                    required property int waitingPhotos
                    visible: own.key === App.folder
                    text: Words.waitingWord(own.waitingRecords, own.waitingPhotos)
                    color: Theme.color.textMuted
                }
            }
            ThemedText {
                text: root.phrase ? qsTr("输入口令") : qsTr("输入 6 位口令")
                color: Theme.color.textMuted
            }
            PinDots {
                visible: !root.phrase
                typed: root.typed.length
                Layout.topMargin: Theme.space.s
            }
            TextBox {
                id: box
                objectName: "passphrase"
                visible: root.phrase
                Layout.fillWidth: true
                echoMode: TextInput.Password
                name: qsTr("口令")
                focus: root.phrase
                onAccepted: {
                    App.unlock(box.text);
                    box.text = "";
                }
            }
            RowLayout {
                Layout.fillWidth: true
                Layout.minimumHeight: Theme.space.xl * 2
                spacing: Theme.space.s
                Glyph {
                    visible: root.trouble !== ""
                    name: "warning"
                    tint: Theme.color.warn
                    size: Theme.size.iconSmall
                }
                ThemedText {
                    Layout.fillWidth: true
                    text: root.opening ? qsTr("正在打开…") : root.trouble
                    size: Theme.type.label
                    bold: !root.opening
                    color: root.opening ? Theme.color.textMuted : Theme.color.warn
                    wrapMode: Text.Wrap
                }
            }
            PinPad {
                visible: !root.phrase
                Layout.fillWidth: true
                Layout.topMargin: Theme.space.m
                canSwitch: true
                onDigit: digit => root.take(digit)
                onErased: root.typed = root.typed.slice(0, -1)
                onSwitchTapped: root.choosing = true
            }
            PushButton {
                visible: root.phrase
                kind: PushButton.Kind.Primary
                text: qsTr("解锁")
                Layout.fillWidth: true
                onActivated: box.accepted()
            }
            RowLayout {
                Layout.topMargin: Theme.space.m
                spacing: Theme.space.l
                PushButton {
                    kind: PushButton.Kind.Quiet
                    text: root.phrase ? qsTr("用 6 位数字口令") : qsTr("用较长的口令")
                    onActivated: {
                        root.phrase = !root.phrase;
                        root.typed = "";
                        if (root.phrase)
                            box.forceActiveFocus();
                        else
                            root.forceActiveFocus();
                    }
                }
                ThemedText {
                    Layout.fillWidth: true
                    text: qsTr("忘记口令？请督查室用恢复密钥打开")
                    size: Theme.type.label
                    color: Theme.color.textMuted
                    wrapMode: Text.Wrap
                }
            }
        }
        ColumnLayout {
            visible: root.choosing
            x: column.x
            y: column.y
            width: column.width
            spacing: Theme.space.m
            ThemedText {
                text: qsTr("这台平板上的人")
                size: Theme.type.title
                bold: true
            }
            Repeater {
                model: App.people
                ListRow {
                    id: person
                    required property string key
                    required property string name
                    required property int waitingRecords
                    required property int waitingPhotos
                    Layout.fillWidth: true
                    title: person.name !== "" ? person.name : qsTr("未命名的记录库")
                    meta: Words.waitingWord(person.waitingRecords, person.waitingPhotos)
                    chosen: person.key === App.folder
                    onActivated: {
                        App.choosePerson(person.key);
                        root.choosing = false;
                    }
                }
            }
            PushButton {
                text: qsTr("登记另一个人")
                onActivated: App.enrolAnother()
            }
            PushButton {
                kind: PushButton.Kind.Quiet
                text: qsTr("返回")
                onActivated: root.choosing = false
            }
        }
    }
}
