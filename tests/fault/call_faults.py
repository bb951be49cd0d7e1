#!/usr/bin/env python3
"""The system refuses one call of a program: EIO, ENOSPC or EINTR at the n-th write, sync, open, truncate or rename, made
by strace; or a file that may grow no further, so that a write ends short. Goal: nothing that was acknowledged or called
saved is lost, no program dies without a word, and after the fault everything goes on. Method: the victim (the server
while tablets sync; or the tablet's program while it records and syncs) runs with one fault each; then without: what was
told is held against what is there, all sync to the end, fsck. ZHICHA_FAULTS asks for more, ZHICHA_SEED for others."""
import collections
import contextlib
import os
import pathlib
import random
import resource
import shutil
import signal
import subprocess
import sys

import rounds
from rounds import programs

# Each with about as many as the programs make of it in a round, so that most faults are met.
CALLS = {"pwrite64": 40, "write": 12, "fsync": 6, "fdatasync": 10, "openat": 60, "ftruncate": 2, "rename": 1,
         "pread64": 60, "mmap": 60, "unlink": 1}
ERRORS = ("EIO", "ENOSPC", "EINTR")
PHOTO_BYTES = 60_000


def ended_well(code, said):
    """0, or 1 with a word; 127 where the system's loader met the fault, before there was a program."""
    return code == 0 or (code == 1 and said) or (code == 127 and "error while loading shared libraries" in said)


class Faulty(programs.Program):
    """A program of which one call fails. `fault`: what strace is told, or a limit in bytes on every file."""

    def __init__(self, program, fault, log):
        super().__init__(program.path, program.before, program.env)
        self.fault, self.log = fault, log

    def line(self, words):
        if isinstance(self.fault, int):
            return super().line(words)
        call, error, number = self.fault
        return ["strace", "-f", "-qq", "-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={number}", "-o",
                self.log, "-A", "--", *super().line(words)]

    def was_met(self):
        """strace says which call it made fail; a limit is met if a file would have grown past it."""
        return not isinstance(self.fault, int) and self.log.exists() and "(INJECTED)" in self.log.read_text(
            errors="replace")

    def limit(self):
        if isinstance(self.fault, int):
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (self.fault, self.fault))

    def start(self, *words):
        return subprocess.Popen(self.line(words), env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True, preexec_fn=self.limit)

    def try_call(self, *words):
        done = subprocess.run(self.line((*words, "--json")), env=self.env, stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, errors="replace", timeout=programs.PATIENCE_S, check=False,
                              preexec_fn=self.limit)
        answer = programs.Answer(self.line(words), done.returncode, done.stdout, done.stderr)
        if not ended_well(done.returncode, done.stderr + done.stdout):
            raise programs.Refused(f"it died of the fault, or without a word: {answer}")
        return answer


