pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha
import Zhicha.Models

// What a colleague's code asks this inspector to sign.
BasePage {
    id: root

    required property string code
    property bool refusing: false
    property string pinTrouble: ""

    CountersignController {
        id: sign
        code: root.code
        onPinWrong: root.pinTrouble = qsTr("口令不对，没有签。")
        onDone: {
            root.refusing = false;
            root.pinTrouble = "";
        }
    }
    actions: ActionRail {
        RailAction {
            visible: sign.readable && !sign.signedHere
            weight: RailAction.Frequent
            text: qsTr("拒签…")
            glyph: "cross"
            onActivated: root.refusing = true
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
        title: qsTr("会签")
        beside: sign.site
        onBack: root.closed()
    }
    Flickable {
        anchors.fill: parent
        anchors.topMargin: head.height
        contentHeight: column.implicitHeight + 2 * Theme.space.l
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        ColumnLayout {
            id: column
            x: Theme.space.page
            y: Theme.space.l
            width: parent.width - 2 * x
            spacing: Theme.space.l
            Banner {
                visible: sign.trouble !== ""
                Layout.fillWidth: true
                tone: Ui.Tone.Danger
                glyph: "warning"
                title: sign.trouble
                sentence: sign.troubleNext
                action: qsTr("知道了")
                onActivated: sign.dismissTrouble()
            }
            EmptyState {
                visible: !sign.readable
                Layout.fillWidth: true
                title: qsTr("这不是会签码")
                line: qsTr("请同事打开“同事”页，扫“会签”那个码。")
            }
            Banner {
                visible: sign.signedHere
                Layout.fillWidth: true
                glyph: "check"
                title: qsTr("已签")
                sentence: qsTr("存在这台平板上，有网就送出。")
            }
            FactLines {
                visible: sign.readable
                Layout.fillWidth: true
                strong: true
                facts: [
                    {name: qsTr("现场（码里写的）"), value: sign.site},
                    {name: qsTr("请你签的人（码里写的）"), value: sign.asker},
                    {name: qsTr("签到哪里为止：末值，应与同事屏幕上一样"), value: sign.mark},
                    {name: qsTr("签名的人"), value: sign.person}
                ]
            }
            ReasonStrip {
                visible: root.refusing
                Layout.fillWidth: true
                question: qsTr("拒签也是有效的结束。写明原因，随检查送出。")
                finalText: qsTr("拒签")
                onKept: root.refusing = false
                onConfirmed: reason => sign.refuse(reason)
            }
            PinStrip {
                visible: sign.readable && !sign.loading && !sign.signedHere && !root.refusing
                Layout.fillWidth: true
                question: qsTr("输入本人口令，签下到末值为止的全部记录。")
                trouble: root.pinTrouble
                onKept: root.closed()
                onEntered: pin => {
                    root.pinTrouble = "";
                    sign.sign(pin);
                }
            }
        }
    }
}
