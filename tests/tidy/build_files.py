"""What the build and the tests would silently leave out."""
import os
import re

from tree import ROOT, files, line_of, text


def sources_in_build():
    """Each .cpp is named in the CMakeLists.txt of its folder or of one above."""
    for name in files(".cpp"):
        folder, named = os.path.dirname(name), False
        while folder and not named:
            path = os.path.join(folder, "CMakeLists.txt")
            if (ROOT / path).exists():
                relative = os.path.relpath(name, folder)
                named = re.search(rf"(?<![\w/.-]){re.escape(relative)}(?![\w.-])", text(path)) is not None
            folder = os.path.dirname(folder)
        if not named:
            yield name, 1, "is named in no CMakeLists.txt, so it is never compiled"


def folders_in_build():
    """Each CMakeLists.txt is reached: its parent names its folder."""
    for name in files("CMakeLists.txt"):
        folder = os.path.dirname(name)
        if not folder:
            continue
        parent = os.path.dirname(folder)
        while parent and not (ROOT / parent / "CMakeLists.txt").exists():
            parent = os.path.dirname(parent)
        relative = os.path.relpath(folder, parent or ".")
        if not re.search(rf"(?<![\w/-]){re.escape(relative)}(?![\w/-])", text(os.path.join(parent, "CMakeLists.txt"))):
            yield name, 1, f"{os.path.join(parent, 'CMakeLists.txt')} does not add {relative}"


def tests_have_sources():
    """tests/unit/a/b/tst_c.cpp tests a/b (or what tests/support has for it): that folder exists and the test includes it."""
    for name in files(".cpp", under=("tests/unit/",)):
        mirrored = os.path.dirname(name)[len("tests/unit/"):]
        if not (ROOT / mirrored).is_dir():
            yield name, 1, f"there is no folder {mirrored} to test"
        elif os.path.basename(name).startswith("tst_") and not any(
                f'"{part}/' in text(name) for part in (mirrored, f"tests/unit/{mirrored}", "tests/unit/sync-server/office", "tests/support")):
            yield name, 1, f"includes nothing of {mirrored}"


def sources_have_tests():
    """Each folder of the product that has sources has a test folder of the same name, or is tested by a larger area."""
    # Thin mains and adapters, tested by running the programs (tests/integration, tests/fault); stores, tested behind
    # their interfaces (tests/contract/photo_store; the tests of intake and office on real files).
    by_programs = ("mobile/app", "mobile/cli", "mobile/platform", "sync-server/cli", "sync-server/store")
    for folder in sorted({os.path.dirname(n) for n in files(".cpp", under=("shared/", "mobile/", "sync-server/"))}):
        tested = any(n.startswith(f"tests/unit/{folder}/") for n in files(".cpp", under=("tests/unit/",)))
        top = "/".join(folder.split("/")[:2])
        inside = any(n.startswith(f"tests/unit/{top}/") for n in files(".cpp", under=("tests/unit/",)))
        if not tested and not inside and top not in by_programs:
            yield folder, 1, f"has sources but no test in tests/unit/{folder}"


def tests_registered():
    """A test program that CMake builds but ctest does not know would never run."""
    for name in files(".cpp", under=("tests/",)):
        base = os.path.basename(name)
        if not base.startswith("tst_"):
            continue
        program, folder, found = base[:-len(".cpp")], os.path.dirname(name), False
        while folder and not found:
            path = os.path.join(folder, "CMakeLists.txt")
            if (ROOT / path).exists():
                found = re.search(rf"(zhicha_test\w*|add_test)\s*\([^)]*{re.escape(program)}\b", text(path)) is not None
            folder = os.path.dirname(folder)
        if not found:
            yield name, 1, "is in no zhicha_test or add_test"


def tests_in_an_area():
    """./test runs areas by label: a test with another label would be built and never run."""
    areas = {"unit", "contract", "integration", "simulation", "fault", "bench", "qml"}
    for name in files("CMakeLists.txt", under=("tests/",)):
        content = text(name)
        for found in re.finditer(r"\b(?:AREA|LABELS)\s+\"?([\w-]+)", content):
            if found[1] not in areas:
                yield name, line_of(content, found.start()), f"./test has no area {found[1]}"


def planted_bugs_listed():
    """Each plant("…") in the product has a line in tests/planted.txt, and each line there a plant."""
    planted = {}
    for name in files(".cpp", ".h", under=("shared/", "mobile/", "sync-server/")):
        if name.startswith("shared/base/plant."):
            continue
        content = text(name)
        for found in re.finditer(r'\bplant\("([^"]+)"\)', content):
            planted.setdefault(found[1], (name, line_of(content, found.start())))
    listed = {}
    if (ROOT / "tests/planted.txt").exists():
        for number, line in enumerate(text("tests/planted.txt").splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                listed[line.split("|", 1)[0].strip()] = number
    for bug, (name, number) in planted.items():
        if bug not in listed:
            yield name, number, f"planted bug {bug} is not in tests/planted.txt"
    for bug, number in listed.items():
        if bug not in planted:
            yield "tests/planted.txt", number, f"nothing plants {bug}"
