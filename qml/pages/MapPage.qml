pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha
import Zhicha.Models

// Fence and track of the open check on a grid. Pinch, drag and double tap; all of it also by the rail.
BasePage {
    id: root

    MapController {
        id: control
        check: App.currentCheck
    }
    actions: ActionRail {
        RailAction {
            text: qsTr("放大")
            glyph: "plus"
            onActivated: overlay.zoom(1.5, Qt.point(overlay.width / 2, overlay.height / 2))
        }
        RailAction {
            text: qsTr("缩小")
            glyph: "minus"
            onActivated: overlay.zoom(1 / 1.5, Qt.point(overlay.width / 2, overlay.height / 2))
        }
        RailAction {
            weight: RailAction.Frequent
            text: qsTr("看全")
            glyph: "fix"
            onActivated: overlay.fit()
        }
        RailAction {
            visible: App.checkOpen
            weight: RailAction.Primary
            text: qsTr("拍照")
            glyph: "camera"
            onActivated: root.opened("CameraPage", {check: App.currentCheck})
        }
    }
    MapOverlay {
        id: overlay
        anchors.fill: parent
        anchors.bottomMargin: foot.height
        map: control
        ground: Theme.color.mapLand
        grid: Theme.color.line
        fenceColor: Theme.color.accent
        fenceFill: Qt.alpha(Theme.color.accent, 0.12)
        trackColor: Theme.color.mapTrack
        casing: Theme.color.mapRoadCasing
        gapColor: Theme.color.danger
        onWidthChanged: overlay.fit()
        onHeightChanged: overlay.fit()

        PinchHandler {
            target: null
            property real last: 1
            onActiveChanged: last = 1
            onActiveScaleChanged: {
                overlay.zoom(activeScale / last, centroid.position);
                last = activeScale;
            }
        }
        DragHandler {
            target: null
            property point from
            onActiveChanged: from = overlay.shift
            onActiveTranslationChanged: if (active) overlay.shift = Qt.point(from.x + activeTranslation.x, from.y + activeTranslation.y)
        }
        TapHandler {
            onDoubleTapped: point => overlay.zoom(2, point.position)
        }
        WheelHandler {
            onWheel: event => overlay.zoom(event.angleDelta.y > 0 ? 1.2 : 1 / 1.2, Qt.point(event.x, event.y))
        }
    }
    Panel {
        x: Theme.space.checkPage
        y: Theme.space.l
        width: Math.min(facts.implicitWidth + 2 * Theme.space.l, parent.width - 2 * x)
        height: facts.implicitHeight + 2 * Theme.space.m
        ColumnLayout {
            id: facts
            x: Theme.space.l
            y: Theme.space.m
            spacing: 0
            ThemedText {
                text: control.site !== "" ? control.site : qsTr("没有进行中的检查")
                size: Theme.type.heading
                bold: true
            }
            ThemedText {
                text: control.site === "" ? qsTr("开始检查后，这里画围栏和航迹。")
                    : Words.joined([control.hasFence ? "" : qsTr("现场没有围栏"), control.length !== "" ? qsTr("航迹 %1").arg(control.length) : qsTr("没有航迹"), control.gaps, control.centre])
                size: Theme.type.label
                color: Theme.color.textMuted
            }
        }
    }
    Rectangle {
        id: foot
        anchors.bottom: parent.bottom
        width: parent.width
        height: Math.max(line.implicitHeight + Theme.space.m, Theme.size.sourceLine)
        color: Theme.color.surface
        RowLayout {
            id: line
            anchors.fill: parent
            anchors.leftMargin: Theme.space.checkPage
            anchors.rightMargin: Theme.space.checkPage
            ThemedText {
                Layout.fillWidth: true
                text: qsTr("本区没有离线底图，围栏和航迹照常显示 · WGS-84")
                size: Theme.type.caption
                color: Theme.color.textMuted
                elide: Text.ElideRight
            }
            Rectangle {
                id: bar
                readonly property real metres: overlay.metresPerPixel > 0 ? overlay.scaleBarMetres(Theme.size.scaleBar) : 0
                implicitWidth: bar.metres / overlay.metresPerPixel
                implicitHeight: Theme.size.bannerEdge
                color: Theme.color.text
            }
            ThemedText {
                text: Words.distance(bar.metres)
                size: Theme.type.caption
            }
        }
    }
}
