pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha
import Zhicha.Models

// The receiver in the settings: which one, and live what it sees and how good its position is.
ColumnLayout {
    id: root

    spacing: 0

    ReceiverController {
        id: receiver
    }
    SettingRow {
        title: qsTr("位置从哪里来")
        effect: Words.positioningMeaning(receiver.kind)
        Segmented {
            name: qsTr("位置从哪里来")
            options: [Words.positioningWord(0), Words.positioningWord(1), Words.positioningWord(2), Words.positioningWord(3), Words.positioningWord(4)]
            current: receiver.kind
            onPicked: index => receiver.kind = index
        }
    }
    SettingRow {
        visible: receiver.kind >= Ui.Positioning.Serial
        title: [qsTr("设备"), qsTr("主机"), qsTr("记录文件")][Math.max(receiver.kind - Ui.Positioning.Serial, 0)]
        effect: receiver.complete ? "" : qsTr("还没写全，现在用的还是原来的")
        TextBox {
            Layout.preferredWidth: Theme.size.phraseField
            name: qsTr("设备、主机或文件")
            placeholder: ["/dev/ttyUSB0", "gps.local", "/…/drive.nmea"][Math.max(receiver.kind - Ui.Positioning.Serial, 0)]
            inputMethodHints: Qt.ImhNoPredictiveText | Qt.ImhNoAutoUppercase
            text: receiver.where
            onFinished: receiver.where = text
        }
        TextBox {
            visible: receiver.kind === Ui.Positioning.Network
            Layout.preferredWidth: Theme.size.buttonWidth
            name: qsTr("端口")
            inputMethodHints: Qt.ImhDigitsOnly
            text: receiver.number
            onFinished: receiver.number = Number(text)
        }
    }
    SettingRow {
        visible: receiver.kind === Ui.Positioning.Serial && receiver.ports.length > 0
        title: qsTr("这台机器上的串口")
        Repeater {
            model: receiver.ports
            PushButton {
                id: port
                required property string modelData
                text: port.modelData
                onActivated: receiver.where = port.modelData
            }
        }
    }
    SettingRow {
        visible: receiver.kind === Ui.Positioning.Serial
        title: qsTr("波特率")
        effect: qsTr("大多数接收机是 9600；写着别的就选别的")
        Segmented {
            name: qsTr("波特率")
            options: receiver.rates
            current: receiver.rate
            onPicked: index => receiver.rate = index
        }
    }
    SettingRow {
        visible: receiver.kind === Ui.Positioning.Log
        title: qsTr("尽快放完")
        effect: receiver.fast ? qsTr("不等记录里的时间间隔，时间是记录的") : qsTr("按记录的快慢，时间移到现在")
        ToggleSwitch {
            name: qsTr("尽快放完")
            on: receiver.fast
            onSwitched: on => receiver.fast = on
        }
    }
    SettingRow {
        title: qsTr("接收机")
        effect: App.position.receiver === Ui.Receiver.Trouble
              ? Words.joined([Words.receiverTroubleWord(App.position.receiverTrouble), Words.receiverTroubleNext(App.position.receiverTrouble)])
              : Words.joined([App.position.place, App.position.place !== "" ? "WGS-84" : qsTr("只在检查进行时和这一页打开")])
        Pill {
            glyph: Words.receiverGlyph(App.position.receiver)
            tone: Words.receiverTone(App.position.receiver)
            text: Words.joined([App.position.simulated ? qsTr("模拟") : "", Words.receiverWord(App.position.receiver),
                App.position.receiver === Ui.Receiver.Fixed ? Words.fixText(App.position.fix, App.position.accuracyM, App.position.ageSeconds, App.position.doubt, 0) : "",
                App.position.retrySeconds > 0 ? qsTr("%1后再试").arg(Words.span(App.position.retrySeconds)) : ""])
        }
    }
    SettingRow {
        title: qsTr("卫星")
        effect: receiver.inView === 0 ? qsTr("接收机还没报卫星；系统自带的定位不报")
              : qsTr("看到 %1 颗，收到信号 %2 颗，定位用 %3 颗").arg(receiver.inView).arg(receiver.tracked).arg(App.position.satellites)
        last: true
    }
    Flow {
        visible: receiver.inView > 0
        Layout.fillWidth: true
        Layout.bottomMargin: Theme.space.l
        spacing: Theme.space.m
        Repeater {
            model: receiver.sky
            Column {
                id: satellite
                required property string system
                required property int number
                required property int strength
                width: Theme.size.satellite
                spacing: Theme.space.xs
                Accessible.role: Accessible.StaticText
                Accessible.name: qsTr("%1 %2，信号 %3").arg(satellite.system).arg(satellite.number).arg(satellite.strength)
                Rectangle {
                    width: parent.width
                    height: Theme.size.satelliteBar
                    color: Theme.color.sunken
                    Rectangle {
                        anchors.bottom: parent.bottom
                        width: parent.width
                        height: parent.height * Math.min(satellite.strength / Theme.size.satelliteFull, 1)
                        color: satellite.strength > 0 ? Theme.color.ok : "transparent"
                    }
                }
                ThemedText {
                    width: parent.width
                    text: satellite.strength > 0 ? satellite.strength : "–"
                    size: Theme.type.caption
                    bold: true
                    horizontalAlignment: Text.AlignHCenter
                }
                ThemedText {
                    width: parent.width
                    text: satellite.system + " " + satellite.number
                    size: Theme.type.caption
                    color: Theme.color.textMuted
                    horizontalAlignment: Text.AlignHCenter
                    wrapMode: Text.Wrap
                }
            }
        }
    }
}
