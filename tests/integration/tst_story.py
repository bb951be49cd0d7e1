#!/usr/bin/env python3
"""The field day of tools/demo.py through the real programs, on inputs made here and, where ZHICHA_SAMPLES names a
folder, on its photos and receiver logs. Goal: everything recorded arrives once, every photo byte for byte. Method: the
story compares its manifest with export, photo store and fsck by tools/check_manifest.py; here the photos are held
against the store once more, by other code."""
import collections
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import programs

TOOLS = pathlib.Path(__file__).resolve().parents[2] / "tools"
BINARIES = os.environ["ZHICHA_BIN"]
SAMPLES = os.environ.get("ZHICHA_SAMPLES")


class Story(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="zhicha-story-")
        self.folder = pathlib.Path(self.temporary.name)
        self.addCleanup(self.temporary.cleanup)

    def play(self, inputs):
        office = programs.Office(BINARIES, self.folder / "ledger")
        self.addCleanup(office.close)
        made = self.folder / "made.json"
        made.write_text(office.call("init", office.folder, "--json").out, encoding="utf-8")
        office.serve()
        told = subprocess.run([sys.executable, TOOLS / "demo.py", "--bin", BINARIES, "--data", office.folder, "--inputs",
                               inputs, "--port", str(office.port), "--made", made], capture_output=True, text=True, check=False)
        self.assertEqual(told.returncode, 0, told.stdout + told.stderr)
        wanted = collections.Counter(programs.sha256(p.read_bytes()) for p in pathlib.Path(inputs).rglob("*")
                                     if p.suffix.lower() in (".jpg", ".jpeg", ".png"))
        named = collections.Counter(photo for _, photo, _, present in office.photos_of_checks() if present)
        stored = [programs.sha256(f.read_bytes()) for f in (office.folder / "photos").rglob("*") if f.is_file()]
        self.assertEqual(named, wanted)
        for photo in wanted:
            self.assertEqual(stored.count(photo), 1, "a photo is not there once, byte for byte")
        self.assertEqual(office.end(), 0)
        return office

    def test_a_field_day_on_made_inputs_arrives_whole(self):
        inputs = self.folder / "inputs"
        subprocess.run([sys.executable, TOOLS / "make_demo_inputs.py", "--out", inputs, "--track-to",
                        "34.7736000,111.2000000"], check=True, stdout=subprocess.DEVNULL)
        self.play(inputs)

    @unittest.skipUnless(SAMPLES, "ZHICHA_SAMPLES names no folder")
    def test_a_field_day_on_the_samples_arrives_whole(self):
        office = self.play(SAMPLES)
        logs = list(pathlib.Path(SAMPLES).rglob("*.nmea"))
        self.assertEqual(len(office.command("export", "--checks")["checks"]), len(logs))


if __name__ == "__main__":
    unittest.main(verbosity=2)
