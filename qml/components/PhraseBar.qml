import QtQuick
import Zhicha

// Phrases that the inspector uses often, above the keyboard; the last key adds one.
ChipRow {
    id: root

    required property list<string> phrases

    signal phrasePicked(string phrase)
    signal addTapped()

    options: root.phrases.concat([qsTr("＋ 常用语")])
    name: qsTr("常用语")
    onPicked: index => {
        if (index < root.phrases.length)
            root.phrasePicked(root.phrases[index]);
        else
            root.addTapped();
    }
}
