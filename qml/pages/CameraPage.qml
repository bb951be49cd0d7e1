pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha
import Zhicha.Models

// Black in every theme. The stamp lies over the finder, never in the original. A tick means: durable.
BasePage {
    id: root

    required property string check
    property string to: ""
    property string draftKind: ""
    property bool choosing: false
    property bool importing: false

    CameraController {
        id: camera
        check: root.check
        to: root.to
        draftKind: root.draftKind
        onSaved: flash.start()
    }
    bare: true
    Keys.onSpacePressed: camera.shoot()
    Keys.onPressed: event => {
        if (event.key === Qt.Key_VolumeUp || event.key === Qt.Key_VolumeDown || event.key === Qt.Key_Camera) {
            camera.shoot();
            event.accepted = true;
        }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.color.cameraBlack
    }
    Item {
        id: finder
        anchors.left: parent.left
        anchors.right: bar.left
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        anchors.leftMargin: Theme.size.navRail
        anchors.topMargin: Theme.size.statusLine
        Loader {
            anchors.fill: parent
            source: camera.hasLens && camera.available ? "../components/LensFinder.qml" : ""
            onLoaded: camera.showOn(item)
        }
        Image {
            anchors.fill: parent
            source: camera.still
            sourceSize.width: Theme.size.finderPixels
            fillMode: Image.PreserveAspectFit
            asynchronous: true
            autoTransform: true
        }
        CameraAbsent {
            visible: !camera.available && !camera.loading && !root.importing
            anchors.centerIn: parent
            width: parent.width * 0.7
            why: camera.camera
            onImporting: root.importing = true
            onSettings: root.placed(Ui.Place.Settings)
        }
        GalleryGrid {
            visible: root.importing
            anchors.fill: parent
            blocked: camera.obtained === Ui.Obtained.Unset ? qsTr("先选取得方式") : camera.saving ? qsTr("正在存…") : ""
            onPicked: picture => camera.importFrom(picture)
            onClosed: root.importing = false
            onMissing: root.choosing = true
        }
        Rectangle {
            id: hung
            visible: camera.available && !root.importing
            x: Theme.space.l
            y: Theme.space.l
            width: hungText.width + 2 * Theme.space.l
            height: Theme.size.addTile
            radius: Theme.radius.panel
            color: Theme.color.cameraVeil
            ThemedText {
                id: hungText
                anchors.centerIn: parent
                width: Math.min(implicitWidth, finder.width * 0.45)
                text: qsTr("附于　%1").arg(camera.place !== "" ? camera.place : root.draftKind !== "" ? qsTr("草稿") : qsTr("本次检查"))
                bold: true
                color: Theme.color.cameraText
                elide: Text.ElideRight
            }
        }
        Tappable {
            id: way
            visible: camera.available || root.importing
            anchors.right: parent.right
            anchors.rightMargin: Theme.space.l
            y: Theme.space.l
            leftPadding: Theme.space.l
            rightPadding: Theme.space.l
            text: qsTr("取得方式　%1").arg(Words.obtainedWord(camera.obtained))
            onActivated: root.choosing = !root.choosing
            contentItem: ThemedText {
                text: way.text
                bold: true
                color: Theme.color.cameraText
            }
            background: Rectangle {
                radius: Theme.radius.panel
                color: Theme.color.cameraVeil
            }
        }
        ColumnLayout {
            // Not before it is known what was chosen for the photos before: it would flash.
            visible: !camera.loading && (root.choosing || camera.obtained === Ui.Obtained.Unset) && (camera.available || root.importing)
            anchors.right: parent.right
            anchors.rightMargin: Theme.space.l
            y: way.y + way.height + Theme.space.s
            width: Theme.size.sideColumn
            spacing: Theme.space.s
            Repeater {
                model: [Ui.Obtained.PublicPlace, Ui.Obtained.Disclosed, Ui.Obtained.Consented, Ui.Obtained.Approved]
                ChoiceTile {
                    id: tile
                    required property int modelData
                    objectName: "obtained-" + tile.modelData
                    Layout.fillWidth: true
                    text: Words.obtainedWord(tile.modelData)
                    meaning: Words.obtainedMeaning(tile.modelData)
                    chosen: camera.obtained === tile.modelData
                    onPicked: {
                        camera.obtained = tile.modelData;
                        root.choosing = tile.modelData === Ui.Obtained.Approved;
                    }
                }
            }
            TextBox {
                visible: camera.obtained === Ui.Obtained.Approved
                Layout.fillWidth: true
                placeholder: qsTr("批准文号")
                text: camera.document
                onEdited: text => camera.document = text
            }
        }
        CameraStamp {
            visible: camera.available && !root.importing
            anchors.bottom: parent.bottom
            width: parent.width
            time: camera.stampTime
            about: camera.site + "　" + camera.person
        }
        Rectangle {
            anchors.fill: parent
            visible: flash.running
            color: "transparent"
            border.width: Theme.space.m
            border.color: Theme.color.cameraText
            Timer {
                id: flash
                interval: Theme.motion.shutterFrame
            }
        }
    }
    Column {
        x: (Theme.size.navRail - width) / 2
        anchors.bottom: back.top
        anchors.bottomMargin: Theme.space.xl
        spacing: Theme.space.xl
        Repeater {
            model: 2
            Tappable {
                id: side
                required property int index
                visible: side.index === 0 ? camera.lenses > 1 : camera.available
                text: side.index === 0 ? qsTr("换镜头") : qsTr("导入")
                onActivated: side.index === 0 ? camera.nextLens() : (root.importing = !root.importing)
                contentItem: Column {
                    Glyph {
                        anchors.horizontalCenter: parent.horizontalCenter
                        name: side.index === 0 ? "sync" : "storage"
                        tint: Theme.color.cameraText
                    }
                    ThemedText {
                        anchors.horizontalCenter: parent.horizontalCenter
                        text: side.text
                        size: Theme.type.label
                        color: Theme.color.cameraText
                    }
                }
            }
        }
    }
    Tappable {
        id: back
        x: (Theme.size.navRail - width) / 2
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.space.xl
        text: qsTr("返回")
        onActivated: root.closed()
        contentItem: Column {
            Glyph {
                anchors.horizontalCenter: parent.horizontalCenter
                name: "arrow-left"
                tint: Theme.color.cameraText
            }
            ThemedText {
                anchors.horizontalCenter: parent.horizontalCenter
                text: back.text
                size: Theme.type.label
                color: Theme.color.cameraText
            }
        }
    }
    Item {
        id: bar
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        width: Theme.size.cameraBar
        ColumnLayout {
            anchors.horizontalCenter: parent.horizontalCenter
            y: Theme.size.statusLine + Theme.space.l
            spacing: Theme.space.s
            ThemedText {
                visible: camera.shotCount > 0
                text: qsTr("刚拍 %1 张").arg(camera.shotCount)
                bold: true
                color: Theme.color.cameraText
            }
            Repeater {
                model: camera.shots
                Column {
                    id: shot
                    required property int index
                    required property string key
                    required property string source
                    required property string at
                    visible: shot.index < 3
                    Tappable {
                        width: Theme.size.shotWidth
                        height: Theme.size.shotHeight
                        spoken: qsTr("看照片，%1").arg(shot.at)
                        onActivated: root.opened("PhotoPage", {check: root.check, photo: shot.key})
                        contentItem: Image {
                            source: shot.source
                            sourceSize.width: 2 * Theme.size.shotWidth
                            fillMode: Image.PreserveAspectFit
                            asynchronous: true
                        }
                    }
                    Row {
                        spacing: Theme.space.xs
                        Glyph {
                            name: "check"
                            tint: Theme.color.cameraText
                            size: Theme.size.iconTiny
                        }
                        ThemedText {
                            text: shot.at
                            size: Theme.type.caption
                            color: Theme.color.cameraText
                        }
                    }
                }
            }
        }
        Tappable {
            id: shutter
            visible: camera.available && !root.importing
            objectName: "shutter"
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.bottom: word.top
            anchors.bottomMargin: Theme.space.l
            width: Theme.size.shutter
            height: Theme.size.shutter
            corner: width / 2
            text: qsTr("快门")
            blocked: camera.mayShoot ? "" : camera.obtained === Ui.Obtained.Unset ? qsTr("先选取得方式") : qsTr("不能拍")
            onActivated: camera.shoot()
            onMissing: root.choosing = true
            contentItem: Item {
                Glyph {
                    anchors.centerIn: parent
                    name: "camera"
                    size: Theme.size.iconHuge
                    tint: Theme.color.cameraBlack
                }
            }
            background: Rectangle {
                radius: width / 2
                color: camera.mayShoot ? Theme.color.cameraText : Theme.color.cameraTextMuted
                border.width: Theme.size.shutterRing
                border.color: Theme.color.cameraBlack
                Rectangle {
                    anchors.fill: parent
                    radius: width / 2
                    color: "transparent"
                    border.width: Theme.size.shutterLine
                    border.color: shutter.pressed ? Theme.color.cameraTextMuted : Theme.color.cameraText
                }
            }
        }
        ThemedText {
            id: word
            visible: camera.available || camera.trouble !== ""
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.space.xl
            width: parent.width - Theme.space.l
            text: camera.trouble !== "" ? camera.trouble
                : camera.saving ? qsTr("正在存…")
                : App.status.spaceLevel === 3 ? qsTr("余 %1，不能再拍").arg(App.status.freeSpace)
                : camera.obtained === Ui.Obtained.Unset ? qsTr("先选取得方式")
                : App.settings.shutterSound ? qsTr("响声和白框 = 已存好") : qsTr("白框 = 已存好")
            size: Theme.type.label
            color: Theme.color.cameraTextMuted
            wrapMode: Text.Wrap
            horizontalAlignment: Text.AlignHCenter
        }
    }
}
