pragma ComponentBehavior: Bound
import QtQuick
import Zhicha
import Zhicha.Models

// The place 现场: the open check, or how to start one.
BasePage {
    id: root

    actions: (inner.item as BasePage)?.actions ?? rail
    showsFix: App.checkOpen

    ActionRail {
        id: rail
        visible: root.actions === rail // else it would stand behind the check's own page
        RailAction {
            weight: RailAction.Primary
            text: qsTr("新建检查")
            glyph: "plus"
            onActivated: root.opened("StartPage", {})
        }
    }
    // By its address and not as a component: Qt 6.4's Loader refuses a component of a file that is bound.
    readonly property string current: App.currentCheck
    function follow(): void {
        if (root.current === "")
            inner.source = "";
        else
            inner.setSource(Qt.resolvedUrl("CheckPage.qml"), {check: root.current});
    }
    onCurrentChanged: root.follow()
    Component.onCompleted: root.follow()

    Loader {
        id: inner
        anchors.fill: parent
        focus: App.checkOpen
    }
    Connections {
        target: inner.item
        function onOpened(page: string, values: var): void {
            root.opened(page, values);
        }
        function onPlaced(place: int): void {
            root.placed(place);
        }
        function onClosed(): void {
            root.closed();
        }
    }
    EmptyState {
        visible: !App.checkOpen
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Theme.space.page, Theme.size.listColumn)
        title: qsTr("现在没有进行中的检查")
        line: qsTr("新建一次检查，或参加同事正在做的检查。")
        action: qsTr("新建检查")
        onActivated: root.opened("StartPage", {})
    }
}
