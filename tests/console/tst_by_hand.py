#!/usr/bin/env python3
"""The way in, by hand. Goal: by_hand.mjs beside this file holds. Method: a ledger that `init` has just made and nothing else, a
tablet that is not enrolled, and a browser; this program writes where everything is and runs the browser's test.

ZHICHA_BIN      where the two programs are
ZHICHA_PICTURES a folder for pictures of the stations (none are taken without it)
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "tests" / "integration"))
import programs  # noqa: E402


def main():
    binaries = pathlib.Path(os.environ["ZHICHA_BIN"])
    with tempfile.TemporaryDirectory(prefix="zhicha-by-hand-") as temporary:
        folder = pathlib.Path(temporary)
        inputs = folder / "inputs"
        subprocess.run([sys.executable, ROOT / "tools" / "make_demo_inputs.py", "--out", inputs, "--photos", "1", "--track-to",
                        "34.7736000,111.2000000"], check=True, stdout=subprocess.DEVNULL)
        office = programs.Office(binaries, folder / "ledger")
        made = office.json("init", office.folder)
        office.serve()
        try:
            tablet = programs.Tablet(binaries, folder / "tablet")
            told = folder / "day.json"
            told.write_text(json.dumps({
                "url": office.url, "administrator": made["administrator"], "password": made["password"],
                "field": str(binaries / "zhicha-field"), "track": str(inputs / "track.nmea"),
                "photos": [str(p) for p in sorted(inputs.glob("photo-*"))],
                "tablets": [{"store": str(tablet.folder), "pin": str(tablet.pin_file)}]}, ensure_ascii=False), encoding="utf-8")
            node = ["node", "--test", "--test-concurrency=1", "--test-reporter=spec", *sys.argv[1:], str(HERE / "by_hand.mjs")]
            code = subprocess.run(node, env={**os.environ, "ZHICHA_CONSOLE_DAY": str(told)}, check=False).returncode
            office.end()
            return code
        finally:
            office.close()


if __name__ == "__main__":
    sys.exit(main())
