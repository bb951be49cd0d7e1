import QtQuick
import Zhicha

// One more person asked. It counts on the press: with gloves the release comes late or elsewhere.
Tappable {
    id: root

    required property int feeling
    required property int count
    property bool low: Theme.portrait

    readonly property color ink: Words.toneText(Words.feelingTone(root.feeling))
    // A long word (English, large letters) goes under its icon.
    readonly property bool longWord: word.implicitWidth + Theme.size.iconSmall + Theme.space.s > root.width - 2 * Theme.space.m

    signal counted()

    implicitWidth: Theme.size.tallyWidth
    implicitHeight: root.low ? Theme.size.tallyHeightPortrait : Theme.size.tallyHeight
    text: Words.feelingWord(root.feeling)
    spoken: qsTr("%1，%2").arg(root.text).arg(root.count)
    hint: qsTr("按一下加一人")
    // A tap through accessibility or the Enter key has no press of its own.
    property bool countedByPress: false
    onPressed: {
        root.countedByPress = true;
        root.counted();
    }
    onCanceled: root.countedByPress = false
    onActivated: {
        if (!root.countedByPress)
            root.counted();
        root.countedByPress = false;
    }
    Keys.onReleased: event => {
        if (event.key === Qt.Key_Plus || event.key === Qt.Key_Equal) {
            root.counted();
            event.accepted = true;
        }
    }

    contentItem: Item {
        Glyph {
            id: sign
            x: Theme.space.m
            y: Theme.space.s
            name: Words.feelingGlyph(root.feeling)
            tint: root.ink
            size: Theme.size.iconSmall
        }
        ThemedText {
            id: word
            x: root.longWord ? Theme.space.m : sign.x + sign.width + Theme.space.s
            y: root.longWord ? sign.y + sign.height : Theme.space.s
            width: Math.min(implicitWidth, root.width - x - Theme.space.xs)
            text: root.text
            size: Theme.type.label
            bold: true
            color: root.ink
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.type.count
        }
        ThemedText {
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.bottom: parent.bottom
            anchors.bottomMargin: root.low ? Theme.space.m : Theme.space.xl * 2 - (root.longWord ? Theme.space.m : 0)
            text: root.count
            size: Theme.type.display
            bold: true
        }
        ThemedText {
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            anchors.margins: Theme.space.s
            text: qsTr("+1")
            size: Theme.type.meta
            bold: true
            color: Theme.color.textMuted
        }
    }
    background: Rectangle {
        radius: Theme.radius.panel
        color: root.pressed ? Theme.color.accentSoft : Theme.color.surface
        border.width: root.pressed ? Theme.stroke.focus : Theme.stroke.chosen
        border.color: root.pressed ? Theme.color.accent : Theme.color.lineStrong
    }
}
