pragma ComponentBehavior: Bound
import QtQuick
import QtTest
import Zhicha

// Goal: components keep their promises to fingers, keys and screen readers. Method: real components in a real window, driven
// by mouse and keyboard events; sizes and elided texts are read from the items themselves.
Item {
    id: root
    width: 1280
    height: 800

    Component { id: button; PushButton { text: "完成" } }
    Component { id: action; RailAction { text: "完成检查"; weight: RailAction.Weight.Primary; glyph: "receipt" } }
    Component { id: picker; AnswerPicker { answer: Ui.Answer.Unanswered; question: "是否落实" } }
    Component { id: severity; SeverityPicker { severity: Ui.Severity.Unset } }
    Component { id: tally; TallyButton { feeling: Ui.Feeling.Satisfied; count: 9 } }
    Component { id: box; TextBox { placeholder: "批准文号" } }
    Component { id: attest; AttestRow { width: 1000; duty: Ui.Duty.NoNotice; measured: Ui.Measured.Impossible; kept: Ui.Kept.Unanswered } }
    Component { id: pad; PinPad {} }
    Component { id: codePad; CodePad {} }
    Component { id: chips; ChipRow { width: 600; options: ["一", "二"] } }
    Component { id: toggle; ToggleSwitch { on: false; name: "快门声" } }
    Component { id: confirm; ConfirmStrip { width: 600; question: "作废？"; finalText: "作废" } }
    Component { id: stamp; StateStamp { stamp: Ui.Stamp.Delivered } }
    Component { id: task; TaskRow { width: 600; stamp: Ui.Stamp.Sealed; title: "任务 7K3Q-M2"; rightTitle: "15:00 开启" } }
    Component { id: finding; FindingRow { width: 600; severity: Ui.Severity.Critical; title: "排水沟盖板缺失"; draft: true } }
    Component { id: nav; NavRail { height: 700; current: Ui.Place.Today; waiting: [2, 0, 0, 1, 0, 0] } }
    Component { id: status; StatusLine { width: 1280; sync: Ui.Sync.Offline; lastDelivered: "09:02"; waitingRecords: 14; waitingPhotos: 9
                                         batteryPercent: 76; freeBytes: 21e9; time: "14:02"; fix: Ui.Fix.Good; accuracyM: 4; ageSeconds: 1 } }
    Component { id: segmented; Segmented { options: ["浅色", "深色", "户外"]; current: 0 } }
    Component { id: fixPill; FixPill { fix: Ui.Fix.Good; accuracyM: 4; ageSeconds: 1; simulated: true } }
    SignalSpy { id: spy }

    TestCase {
        name: "Components"
        when: windowShown

        function init() {
            failOnWarning(/.*/);
        }
        function cleanup() {
            Theme.textSize = Ui.TextSize.Standard;
            Theme.look = Ui.Look.Light;
            Theme.portrait = false;
            language.speakEnglish(false);
        }
        function watch(target, signalName) {
            spy.target = null;
            spy.signalName = signalName;
            spy.target = target;
            spy.clear();
        }
        // Calls visit with every item below one.
        function walk(item, visit) {
            visit(item);
            for (let i = 0; i < item.children.length; ++i)
                walk(item.children[i], visit);
        }
        function segments(picker) {
            const found = [];
            walk(picker, item => { if (item instanceof Segment) found.push(item); });
            return found;
        }

        function test_a_blocked_button_leads_to_what_is_missing_data() {
            return [{tag: "button", component: button}, {tag: "action", component: action}];
        }
        function test_a_blocked_button_leads_to_what_is_missing(row) {
            const item = createTemporaryObject(row.component, root, {blocked: "还差 3 项"});
            verify(item.enabled);
            watch(item, "missing");
            mouseClick(item);
            compare(spy.count, 1);
            watch(item, "activated");
            mouseClick(item);
            compare(spy.count, 0);
            item.blocked = "";
            mouseClick(item);
            compare(spy.count, 1);
        }
        function test_a_blocked_button_names_what_is_missing() {
            const item = createTemporaryObject(button, root, {blocked: "还差 3 项"});
            compare(item.shown, "完成 · 还差 3 项");
            compare(item.Accessible.description, "还差 3 项");
        }
        function test_a_busy_button_takes_no_second_tap() {
            const item = createTemporaryObject(button, root, {busy: "正在存…"});
            watch(item, "activated");
            mouseClick(item);
            compare(spy.count, 0);
            compare(item.shown, "正在存…");
        }
        function test_enter_and_space_press_a_button() {
            const item = createTemporaryObject(button, root);
            watch(item, "activated");
            item.forceActiveFocus(Qt.TabFocusReason);
            verify(item.visualFocus);
            keyClick(Qt.Key_Return);
            keyClick(Qt.Key_Space);
            compare(spy.count, 2);
        }

        function test_no_answer_is_preset_data() {
            return [{tag: "answer", component: picker}, {tag: "severity", component: severity}, {tag: "attest", component: attest}];
        }
        function test_no_answer_is_preset(row) {
            const item = createTemporaryObject(row.component, root);
            walk(item, child => { if (child.chosen !== undefined && child instanceof Tappable) verify(!child.chosen); });
        }
        function test_a_second_tap_on_the_chosen_answer_does_nothing() {
            const item = createTemporaryObject(picker, root);
            watch(item, "answered");
            const keys = segments(item);
            compare(keys.length, 3);
            mouseClick(keys[1]);
            compare(spy.count, 1);
            compare(spy.signalArguments[0][0], Ui.Answer.Partly);
            item.answer = Ui.Answer.Partly;
            mouseClick(keys[1]);
            mouseDoubleClickSequence(keys[1]);
            compare(spy.count, 1);
        }
        function test_one_two_three_answer_by_key() {
            const item = createTemporaryObject(picker, root);
            watch(item, "answered");
            segments(item)[0].forceActiveFocus();
            keyClick(Qt.Key_3);
            compare(spy.signalArguments[0][0], Ui.Answer.No);
        }
        function test_an_answer_is_spoken_with_its_question() {
            const item = createTemporaryObject(picker, root, {answer: Ui.Answer.Partly});
            compare(item.Accessible.name, "是否落实，部分");
            compare(segments(item)[0].Accessible.name, "是否落实，是");
            verify(segments(item)[1].Accessible.checked);
        }

        function test_a_tally_counts_on_the_press_and_once() {
            const item = createTemporaryObject(tally, root);
            watch(item, "counted");
            mousePress(item);
            compare(spy.count, 1);
            mouseRelease(item);
            compare(spy.count, 1);
            item.forceActiveFocus();
            keyClick(Qt.Key_Return);
            compare(spy.count, 2);
        }
        function test_a_mistake_is_told_after_leaving_the_field() {
            const item = createTemporaryObject(box, root, {text: "2026-15", error: "写成 三政督〔2026〕15号"});
            item.forceActiveFocus();
            verify(!item.wrong);
            item.focus = false;
            root.forceActiveFocus();
            verify(item.wrong);
            compare(item.text, "2026-15");
        }
        function test_the_pads_take_keys_and_map_look_alikes() {
            const pin = createTemporaryObject(pad, root, {focus: true});
            pin.forceActiveFocus();
            watch(pin, "digit");
            keyClick("7");
            compare(spy.signalArguments[0][0], "7");
            const code = createTemporaryObject(codePad, root, {focus: true});
            code.forceActiveFocus();
            watch(code, "letter");
            for (const typed of ["o", "i", "l", "k", "u", "<"])
                keyClick(typed);
            compare(spy.signalArguments.map(args => args[0]).join(""), "011K");
        }
        function test_the_safe_answer_is_left_of_the_final_one() {
            const item = createTemporaryObject(confirm, root);
            const found = [];
            walk(item, child => { if (child instanceof PushButton) found.push(child); });
            compare(found.map(child => child.text), ["留着", "作废"]);
            verify(found[0].mapToItem(root, 0, 0).x < found[1].mapToItem(root, 0, 0).x);
            watch(item, "kept");
            mouseClick(found[0]);
            compare(spy.count, 1);
        }
        function test_a_seal_is_spoken_as_its_word() {
            compare(createTemporaryObject(stamp, root).Accessible.name, "已送达");
            verify(language.speakEnglish(true));
            compare(createTemporaryObject(stamp, root).Accessible.name, "Delivered");
        }
        function test_a_simulated_position_always_says_so() {
            const item = createTemporaryObject(fixPill, root);
            for (const fix of [Ui.Fix.Good, Ui.Fix.Old, Ui.Fix.Unusable, Ui.Fix.Suspicious]) {
                item.fix = fix;
                verify(item.text.startsWith("模拟"), item.text);
            }
        }
        function test_the_status_line_tells_its_four_facts() {
            const item = createTemporaryObject(status, root);
            for (const fact of ["09:02", "文字\u00a014", "照片\u00a09", "有网即试"])
                verify(item.detail.includes(fact), item.detail);
            item.sync = Ui.Sync.Failed;
            item.retrySeconds = 160;
            verify(item.detail.includes("2\u00a0分\u00a040\u00a0秒后再试"), item.detail);
        }
        function test_every_icon_that_the_words_name_is_there() {
            const names = [];
            for (let i = 0; i < 6; ++i)
                names.push(Words.placeGlyph(i), Words.syncGlyph(i), Words.fixGlyph(i));
            for (let i = 0; i < 4; ++i)
                names.push(Words.answerGlyph(i), Words.severityGlyph(i, true), Words.severityGlyph(i, false), Words.keptGlyph(i),
                           Words.measuredGlyph(i), Words.photoGlyph(i), Words.saveGlyph(i), Words.fenceGlyph(i));
            for (const name of names) {
                const item = createTemporaryQmlObject("import Zhicha; Glyph { name: '" + name + "' }", root);
                verify(item !== null, name);
            }
        }

        function test_every_component_can_be_made_data() {
            return [["ActionRail", ""], ["AddTile", ""], ["AnswerMark", "question: 0; answer: 2"], ["Banner", "title: 'a'"],
                    ["ChoiceTile", "text: 'a'"], ["CodeField", "code: '5F8W'"], ["EmptyState", "title: 'a'"],
                    ["FencePill", "fence: Ui.Fence.Edge"], ["HealthRow", "glyph: 'fix'; name: 'a'"],
                    ["ItemCard", "documentNumber: 'a'; title: 'b'; answers: [0, 1, 2]; QuestionRow { question: 0; answer: 1 }"],
                    ["ListRow", "title: 'a'"], ["MapPin", "count: 3; severity: 2"], ["Mark", "big: true"], ["Notice", "text: 'a'"],
                    ["PageHead", "title: 'a'; PushButton { text: 'b' }"], ["Panel", "height: 50"],
                    ["PhotoStrip", "model: ListModel { ListElement { source: ''; photoState: 1; percent: 36; imported: false; tag: '1' } }"],
                    ["PhotoThumb", "source: ''; photoState: 3"], ["PhraseBar", "phrases: ['a']"], ["PinDots", "typed: 4"],
                    ["ProgressSteps", "done: 15; total: 18; missing: ['a']"], ["SavePill", "save: Ui.Save.Failed; reason: 'a'"],
                    ["SectionHead", "title: 'a'; action: 'b'"], ["SeverityBadge", "severity: 3"],
                    ["SignatureCard", "signing: Ui.Signing.Waiting; name: 'a'; canRefuse: true"], ["SkeletonRows", ""],
                    ["SyncLane", "lane: 1; laneState: 1; done: 1; total: 2"], ["SyncRow", "stamp: 7; title: 'a'"],
                    ["TextEditor", "text: 'a'"]].map(row => ({tag: row[0], values: row[1]}));
        }
        function test_every_component_can_be_made(row) {
            const item = createTemporaryQmlObject("import QtQuick; import Zhicha; " + row.tag + " { width: 500; " + row.values + " }", root);
            verify(item !== null);
            waitForRendering(root);
            verify(item.height > 0 || !item.visible || row.tag === "ActionRail");
        }

        function test_a_phrase_does_not_run_into_what_was_typed() {
            const item = createTemporaryQmlObject("import QtQuick; import Zhicha; TextEditor { width: 500 }", root);
            let typed = "";
            item.edited.connect(text => typed = text);
            item.insert("部分完成");
            item.insert("未公示");
            compare(typed, "部分完成，未公示");
            item.text = "看过。";
            item.insert("数量不符");
            compare(typed, "看过。数量不符");
        }
        function test_every_target_is_large_enough_and_no_number_is_cut_data() {
            const rows = [];
            for (const english of [false, true])
                for (const letters of [Ui.TextSize.Standard, Ui.TextSize.ExtraLarge])
                    rows.push({tag: (english ? "English " : "Chinese ") + letters, english: english, letters: letters});
            return rows;
        }
        function test_every_target_is_large_enough_and_no_number_is_cut(row) {
            verify(language.speakEnglish(row.english));
            Theme.textSize = row.letters;
            for (const component of [button, action, picker, severity, tally, box, attest, pad, codePad, chips, toggle, confirm,
                                     task, finding, nav, status, segmented]) {
                const item = createTemporaryObject(component, root);
                waitForRendering(root);
                walk(item, child => {
                    if (!child.visible || child.width === 0)
                        return;
                    if (child instanceof Tappable && child.enabled)
                        verify(child.width >= 48 && child.height >= 48, child + " " + child.text + " " + child.width + "×" + child.height);
                    if (child instanceof Text && /[0-9]/.test(child.text))
                        verify(!child.truncated, child.text);
                });
                item.destroy();
            }
        }
    }
}
