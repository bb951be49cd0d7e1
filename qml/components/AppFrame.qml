import QtQuick
import Zhicha

// The three bars around a page: status line over everything, navigation on one side, actions at the working hand.
// Landscape or portrait is decided by the window's shape alone. An open keyboard hides the rails.
Item {
    id: root

    property alias status: statusSlot.data
    property alias nav: navSlot.data
    // The ActionRail of the current page; none: the page has the whole width (settings, camera).
    property Component actions: null
    // The same as an item of its page, which keeps it; it is only shown here.
    property Item rail: null
    // Lock, enrolment and camera have no navigation.
    property bool navShown: true
    property bool statusShown: true
    default property alias content: contentSlot.data

    readonly property bool portrait: root.width < root.height
    readonly property bool mirrored: Theme.hand === Ui.Hand.Left
    property real keyboardHeight: InputMethod.visible ? InputMethod.keyboardRectangle.height / Screen.devicePixelRatio : 0
    readonly property bool keyboardOpen: root.keyboardHeight > 0
    readonly property bool railsShown: !root.keyboardOpen
    readonly property real contentWidth: contentSlot.width
    // Two columns need this much; else the detail is a page of its own.
    readonly property bool twoColumns: !root.portrait && root.width >= Theme.size.wideFrom

    Binding {
        target: Theme
        property: "portrait"
        value: root.portrait
    }
    Rectangle {
        anchors.fill: parent
        color: Theme.color.canvas
    }
    Item {
        id: contentSlot
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: statusSlot.bottom
        anchors.bottom: parent.bottom
        anchors.leftMargin: root.portrait ? 0 : root.mirrored ? railSlot.taken : navSlot.taken
        anchors.rightMargin: root.portrait ? 0 : root.mirrored ? navSlot.taken : railSlot.taken
        anchors.bottomMargin: root.keyboardOpen ? root.keyboardHeight : root.portrait ? navSlot.taken + railSlot.taken : 0
        clip: true
    }
    Item {
        id: railSlot
        readonly property Item bar: root.rail ?? loaded.item as Item
        readonly property bool shown: root.railsShown && railSlot.bar !== null
        readonly property real taken: !railSlot.shown ? 0 : root.portrait ? height : width
        visible: railSlot.shown
        width: root.portrait ? root.width : Theme.size.actionRail
        height: root.portrait ? Math.max(Theme.size.actionBar, railSlot.bar ? railSlot.bar.implicitHeight : 0)
                              : root.height - statusSlot.height
        x: root.portrait || root.mirrored ? 0 : root.width - width
        y: root.portrait ? root.height - navSlot.taken - height : statusSlot.height
        Loader {
            id: loaded
            anchors.fill: parent
            sourceComponent: root.rail === null ? root.actions : null
        }
        Binding {
            target: root.rail
            property: "parent"
            value: railSlot
            when: root.rail !== null
        }
        Binding {
            target: root.rail
            property: "width"
            value: railSlot.width
            when: root.rail !== null
        }
        Binding {
            target: root.rail
            property: "height"
            value: railSlot.height
            when: root.rail !== null
        }
        Binding {
            target: railSlot.bar
            property: "atLeft"
            value: root.mirrored
            when: railSlot.bar !== null
        }
    }
    Item {
        id: navSlot
        readonly property bool shown: root.railsShown && root.navShown && children.length > 0
        readonly property real taken: !navSlot.shown ? 0 : root.portrait ? height : width
        visible: navSlot.shown
        width: root.portrait ? root.width : Theme.size.navRail
        height: root.portrait ? Math.max(Theme.size.navBar, children.length > 0 ? children[0].implicitHeight : 0)
                              : root.height - statusSlot.height
        x: root.portrait || !root.mirrored ? 0 : root.width - width
        y: root.height - height
    }
    Item {
        id: statusSlot
        visible: root.statusShown
        width: root.width
        height: !root.statusShown || children.length === 0 ? 0 : Math.max(Theme.size.statusLine, children[0].implicitHeight)
    }
}
