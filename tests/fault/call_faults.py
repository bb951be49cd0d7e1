#!/usr/bin/env python3
"""The system refuses one call of a program: EIO, ENOSPC or EINTR at the n-th write, sync, open, truncate or rename, made
by strace; or a file that may grow no further, so that a write ends short. Goal: nothing that was acknowledged or called
saved is lost, no program dies without a word, and after the fault everything goes on. Method: the victim (the server
while tablets sync; or the tablet's program while it records and syncs) runs with one fault each; then without: what was
told is held against what is there, all sync to the end, fsck. ZHICHA_FAULTS asks for more, ZHICHA_SEED for others. With
--each nothing is drawn: all calls of a round without a fault are counted first, and of the list (every first call with
each error and a limit, every second one, and so on) so many are tried from FIRST on; behind the last comes the first."""
import collections
import contextlib
import os
import pathlib
import random
import re
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
# What --each refuses beside them: everything else that a program of ours asks of files, and of its descriptors.
MORE_CALLS = ("read", "newfstatat", "fcntl", "lseek", "mkdir", "getdents64", "flock", "fchmod", "munmap", "sendmsg",
              "recvmsg", "socket", "bind", "listen", "accept4", "connect", "setsockopt", "close")
LIMIT = "limit"  # a file may grow no further than so many bytes: a write ends short
LIMIT_STEP = 4_099
PHOTO_BYTES = 60_000


def ended_well(code, said):
    """0, or 1 with a word; 127 where the system's loader met the fault, before there was a program."""
    return code == 0 or (code == 1 and said) or (code == 127 and "error while loading shared libraries" in said)


class Faulty(programs.Program):
    """A program of which one call fails. `fault`: what strace is told, or a limit in bytes on every file; None only lists
    its calls."""

    def __init__(self, program, fault, log):
        super().__init__(program.path, program.before, program.env)
        self.fault, self.log = fault, log

    def line(self, words):
        if isinstance(self.fault, int):
            return super().line(words)
        if self.fault is None:
            return ["strace", "-f", "-qq", "-e", f"trace={','.join((*CALLS, *MORE_CALLS))}", "-o", self.log, "-A", "--",
                    *super().line(words)]
        call, error, number = self.fault
        return ["strace", "-f", "-qq", "-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={number}", "-o",
                self.log, "-A", "--", *super().line(words)]

    def calls(self, folder):
        """By a log without a fault: how many of each call one thread made (strace counts by thread), and how many of them
        the system's loader made, which are not ours to bear: those until something in `folder` was named."""
        made, before, counts, loading = collections.Counter(), collections.Counter(), {}, set()
        for line in self.log.read_text(errors="replace").splitlines():
            found = re.match(r"(\d+) +(\w+)\(", line)
            if not found:
                continue
            thread, call = found.groups()
            count = counts.setdefault(thread, collections.Counter())
            count[call] += 1
            made[call] = max(made[call], count[call])
            loading |= {thread} if "ld.so.cache" in line else set()
            loading -= {thread} if str(folder) in line else set()
            if thread in loading:
                before[call] = max(before[call], count[call])
        return made, before

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
        self.done = self.listed = 0

    def close(self):
        self.office.close()

    def drawn(self):
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

    def one_by_one(self, first, count):
        """The list of all faults that a round can meet, from FIRST on. A limit stands once for each write."""
        self.tablet_round(None) if self.options.victim == "tablet" else self.server_round(None)
        made, before = self.faultless.calls(self.folder)
        made[LIMIT] = made["pwrite64"]
        listed = [(call, error, number) for number in range(1, 1 + max(made.values()))
                  for call in (*CALLS, *MORE_CALLS, LIMIT) for error in (ERRORS if call != LIMIT else ERRORS[1:2])
                  if before[call] < number <= made[call]]
        self.listed = len(listed)
        for index in range(first, first + count):
            call, error, number = listed[index % len(listed)]
            yield number * LIMIT_STEP if call == LIMIT else (call, error, number)

    def tablet_round(self, fault):
        victim = self.faulty(self.tablet, fault)
        failed = self.finding(victim) != 0
        failed |= victim.try_call("sync").code != 0
        return victim, failed

    def faulty(self, program, fault):
        log = self.folder / "strace.log"
        log.unlink(missing_ok=True)
        faulty = Faulty(program, fault, log)
        if fault is None:
            self.faultless = faulty
        return faulty

    def server_round(self, fault):
        self.finding(self.tablet)
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
        faults = (self.one_by_one(*self.options.each) if self.options.each else
                  (self.drawn() for _ in range(self.options.count)))
        fault = None
        for self.done, fault in enumerate(faults, 1):
            server = self.options.victim == "server"
            faulty, failed = self.server_round(fault) if server else self.tablet_round(fault)
            self.struck["refused and said so" if failed else "borne" if faulty.was_met() else "not met"] += 1
            if self.options.verbose:
                print(self.done, fault, "failed" if failed else "", flush=True)
            self.hold(fault)
            if self.done % 5 == 0:
                self.everything_is_there(fault)
        self.everything_is_there(fault)
        if self.office.end() != 0:
            raise programs.Refused("SIGTERM did not end the server cleanly")
        if self.done >= 10 and self.struck["not met"] == self.done:
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
    listed = f" (of a list of {told.listed})" if options.each else ""
    return (f"{told.done} faults of the {options.victim}'s calls{listed}: {dict(told.struck)}, {len(told.saved)} findings "
            "saved and at the office")


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
