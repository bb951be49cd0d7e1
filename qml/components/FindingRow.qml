import QtQuick
import Zhicha

// A finding in a list.
ListRow {
    id: root

    required property int severity
    // A draft that is not recorded in the check yet.
    property bool draft: false

    implicitHeight: Math.max(Theme.size.findingRow, implicitContentHeight + Theme.space.l)
    framed: false
    titleBold: false
    leftPadding: 0
    rightPadding: 0
    metaTone: root.draft ? Ui.Tone.Warn : Ui.Tone.Neutral
    spoken: Words.spoken([Words.severityWord(root.severity), root.title, root.meta])
    leading: SeverityBadge {
        severity: root.severity
    }
}
