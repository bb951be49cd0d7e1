#include "mobile/models/glyph_paths.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace zhicha {

namespace {

constexpr std::string_view kCloud =
    "M 7.5 18 C 4.8 18 3 16.3 3 14 C 3 11.9 4.5 10.4 6.5 10.2 C 7 7.5 9.2 5.8 12 5.8 C 15 5.8 17.2 7.8 17.6 10.5 "
    "C 19.6 10.7 21 12.2 21 14.2 C 21 16.4 19.3 18 17 18 Z";

/** Numbers that each letter takes; -1 for an unknown letter. */
int operandsOf(char command) {
    switch (command) {
    case 'M':
    case 'L':
        return 2;
    case 'C':
        return 6;
    case 'Z':
        return 0;
    case 'O':
        return 3;
    case 'R':
        return 4;
    case 'A':
        return 5;
    default:
        return -1;
    }
}

void draw(QPainterPath &path, char command, const std::array<double, 6> &n) {
    switch (command) {
    case 'M':
        path.moveTo(n[0], n[1]);
        break;
    case 'L':
        path.lineTo(n[0], n[1]);
        break;
    case 'C':
        path.cubicTo(n[0], n[1], n[2], n[3], n[4], n[5]);
        break;
    case 'Z':
        path.closeSubpath();
        break;
    case 'O':
        path.addEllipse(QPointF(n[0], n[1]), n[2], n[2]);
        break;
    case 'R':
        path.addRect(n[0], n[1], n[2], n[3]);
        break;
    default: {
        const QRectF box(n[0] - n[2], n[1] - n[2], 2 * n[2], 2 * n[2]);
        path.arcMoveTo(box, n[3]);
        path.arcTo(box, n[3], n[4]);
    }
    }
}

std::string_view nextWord(std::string_view &rest) {
    const auto from = std::min(rest.find_first_not_of(' '), rest.size());
    const auto to = std::min(rest.find(' ', from), rest.size());
    const auto word = rest.substr(from, to - from);
    rest.remove_prefix(to);
    return word;
}

} // namespace

