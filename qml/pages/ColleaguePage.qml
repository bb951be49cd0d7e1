pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha
import Zhicha.Models

// A colleague joins this check or signs it: on a tablet of their own by a code, or here with their own PIN.
BasePage {
    id: root

    required property string check
    // Whose PIN is asked for; empty: nobody's.
    property string folder: ""
    property string name: ""
    property bool refusing: false
    property string reason: ""
    property string pinTrouble: ""
    property string signedBy: ""

    function ask(folder: string, name: string): void {
        root.folder = folder;
        root.name = name;
        root.refusing = false;
        root.reason = "";
        root.pinTrouble = "";
    }

    ColleagueController {
        id: colleague
        check: root.check
        onPinWrong: triesLeft => root.pinTrouble = qsTr("口令不对，没有签。再错 %1 次要等 1 分钟。").arg(triesLeft)
        onBlocked: seconds => root.pinTrouble = qsTr("错的次数太多，%1 秒后再试。").arg(seconds)
        onSignedHere: name => {
            root.signedBy = name;
            root.ask("", "");
        }
    }
    actions: ActionRail {
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
        title: qsTr("同事")
        beside: qsTr("%1 · 参加或会签").arg(colleague.site)
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
                visible: colleague.trouble !== ""
                Layout.fillWidth: true
                tone: Ui.Tone.Danger
                glyph: "warning"
                title: colleague.trouble
                sentence: colleague.troubleNext
                action: qsTr("知道了")
                onActivated: colleague.dismissTrouble()
            }
            Banner {
                visible: root.signedBy !== ""
                Layout.fillWidth: true
                glyph: "check"
                title: qsTr("%1 已会签").arg(root.signedBy)
                sentence: qsTr("签名存在本人的记录里，等本人在这台平板上解锁后送出。")
                action: qsTr("知道了")
                onActivated: root.signedBy = ""
            }
            GridLayout {
                Layout.fillWidth: true
                columns: root.twoColumns ? 2 : 1
                columnSpacing: Theme.space.xl
                rowSpacing: Theme.space.xl
                CodeSquare {
                    visible: colleague.joinCode !== ""
                    Layout.fillWidth: true
                    Layout.alignment: Qt.AlignTop
                    Layout.preferredWidth: Theme.size.code
                    source: colleague.joinCode
                    title: qsTr("扫这个，参加检查")
                    line: qsTr("同事在自己的平板上：新建检查 → 扫码参加或会签。%1 前有效，过时自动换新。").arg(colleague.validUntil)
                }
                CodeSquare {
                    visible: colleague.signCode !== ""
                    Layout.fillWidth: true
                    Layout.alignment: Qt.AlignTop
                    Layout.preferredWidth: Theme.size.code
                    source: colleague.signCode
                    title: qsTr("扫这个，会签")
                    line: qsTr("签到此刻为止的全部记录，末值 %1，两边屏幕上应当一样。").arg(colleague.head)
                }
            }
            SectionHead {
                visible: colleague.colleagueCount > 0
                Layout.fillWidth: true
                title: qsTr("在这台平板上会签")
                beside: qsTr("用本人口令，签名存进本人的记录")
            }
            Repeater {
                model: colleague.colleagues
                ListRow {
                    id: person
                    required property string key
                    required property string name
                    Layout.fillWidth: true
                    objectName: "colleague-" + person.key
                    title: person.name !== "" ? person.name : qsTr("另一名督查员")
                    meta: qsTr("签名或拒签")
                    chosen: root.folder === person.key
                    onActivated: root.ask(person.key, title)
                }
            }
            ReasonStrip {
                visible: root.refusing && root.reason === ""
                Layout.fillWidth: true
                question: qsTr("%1 为什么拒签？原因随检查送出。").arg(root.name)
                finalText: qsTr("拒签")
                onKept: root.refusing = false
                onConfirmed: reason => root.reason = reason
            }
            PinStrip {
                visible: root.folder !== "" && (!root.refusing || root.reason !== "")
                Layout.fillWidth: true
                question: root.refusing ? qsTr("%1 输入本人口令，记下拒签：%2").arg(root.name).arg(root.reason)
                                        : qsTr("%1 输入本人口令，签下到此为止的全部记录。").arg(root.name)
                trouble: root.pinTrouble
                finalText: root.refusing ? qsTr("拒签") : qsTr("签名")
                busy: colleague.signing ? qsTr("正在核对") : ""
                onKept: root.ask("", "")
                onEntered: pin => {
                    root.pinTrouble = "";
                    colleague.signHere(root.folder, pin, root.reason);
                }
            }
            PushButton {
                visible: root.folder !== "" && !root.refusing
                text: qsTr("拒签…")
                onActivated: root.refusing = true
            }
        }
    }
}
