pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha
import Zhicha.Models

// One photo, square and whole, with what is known of it.
BasePage {
    id: root

    required property string check
    required property string photo
    property bool removing: false

    PhotoController {
        id: picture
        check: root.check
        photo: root.photo
    }
    actions: ActionRail {
        far: [
            RailAction {
                visible: picture.mayRemove
                text: qsTr("去掉…")
                glyph: "cross"
                dangerous: true
                onActivated: root.removing = true
            }
        ]
        RailAction {
            objectName: "restore"
            visible: picture.voided
            weight: RailAction.Frequent
            text: qsTr("恢复照片")
            glyph: "undo"
            onActivated: picture.restore()
        }
        RailAction {
            objectName: "mark"
            visible: picture.mayMark
            weight: RailAction.Frequent
            text: qsTr("标注…")
            glyph: "pencil"
            onActivated: root.opened("MarkPage", {check: root.check, photo: root.photo})
        }
        RailAction {
            weight: RailAction.Primary
            text: qsTr("返回")
            glyph: "arrow-left"
            onActivated: root.closed()
        }
    }
    PageHead {
        id: head
        width: parent.width
        title: picture.voided ? qsTr("已去掉的照片") : qsTr("照片")
        beside: picture.site
        onBack: root.closed()
    }
    ReasonStrip {
        id: strip
        visible: root.removing
        anchors.top: head.bottom
        anchors.margins: Theme.space.l
        x: Theme.space.page
        width: parent.width - 2 * x
        question: qsTr("去掉这张照片？写明原因；原件留着，可以恢复。")
        finalText: qsTr("去掉")
        onKept: root.removing = false
        onConfirmed: reason => {
            root.removing = false;
            picture.remove(reason);
        }
    }
    // Stays as long as the page does: nobody has to hurry to take it back.
    Banner {
        id: gone
        visible: picture.voided && !root.removing
        anchors.top: head.bottom
        anchors.margins: Theme.space.l
        x: Theme.space.page
        width: parent.width - 2 * x
        glyph: "undo"
        title: qsTr("已去掉")
        sentence: qsTr("原件留着，督查室看得到去掉的原因；检查完成前随时可以恢复。")
        action: qsTr("恢复照片")
        onActivated: picture.restore()
    }
    GridLayout {
        anchors.top: strip.visible ? strip.bottom : gone.visible ? gone.bottom : head.bottom
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: Theme.space.page
        columns: root.twoColumns ? 2 : 1
        columnSpacing: Theme.space.xl
        Image {
            Layout.fillWidth: true
            Layout.fillHeight: true
            source: picture.source
            sourceSize.width: Theme.size.photoPixels
            fillMode: Image.PreserveAspectFit
            asynchronous: true
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("照片，%1").arg(Words.obtainedWord(picture.obtained))
        }
        ColumnLayout {
            Layout.preferredWidth: Theme.size.sideColumn
            Layout.maximumWidth: root.twoColumns ? Theme.size.sideColumn : parent.width
            Layout.alignment: Qt.AlignTop
            spacing: Theme.space.m
            Pill {
                visible: !picture.loading
                Layout.maximumWidth: parent.width
                tone: picture.imported ? Ui.Tone.Warn : Ui.Tone.Ok
                glyph: picture.imported ? "warning" : "check"
                text: Words.joined([Words.originWord(picture.imported), picture.importNote])
            }
            FactLines {
                Layout.fillWidth: true
                facts: [
                    {name: qsTr("拍摄时间"), value: picture.shotAt !== "" ? picture.shotAt : qsTr("不知道")},
                    {name: qsTr("位置"), value: picture.position !== "" ? picture.position : qsTr("无定位")},
                    {name: qsTr("取得方式"), value: Words.obtainedWord(picture.obtained)},
                    {name: qsTr("在哪里"), value: Words.photoWord(picture.photoState)},
                    {name: qsTr("大小"), value: picture.size},
                    {name: qsTr("指纹 SHA-256"), value: picture.fingerprint}
                ]
            }
        }
    }
}
