pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha

// An item of the check. Closed it tells its three answers; open it shows the questions put inside it.
Panel {
    id: root

    required property string documentNumber
    required property string title
    required property list<int> answers
    property string deadline: ""
    property int overdueDays: 0
    property bool open: false
    default property alias questions: body.data

    signal opened()

    chosen: root.open
    implicitWidth: Theme.size.listColumn
    implicitHeight: column.implicitHeight + 2 * Theme.space.m

    Tappable {
        id: head
        anchors.fill: parent
        enabled: !root.open
        visible: !root.open
        text: root.title
        spoken: Words.spoken([root.documentNumber, root.title, Words.answersLine(root.answers)])
        onActivated: root.opened()
        background: Rectangle {
            radius: Theme.radius.panel
            color: head.pressed ? Theme.color.sunken : "transparent"
        }
    }
    ColumnLayout {
        id: column
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.space.m
        anchors.leftMargin: Theme.space.l
        anchors.rightMargin: Theme.space.l
        spacing: Theme.space.xs

        Item {
            Layout.fillWidth: true
            implicitHeight: Math.max(number.implicitHeight, title.implicitHeight, due.implicitHeight)
            ThemedText {
                id: number
                text: root.documentNumber
                size: Theme.type.label
                bold: true
                color: Theme.color.accent
            }
            ThemedText {
                id: title
                anchors.left: number.right
                anchors.right: due.left
                anchors.leftMargin: Theme.space.xl
                anchors.rightMargin: Theme.space.xl
                text: root.open ? "" : root.title
                size: Theme.type.body
                bold: true
                wrapMode: Text.Wrap
                maximumLineCount: 2
                elide: Text.ElideRight
            }
            ThemedText {
                id: due
                anchors.right: parent.right
                text: root.overdueDays > 0 ? qsTr("时限 %1 · 已逾期 %2\u00a0天").arg(root.deadline).arg(root.overdueDays)
                                           : root.deadline === "" ? "" : qsTr("时限 %1").arg(root.deadline)
                size: Theme.type.caption
                bold: root.overdueDays > 0
                color: root.overdueDays > 0 ? Theme.color.danger : Theme.color.textMuted
            }
        }
        ThemedText {
            Layout.fillWidth: true
            visible: root.open
            text: root.title
            size: Theme.type.heading
            bold: true
            wrapMode: Text.Wrap
            maximumLineCount: 2
            elide: Text.ElideRight
        }
        Flow {
            Layout.fillWidth: true
            visible: !root.open
            spacing: Theme.space.l
            Repeater {
                model: root.answers
                AnswerMark {
                    required property int index
                    required property int modelData
                    question: index
                    answer: modelData
                }
            }
        }
        ColumnLayout {
            id: body
            visible: root.open
            spacing: 0
        }
    }
}