class Rounds:
    def __init__(self, options, folder):
        self.options, self.folder, self.dice = options, folder, random.Random(options.seed)
        self.office = programs.make_office(options.bin, folder / "ledger")
        self.office.serve()
        self.tablet = programs.Tablet(options.bin, folder / "tablet")
        self.tablet.device = self.office.enrol(self.tablet, "督查员甲")["device"]
        self.tablet.sync()
        self.check = self.tablet.json("check", "start", "--site", "s1", "--no-fix-reason", "地下室")["check"]
        self.tablet.sync()
        self.saved, self.number, self.struck = {}, 0, collections.Counter()

    def close(self):
        self.office.close()

    def fault(self):
        if self.dice.randrange(8) == 0:
            return self.dice.randrange(1, 400_000)
        call = self.dice.choice(list(CALLS))
        return (call, self.dice.choice(ERRORS), self.dice.randrange(1, 1 + CALLS[call]))

    def finding(self, tablet):
        self.number += 1
        photo = self.folder / "photo.png"
        photo.write_bytes(programs.make_png(self.number, PHOTO_BYTES))
        words = ("finding", "add", self.check, "--severity", "minor", "--text", f"第 {self.number} 处", "--photo", photo)
        answer = tablet.try_call(*words) if isinstance(tablet, Faulty) else tablet.call(*words, "--json")
        if answer.code == 0:  # called saved: from now on it may not be lost
            self.saved[answer.json["finding"]] = f"第 {self.number} 处"
        return answer.code

    def hold(self, fault):
        """What the tablet counts as delivered is at the office; what was called saved is on the tablet."""
        status = self.tablet.json("status")
        sequence, photos = programs.acknowledged(status)
        head = {d["id"]: d["head"] for d in self.office.command("devices")["devices"]}[self.tablet.device]
        if head < sequence:
            raise programs.Refused(f"{fault}: {sequence} acknowledged, the office has {head}")
        present = {digest for _, digest, _, there in self.office.photos_of_checks() if there}
        for digest, (_, delivered) in photos.items():
            if delivered and digest not in present:
                raise programs.Refused(f"{fault}: a delivered photo is not at the office")
        recorded = {o["entity"] for o in status["operations_list"]}
        lost = set(self.saved) - recorded
        if lost:
            raise programs.Refused(f"{fault}: saved and lost: {lost}")

    def tablet_round(self):
        fault = self.fault()
        victim = self.faulty(self.tablet, fault)
        failed = self.finding(victim) != 0
        failed |= victim.try_call("sync").code != 0
        return victim, failed

    def faulty(self, program, fault):
        log = self.folder / "strace.log"
        log.unlink(missing_ok=True)
        return Faulty(program, fault, log)

    def server_round(self):
        self.finding(self.tablet)
        fault = self.fault()
        if self.office.end() != 0:
            raise programs.Refused("SIGTERM did not end the server cleanly")
        faulty = self.faulty(self.office, fault)
        process = faulty.start("serve", self.office.folder, "--listen", f"127.0.0.1:{self.office.port}")
        failed = False
        seen = []
        for line in process.stderr:  # until it listens, or has ended over the fault
            seen.append(line)
            if "serving " in line:
                failed = self.tablet.call("sync", "--json", expect=None).code != 0
                break
        else:
            failed = True
        # strace passes no signal on: the server itself is asked to end.
        for child in self.children(process):
            os.kill(child, signal.SIGTERM)
        _, rest = process.communicate(timeout=programs.PATIENCE_S)
        if not ended_well(process.returncode, "".join(seen) + rest):
            raise programs.Refused(f"{fault}: the server ended with {process.returncode}: {''.join(seen)}{rest}")
        self.office.serve()
        return faulty, failed

    @staticmethod
    def children(process):
        """The program under strace, or the program itself."""
        listed = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children")
        below = [int(number) for number in listed.read_text().split()] if listed.exists() else []
        return below if below else ([process.pid] if process.poll() is None else [])

    def play(self):
        for number in range(self.options.count):
            server = self.options.victim == "server"
            faulty, failed = self.server_round() if server else self.tablet_round()
            fault = faulty.fault
            self.struck["refused and said so" if failed else "borne" if faulty.was_met() else "not met"] += 1
            if self.options.verbose:
                print(number, fault, "failed" if failed else "", flush=True)
            self.hold(fault)
            if number % 5 == 4 or number == self.options.count - 1:
                self.everything_is_there(fault)
        if self.office.end() != 0:
            raise programs.Refused("SIGTERM did not end the server cleanly")
        if self.options.count >= 10 and self.struck["not met"] == self.options.count:
            raise programs.Refused("no fault was met: this tests nothing")

    def everything_is_there(self, fault):
        self.tablet.sync()
        found = {f["id"]: f["text"] for c in self.office.command("export", "--checks")["checks"] for f in c["findings"]}
        for finding, text in self.saved.items():
            if found.get(finding) != text:
                raise programs.Refused(f"{fault}: {finding} ({text}) is not at the office")
        fsck = self.office.command("fsck")
        if not fsck["ok"] or fsck["missing_photos"]:
            raise programs.Refused(f"{fault}: fsck: {fsck}")


def play(options, folder):
    with contextlib.closing(Rounds(options, folder)) as told:
        told.play()
    return (f"{options.count} faults of the {options.victim}'s calls: {dict(told.struck)}, {len(told.saved)} findings saved "
            "and at the office")


def main():
    parser = rounds.options_of(__doc__)
    parser.add_argument("--victim", required=True, choices=("server", "tablet"))
    parser.add_argument("--count", type=int, default=rounds.from_environment("ZHICHA_FAULTS", 10))
    options = parser.parse_args()
    if not shutil.which("strace") or subprocess.run(["strace", "-qq", "-e", "trace=none", "true"], check=False).returncode:
        print("FAILED: strace is not installed, or may trace nothing here", file=sys.stderr)
        return 1
    return rounds.run(options, play)


if __name__ == "__main__":
    sys.exit(main())
