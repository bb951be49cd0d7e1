pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha
import Zhicha.Models

// Where the tablet is against the fence, in one line; and what is wrong with the receiver, in three parts.
Panel {
    id: root

    implicitHeight: column.implicitHeight + 2 * Theme.space.m
    ColumnLayout {
        id: column
        x: Theme.space.l
        y: Theme.space.m
        width: parent.width - 2 * x
        spacing: Theme.space.s
        Flow {
            Layout.fillWidth: true
            spacing: Theme.space.s
            FencePill {
                width: Math.min(implicitWidth, parent.width)
                visible: App.position.recording
                fence: App.position.fence
                arrivedAt: App.position.arrivedAt
                distanceM: App.position.fenceDistanceM
                accuracyM: App.position.accuracyM
                leftMinutes: App.position.leftMinutes
            }
            FixPill {
                width: Math.min(implicitWidth, parent.width)
                fix: App.position.fix
                accuracyM: App.position.accuracyM
                ageSeconds: App.position.ageSeconds
                satellites: App.position.satellites
                system: App.position.beidou ? qsTr("北斗") : qsTr("卫星")
                datum: "WGS-84"
                doubt: App.position.doubt
                simulated: App.position.simulated
            }
            Pill {
                visible: App.position.trackMinutes >= 0
                glyph: "route"
                text: qsTr("记航迹 %1").arg(Words.minutes(App.position.trackMinutes))
            }
        }
        ThemedText {
            visible: App.position.receiver === Ui.Receiver.Trouble
            Layout.fillWidth: true
            text: Words.joined([qsTr("接收机：%1").arg(Words.receiverTroubleWord(App.position.receiverTrouble)),
                                qsTr("问题和照片照常记，标明无定位"), Words.receiverTroubleNext(App.position.receiverTrouble),
                                App.position.retrySeconds > 0 ? qsTr("%1后再试").arg(Words.span(App.position.retrySeconds)) : ""])
            size: Theme.type.label
            color: Theme.color.warn
            wrapMode: Text.Wrap
        }
        ThemedText {
            visible: App.position.trackTrouble !== ""
            Layout.fillWidth: true
            text: qsTr("航迹没存上：%1").arg(App.position.trackTrouble)
            size: Theme.type.label
            color: Theme.color.danger
            wrapMode: Text.Wrap
        }
    }
}
