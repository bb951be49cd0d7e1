pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha
import Zhicha.Models

// Draws on a copy of a photo. The original stays as it is; the copy carries marks and stamp and says that it is one.
BasePage {
    id: root

    required property string check
    required property string photo

    MarkController {
        id: control
        check: root.check
        photo: root.photo
        canvas: canvas
        onSaved: root.closed()
    }
    actions: ActionRail {
        far: [
            RailAction {
                objectName: "undo"
                text: qsTr("撤销一笔")
                glyph: "undo"
                blocked: canvas.count === 0 ? qsTr("还没有画") : ""
                onActivated: canvas.undo()
            }
        ]
        RailAction {
            objectName: "save"
            weight: RailAction.Primary
            text: qsTr("存为副本")
            second: qsTr("原件不动")
            glyph: "check"
            blocked: control.saving ? qsTr("正在存…") : control.source === "" ? qsTr("没有原件") : ""
            onActivated: control.save()
        }
    }
    PageHead {
        id: head
        width: parent.width
        title: qsTr("标注")
        beside: qsTr("画在副本上，原件不动")
        onBack: root.closed()
    }
    ColumnLayout {
        anchors.fill: parent
        anchors.topMargin: head.height + Theme.space.m
        anchors.margins: Theme.space.page
        spacing: Theme.space.m
        Banner {
            visible: control.trouble !== ""
            Layout.fillWidth: true
            tone: Ui.Tone.Danger
            glyph: "warning"
            title: control.trouble
            sentence: control.troubleNext
            action: qsTr("知道了")
            onActivated: control.dismissTrouble()
        }
        Flow {
            Layout.fillWidth: true
            spacing: Theme.space.m
            Segmented {
                objectName: "shape"
                options: [qsTr("圈"), qsTr("箭头"), qsTr("手画")]
                current: canvas.shape
                onPicked: index => canvas.shape = index
            }
            Segmented {
                objectName: "ink"
                options: [qsTr("红"), qsTr("黄")]
                current: canvas.bright ? 1 : 0
                onPicked: index => canvas.bright = index === 1
            }
            ThemedText {
                visible: canvas.full
                text: qsTr("画满了，先存这一张")
                color: Theme.color.warn
            }
        }
        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Image {
                id: picture
                anchors.fill: parent
                source: control.source
                sourceSize.width: Theme.size.photoPixels
                fillMode: Image.PreserveAspectFit
                asynchronous: true
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("照片，已画 %1 笔").arg(canvas.count)
            }
            MarkCanvas {
                id: canvas
                objectName: "canvas"
                anchors.centerIn: picture
                width: picture.paintedWidth
                height: picture.paintedHeight
                MouseArea {
                    anchors.fill: parent
                    enabled: picture.status === Image.Ready
                    preventStealing: true
                    onPressed: event => canvas.press(Qt.point(event.x, event.y))
                    onPositionChanged: event => canvas.move(Qt.point(event.x, event.y))
                    onReleased: canvas.release()
                    onCanceled: canvas.release()
                }
            }
        }
        ThemedText {
            Layout.fillWidth: true
            text: qsTr("副本下方写：%1").arg(Words.joined(control.stamp))
            size: Theme.type.caption
            color: Theme.color.textMuted
            wrapMode: Text.Wrap
        }
    }
}
