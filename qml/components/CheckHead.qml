import QtQuick
import QtQuick.Layouts
import Zhicha
import Zhicha.Models

// The head of a check: site and unit, how it was reached, how long it runs.
Rectangle {
    id: root

    required property CheckController controller
    // Its track is the one that is being recorded; live: and there is a usable fix.
    readonly property bool tracked: App.position.check !== "" && App.position.check === root.controller.check && App.position.receiver !== Ui.Receiver.Off
    readonly property bool live: root.tracked && App.position.fence !== Ui.Fence.Unknown

    signal back()

    implicitHeight: column.implicitHeight + 2 * Theme.space.m
    color: Theme.color.surface

    Rectangle {
        y: parent.height - height
        width: parent.width
        height: Theme.stroke.line
        color: Theme.color.line
    }
    ColumnLayout {
        id: column
        x: Theme.space.m
        y: Theme.space.m
        width: parent.width - x - Theme.space.page
        spacing: Theme.space.s
        RowLayout {
            spacing: Theme.space.l
            Tappable {
                id: arrow
                spoken: qsTr("返回")
                onActivated: root.back()
                contentItem: Item {
                    Glyph {
                        anchors.centerIn: parent
                        name: "arrow-left"
                    }
                }
                background: Rectangle {
                    radius: Theme.radius.panel
                    color: arrow.pressed ? Theme.color.sunken : "transparent"
                }
            }
            ThemedText {
                Layout.fillWidth: true
                Layout.maximumWidth: implicitWidth
                text: root.controller.known || root.controller.loading ? root.controller.site : qsTr("等督查室送来的检查")
                size: Theme.type.title
                bold: true
                elide: Text.ElideRight
                Accessible.role: Accessible.Heading
            }
            ThemedText {
                Layout.fillWidth: true
                text: root.controller.unit !== "" ? qsTr("责任单位　%1").arg(root.controller.unit) : ""
                color: Theme.color.textMuted
                elide: Text.ElideRight
            }
            ColumnLayout {
                spacing: 0
                ThemedText {
                    Layout.alignment: Qt.AlignRight
                    text: root.controller.finished ? root.controller.startedDay : Words.stampWord(root.controller.stamp)
                    size: Theme.type.caption
                    color: Theme.color.textMuted
                }
                ThemedText {
                    Layout.alignment: Qt.AlignRight
                    text: root.controller.finished ? Words.stampWord(root.controller.stamp) : root.controller.elapsed
                    size: Theme.type.heading
                    bold: true
                }
            }
        }
        Flow {
            Layout.fillWidth: true
            Layout.leftMargin: Theme.space.m
            spacing: Theme.space.s
            FencePill {
                visible: fence !== Ui.Fence.Unknown
                fence: root.live ? App.position.fence : root.controller.fence
                arrivedAt: root.controller.arrivedAt
                distanceM: root.live ? App.position.fenceDistanceM : root.controller.fenceDistanceM
                accuracyM: root.live ? App.position.accuracyM : root.controller.accuracyM
                leftMinutes: root.live ? App.position.leftMinutes : 0
            }
            FixPill {
                visible: root.tracked
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
                visible: root.controller.noFixReason !== "" && root.controller.arrivedAt === ""
                glyph: "fix-off"
                tone: Ui.Tone.Warn
                text: qsTr("无定位开始：%1").arg(root.controller.noFixReason)
            }
            Pill {
                visible: root.controller.arrivedAt !== ""
                glyph: "fix"
                text: Words.joined([root.controller.simulated ? qsTr("模拟") : "",
                    root.controller.accuracyM > 0 ? qsTr("到达时 ±%1").arg(Words.distance(root.controller.accuracyM)) : "", "WGS-84"])
            }
            Pill {
                visible: root.controller.trackTime !== ""
                glyph: "route"
                text: qsTr("航迹 %1").arg(root.controller.trackTime)
            }
        }
    }
}
