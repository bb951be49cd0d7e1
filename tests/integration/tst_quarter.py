#!/usr/bin/env python3
"""A quarter of a small city, played by the real programs under a clock that is turned. Goal: months of registering, late
reports, requests, checks, all eight papers and three rankings end with the figures that `assess` and `due` compute from the
exported ledger. Method: tools/demo_quarter.py with few items; it compares and fails by itself, and is shown to: a figure
that was not played is found."""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Quarter(unittest.TestCase):
    def test_a_small_city_ends_with_equal_figures(self):
        with tempfile.TemporaryDirectory(prefix="zhicha-quarter-") as folder:
            done = subprocess.run([sys.executable, ROOT / "tools/demo_quarter.py", "--bin", os.environ["ZHICHA_BIN"], "--data", f"{folder}/data",
                                   "--port", "0", "--items", "20", "--units", "6", "--checks", "1", "--papers", "2"], capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 0, done.stdout[-4000:] + done.stderr[-4000:])
            self.assertIn("everything agrees", done.stdout)


if __name__ == "__main__":
    unittest.main()
