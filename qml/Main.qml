pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Zhicha
import Zhicha.Models

// The window: lock and enrolment before everything; then one stack of pages for each place, each keeping where it is.
// Where the screen stands is remembered in the person's store, so that it comes back after a lock or a crash.
Window {
    id: root

    property int place: Ui.Place.Today
    // For each place its pages above the first: [{page, values}].
    property var trails: [[], [], [], [], [], []]
    readonly property list<string> firsts: ["TodayPage", "SitePage", "MapPage", "SyncPage", "SearchPage", "SettingsPage"]
    // itemAt() tells nobody when the stacks are there.
    property bool ready: false
    readonly property T.StackView stack: root.ready ? stacks.itemAt(root.place) as T.StackView : null
    readonly property Item enrolment: enrolling.item as Item
    readonly property BasePage page: root.unlocked ? root.stack?.currentItem as BasePage : null
    readonly property bool unlocked: App.phase === App.Open
    // The self-test and the pictures set it: nothing may fade while they look.
    property bool still: false

    function load(page: string): url {
        return Qt.resolvedUrl("pages/" + page + ".qml");
    }
    function push(page: string, values: var): void {
        const wanted = Object.assign({}, values);
        const replace = wanted.replace === true;
        delete wanted.replace;
        const trail = root.trails[root.place];
        if (replace) {
            trail.splice(0, trail.length, {page: page, values: wanted});
            root.stack.pop(null, T.StackView.Immediate);
            root.stack.push(root.load(page), wanted, T.StackView.Immediate);
        } else {
            trail.push({page: page, values: wanted});
            root.stack.push(root.load(page), wanted);
        }
        root.keep();
    }
    function back(): void {
        if (root.trails[root.place].length > 0) {
            root.trails[root.place].pop();
            root.stack.pop();
        } else if (root.place !== Ui.Place.Today) {
            root.place = Ui.Place.Today;
        }
        root.keep();
    }
    function go(place: int): void {
        if (place === root.place && root.trails[place].length > 0) {
            root.trails[place] = [];
            root.stack.pop(null);
        }
        root.place = place;
        root.keep();
    }
    function keep(): void {
        App.remember({place: root.place, trails: root.trails});
    }
    // After the store opened: the same pages as before. Asked for when it opens; a binding might have what was before yet.
    function restore(kept: var): void {
        const trails = kept.trails ?? [];
        root.shut();
        for (let i = 0; i < 6; ++i)
            root.trails[i] = (trails[i] ?? []).slice();
        root.place = kept.place ?? Ui.Place.Today;
        root.fill(Ui.Place.Today); // it counts the tasks that stand on the rail
        root.fill(root.place);
    }
    // A place's pages are made when it is first looked at: the tablet starts with one page, not with six.
    function fill(place: int): void {
        const view = stacks.itemAt(place) as T.StackView;
        if (!root.ready || !root.unlocked || view.depth > 0)
            return;
        view.push(root.load(root.firsts[place]), {}, T.StackView.Immediate);
        for (const step of root.trails[place])
            view.push(root.load(step.page), step.values, T.StackView.Immediate);
    }
    function shut(): void {
        for (let i = 0; i < 6; ++i)
            (stacks.itemAt(i) as T.StackView).clear(T.StackView.Immediate);
    }

    width: Theme.size.windowWidth
    height: Theme.size.windowHeight
    minimumWidth: Theme.size.windowLeastWidth
    minimumHeight: Theme.size.windowLeastHeight
    visible: true
    title: qsTr("直查")
    color: Theme.color.canvas

    onPlaceChanged: root.fill(root.place)
    onUnlockedChanged: {
        if (root.ready)
            root.unlocked ? root.restore(App.place) : root.shut();
    }
    Component.onCompleted: {
        root.ready = true;
        if (root.unlocked)
            root.restore(App.place);
    }
    onClosing: root.shut() // what is being typed goes to disk

    Binding {
        target: Theme
        property: "look"
        value: App.settings.look
    }
    Binding {
        target: Theme
        property: "textSize"
        value: App.settings.textSize
    }
    Binding {
        target: Theme
        property: "hand"
        value: App.settings.hand
    }
    Binding {
        target: Theme
        property: "calm"
        value: App.settings.calm || root.still
    }
    Connections {
        target: root.page
        function onOpened(page: string, values: var): void {
            root.push(page, values);
        }
        function onPlaced(place: int): void {
            root.go(place);
        }
        function onClosed(): void {
            root.back();
        }
    }
    Repeater {
        model: [Ui.Place.Today, Ui.Place.Site, Ui.Place.Map, Ui.Place.Sync, Ui.Place.Records, Ui.Place.Settings]
        Item {
            id: shortcut
            required property int modelData
            Shortcut {
                sequence: "Ctrl+" + (shortcut.modelData + 1)
                enabled: root.unlocked
                onActivated: root.go(shortcut.modelData)
            }
        }
    }
    Shortcut {
        sequence: "Ctrl+F"
        enabled: root.unlocked
        onActivated: {
            root.go(Ui.Place.Records);
            if (root.trails[Ui.Place.Records].length > 0)
                root.go(Ui.Place.Records); // from a page over it
            root.page?.findAsked();
        }
    }
    Shortcut {
        sequences: ["Esc", "Back"]
        enabled: root.unlocked
        onActivated: root.back()
    }

    AppFrame {
        id: frame
        anchors.fill: parent
        statusShown: root.unlocked ? !(root.page?.bare ?? false) : App.phase === App.Enrolling
        navShown: root.unlocked && !(root.page?.bare ?? false)
        rail: root.page?.actions ?? null

        status: StatusLine {
            width: frame.width
            sync: App.status.sync
            lastDelivered: App.status.lastDelivered
            waitingRecords: App.status.waitingRecords
            waitingPhotos: App.status.waitingPhotos
            sentPhotos: App.status.originalsDone
            allPhotos: App.status.originals
            retrySeconds: App.status.retrySeconds
            nextTry: App.status.nextTry
            toHandle: App.status.troubles
            plain: App.phase === App.Enrolling ? qsTr("尚未登记") : ""
            showFix: root.unlocked && !(root.page?.showsFix ?? false)
            fix: App.position.fix
            accuracyM: App.position.accuracyM
            ageSeconds: App.position.ageSeconds
            doubt: App.position.doubt
            simulated: App.position.simulated
            trackMinutes: App.position.trackMinutes
            freeBytes: App.status.freeBytes
            lowStorage: App.status.spaceLevel > 0
            batteryPercent: App.status.battery
            lowBattery: App.status.battery >= 0 && App.status.battery <= 20
            time: App.status.clock
            onSyncTapped: if (root.unlocked) root.go(Ui.Place.Sync)
            onHealthTapped: if (root.unlocked) root.go(Ui.Place.Today)
        }
        nav: NavRail {
            anchors.fill: parent
            atLeft: !frame.mirrored
            current: root.place
            waiting: [App.tasks, 0, 0, App.status.troubles, 0, 0]
            onPicked: place => root.go(place)
        }

        Repeater {
            id: stacks
            model: 6
            T.StackView {
                required property int index
                anchors.fill: parent
                visible: root.unlocked && root.place === index
                enabled: visible
                focus: visible
                pushEnter: Transition {
                    NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.motion.page }
                }
                pushExit: Transition {
                    NumberAnimation { property: "opacity"; from: 1; to: 0; duration: Theme.motion.page }
                }
                popEnter: Transition {
                    NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.motion.page }
                }
                popExit: Transition {
                    NumberAnimation { property: "opacity"; from: 1; to: 0; duration: Theme.motion.page }
                }
            }
        }
        Loader {
            anchors.fill: parent
            active: App.phase === App.Locked || App.phase === App.Opening
            focus: active
            source: root.load("LockPage")
        }
        Loader {
            id: enrolling
            anchors.fill: parent
            active: App.phase === App.Enrolling
            focus: active
            source: root.load("EnrolPage")
        }
    }
}
