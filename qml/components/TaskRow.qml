import QtQuick
import Zhicha

// A check, a draft, a returned question or a task. A sealed one has a lock and nothing to open yet.
ListRow {
    id: root

    required property int stamp

    sign: root.stamp === Ui.Stamp.Sealed ? "lock" : "chevron-right"
    spoken: Words.spoken([Words.stampWord(root.stamp), root.title, root.meta, root.rightTitle, root.rightMeta])
    leading: StateStamp {
        stamp: root.stamp
    }
}
