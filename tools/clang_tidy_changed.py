#!/usr/bin/env python3
"""clang-tidy over the C++ sources that the last commits (and the work tree) changed, newest first, within a time limit.

clang_tidy_changed.py SECONDS [--all]
Needs the build of the preset `test`: its sources are joined, so each one's own command comes from the preset `tidy`, which
is configured and never built, while what was generated (moc, the console's pages) is read from build/test.
With --all every source of ours is looked at, the changed ones first.
Prints `ok FILE`, `FAIL FILE` after its findings, and one line `skipped …` for what the time did not reach.
"""
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys
import time

COMMITS = 20
ROOT = pathlib.Path(__file__).resolve().parent.parent


def git(*arguments):
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def changed_files():
    """Sources, most recently changed first; a header stands for the sources beside it that include it."""
    names = git("diff", "--name-only", "HEAD")
    names += git("log", f"-{COMMITS}", "--name-only", "--pretty=format:")
    seen = []
    for name in names:
        candidates = [name] if name.endswith(".cpp") else [name[:-2] + ".cpp"] if name.endswith(".h") else []
        seen += [c for c in candidates if c not in seen and (ROOT / c).exists()]
    return seen


def commands_of_sources():
    """Writes build/tidy/commands/compile_commands.json and returns its folder and the names of the sources in it."""
    subprocess.run(["cmake", "--preset", "tidy"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    text = (ROOT / "build/tidy/compile_commands.json").read_text(encoding="utf-8")
    text = text.replace(f"{ROOT}/build/tidy", f"{ROOT}/build/test")
    folder = ROOT / "build/tidy/commands"
    folder.mkdir(exist_ok=True)
    (folder / "compile_commands.json").write_text(text, encoding="utf-8")
    return folder, {os.path.relpath(entry["file"], ROOT) for entry in json.loads(text)}


def check(build, name, deadline):
    left = deadline - time.monotonic()
    if left < 5:
        return name, None, ""
    command = ["clang-tidy", "-p", build, "--quiet", "--extra-arg=-Wno-unknown-warning-option", name]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=left)
    except subprocess.TimeoutExpired:
        return name, None, ""
    return name, done.returncode == 0, done.stdout


def main():
    deadline = time.monotonic() + float(sys.argv[1])
    build, built = commands_of_sources()
    names = [name for name in changed_files() if name in built]
    if "--all" in sys.argv[2:]:
        ours = [name for name in git("ls-files", "*.cpp") if name in built]
        names += [name for name in ours if name not in names]
    failed, skipped = 0, []
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        for name, good, output in pool.map(lambda n: check(build, n, deadline), names):
            if good is None:
                skipped.append(name)
                continue
            if not good:
                failed += 1
                print(output)
            print("ok" if good else "FAIL", name, flush=True)
    if skipped:
        print(f"skipped {len(skipped)} of {len(names)} files for want of time")
        print("\n".join(f"    {name}" for name in skipped))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
