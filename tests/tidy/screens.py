"""What the tablet's screens take from the theme, and what they name."""
import re

from tree import ROOT, files, lines, text

COLOUR = re.compile(r'"#[0-9A-Fa-f]{3,8}"|\bQt\.(rgba|hsla|lighter|darker|tint)\(')
# A property that has a length, and a number of its own instead of one of Theme's. A factor (`* 3`, `/ 4`) is a share of
# something, and 0, 1 and 2 count things.
PROPERTY = re.compile(r"^\s*(?:(?:property|readonly property) (?:int|real) )?[\w.]*(?:width|height|margins?|spacing|padding|radius|"
                      r"pixelSize|interval|duration): (.*)", re.IGNORECASE)
NUMBER = re.compile(r"(?<![\w.\"%])(?<![*/] )(?:[3-9]|\d{2,})(?:\.\d+)?\b(?! [*/])(?![\w.\"])")


def literals_in_the_theme():
    """No literal colour, size or duration outside qml/theme."""
    for name in files(".qml", under=("qml/",)):
        if name.startswith("qml/theme/"):
            continue
        for number, line in lines(name):
            code = line.split("//")[0]
            if COLOUR.search(code):
                yield name, number, "a colour of its own; qml/theme has them all"
            elif (length := PROPERTY.match(code)) and NUMBER.search(length[1]):
                yield name, number, "a size or duration of its own; qml/theme has them all"


def icons_known():
    """Each icon that QML names is in the table of paths."""
    table = "mobile/models/glyph_paths.cpp"
    if not (ROOT / table).exists():
        return
    known = set(re.findall(r'\{\s*"([\w-]+)"', text(table)))
    for name in files(".qml", under=("qml/",)):
        for number, line in lines(name):
            said = re.search(r"\b(?:\w*[gG]lyph|sign):(.*)", line)
            for word in re.findall(r'(?<![=!]= )"([a-z][a-z-]*)"', said[1]) if said and "qsTr" not in said[1] else []:
                if word not in known:
                    yield name, number, f"there is no icon {word}"


def lists_by_number():
    """No delegates over a list of words or facts written in place: it is made anew with each change of language or
    value, and Qt 6.4 does not survive delegates that end in the middle of a layout. Count them and read by index."""
    for name in files(".qml", under=("qml/",)):
        for found in re.finditer(r"^\s*model: [^\n\[]*\[(?=[^\]]*(?:qsTr\(|\{))", text(name), re.MULTILINE):
            yield name, text(name).count("\n", 0, found.start()) + 2, "a model made anew with each change; count it"


def bound_files_load_by_address():
    """No component for a Loader in a file that is bound: Qt 6.4 does not make it ("outside its creation context"), and the
    place stays empty. A Repeater over 1 or 0 makes it, or an address does."""
    for name in files(".qml", under=("qml/",)):
        if "pragma ComponentBehavior: Bound" not in text(name):
            continue
        for number, line in lines(name):
            if re.match(r"\s*sourceComponent:", line):
                yield name, number, "a bound file's component, which Qt 6.4's Loader does not make; count to 1 or name a file"


def qml_in_build():
    """Each QML file of the product is named in qml/CMakeLists.txt."""
    for name in files(".qml", under=("qml/",)):
        relative = name.removeprefix("qml/")
        if not re.search(rf"(?<![\w/.-]){re.escape(relative)}(?![\w.-])", text("qml/CMakeLists.txt")):
            yield name, 1, "is named in no CMakeLists.txt, so it is not in the product"
