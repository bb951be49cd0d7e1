pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha
import Zhicha.Models

// Pictures that were made elsewhere, to be taken in. Each will say so.
Rectangle {
    id: root

    // What is missing before one can be taken in; empty = nothing.
    property string blocked: ""

    signal picked(string picture)
    signal missing()
    signal closed()

    onVisibleChanged: if (root.visible) gallery.list()
    color: Theme.color.cameraBlack
    Gallery {
        id: gallery
    }
    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.space.l
        anchors.topMargin: Theme.size.button + Theme.space.xl
        spacing: Theme.space.m
        RowLayout {
            spacing: Theme.space.l
            ThemedText {
                Layout.fillWidth: true
                text: qsTr("导入的照片一律标为导入，非实拍，不带时间和位置")
                color: Theme.color.cameraWarn
                wrapMode: Text.Wrap
            }
            PushButton {
                text: qsTr("不导入了")
                onActivated: root.closed()
            }
        }
        ThemedText {
            visible: gallery.listed && gallery.pictures.length === 0
            Layout.fillWidth: true
            text: qsTr("%1 里没有 JPEG 或 PNG 图片。把照片拷到这里再来。").arg(gallery.folder)
            color: Theme.color.cameraTextMuted
            wrapMode: Text.Wrap
        }
        GridView {
            Layout.fillWidth: true
            Layout.fillHeight: true
            clip: true
            cellWidth: Theme.size.galleryWidth
            cellHeight: Theme.size.gallery
            boundsBehavior: Flickable.StopAtBounds
            model: gallery.pictures
            delegate: Tappable {
                id: tile
                required property int index
                required property string modelData
                width: Theme.size.galleryWidth - Theme.size.apart
                height: Theme.size.gallery - Theme.size.apart
                spoken: qsTr("导入第 %1 张").arg(tile.index + 1)
                onActivated: root.blocked === "" ? root.picked(tile.modelData) : root.missing()
                contentItem: Image {
                    source: tile.modelData
                    sourceSize.width: 2 * Theme.size.galleryWidth
                    fillMode: Image.PreserveAspectFit
                    asynchronous: true
                    autoTransform: true
                }
            }
        }
    }
}
