#!/usr/bin/env python3
"""Compares a demo's manifest with what arrived: `export --checks`, the photo store's bytes, `fsck`. Exit 0 only if all agree."""
import argparse
import collections
import hashlib
import json
import pathlib
import subprocess
import sys


def ask(binary, *words):
    done = subprocess.run([str(binary), *map(str, words), "--json"], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"check_manifest: {' '.join(map(str, words))}: exit {done.returncode}\n{done.stderr}")
    return json.loads(done.stdout)


def photos_of(check):
    found = list(check.get("photos", []))
    for part in (*check["answers"], *check["findings"], *check.get("notes", []), *check.get("replies", [])):
        found += part.get("photos", [])
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True, type=pathlib.Path)
    parser.add_argument("--data", required=True, type=pathlib.Path)
    parser.add_argument("--manifest", required=True, type=pathlib.Path)
    options = parser.parse_args()
    manifest = json.loads(options.manifest.read_text(encoding="utf-8"))
    server = options.bin / "zhicha-server"
    checks = {c["id"]: c for c in ask(server, "export", options.data, "--checks")["checks"]}
    problems = []

    def expect(what, got, wanted):
        if got != wanted:
            problems.append(f"{what}: {got!r} instead of {wanted!r}")

    expect("checks", sorted(checks), sorted(manifest["checks"].values()))
    check = checks[manifest["checks"]["main"]]
    texts = manifest["texts"]
    expect("texts of findings", sorted(f["text"] for f in check["findings"]),
           sorted((texts["finding"], texts["second_finding"])))
    for finding in check["findings"]:
        if finding["id"] in manifest["severity"]:
            expect("the decided severity", finding["severity"], manifest["severity"][finding["id"]])
    left = checks[manifest["checks"]["afternoon"]]
    expect("texts of the second check's findings", [f["text"] for f in left["findings"]], [texts["afternoon"]])
    expect("answers", sorted((a["question"], a["value"], a["note"] or "") for a in check["answers"]),
           sorted((a["question"], a["value"], a["note"]) for a in manifest["answers"]))
    expect("tally", check["tally"], manifest["tally"])
    expect("conflicts", check["conflicts"], [])
    expect("inspectors", len(check["inspectors"]), 2)
    everything = json.dumps(check, ensure_ascii=False)
    for name in ("note", "reply"):
        expect(f"the {name} is in the export", texts[name] in everything, True)

    arrived = collections.Counter((p["sha256"], p["size"]) for c in checks.values() for p in photos_of(c))
    wanted = collections.Counter((p["sha256"], p["size"]) for p in manifest["photos"])
    expect("photos in the ledger", arrived, wanted)
    expect("photos present", {p["present"] for c in checks.values() for p in photos_of(c)}, {True})
    stored = {hashlib.sha256(f.read_bytes()).hexdigest()
              for f in (options.data / "photos").rglob("*") if f.is_file()}
    missing = {p["sha256"] for p in manifest["photos"]} - stored
    expect("photos whose bytes are not in the store", missing, set())

    fsck = ask(server, "fsck", options.data)
    expect("fsck", (fsck["ok"], fsck["problems"], fsck["missing_photos"]), (True, [], 0))
    for problem in problems:
        print(f"check_manifest: {problem}", file=sys.stderr)
    print(f"check_manifest: {len(checks)} checks, {sum(wanted.values())} photos, {fsck['operations']} operations, "
          f"{len(problems)} differences")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
