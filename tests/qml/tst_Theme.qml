import QtQuick
import QtTest
import Zhicha

// Goal: whoever reads can read. Method: WCAG 2 contrast of every pair of colours that the interface may use, computed from the
// palettes themselves; lightness of the severities; nothing moves outdoors.
TestCase {
    id: test
    name: "Theme"

    readonly property var texts: [
        ["text", ["canvas", "surface", "sunken", "accentSoft", "okSoft", "warnSoft", "dangerSoft"]],
        ["textMuted", ["canvas", "surface", "sunken", "accentSoft", "okSoft", "warnSoft", "dangerSoft"]],
        ["textFaint", ["canvas", "surface", "sunken"]],
        ["accent", ["canvas", "surface", "sunken", "accentSoft"]],
        ["ok", ["canvas", "surface", "sunken", "okSoft", "accentSoft"]],
        ["warn", ["canvas", "surface", "sunken", "warnSoft", "accentSoft"]],
        ["danger", ["canvas", "surface", "sunken", "dangerSoft", "accentSoft"]],
        ["onFrame", ["frame"]],
        ["onFrameMuted", ["frame"]],
        ["onFrameSel", ["frameSel"]],
        ["onAccent", ["accent", "accentPressed"]],
        ["onAccentSoft", ["accentSoft"]],
        ["onWarnFill", ["warnFill"]],
        ["onDangerFill", ["dangerFill"]],
        ["surface", ["text", "ok"]],
        ["mapWaterLabel", ["mapWater"]],
        ["textMuted", ["mapLand", "mapPark"]]
    ]

    function channel(value) {
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
    function luminance(colour) {
        return 0.2126 * channel(colour.r) + 0.7152 * channel(colour.g) + 0.0722 * channel(colour.b);
    }
    function contrast(one, other) {
        const a = luminance(one), b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }
    function lightness(colour) {
        const y = luminance(colour);
        return y <= 216 / 24389 ? y * 24389 / 27 : Math.cbrt(y) * 116 - 16;
    }

    function cleanup() {
        Theme.look = Ui.Look.Light;
        Theme.textSize = Ui.TextSize.Standard;
        Theme.calm = false;
    }

    function test_every_text_stands_out_data() {
        return [{tag: "light", look: Ui.Look.Light, bar: 4.5}, {tag: "dark", look: Ui.Look.Dark, bar: 4.5},
                {tag: "outdoor", look: Ui.Look.Outdoor, bar: 7.0}];
    }
    function test_every_text_stands_out(row) {
        Theme.look = row.look;
        for (const [ink, grounds] of test.texts)
            for (const ground of grounds) {
                const found = contrast(Theme.color[ink], Theme.color[ground]);
                verify(found >= row.bar, row.tag + ": " + ink + " on " + ground + " is " + found.toFixed(2));
            }
        for (const ground of ["canvas", "surface", "sunken"]) {
            const found = contrast(Theme.color.lineStrong, Theme.color[ground]);
            verify(found >= 3.0, row.tag + ": lineStrong on " + ground + " is " + found.toFixed(2));
        }
    }

    function test_the_computation_is_that_of_wcag() {
        compare(contrast(Qt.color("#000000"), Qt.color("#FFFFFF")).toFixed(2), "21.00");
        compare(contrast(Qt.color("#767676"), Qt.color("#FFFFFF")).toFixed(2), "4.54");
        compare(contrast(Theme.color.text, Theme.color.canvas).toFixed(1), "15.0");
    }

    function test_severities_differ_in_lightness_alone_data() {
        return test_every_text_stands_out_data();
    }
    function test_severities_differ_in_lightness_alone(row) {
        Theme.look = row.look;
        const fills = [Ui.Severity.Minor, Ui.Severity.Major, Ui.Severity.Critical]
                      .map(severity => lightness(Words.toneFill(Words.severityTone(severity))));
        for (let one = 0; one < 3; ++one)
            for (let other = 0; other < one; ++other)
                verify(Math.abs(fills[one] - fills[other]) >= 17, row.tag + ": " + fills.map(l => l.toFixed(0)));
    }

    function test_every_colour_has_a_value_data() {
        return test_every_text_stands_out_data();
    }
    function test_every_colour_has_a_value(row) {
        Theme.look = row.look;
        for (const name in Theme.color)
            if (typeof Theme.color[name] === "object" && Theme.color[name] !== null && "a" in Theme.color[name])
                verify(Theme.color[name].a > 0, row.tag + ": " + name);
    }

    function test_letters_grow_and_none_is_below_fourteen() {
        for (const look of [Ui.Look.Light, Ui.Look.Outdoor])
            for (const size of [Ui.TextSize.Standard, Ui.TextSize.Large, Ui.TextSize.ExtraLarge]) {
                Theme.look = look;
                Theme.textSize = size;
                for (const name of ["display", "title", "heading", "editor", "body", "label", "meta", "caption", "count", "status"])
                    verify(Theme.type[name] >= 14, name + " is " + Theme.type[name]);
            }
        compare(Theme.type.body, Math.round(18 * 1.3));
        Theme.look = Ui.Look.Light;
        Theme.textSize = Ui.TextSize.Standard;
        compare(Theme.type.body, 17);
    }

    function test_nothing_moves_outdoors_or_when_calm() {
        compare(Theme.motion.press, 120);
        compare(Theme.motion.page, 160);
        Theme.calm = true;
        compare(Theme.motion.press, 0);
        Theme.calm = false;
        Theme.look = Ui.Look.Outdoor;
        compare(Theme.motion.page, 0);
        compare(Theme.stroke.control, 2);
        compare(Theme.stroke.glyph, 2.4);
    }
}
