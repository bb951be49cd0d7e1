import QtQuick
import Zhicha

// The position and its age. A simulated source always says so.
Pill {
    id: root

    required property int fix
    property real accuracyM: 0
    property int ageSeconds: 0
    property string system: ""
    property int satellites: 0
    property string datum: ""
    property int doubt: Ui.Doubt.NoDoubt
    property real jumpM: 0
    property bool simulated: false

    tone: root.simulated && root.fix === Ui.Fix.Good ? Ui.Tone.Warn : Words.fixTone(root.fix)
    glyph: Words.fixGlyph(root.fix)
    strong: root.tone === Ui.Tone.Danger || root.tone === Ui.Tone.Warn
    text: Words.joined([root.simulated ? qsTr("模拟") : "",
                        Words.fixText(root.fix, root.accuracyM, root.ageSeconds, root.doubt, root.jumpM),
                        root.fix === Ui.Fix.Good && root.satellites > 0 ? qsTr("%1 %2 星").arg(root.system).arg(root.satellites) : "",
                        root.fix === Ui.Fix.Good ? root.datum : ""])
}
