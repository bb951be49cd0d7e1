import QtQuick
import Zhicha

// Something that travels or is found, as a row of one panel.
ListRow {
    id: root

    required property int stamp

    framed: false
    sign: ""
    rightTone: Words.stampTone(root.stamp)
    spoken: Words.spoken([Words.stampWord(root.stamp), root.title, root.meta, root.rightTitle, root.rightMeta])
    leading: StateStamp {
        stamp: root.stamp
        size: Theme.size.stampSmall
    }
}
