import QtQuick
import Zhicha

// Whether what was typed is on the disk; the time is that of the commit.
Pill {
    id: root

    required property int save
    property string savedAt: ""
    property string reason: ""
    property int retrySeconds: 0

    visible: root.save !== Ui.Save.Idle
    tone: Words.saveTone(root.save)
    glyph: Words.saveGlyph(root.save)
    activeFocusOnTab: true
    text: {
        switch (root.save) {
        case Ui.Save.Saved: return qsTr("已保存 %1").arg(root.savedAt);
        case Ui.Save.Failed:
            return root.retrySeconds > 0 ? qsTr("没存上：%1，%2 秒后再存").arg(root.reason).arg(root.retrySeconds)
                                         : qsTr("没存上：%1").arg(root.reason);
        default: return qsTr("正在存…");
        }
    }
}
