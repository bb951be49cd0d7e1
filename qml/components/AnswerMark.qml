pragma ComponentBehavior: Bound
import QtQuick
import Zhicha

// An answer told in a closed item: mark, question, word.
Row {
    id: root

    required property int question
    required property int answer

    readonly property color ink: Words.toneText(Words.answerTone(root.answer))

    spacing: Theme.space.xs

    Glyph {
        anchors.verticalCenter: parent.verticalCenter
        name: Words.answerGlyph(root.answer)
        tint: root.ink
        size: Theme.size.iconTiny
    }
    ThemedText {
        text: qsTr("%1 %2").arg(Words.questionShort(root.question)).arg(Words.answerWord(root.answer))
        size: Theme.type.meta
        bold: root.answer !== Ui.Answer.Unanswered
        color: root.ink
    }
}
