#!/usr/bin/env python3
"""Goal: every page opens on real data and QML has nothing to complain about. Method: a store filled through the engine and
a real office, then `zhicha --self-test` on it, and on an empty tablet."""
import os
import pathlib
import tempfile
import unittest

import fill_tablet
import programs

BINARIES = pathlib.Path(os.environ["ZHICHA_BIN"])
SCREEN = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software", "LC_ALL": "C.UTF-8"}


class TabletPages(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="zhicha-pages-")
        self.addCleanup(self.temporary.cleanup)
        self.folder = pathlib.Path(self.temporary.name)

    def self_test(self, data, pin_file=""):
        return programs.Program(BINARIES / "zhicha", env={**SCREEN, "ZHICHA_PIN_FILE": str(pin_file)}).call(
            "--self-test", "--data", data, expect=None)

    def test_every_page_opens_on_a_filled_store(self):
        filler = fill_tablet.Filler(BINARIES, self.folder / "city")
        self.addCleanup(filler.close)
        filler.fill()
        answer = self.self_test(filler.data, filler.tablet.pin_file)
        self.assertEqual(answer.code, 0, str(answer))
        self.assertIn("0 complaints of QML, 0 not opened", answer.out)
        self.assertGreaterEqual(int(answer.out.split()[0]), 15)

    def test_an_empty_tablet_shows_the_enrolment(self):
        answer = self.self_test(self.folder / "empty")
        self.assertEqual(answer.code, 0, str(answer))

    def test_a_wrong_pin_opens_nothing_and_says_so(self):
        filler = fill_tablet.Filler(BINARIES, self.folder / "city")
        self.addCleanup(filler.close)
        filler.fill()
        wrong = self.folder / "wrong.pin"
        wrong.write_text("000000\n", encoding="utf-8")
        self.assertEqual(self.self_test(filler.data, wrong).code, 1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
