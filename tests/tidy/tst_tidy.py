#!/usr/bin/env python3
"""Goal: each tidy check finds what it is for, and is quiet about a sound tree. Method: a small sound tree of the test's own
making; each case spoils it in one way and names the check that must fail, alone."""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

TIDY = pathlib.Path(__file__).resolve().parent / "tidy.py"
HEADER = "#pragma once\n// Two numbers.\n"
SOUND = {
    "CMakeLists.txt": "add_subdirectory(shared)\nadd_subdirectory(sync-server)\nadd_subdirectory(mobile)\n"
                      "add_subdirectory(qml)\nadd_subdirectory(tests)\n",
    "shared/CMakeLists.txt": "add_subdirectory(base)\n",
    "shared/base/CMakeLists.txt": "zhicha_library(zhicha_base SOURCES sum.cpp)\n",
    "shared/base/sum.h": HEADER,
    "shared/base/sum.cpp": '#include "shared/base/sum.h"\n',
    "sync-server/CMakeLists.txt": "add_subdirectory(http)\n",
    "sync-server/http/CMakeLists.txt": "zhicha_library(zhicha_http SOURCES listen.cpp)\n",
    "sync-server/http/listen.cpp": "#include <boost/beast.hpp>\nvoid f() { co_await g(size, [](int) { return 1; }); }\n",
    "tests/CMakeLists.txt": "add_subdirectory(unit)\n",
    "tests/unit/CMakeLists.txt": "zhicha_test(tst_sum SOURCES shared/base/tst_sum.cpp)\n"
                                 "zhicha_test(tst_listen SOURCES sync-server/http/tst_listen.cpp)\n"
                                 "zhicha_test(tst_glyphs SOURCES mobile/models/tst_glyphs.cpp)\n",
    "tests/unit/shared/base/tst_sum.cpp": '// Goal.\n#include "shared/base/sum.h"\n',
    "tests/unit/sync-server/http/tst_listen.cpp": '// Goal.\n#include "sync-server/http/listen.h"\n',
    "docs/ARCHITECTURE.md": "See `shared/base/sum.h`, `tests/unit` and `build/release/bin`.\n",
    "LICENSE": "Apache License\n",
    "mobile/CMakeLists.txt": "add_subdirectory(models)\n",
    "mobile/models/CMakeLists.txt": "zhicha_library(zhicha_glyphs SOURCES glyph_paths.cpp)\n",
    "mobile/models/glyph_paths.cpp": 'const Glyph table[] = {{"check", "M 1 2"}};\n',
    "tests/unit/mobile/models/tst_glyphs.cpp": '// Goal.\n#include "mobile/models/glyph_paths.h"\n',
    "qml/CMakeLists.txt": "set(components Key.qml)\n",
    "qml/Key.qml": 'Item { Glyph {\nname: "check"\nglyph: "check"\nwidth: Theme.size.key * 2\nmodel: 12 } }\n',
}
SPOILT = [
    ("no-loop-over-part-of-a-temporary", "shared/base/sum.cpp", 'void f() { for (const auto &x : of(1, g())["rows"][0]) h(x); }\n'),
    ("no-loop-over-part-of-a-temporary", "shared/base/sum.cpp", 'void f() { for (int x : ask("a").body["rows"]) h(x); }\n'),
    ("include-directions", "shared/base/sum.cpp", '#include "sync-server/http/listen.h"\n'),
    ("include-directions", "shared/base/sum.cpp", '#include "sum.h"\n'),
    ("outside-headers", "shared/base/sum.h", HEADER + "#include <QString>\n"),
    ("outside-headers", "shared/base/sum.h", HEADER + "#include <QtCore/qglobal.h>\n"),
    ("outside-headers", "shared/base/sum.cpp", "#include <boost/beast.hpp>\n"),
    ("outside-headers", "shared/base/sum.cpp", "#include <openssl/evp.h>\n"),
    ("outside-headers", "shared/base/sum.cpp", "#include <sodium.h>\n"),
    ("outside-headers", "sync-server/http/listen.cpp", '#include <sqlite3.h>\n'),
    ("sources-in-build", "shared/base/difference.cpp", ""),
    ("sources-in-build", "shared/base/CMakeLists.txt", "zhicha_library(zhicha_base SOURCES my_sum.cpp)\n"),
    ("folders-in-build", "shared/CMakeLists.txt", "\n"),
    ("tests-have-sources", "tests/unit/shared/base/tst_sum.cpp", "// Goal.\n"),
    ("tests-registered", "tests/unit/CMakeLists.txt", "zhicha_test(tst_listen SOURCES sync-server/http/tst_listen.cpp)\n"
                                                      "zhicha_test(tst_glyphs SOURCES mobile/models/tst_glyphs.cpp)\n"
                                                      "set(SOURCES shared/base/tst_sum.cpp)\n"),
    ("tests-in-an-area", "tests/unit/CMakeLists.txt", SOUND["tests/unit/CMakeLists.txt"] + "set(AREA sometimes)\n"),
    ("planted-bugs-listed", "shared/base/sum.cpp", 'void f() { if (plant("off_by_one")) return; }\n'),
    ("planted-bugs-listed", "tests/planted.txt", "off_by_one|tst_sum|10\n"),
    ("file-length", "shared/base/sum.h", HEADER + "\n" * 500),
    ("headers-say-what", "shared/base/sum.h", "#pragma once\n#include <vector>\n"),
    ("headers-say-what", "shared/base/sum.h", "// Two numbers.\n"),
    ("tests-say-goal", "tests/unit/shared/base/tst_sum.cpp", '#include "shared/base/sum.h"\n'),
    ("no-loose-ends", "shared/base/sum.cpp", "// TO" "DO: carry\n"),
    ("no-temporaries-in-co-await", "sync-server/http/listen.cpp", "void f() { co_await g(Size{1, 2}); }\n"),
    ("no-temporaries-in-co-await", "sync-server/http/listen.cpp", "void f() { co_await g({1, 2}); }\n"),
    ("no-temporaries-in-co-await", "sync-server/http/listen.cpp", "void f() { co_await\n g([&](int) { return 1; }); }\n"),
    ("no-temporaries-in-co-await", "sync-server/http/listen.cpp", "void f() { co_await g([this] { return 1; }); }\n"),
    ("documented-paths-exist", "docs/ARCHITECTURE.md", "See `shared/base/difference.h`.\n"),
    ("documented-paths-exist", "README.md", "See [the text](docs/MISSING.md).\n"),
    ("no-machine-paths", "docs/ARCHITECTURE.md", "See /" "root/zhicha.\n"),
    ("no-machine-paths", "docs/ARCHITECTURE.md", "at 192." "168.1.5\n"),
    ("no-machine-paths", "third_party/.npmrc", "registry" "=http://a.example\n"),
    ("scripts-executable", "tools/help.sh", "#!/bin/sh\n"),
    ("npm-packages", "third_party/package-lock.json", '{"packages": {"node_modules/x": {"license": "GPL-3.0"}}}'),
    ("npm-packages", "third_party/package-lock.json", '{"packages": {"node_modules/x": {}}}'),
    *[("node-engines", "tests/console/package-lock.json",
       '{"packages": {"node_modules/x": {"license": "MIT", "engines": {"node": "' + node + '"}}}}')
      for node in (">=20", "20 || >=22", "^20.19.0 || ^22.13.0 || >=24", "20.x || 22.x", ">=18.20.5", "<18", "~18.19.0")],
    ("literals-in-the-theme", "qml/Key.qml", 'Item { Rectangle {\ncolor: "#FF0000" } }\n'),
    ("literals-in-the-theme", "qml/Key.qml", "Item {\n    anchors.leftMargin: 14\n}\n"),
    ("literals-in-the-theme", "qml/Key.qml", "Item {\n    font.pixelSize: 17\n}\n"),
    ("literals-in-the-theme", "qml/Key.qml", "Item {\n    implicitWidth: Math.max(48, height)\n}\n"),
    ("literals-in-the-theme", "qml/Key.qml", "NumberAnimation {\n    duration: 120\n}\n"),
    ("icons-known", "qml/Key.qml", 'Item {\n    glyph: "chekc"\n}\n'),
    ("qml-in-build", "qml/Knob.qml", "Item {}\n"),
    ("lists-by-number", "qml/Key.qml", 'Item { Repeater {\nmodel: [qsTr("a"), "b"]\n} }\n'),
    ("bound-files-load-by-address", "qml/Key.qml", "pragma ComponentBehavior: Bound\nItem { Loader {\nsourceComponent: Item {}\n} }\n"),
    ("lists-by-number", "qml/Key.qml", 'Item { Repeater {\nmodel: root.open ? [\n{name: "a"}\n] : []\n} }\n'),
    ("licence-text", "LICENSE", "All rights reserved\n"),
]


