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
        Image {
            anchors.fill: parent
            source: camera.still
            sourceSize.width: Theme.size.finderPixels
            fillMode: Image.PreserveAspectFit
            asynchronous: true
            autoTransform: true
        }
        ColumnLayout {
            visible: !camera.available && !camera.loading
            anchors.centerIn: parent
            width: parent.width * 0.7
            spacing: Theme.space.m
            Glyph {
                Layout.alignment: Qt.AlignHCenter
                name: "camera-off"
                tint: Theme.color.cameraText
                size: Theme.size.iconHuge
            }
            ThemedText {
                Layout.fillWidth: true
                text: qsTr("这台平板没有相机")
                size: Theme.type.heading
                bold: true
                color: Theme.color.cameraText
                horizontalAlignment: Text.AlignHCenter
            }
            ThemedText {
                Layout.fillWidth: true
                text: qsTr("问题和答案照常记。可在设置里选一个文件夹导入照片，一律标为导入，非实拍。")
                color: Theme.color.cameraTextMuted
                wrapMode: Text.Wrap
                horizontalAlignment: Text.AlignHCenter
            }
            PushButton {
                Layout.alignment: Qt.AlignHCenter
                text: qsTr("去设置")
                onActivated: root.placed(Ui.Place.Settings)
            }
        }
        Rectangle {
            id: hung
            visible: camera.available
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
            visible: camera.available
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
            visible: (root.choosing || camera.obtained === Ui.Obtained.Unset) && camera.available
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
        Rectangle {
            visible: camera.available
            anchors.bottom: parent.bottom
            width: parent.width
            height: stamp.implicitHeight + 2 * Theme.space.m
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
                width: parent.width - 2 * x
                spacing: 0
                ThemedText {
                    text: camera.stampTime
                    size: Theme.type.heading
                    bold: true
                    color: Theme.color.cameraText
                }
                ThemedText {
                    text: qsTr("无定位：照片照存，标明无定位")
                    color: Theme.color.cameraWarn
                }
                ThemedText {
                    Layout.fillWidth: true
                    text: camera.site + "　" + camera.person
                    color: Theme.color.cameraText
                    elide: Text.ElideRight
                }
            }
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
            visible: camera.available
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
                : camera.obtained === Ui.Obtained.Unset ? qsTr("先选取得方式") : qsTr("白框 = 已存好")
            size: Theme.type.label
            color: Theme.color.cameraTextMuted
            wrapMode: Text.Wrap
            horizontalAlignment: Text.AlignHCenter
        }
    }
}