const std::vector<GlyphPath> &glyphPaths() {
    static const std::string cloudOff = std::string(kCloud) + " M 4 4 L 20 20";
    static const std::vector<GlyphPath> table{
        {"arrow-left", "M 20 12 L 4.5 12 M 11 5.5 L 4.5 12 L 11 18.5"},
        {"backspace", "M 8.5 5.5 L 21 5.5 L 21 18.5 L 8.5 18.5 L 3 12 Z M 11.5 9.5 L 16.5 14.5 M 16.5 9.5 L 11.5 14.5"},
        {"battery", "R 2.5 7.5 16 9 M 21.5 10.8 L 21.5 13.2 M 6.2 11 L 6.2 13 M 10 11 L 10 13 M 13.8 11 L 13.8 13"},
        {"calendar", "R 4 5.5 16 15 M 8 3 L 8 7.5 M 16 3 L 16 7.5 M 4 10.5 L 20 10.5 M 8 14 L 13 14 M 8 17 L 11 17"},
        {"camera", "M 3.5 8 L 7.5 8 L 9.5 5 L 14.5 5 L 16.5 8 L 20.5 8 L 20.5 19 L 3.5 19 Z O 12 13.2 3.6"},
        {"camera-off", "M 3.5 8 L 7.5 8 L 9.5 5 L 14.5 5 L 16.5 8 L 20.5 8 L 20.5 19 L 3.5 19 Z M 4 4 L 20 20"},
        {"check", "M 4.5 12.5 L 9.5 17.5 L 19.5 6.5"},
        {"chevron-down", "M 5 9 L 12 16 L 19 9"},
        {"chevron-right", "M 9 5 L 16 12 L 9 19"},
        {"circle", "O 12 12 7"},
        {"clock", "O 12 12 8.5 M 12 7 L 12 12.2 L 15.6 14.2"},
        {"cloud", kCloud},
        {"cloud-off", cloudOff},
        {"comment",
         "M 3.5 5 L 20.5 5 L 20.5 16.5 L 10.5 16.5 L 6.5 20 L 6.5 16.5 L 3.5 16.5 Z M 8 9 L 16 9 M 8 12.5 L 13 12.5"},
        {"cross", "M 5.5 5.5 L 18.5 18.5 M 18.5 5.5 L 5.5 18.5"},
        {"dash", "M 4.5 12 L 19.5 12"},
        {"diamond", "M 12 3.5 L 20.5 12 L 12 20.5 L 3.5 12 Z"},
        {"diamond-filled", "M 12 3.5 L 20.5 12 L 12 20.5 L 3.5 12 Z", true},
        {"document",
         "M 6 3.5 L 14 3.5 L 18 7.5 L 18 20.5 L 6 20.5 Z M 14 3.5 L 14 7.5 L 18 7.5 M 9 12 L 15 12 M 9 16 L 15 16"},
        {"eye-off", "M 2.5 12 C 5 7.5 8.5 5.5 12 5.5 C 15.5 5.5 19 7.5 21.5 12 C 19 16.5 15.5 18.5 12 18.5 "
                    "C 8.5 18.5 5 16.5 2.5 12 Z O 12 12 2.8 M 4 4 L 20 20"},
        {"filter", "M 3.5 7 L 20.5 7 M 7 12 L 17 12 M 10 17 L 14 17"},
        {"fix", "O 12 12 5.5 O 12 12 0.5 M 12 2.5 L 12 6.5 M 12 17.5 L 12 21.5 M 2.5 12 L 6.5 12 M 17.5 12 L 21.5 12"},
        {"fix-off",
         "O 12 12 5.5 M 12 2.5 L 12 6.5 M 12 17.5 L 12 21.5 M 2.5 12 L 6.5 12 M 17.5 12 L 21.5 12 M 4 4 L 20 20"},
        {"flag", "M 5.5 21 L 5.5 4.5 L 18.5 4.5 L 15.5 8.5 L 18.5 12.5 L 5.5 12.5"},
        {"info", "O 12 12 8.5 M 12 11.2 L 12 16.5 M 12 7.6 L 12 7.8"},
        {"key", "O 8 16 3.8 M 10.8 13.2 L 19.5 4.5 M 15.6 8.4 L 18.2 11"},
        {"layers", "M 12 4 L 21 9 L 12 14 L 3 9 Z M 3 14 L 12 19 L 21 14"},
        {"lock",
         "R 5 10.5 14 10 M 8 10.5 L 8 8 C 8 5.5 9.8 3.8 12 3.8 C 14.2 3.8 16 5.5 16 8 L 16 10.5 M 12 14.5 L 12 16.5"},
        {"map", "M 3.5 6 L 9 4 L 15 6 L 20.5 4 L 20.5 18 L 15 20 L 9 18 L 3.5 20 Z M 9 4 L 9 18 M 15 6 L 15 20"},
        {"minus", "M 5 12 L 19 12"},
        {"more", "O 5 12 0.8 O 12 12 0.8 O 19 12 0.8", true},
        {"pencil", "M 4 20 L 5 15.5 L 16 4.5 L 19.5 8 L 8.5 19 Z M 13.3 7.2 L 16.8 10.7"},
        {"people",
         "O 9 8 3.5 M 2.8 20 C 2.8 16 5.4 14 9 14 C 12.6 14 15.2 16 15.2 20 M 15.6 4.8 C 17.8 5.2 18.8 6.8 18.8 8.2 "
         "C 18.8 9.6 17.8 11 15.9 11.4 M 17.6 14.5 C 20 15.2 21.3 17 21.3 20"},
        {"person", "O 12 8 4 M 4.8 20.5 C 4.8 16.5 8 14.6 12 14.6 C 16 14.6 19.2 16.5 19.2 20.5"},
        {"picture", "R 3.5 4.5 17 15 M 4 17 L 9 11.5 L 14 17 L 16.5 14.2 L 20 17.5 O 15.6 8.8 1"},
        {"pin", "M 12 21.2 C 8 17.2 5 13.6 5 10 C 5 6 8 3.2 12 3.2 C 16 3.2 19 6 19 10 C 19 13.6 16 17.2 12 21.2 Z"},
        {"pin-check",
         "M 12 21.2 C 8 17.2 5 13.6 5 10 C 5 6 8 3.2 12 3.2 C 16 3.2 19 6 19 10 C 19 13.6 16 17.2 12 21.2 Z "
         "M 8.8 10 L 11.2 12.4 L 15.4 8"},
        {"plus", "M 12 5 L 12 19 M 5 12 L 19 12"},
        {"qr", "R 4 4 6 6 R 14 4 6 6 R 4 14 6 6 M 14 14 L 15.5 14 M 20 14 L 20 15.5 M 14 18 L 14 20 M 17.2 17 L 18 17 "
               "M 20 20 L 18 20"},
        {"receipt", "M 5.5 3.5 L 18.5 3.5 L 18.5 20.8 L 15.2 18.4 L 12 20.8 L 8.8 18.4 L 5.5 20.8 Z M 9 8.5 L 15 8.5 M "
                    "9 12.8 L 15 12.8"},
        {"route", "O 5.8 6 2 O 18.2 18 2 M 8.2 6 L 15.5 6 C 19 6 19 12 15.5 12 L 8.5 12 C 5 12 5 18 8.5 18 L 15.8 18"},
        {"search", "O 10.5 10.5 6.8 M 15.6 15.6 L 20.8 20.8"},
        {"send", "M 20.5 3.5 L 3.5 10.2 L 10.8 13.2 L 13.8 20.5 Z"},
        {"shield", "M 12 3 L 19 5.6 L 19 12 C 19 16 16 19.4 12 21 C 8 19.4 5 16 5 12 L 5 5.6 Z"},
        {"sliders", "M 3 8 L 11.5 8 M 15 8 L 21 8 M 15 5 L 15 11 M 3 16 L 9 16 M 9 13 L 9 19 M 12.5 16 L 21 16"},
        {"storage", "R 5 3.5 14 17 M 8.8 8 L 15.2 8 M 8.8 16.5 L 9 16.5 M 12.4 16.5 L 15.2 16.5"},
        {"sync", "A 12 12 7.8 168 -142 M 19.6 4 L 19.6 9 L 14.6 9 A 12 12 7.8 348 -142 M 4.4 20 L 4.4 15 L 9.4 15"},
        {"torch", "M 7.5 3.5 L 16.5 3.5 L 16.5 7.5 L 14.2 10.5 L 14.2 20.5 L 9.8 20.5 L 9.8 10.5 L 7.5 7.5 Z M 7.5 7.5 "
                  "L 16.5 7.5 M 12 13 L 12 14.5"},
        {"triangle", "M 12 4.2 L 20.8 19.5 L 3.2 19.5 Z"},
        {"triangle-filled", "M 12 4.2 L 20.8 19.5 L 3.2 19.5 Z", true},
        {"undo", "M 8.5 4.5 L 3.8 9.2 L 8.5 13.9 M 3.8 9.2 L 14.5 9.2 C 18 9.2 20.2 11.6 20.2 14.4 C 20.2 17.4 18 19.5 "
                 "14.8 19.5 L 11.5 19.5"},
        {"unlock",
         "R 5 10.5 14 10 M 8 10.5 L 8 8 C 8 5.5 9.8 3.8 12 3.8 C 14 3.8 15.4 4.9 15.8 6.8 M 12 14.5 L 12 16.5"},
        {"usb", "M 12 20.5 L 12 3.8 M 9.2 6.6 L 12 3.8 L 14.8 6.6 M 12 17 L 6.8 13.4 L 6.8 10.5 M 12 14.6 L 17.2 11.4 "
                "L 17.2 8.6 O 12 20 0.8"},
        {"warning", "M 12 4 L 21.2 20 L 2.8 20 Z M 12 10 L 12 14.4 M 12 17 L 12 17.2"},
    };
    return table;
}

const GlyphPath *findGlyph(std::string_view name) {
    const auto &table = glyphPaths();
    const auto found =
        std::find_if(table.begin(), table.end(), [name](const GlyphPath &glyph) { return glyph.name == name; });
    return found == table.end() ? nullptr : &*found;
}

std::optional<QPainterPath> parseStrokes(std::string_view strokes) {
    QPainterPath path;
    for (auto word = nextWord(strokes); !word.empty(); word = nextWord(strokes)) {
        const int wanted = word.size() == 1 ? operandsOf(word[0]) : -1;
        if (wanted < 0)
            return std::nullopt;
        std::array<double, 6> numbers{};
        for (int i = 0; i < wanted; ++i) {
            const auto number = nextWord(strokes);
            const auto [end, error] =
                std::from_chars(number.data(), number.data() + number.size(), numbers.at(static_cast<std::size_t>(i)));
            if (error != std::errc() || end != number.data() + number.size())
                return std::nullopt;
        }
        draw(path, word[0], numbers);
    }
    return path;
}

} // namespace zhicha
