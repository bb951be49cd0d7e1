pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha
import Zhicha.Models

// Reads a QR code: from the finder where there is a camera, else from a picture. What it says is decided by the page.
Panel {
    id: root

    property string wanted: ""
    readonly property bool seesCamera: scan.camera === Ui.CameraState.Ready

    signal enrolment(string server, string code, string fingerprint)
    signal join(string check, string invite)
    signal countersign(string code)
    signal closed()

    implicitHeight: column.implicitHeight + 2 * Theme.space.l

    ScanController {
        id: scan
        onEnrolment: (server, code, fingerprint) => root.enrolment(server, code, fingerprint)
        onJoin: (check, invite) => root.join(check, invite)
        onCountersign: code => root.countersign(code)
    }
    Gallery {
        id: gallery
        most: 12 // the picture of a code was taken just now
        Component.onCompleted: gallery.list()
    }

    ColumnLayout {
        id: column
        x: Theme.space.l
        y: Theme.space.l
        width: parent.width - 2 * x
        spacing: Theme.space.m
        RowLayout {
            ThemedText {
                Layout.fillWidth: true
                text: root.seesCamera ? qsTr("把%1放进框里，看清就自动认").arg(root.wanted) : qsTr("选一张拍有%1的图片").arg(root.wanted)
                size: Theme.type.heading
                bold: true
                wrapMode: Text.Wrap
            }
            PushButton {
                kind: PushButton.Kind.Quiet
                text: qsTr("不扫了")
                onActivated: root.closed()
            }
        }
        ThemedText {
            visible: text !== ""
            Layout.fillWidth: true
            text: scan.scanned === Ui.Scanned.Foreign ? qsTr("这个码不是直查的。核对一下是不是扫错了。")
                : scan.scanned === Ui.Scanned.Unreadable ? qsTr("这张图片打不开。换一张，或者手工输入。")
                : scan.scanned === Ui.Scanned.Nothing && picked.tried ? qsTr("这张图片里没有认出码。拍近一点、正一点再试，或者手工输入。")
                : scan.camera === Ui.CameraState.NoPermission ? qsTr("没有相机权限：在系统设置里允许；在此之前可从图片里认。")
                : scan.camera === Ui.CameraState.Absent ? qsTr("这台平板没有相机，从图片里认。") : ""
            color: Theme.color.warn
            wrapMode: Text.Wrap
        }
        Item {
            visible: root.seesCamera
            Layout.fillWidth: true
            implicitHeight: Theme.size.scanFinder
            Rectangle {
                anchors.fill: parent
                color: Theme.color.cameraBlack
            }
            Loader {
                anchors.fill: parent
                source: scan.hasLens && root.seesCamera ? "LensFinder.qml" : ""
                onLoaded: scan.showOn(item)
            }
            Image {
                anchors.fill: parent
                source: scan.still
                sourceSize.width: Theme.size.finderPixels
                fillMode: Image.PreserveAspectFit
                asynchronous: true
                autoTransform: true
            }
        }
        PushButton {
            visible: scan.scanned === Ui.Scanned.Foreign
            text: qsTr("再扫")
            onActivated: scan.again()
        }
        Flow {
            id: picked
            property bool tried: false
            Layout.fillWidth: true
            spacing: Theme.space.s
            Repeater {
                model: gallery.pictures
                Tappable {
                    id: tile
                    required property int index
                    required property string modelData
                    width: Theme.size.thumbWidth
                    height: Theme.size.thumb
                    spoken: qsTr("图片 %1").arg(tile.index + 1)
                    onActivated: {
                        picked.tried = true;
                        scan.readPicture(tile.modelData);
                    }
                    contentItem: Image {
                        source: tile.modelData
                        sourceSize.width: Theme.size.thumbWidth
                        fillMode: Image.PreserveAspectFit
                        asynchronous: true
                        autoTransform: true
                    }
                }
            }
        }
        ThemedText {
            visible: gallery.listed && gallery.pictures.length === 0
            Layout.fillWidth: true
            text: qsTr("图片文件夹里还没有图片。")
            color: Theme.color.textMuted
        }
    }
}
