import QtQuick
import QtTest
import Zhicha

// Goal: the frame gives way to the keyboard, follows the working hand and the shape of the window. Method: a real frame with
// its bars, resized.
Item {
    id: root
    width: 1280
    height: 800

    AppFrame {
        id: frame
        width: 1280
        height: 800
        status: StatusLine {
            width: frame.width
            sync: Ui.Sync.Offline
            time: "14:02"
        }
        nav: NavRail {
            anchors.fill: parent
            atLeft: !frame.mirrored
            current: Ui.Place.Today
        }
        actions: Component {
            ActionRail {
                RailAction {
                    text: "拍照"
                    weight: RailAction.Weight.Primary
                }
            }
        }
        Rectangle {
            id: page
            anchors.fill: parent
        }
    }
    TestCase {
        name: "AppFrame"
        when: windowShown

        function init() {
            failOnWarning(/.*/);
            Theme.hand = Ui.Hand.Right;
            frame.width = 1280;
            frame.height = 800;
            frame.keyboardHeight = 0;
        }
        function at(item) {
            const place = item.mapToItem(root, 0, 0);
            return [place.x, place.y, item.width, item.height];
        }
        function test_landscape_leaves_1060_by_752() {
            compare(at(page), [88, 48, 1060, 752]);
            verify(frame.twoColumns);
        }
        function test_the_left_hand_swaps_the_rails() {
            Theme.hand = Ui.Hand.Left;
            compare(at(page), [132, 48, 1060, 752]);
        }
        function test_portrait_puts_both_bars_below() {
            frame.width = 800;
            frame.height = 1280;
            verify(Theme.portrait);
            // Layouts settle with the next frame.
            tryVerify(() => page.height === 1280 - 48 - 76 - 96);
            compare(at(page), [0, 48, 800, 1280 - 48 - 76 - 96]);
            verify(!frame.twoColumns);
        }
        function test_an_open_keyboard_hides_the_rails() {
            frame.keyboardHeight = 330;
            compare(at(page), [0, 48, 1280, 800 - 48 - 330]);
        }
        function test_a_narrow_landscape_has_one_column() {
            frame.width = 960;
            frame.height = 600;
            verify(!frame.twoColumns && !frame.portrait);
        }
    }
}