def failing_checks(tree):
    with tempfile.TemporaryDirectory() as folder:
        for name, content in tree.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        done = subprocess.run([sys.executable, str(TIDY)], env={**os.environ, "ZHICHA_TIDY_TREE": folder},
                              capture_output=True, text=True, check=False)
        failed = {line.split()[1].rstrip(":") for line in done.stdout.splitlines() if line.startswith("FAIL ")}
        if done.returncode != (1 if failed else 0):
            raise RuntimeError(done.stdout + done.stderr)
        return failed


class Tidy(unittest.TestCase):
    def test_isQuietAboutASoundTree(self):
        self.assertEqual(failing_checks(SOUND), set())

    def test_eachCheckFindsWhatItIsFor(self):
        for check, name, content in SPOILT:
            with self.subTest(check=check, name=name, content=content[:60]):
                self.assertEqual(failing_checks({**SOUND, name: content}), {check})

    def test_packagesThatRunOnThisNodeAreFine(self):
        for node in (">=18", "^18.18.0 || ^20.9.0 || >=21.1.0", ">= 0.8.0", "*", "18 || 20 || >=22", ">=16 <19", ">=v12.22.7"):
            with self.subTest(node=node):
                lock = '{"packages": {"node_modules/x": {"license": "MIT", "engines": {"node": "' + node + '"}}}}'
                self.assertEqual(failing_checks({**SOUND, "tests/console/package-lock.json": lock}), set())

    def test_aFolderWithoutTestsIsFound(self):
        tree = {name: content for name, content in SOUND.items() if "tst_sum" not in name}
        tree["tests/unit/CMakeLists.txt"] = ("zhicha_test(tst_listen SOURCES sync-server/http/tst_listen.cpp)\n"
                                             "zhicha_test(tst_glyphs SOURCES mobile/models/tst_glyphs.cpp)\n")
        self.assertEqual(failing_checks(tree), {"sources-have-tests"})


if __name__ == "__main__":
    unittest.main()
