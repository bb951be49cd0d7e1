pragma ComponentBehavior: Bound
import QtQuick
import Zhicha

// Six places, at the lower end of the side away from the working hand; a bar below everything in portrait.
Rectangle {
    id: root

    required property int current
    // How many things wait in each place, in the order of Ui.Place.
    property list<int> waiting
    property bool horizontal: Theme.portrait
    property bool atLeft: true

    signal picked(int place)

    implicitWidth: Theme.size.navRail
    implicitHeight: Math.max(Theme.size.navBar, entries.implicitHeight + Theme.space.rail)
    color: Theme.color.frame
    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("去处")

    Rectangle {
        visible: Theme.outdoor
        width: root.horizontal ? parent.width : Theme.stroke.outdoorEdge
        height: root.horizontal ? Theme.stroke.outdoorEdge : parent.height
        x: root.horizontal || !root.atLeft ? 0 : parent.width - width
        color: Theme.color.onFrame
    }
    Mark {
        visible: !root.horizontal && entries.y > y + height
        anchors.horizontalCenter: parent.horizontalCenter
        y: Theme.space.l
    }
    Grid {
        id: entries
        anchors.bottom: parent.bottom
        anchors.bottomMargin: root.horizontal ? (parent.height - height) / 2 : Theme.space.l
        anchors.horizontalCenter: parent.horizontalCenter
        columns: root.horizontal ? 6 : 1
        spacing: root.horizontal ? Theme.space.xs : Theme.size.navEntryGap

        Repeater {
            model: [Ui.Place.Today, Ui.Place.Site, Ui.Place.Map, Ui.Place.Sync, Ui.Place.Records, Ui.Place.Settings]
            NavEntry {
                required property int modelData
                width: root.horizontal ? (root.width - 7 * Theme.space.xs) / 6 : implicitWidth
                place: modelData
                chosen: root.current === modelData
                waiting: root.waiting.length > modelData ? root.waiting[modelData] : 0
                onActivated: root.picked(modelData)
            }
        }
    }
}
