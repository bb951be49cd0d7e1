import QtQuick
import QtQuick.Layouts
import Zhicha

// One question of an item: what is asked, the answer, its first evidence, one more.
Item {
    id: root

    required property int question
    required property int answer
    property string note: ""
    property url photo: ""
    property int photoCount: 0

    signal answered(int answer)
    signal noteTapped()
    signal photoTapped()
    signal addTapped()

    Layout.fillWidth: true
    implicitWidth: line.implicitWidth
    implicitHeight: Math.max(Theme.size.row, line.implicitHeight + Theme.space.l)

    Rectangle {
        width: parent.width
        height: Theme.stroke.line
        color: Theme.color.line
    }
    RowLayout {
        id: line
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space.s

        Tappable {
            id: label
            Layout.preferredWidth: Theme.size.questionColumn
            Layout.fillWidth: true
            text: Words.questionWord(root.question)
            spoken: Words.spoken([text, Words.answerWord(root.answer), root.photoCount > 0 ? qsTr("照片 %1").arg(root.photoCount) : "",
                                  root.note])
            hint: qsTr("写说明")
            onActivated: root.noteTapped()
            contentItem: Column {
                ThemedText {
                    width: parent.width
                    text: label.text
                    size: Theme.type.body
                    bold: true
                    wrapMode: Text.Wrap
                    maximumLineCount: 2
                    elide: Text.ElideRight
                }
                ThemedText {
                    width: parent.width
                    visible: root.note !== ""
                    text: root.note
                    size: Theme.type.caption
                    color: Theme.color.textMuted
                    elide: Text.ElideRight
                }
            }
        }
        AnswerPicker {
            answer: root.answer
            question: label.text
            Layout.maximumWidth: Theme.portrait ? Theme.size.listColumn : implicitWidth
            Layout.rightMargin: Theme.space.s
            onAnswered: answer => root.answered(answer)
        }
        PhotoThumb {
            visible: root.photoCount > 0
            pictureWidth: Theme.size.thumbSmallWidth
            pictureHeight: Theme.size.thumbSmall
            captioned: false
            source: root.photo
            photoState: Ui.PhotoState.OnTablet
            tag: root.photoCount > 1 ? root.photoCount : ""
            spoken: qsTr("照片 %1").arg(root.photoCount)
            onActivated: root.photoTapped()
        }
        Item {
            visible: root.photoCount === 0
            implicitWidth: Theme.size.thumbSmallWidth
        }
        AddTile {
            spoken: qsTr("%1，加照片").arg(label.text)
            onActivated: root.addTapped()
        }
    }
}
