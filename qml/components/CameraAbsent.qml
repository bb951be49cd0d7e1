import QtQuick
import QtQuick.Layouts
import Zhicha

// No finder: why, what goes on all the same, and what can be done. White on black in every theme.
ColumnLayout {
    id: root

    required property int why

    signal importing()
    signal settings()

    spacing: Theme.space.m
    Glyph {
        Layout.alignment: Qt.AlignHCenter
        name: "camera-off"
        tint: Theme.color.cameraText
        size: Theme.size.iconHuge
    }
    ThemedText {
        Layout.fillWidth: true
        text: [qsTr("正在打开相机"), "", qsTr("这台平板没有相机"), qsTr("没有相机权限"), qsTr("相机打不开")][root.why]
        size: Theme.type.heading
        bold: true
        color: Theme.color.cameraText
        horizontalAlignment: Text.AlignHCenter
    }
    ThemedText {
        Layout.fillWidth: true
        text: [qsTr("问题和答案照常记。"), "", qsTr("问题和答案照常记。可导入照片，一律标为导入，非实拍；插上相机会自己认出。"),
               qsTr("问题和答案照常记。在系统设置里允许本程序用相机；在此之前可导入照片，标为导入，非实拍。"),
               qsTr("问题和答案照常记。关掉占着相机的程序，或重新插一次；在此之前可导入照片，标为导入，非实拍。")][root.why]
        color: Theme.color.cameraTextMuted
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignHCenter
    }
    RowLayout {
        Layout.alignment: Qt.AlignHCenter
        spacing: Theme.space.m
        PushButton {
            visible: root.why !== Ui.CameraState.Starting
            kind: PushButton.Kind.Primary
            text: qsTr("导入照片…")
            onActivated: root.importing()
        }
        PushButton {
            text: qsTr("去设置")
            onActivated: root.settings()
        }
    }
}
