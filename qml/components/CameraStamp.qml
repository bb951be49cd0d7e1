import QtQuick
import QtQuick.Layouts
import Zhicha
import Zhicha.Models

// When, where, what and who, over the finder; never in the original. White on black in every theme.
Rectangle {
    id: root

    required property string time
    // Site and person.
    required property string about

    implicitHeight: Math.max(stamp.implicitHeight, state.implicitHeight) + 2 * Theme.space.m
    color: Theme.color.cameraVeil
    Rectangle {
        width: Theme.size.bannerEdge
        height: parent.height
        color: Theme.color.cameraText
    }
    ColumnLayout {
        id: stamp
        x: Theme.space.xl
        y: Theme.space.m
        width: root.width - x - state.width - 2 * Theme.space.xl
        spacing: 0
        ThemedText {
            text: root.time
            size: Theme.type.heading
            bold: true
            color: Theme.color.cameraText
        }
        ThemedText {
            Layout.fillWidth: true
            text: App.position.place === "" ? qsTr("无定位：照片照存，标明无定位")
                : Words.joined([App.position.simulated ? qsTr("模拟") : "", App.position.place,
                                App.position.accuracyM > 0 ? qsTr("±%1").arg(Words.distance(App.position.accuracyM)) : qsTr("精度不明"), "WGS-84"])
            color: App.position.place === "" || App.position.simulated ? Theme.color.cameraWarn : Theme.color.cameraText
            elide: Text.ElideRight
        }
        ThemedText {
            Layout.fillWidth: true
            text: root.about
            color: Theme.color.cameraText
            elide: Text.ElideRight
        }
    }
    ColumnLayout {
        id: state
        anchors.right: parent.right
        anchors.rightMargin: Theme.space.xl
        y: Theme.space.m
        spacing: 0
        ThemedText {
            Layout.alignment: Qt.AlignRight
            visible: App.position.fence !== Ui.Fence.Unknown
            text: App.position.fence === Ui.Fence.Inside ? qsTr("围栏内 %1").arg(Words.distance(App.position.fenceDistanceM))
                : App.position.fence === Ui.Fence.Edge ? qsTr("在围栏边") : qsTr("距围栏 %1").arg(Words.distance(App.position.fenceDistanceM))
            color: App.position.fence === Ui.Fence.Inside ? Theme.color.cameraText : Theme.color.cameraWarn
        }
        ThemedText {
            Layout.alignment: Qt.AlignRight
            visible: App.position.place !== ""
            text: Words.joined([App.position.satellites > 0 ? qsTr("%1 %2 星").arg(App.position.beidou ? qsTr("北斗") : qsTr("卫星")).arg(App.position.satellites) : "",
                                Words.ago(App.position.ageSeconds)])
            color: Theme.color.cameraText
        }
        ThemedText {
            Layout.alignment: Qt.AlignRight
            visible: App.position.place !== "" && !App.position.simulated
            text: Math.abs(App.position.clockOffSeconds) < 120 ? qsTr("时钟准")
                : App.position.clockOffSeconds < 0 ? qsTr("时钟慢 %1").arg(Words.span(-App.position.clockOffSeconds))
                                                   : qsTr("时钟快 %1").arg(Words.span(App.position.clockOffSeconds))
            color: Math.abs(App.position.clockOffSeconds) < 120 ? Theme.color.cameraText : Theme.color.cameraWarn
        }
    }
}
