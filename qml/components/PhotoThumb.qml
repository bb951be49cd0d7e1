import QtQuick
import Zhicha

// A photo whole and square: letterboxed, no corner rounded, nothing cropped. Its tag stands on the picture.
Tappable {
    id: root

    required property url source
    required property int photoState
    property int percent: 0
    property bool imported: false
    // Taken away: its picture is faint, its word says so, and a tap leads to where it comes back.
    property bool voided: false
    property string tag: ""
    property bool captioned: true
    property real pictureWidth: Theme.size.thumbWidth
    property real pictureHeight: Theme.size.thumb

    // No bytes here to show.
    readonly property bool lost: root.photoState === Ui.PhotoState.Missing || root.photoState === Ui.PhotoState.Elsewhere
                                 || root.photoState === Ui.PhotoState.Erased
    readonly property string placeWord: root.photoState === Ui.PhotoState.Uploading ? qsTr("%1%").arg(root.percent)
                                                                               : Words.photoWord(root.photoState)

    implicitWidth: root.pictureWidth
    implicitHeight: root.pictureHeight + (root.captioned ? caption.implicitHeight + Theme.space.xs : 0)
    corner: Theme.radius.photo
    text: qsTr("照片")
    spoken: Words.spoken([qsTr("照片"), root.tag, Words.originWord(root.imported), root.voided ? qsTr("已去掉") : "",
             root.photoState === Ui.PhotoState.Uploading ? qsTr("正在送 %1").arg(root.placeWord) : root.placeWord])

    background: Rectangle {
        height: root.pictureHeight
        color: Theme.color.sunken
        border.width: Theme.stroke.line
        border.color: Theme.color.line
    }
    contentItem: Item {
        Image {
            id: picture
            visible: !root.lost
            opacity: root.voided ? Theme.size.faint : 1
            width: root.width
            height: root.pictureHeight
            source: root.lost ? "" : root.source
            sourceSize.width: Math.ceil(root.pictureWidth * Screen.devicePixelRatio)
            sourceSize.height: Math.ceil(root.pictureHeight * Screen.devicePixelRatio)
            fillMode: Image.PreserveAspectFit
            asynchronous: true
            Accessible.ignored: true
        }
        Rectangle {
            visible: tagText.text !== ""
            anchors.bottom: picture.bottom
            width: Math.min(parent.width, tagText.implicitWidth + Theme.space.s)
            height: Math.max(Theme.size.tag, tagText.implicitHeight)
            color: root.imported ? Theme.color.warnFill : Theme.color.text
            ThemedText {
                id: tagText
                x: Theme.space.xs
                width: parent.width - Theme.space.xs
                anchors.verticalCenter: parent.verticalCenter
                text: root.voided && !root.captioned ? qsTr("已去掉") : root.tag !== "" ? root.tag : root.imported ? qsTr("导入") : ""
                size: Theme.type.count
                bold: true
                color: root.imported ? Theme.color.onWarnFill : Theme.color.surface
                wrapMode: Text.Wrap
            }
        }
        Row {
            id: caption
            visible: root.captioned
            anchors.bottom: parent.bottom
            spacing: Theme.space.xs
            Glyph {
                anchors.verticalCenter: parent.verticalCenter
                name: Words.photoGlyph(root.photoState)
                tint: Words.toneText(Words.photoTone(root.photoState))
                size: Theme.size.iconTiny
            }
            ThemedText {
                width: root.width - x
                text: root.voided ? qsTr("已去掉，可恢复") : root.placeWord
                wrapMode: Text.Wrap
                size: Theme.type.caption
                bold: root.photoState !== Ui.PhotoState.OnTablet
                color: Words.toneText(Words.photoTone(root.photoState))
            }
        }
    }
}
