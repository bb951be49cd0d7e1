import QtQuick
import Zhicha

// What every page has: its actions for the rail, a way on and a way back. Leaving never discards.
FocusScope {
    id: root

    property Item actions: null
    // Pages that tell the fix themselves.
    property bool showsFix: false
    // Black pages without bars.
    property bool bare: false
    property bool twoColumns: !Theme.portrait && root.width >= Theme.size.wideFrom - 2 * Theme.size.actionRail

    signal opened(string page, var values)
    signal placed(int place)
    signal closed()

    // Ctrl+F: the page that searches puts the cursor into its field.
    signal findAsked()
    focus: true

    // Enter is the page's main action where no field, button or answer has taken it.
    function confirm(): void {
        (root.actions as ActionRail)?.confirm();
    }
    Keys.onReturnPressed: root.confirm()
    Keys.onEnterPressed: root.confirm()
}
