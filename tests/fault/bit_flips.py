#!/usr/bin/env python3
"""One bit of a store folder turned, anywhere. Goal: the right answer or a named error, never another answer. Method: a
small office, once plain and once with a key file, and a tablet whose photos have not been sent yet; a copy of one folder
gets one bit turned, a program that reads everything looks at it (`fsck` and `export` of the office, `status` and
`export-outbox` of the tablet), and its answer is held against that of the untouched folder. Bytes are drawn over all
files of a folder; every file is met. ZHICHA_FLIPS asks for more, ZHICHA_SEED for others. With --each no byte is drawn:
the bytes of all folders are one list, of which so many are taken from FIRST on, one bit each; behind the last one comes
the first again with its next bit. Folders are made anew by each run, with other keys: the place goes on, not the file."""
import json
import pathlib
import random
import shutil
import sys

import rounds
from rounds import programs

PASSING = ("lock", "control.sock")  # hold no data


def files_of(folder):
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_size > 0 and
            path.name not in PASSING]


class Subject:
    """A folder, and what is said about it. `look` answers a value to compare, or the code of an error."""

    def __init__(self, name, folder, look, scratch):
        self.name, self.folder, self.look, self.scratch = name, folder, look, scratch
        self.right = self.look_at_copy(lambda _: None)
        if isinstance(self.right, str):
            raise programs.Refused(f"{name}: untouched, it says {self.right}")
        self.errors = 0
        self.files = [(path.relative_to(folder), path.stat().st_size) for path in files_of(folder)]
        self.bytes = sum(size for _, size in self.files)

    def look_at_copy(self, touch):
        shutil.rmtree(self.scratch, ignore_errors=True)
        shutil.copytree(self.folder, self.scratch, ignore=shutil.ignore_patterns(*PASSING))
        touch(self.scratch)
        return self.look(self.scratch)

    def draw(self, dice, number):
        """-> byte of the folder, bit of it: each file once, then each byte as likely as any other"""
        at, bit = dice.randrange(self.bytes), dice.randrange(8)
        if number < len(self.files):
            before = sum(size for _, size in self.files[:number])
            at = before + at % self.files[number][1]
        return at, bit

    def flip(self, at, bit):
        for name, size in self.files:
            if at < size:
                break
            at -= size

        def touch(copy):
            with open(copy / name, "r+b") as file:
                file.seek(at)
                byte = file.read(1)[0]
                file.seek(at)
                file.write(bytes([byte ^ 1 << bit]))
        said = self.look_at_copy(touch)
        if isinstance(said, str):
            self.errors += 1
        elif said != self.right:
            raise programs.Refused(f"{self.name}: bit {bit} of byte {at} of {name} turned, and the answer is another: "
                                   f"{json.dumps(said, ensure_ascii=False)[:600]}")


def error_of(answer):
    """The code that a program named; a program that only fails, without a word of what, is a finding."""
    if answer.code == 0:
        return None
    try:
        said = json.loads(answer.out)
    except json.JSONDecodeError:
        raise programs.Refused(f"it failed without naming an error: {answer}") from None
    said = said.get("error", said)
    if said.get("problems"):
        return "problems"
    if not said.get("code"):
        raise programs.Refused(f"it failed without naming an error: {answer}")
    return said["code"]


def look_at_office(binaries, env):
    def look(folder):
        office = programs.Program(pathlib.Path(binaries) / "zhicha-server", env=env)
        fsck = office.call("fsck", folder, "--json", expect=None)
        if error_of(fsck):
            return error_of(fsck)
        export = office.call("export", folder, "--checks", "--json", expect=None)
        return error_of(export) or [fsck.json, export.json]
    return look


def look_at_tablet(binaries, pin_file):
    def look(folder):
        tablet = programs.Program(pathlib.Path(binaries) / "zhicha-field", ["--store", folder],
                                  {"ZHICHA_PIN_FILE": str(pin_file)})
        status = tablet.call("status", "--json", expect=None)
        if error_of(status):
            return error_of(status)
        outbox = folder.parent / "flipped.outbox"
        outbox.unlink(missing_ok=True)
        written = tablet.call("export-outbox", outbox, "--json", expect=None)
        if error_of(written):
            return error_of(written)
        said = status.json
        for part in ("last_success", "next_try", "line"):
            said.pop(part, None)
        told = written.json
        told.pop("file")
        return [said, told]
    return look


def make_folders(binaries, folder):
    """-> name of each subject, its folder, how it is looked at"""
    key = folder / "key"
    key.write_text("a key file of a test, long enough\n")
    subjects = []
    for name, env in (("plain office", {}), ("sealed office", {"ZHICHA_KEY_FILE": str(key)})):
        office = programs.Office(binaries, folder / name.replace(" ", "-"), env)
        office.json("init", office.folder, *(("--key-file", key) if env else ()))
        city = folder / "city.json"
        city.write_text(json.dumps(programs.sample_city(), ensure_ascii=False), encoding="utf-8")
        office.command("import", city)
        office.serve()
        tablet = programs.Tablet(binaries, folder / f"tablet-of-{office.folder.name}")
        office.enrol(tablet, "督查员甲")
        tablet.sync()
        for number in range(2):
            photo = folder / f"{number}.png"
            photo.write_bytes(programs.make_png(number, 20_000))
            check = tablet.json("check", "start", "--site", "s1", "--no-fix-reason", "地下室")["check"]
            tablet.json("finding", "add", check, "--severity", "minor", "--text", f"第 {number} 处", "--photo", photo)
            if number == 0:
                tablet.sync()  # the second check stays on the tablet
        if office.end() != 0:
            raise programs.Refused("the office did not stop cleanly")
        subjects.append((name, office.folder, look_at_office(binaries, env)))
    subjects.append(("tablet", tablet.folder, look_at_tablet(binaries, tablet.pin_file)))
    return subjects


def drawn(options, subjects):
    """-> subject, byte, bit"""
    dice = random.Random(options.seed)
    for number in range(options.count):
        subject = subjects[number % len(subjects)]
        yield subject, *subject.draw(dice, number // len(subjects))


def one_by_one(first, count, subjects):
    total = sum(subject.bytes for subject in subjects)
    for number in range(first, first + count):
        lap, at = divmod(number, total)
        bit = (at + lap) % 8
        for subject in subjects:
            if at < subject.bytes:
                yield subject, at, bit
                break
            at -= subject.bytes


def play(options, folder):
    subjects = [Subject(*subject, folder / "scratch") for subject in make_folders(options.bin, folder)]
    chosen = one_by_one(*options.each, subjects) if options.each else drawn(options, subjects)
    done = 0
    for done, (subject, at, bit) in enumerate(chosen, 1):
        if options.verbose:
            print(done, subject.name, at, bit, subject.errors, "named errors so far", flush=True)
        subject.flip(at, bit)
    return (f"{done} bits turned in folders of {sum(s.bytes for s in subjects)} bytes: " +
            ", ".join(f"{s.name} {s.errors} named errors" for s in subjects) + ", no other answer")


def main():
    parser = rounds.options_of(__doc__)
    parser.add_argument("--count", type=int, default=rounds.from_environment("ZHICHA_FLIPS", 90), help="over all folders")
    return rounds.run(parser.parse_args(), play)


if __name__ == "__main__":
    sys.exit(main())
