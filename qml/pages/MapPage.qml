pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha
import Zhicha.Models

// Fence, track, fixes and photos of the check under way, or the way to it, on the base map or on a plain grid. Pinch,
// drag and double tap; all of it also by the rail. What moves under the finger is painted already.
BasePage {
    id: root

    // The pin whose card is shown.
    property string chosen: ""
    readonly property string positionLine: Words.joined([
        Words.fixText(App.position.fix, App.position.accuracyM, App.position.ageSeconds, App.position.doubt, 0),
        App.position.satellites > 0 ? qsTr("%1 %2 星").arg(App.position.beidou ? qsTr("北斗") : qsTr("卫星")).arg(App.position.satellites) : "",
        App.position.place])

    showsFix: true

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
            text: qsTr("看全")
            glyph: "map"
            onActivated: overlay.fit()
        }
        RailAction {
            weight: RailAction.Frequent
            text: qsTr("回到我")
            glyph: "fix"
            blocked: control.hasHere ? "" : qsTr("没有定位")
            onActivated: overlay.follow()
        }
        RailAction {
            visible: App.checkOpen
            weight: RailAction.Primary
            text: qsTr("拍照")
            glyph: "camera"
            onActivated: root.opened("CameraPage", {check: App.currentCheck})
        }
    }
    Item {
        id: sheet
        anchors.fill: parent
        anchors.bottomMargin: foot.height
        clip: true

        Rectangle {
            anchors.fill: parent
            color: Theme.color.mapLand
        }
        Item {
            id: moving
            x: overlay.shift.x - Theme.size.mapMargin
            y: overlay.shift.y - Theme.size.mapMargin
            width: sheet.width + 2 * Theme.size.mapMargin
            height: sheet.height + 2 * Theme.size.mapMargin

            Repeater {
                model: overlay.tiles
                Image {
                    required property string picture
                    required property real atX
                    required property real atY
                    required property real side
                    x: atX
                    y: atY
                    width: side
                    height: side
                    source: picture
                    asynchronous: true
                    opacity: Theme.dark ? Theme.size.mapDimmed : 1
                }
            }
            MapOverlay {
                id: overlay
                anchors.fill: parent
                map: control
                margin: Theme.size.mapMargin
                grid: Theme.color.line
                border: Theme.color.lineStrong
                borderName: Theme.color.textMuted
                fenceColor: Theme.color.accent
                fenceFill: Qt.alpha(Theme.color.accent, 0.12)
                trackColor: Theme.color.mapTrack
                casing: Theme.color.mapRoadCasing
                gapColor: Theme.color.danger
                gapGround: Theme.color.surface
                oldColor: Theme.color.textFaint
                labelPixels: Theme.type.caption
            }
            Repeater {
                model: overlay.pins
                MapPin {
                    id: pin
                    required property string key
                    required property string picture
                    required property string finding
                    required property string title
                    required property string meta
                    required property real atX
                    required property real atY
                    required property int photos
                    required property int gravity
                    x: pin.atX - width / 2
                    y: pin.atY - height
                    source: pin.picture
                    count: pin.photos
                    severity: pin.gravity
                    chosen: root.chosen === pin.key
                    onActivated: {
                        root.chosen = pin.key;
                        card.key = pin.key;
                        card.finding = pin.finding;
                        card.title = pin.title;
                        card.meta = pin.meta;
                        card.picture = pin.picture;
                        card.photos = pin.photos;
                        card.gravity = pin.gravity;
                    }
                }
            }
        }
        PinchHandler {
            target: null
            property real last: 1
            onActiveChanged: last = 1
            onActiveScaleChanged: {
                overlay.zoom(activeScale / last, moving.mapFromItem(sheet, centroid.position));
                last = activeScale;
            }
        }
        DragHandler {
            target: null
            onActiveTranslationChanged: if (active) overlay.drag(Qt.point(activeTranslation.x, activeTranslation.y))
            onActiveChanged: if (!active) overlay.settle()
        }
        TapHandler {
            onDoubleTapped: point => overlay.zoom(2, moving.mapFromItem(sheet, point.position))
            onSingleTapped: root.chosen = ""
        }
        WheelHandler {
            onWheel: event => overlay.zoom(event.angleDelta.y > 0 ? 1.2 : 1 / 1.2, moving.mapFromItem(sheet, Qt.point(event.x, event.y)))
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
            width: parent.width - 2 * x
            spacing: Theme.space.xs
            Flow {
                Layout.fillWidth: true
                spacing: Theme.space.m
                ThemedText {
                    text: control.site !== "" ? control.site : qsTr("没有进行中的检查")
                    size: Theme.type.heading
                    bold: true
                }
                FencePill {
                    visible: App.position.fence !== Ui.Fence.Unknown
                    fence: App.position.fence
                    arrivedAt: App.position.arrivedAt
                    distanceM: App.position.fenceDistanceM
                    accuracyM: App.position.accuracyM
                    leftMinutes: App.position.leftMinutes
                }
            }
            ThemedText {
                visible: App.position.recording
                Layout.fillWidth: true
                text: App.position.simulated ? qsTr("模拟 · %1").arg(root.positionLine) : root.positionLine
                size: Theme.type.label
                color: Theme.color.textMuted
                wrapMode: Text.Wrap
            }
            ThemedText {
                Layout.fillWidth: true
                text: control.site === "" ? qsTr("开始检查后，这里画围栏和航迹。")
                    : Words.joined([control.hasFence ? "" : qsTr("现场没有围栏"), control.length !== "" ? qsTr("航迹 %1").arg(control.length) : qsTr("没有航迹"), control.gaps])
                size: Theme.type.label
                color: Theme.color.textMuted
                wrapMode: Text.Wrap
            }
        }
    }
    Tappable {
        id: card
        property string key: ""
        property string finding: ""
        property string title: ""
        property string meta: ""
        property string picture: ""
        property int photos: 0
        property int gravity: Ui.Severity.Unset
        visible: root.chosen !== ""
        x: Theme.space.checkPage
        anchors.bottom: foot.top
        anchors.bottomMargin: Theme.space.l
        width: Math.min(Theme.size.mapCard, parent.width - 2 * x)
        leftPadding: Theme.space.m
        rightPadding: Theme.space.l
        text: card.title !== "" ? card.title : qsTr("本次检查的照片")
        spoken: Words.spoken([card.text, qsTr("照片 %1").arg(card.photos), card.meta])
        onActivated: card.finding !== "" ? root.opened("FindingPage", {check: App.currentCheck, finding: card.finding})
                                         : root.opened("PhotoPage", {check: App.currentCheck, photo: card.key})
        background: Rectangle {
            radius: Theme.radius.panel
            color: card.pressed ? Theme.color.sunken : Theme.color.surface
            border.width: Theme.stroke.line
            border.color: Theme.color.line
        }
        contentItem: RowLayout {
            spacing: Theme.space.l
            Image {
                Layout.preferredWidth: Theme.size.shotWidth
                Layout.preferredHeight: Theme.size.shotHeight
                source: card.picture
                sourceSize.width: 2 * Theme.size.shotWidth
                fillMode: Image.PreserveAspectFit
                asynchronous: true
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: Theme.space.xs
                RowLayout {
                    spacing: Theme.space.s
                    SeverityBadge {
                        visible: card.gravity !== Ui.Severity.Unset
                        severity: card.gravity
                    }
                    ThemedText {
                        text: qsTr("照片 %1").arg(card.photos)
                        bold: true
                    }
                }
                ThemedText {
                    Layout.fillWidth: true
                    text: card.text
                    elide: Text.ElideRight
                }
                ThemedText {
                    text: card.meta
                    size: Theme.type.meta
                    color: Theme.color.textMuted
                }
            }
            Glyph {
                name: "chevron-right"
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
                text: control.tileTrouble !== "" ? qsTr("底图打不开：%1 围栏和航迹照常显示 · WGS-84").arg(control.tileTrouble)
                    : overlay.sketched ? qsTr("没有离线底图，县界仅为示意；围栏和航迹照常显示 · WGS-84")
                    : !control.hasTiles ? qsTr("没有离线底图，只画网格；围栏和航迹照常显示 · WGS-84")
                    : overlay.tooFar ? Words.joined([control.tileSource, qsTr("这个比例没有底图")])
                    : control.tileSystem === "GCJ-02" ? Words.joined([control.tileSource, qsTr("底图 GCJ-02，位置是 WGS-84，换算后画上")])
                                                      : Words.joined([control.tileSource, qsTr("底图 %1，位置 WGS-84").arg(control.tileSystem)])
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
