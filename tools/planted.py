#!/usr/bin/env python3
"""Shows that each planted bug is found: runs the check that claims to find it, which must then fail.

planted.py BUILD_DIR LIST
A line of LIST: `plant_name|check|seconds`. A check is a command if it begins with `build/`, `./` or `python3`, else a
regular expression of ctest's test names. Each check must first pass without a planted bug: one that always fails finds
nothing. Prints a row per bug that ends in `found` or `MISSED`; exit code 1 if any was missed.

planted.py --targets BUILD_DIR LIST
Prints what has to be built for it, in a build that is configured.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
COMMANDS = ("build/", "./", "python3 ")


def read_list(path):
    rows = []
    for number, line in enumerate(pathlib.Path(path).read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        # A regular expression may hold bars of its own.
        name, rest = line.split("|", 1)
        check, seconds = rest.rsplit("|", 1)
        if not re.fullmatch(r"[a-z0-9_]+", name.strip()):
            sys.exit(f"{path}:{number}: not the name of a planted bug: {name}")
        rows.append((name.strip(), check.strip(), int(seconds)))
    return rows


def run(build, check, seconds, bug):
    """'passed', 'failed', 'timed out' or 'no test', and the seconds it took."""
    environment = {**os.environ, "ZHICHA_PLANT": bug}
    if not bug:
        del environment["ZHICHA_PLANT"]
    is_command = check.startswith(COMMANDS)
    command = ["bash", "-c", check] if is_command else ["ctest", "--test-dir", build, "-R", check]
    begun = time.monotonic()
    try:
        done = subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return "timed out", time.monotonic() - begun
    took = time.monotonic() - begun
    if is_command:
        # 126 and 127: the shell found no such program, which proves nothing.
        return ("no test" if done.returncode in (126, 127) else "failed" if done.returncode else "passed"), took
    ran = re.search(rb"tests failed out of ([1-9][0-9]*)", done.stdout)
    # A test whose program is missing counts as failed for ctest, not for us.
    if not ran or b"Not Run" in done.stdout:
        return "no test", took
    return ("failed" if done.returncode else "passed"), took


def targets(build, rows):
    """The programs of the checks, by the names that CMake gives them."""
    listed = subprocess.run(["ctest", "--test-dir", build, "--show-only=json-v1"], cwd=ROOT, check=True,
                            capture_output=True, text=True).stdout
    # A program that is not there yet has no command; it bears the name of its test.
    tests = {test["name"]: test.get("command", [""])[0] for test in json.loads(listed)["tests"]}
    programs = set()
    for _, check, _ in rows:
        if check.startswith(COMMANDS):
            programs |= set(re.findall(r"build/planted/tests/(\w+)", check))
        else:
            programs |= {os.path.basename(tests[name]) or name for name in tests if re.search(check, name)}
    return sorted(programs)


def main():
    if sys.argv[1:2] == ["--targets"]:
        print(" ".join(targets(sys.argv[2], read_list(sys.argv[3]))))
        return 0
    build, list_path = sys.argv[1:3]
    rows = read_list(list_path)
    sound = {}
    missed = 0
    print(f"{'planted bug':32} {'seconds':>8}  check", flush=True)
    for name, check, seconds in rows:
        if check not in sound:
            sound[check] = run(build, check, seconds, "")[0]
        if sound[check] != "passed":
            result, took, why = "MISSED", 0.0, f" (without any bug: {sound[check]})"
        else:
            outcome, took = run(build, check, seconds, name)
            result = "found" if outcome == "failed" else "MISSED"
            why = "" if outcome == "failed" else f" (with it: {outcome})"
        missed += result == "MISSED"
        print(f"{name:32} {took:8.1f}  {check}{why} {result}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
