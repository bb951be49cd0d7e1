pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Zhicha

// Yes, partly, no. Never preset; a second tap on the chosen one does nothing. Keys 1 2 3 while it has the focus.
RowLayout {
    id: root

    required property int answer
    property string question: ""
    readonly property list<int> choices: [Ui.Answer.Yes, Ui.Answer.Partly, Ui.Answer.No]

    signal answered(int answer)

    function choose(answer: int): void {
        if (root.enabled && root.answer !== answer)
            root.answered(answer);
    }

    // Joined keys share one border.
    spacing: -Theme.stroke.line
    Keys.onPressed: event => {
        const index = [Qt.Key_1, Qt.Key_2, Qt.Key_3].indexOf(event.key);
        if (index >= 0) {
            root.choose(root.choices[index]);
            event.accepted = true;
        }
    }
    Accessible.role: Accessible.Grouping
    Accessible.name: root.answer === Ui.Answer.Unanswered ? root.question
                   : qsTr("%1，%2").arg(root.question).arg(Words.answerWord(root.answer))

    Repeater {
        model: root.choices

        Segment {
            required property int modelData
            Layout.fillWidth: true
            text: Words.answerWord(modelData)
            spoken: root.question === "" ? text : qsTr("%1，%2").arg(root.question).arg(text)
            glyph: Words.answerGlyph(modelData)
            tone: Words.answerTone(modelData)
            chosen: root.answer === modelData
            onActivated: root.choose(modelData)
        }
    }
}
