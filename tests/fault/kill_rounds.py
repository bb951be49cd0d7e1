#!/usr/bin/env python3
"""kill -9 in the middle of a sync under load, again and again, on one ledger and its tablets.

Goal: whatever was acknowledged before a kill is in the ledger after it, exactly once, and both sides open again without
repair (invariants 1, 2 and 7). Method: several tablets record a finding with photos and sync at once; the victim is
killed when the n-th answer of that sync shows in the server's access log or in the tablet's own lines; n comes from the
seed. Nothing sleeps. After each kill the tablets' promises are held against the re-opened ledger *before* they may send
again, then all sync to the end. Every ten kills and at the end: fsck, rebuild, the export and the state of each side.
"""
import collections
import concurrent.futures
import contextlib
import random
import re
import signal
import sys
import time

import rounds
from rounds import programs

PHOTOS, CHUNK = 2, 512 * 1024
# What a round costs is the tablets' Argon2id, once a command. A tablet's kill needs four commands whatever the number.
TABLETS = {"server": 2, "tablet": 3}
PENDING = re.compile(r"pending: (\d+) 条记录 / records, (\d+) 张照片")
ANSWER = re.compile(r'"method":"(?:POST","route":"/api/v1/operations","status":200|PATCH","route":"[^"]*","status":204)')


class Rounds:
    def __init__(self, options, folder):
        self.options, self.dice = options, random.Random(options.seed)
        self.folder, self.kills, self.missed, self.made_photos = folder, 0, 0, 0
        self.photo_bytes = 0
        self.count_of_tablets = TABLETS[options.victim]
        self.pool = concurrent.futures.ThreadPoolExecutor(self.count_of_tablets)
        self.wanted = {}  # finding -> (text, sorted digests)
        self.office = programs.make_office(options.bin, folder / "ledger")
        self.office.watch = self.on_line
        self.victim, self.left = None, 0
        self.office.serve()
        self.tablets, self.checks, self.operations = [], [], [1] * self.count_of_tablets  # the start of each check
        for number in range(self.count_of_tablets):
            tablet = programs.Tablet(options.bin, folder / f"tablet{number}")
            tablet.device = self.office.enrol(tablet, f"督查员{number}")["device"]
            tablet.sync()
            self.tablets.append(tablet)
            self.checks.append(tablet.json("check", "start", "--site", "s1", "--no-fix-reason", "地下室")["check"])

    def close(self):
        self.office.close()

    def each(self, work):
        return list(self.pool.map(work, range(self.count_of_tablets)))

    def on_line(self, line):
        """In the thread that reads the server's lines: counts answers and kills the server at the n-th."""
        if not ANSWER.search(line):
            return
        self.left -= 1
        if self.left == 0 and self.victim:
            self.victim.kill()

    def record(self, number):
        files, digests = [], []
        for index in range(PHOTOS):
            seed = (self.options.seed * 10_000 + self.round) * 100 + number * 10 + index
            photo = programs.make_png(seed, self.sizes[number][index])
            path = self.folder / f"photo{number}-{index}.png"
            path.write_bytes(photo)
            files += ["--photo", path]
            digests.append(programs.sha256(photo))
        text = f"第{self.round}轮，平板{number}：护栏缺失"
        made = self.tablets[number].json("finding", "add", self.checks[number], "--severity", "minor", "--text", text,
                                         *files)
        self.wanted[made["finding"]] = (text, sorted(digests))

    def prepare(self, number_of_round):
        self.round = number_of_round
        self.sizes = [[self.dice.randrange(CHUNK // 2, 3 * CHUNK) for _ in range(PHOTOS)]
                      for _ in range(self.count_of_tablets)]
        self.photo_bytes += sum(map(sum, self.sizes))
        self.each(self.record)

    def kill_server(self):
        """All tablets sync at once; the server dies at the n-th answer. -> what each tablet was told."""
        victim = self.office.process
        self.left, self.victim = self.dice.randrange(1, self.count_of_tablets * (1 + PHOTOS * 2)), victim
        answers = self.each(lambda i: self.tablets[i].call("sync", "--json", expect=None))
        self.victim = None
        if self.left > 0:
            self.missed += 1  # everything was sent with fewer answers
            return None
        if self.office.ended() != -signal.SIGKILL:
            raise programs.Refused("the server ended otherwise than by the kill")
        self.kills += 1
        self.office.serve()
        return [self.told_in_words(number, answer) for number, answer in enumerate(answers)]

    def told_in_words(self, number, answer):
        """The closing line of a sync says what still waits; the rest was acknowledged."""
        pending = PENDING.search(answer.err)
        if not pending:
            raise programs.Refused(f"a sync that was cut says nothing of what waits: {answer}")
        return (self.operations[number] + 1 + PHOTOS - int(pending.group(1)),
                self.round * PHOTOS - int(pending.group(2)))

    def kill_tablets(self):
        """Each tablet is a victim: after the n-th line that it printed about an exchange."""
        at = [self.dice.randrange(1, 4 + 3 * PHOTOS) for _ in self.tablets]

        def one(number):
            process = self.tablets[number].start("sync", "--json")
            seen = 0
            for line in process.stderr:
                seen += " → " in line
                if seen == at[number]:
                    process.kill()
                    break
            process.stderr.read()
            process.stdout.read()
            process.stderr.close()
            process.stdout.close()
            return process.wait(programs.PATIENCE_S)
        for code in self.each(one):
            if code not in (0, -signal.SIGKILL):
                raise programs.Refused(f"a tablet ended with {code}")
            self.kills += code != 0
            self.missed += code == 0
        told = self.each(lambda i: programs.acknowledged(self.tablets[i].json("status")))
        return [(seq, sum(delivered for _, delivered in photos.values())) for seq, photos in told]

    def hold_promises(self, told):
        """What the tablets were told, against the ledger as it is now. They have not spoken since the kill."""
        heads = {d["id"]: d["head"] for d in self.office.command("devices")["devices"]}
        present = collections.Counter(check for check, _, _, there in self.office.photos_of_checks() if there)
        for number, (seq, delivered) in enumerate(told):
            if heads[self.tablets[number].device] < seq:
                raise programs.Refused(f"operation {seq} of tablet {number} was acknowledged; the ledger has {heads}")
            if present[self.checks[number]] < delivered:
                raise programs.Refused(f"{delivered} photos of tablet {number} were acknowledged; there are {present}")

    def verify(self):
        """Everything recorded so far is in the ledger once, and every side folds the same."""
        found = {}
        photos = collections.Counter()
        for check in self.office.command("export", "--checks")["checks"]:
            for finding in check["findings"]:
                found[finding["id"]] = (finding["text"], sorted(p["sha256"] for p in finding["photos"]))
                photos.update(p["sha256"] for p in finding["photos"] if p["present"])
        if found != self.wanted:
            raise programs.Refused(f"findings differ: {set(found) ^ set(self.wanted)}")
        wanted = collections.Counter(d for _, digests in self.wanted.values() for d in digests)
        if photos != wanted:
            raise programs.Refused("photos differ")
        fsck = self.office.command("fsck")
        if not fsck["ok"] or fsck["missing_photos"] or fsck["photos"] != len(wanted):
            raise programs.Refused(f"fsck: {fsck}")
        rebuilt = self.office.command("rebuild")
        if not rebuilt["same"] or rebuilt["state_hash"] != fsck["state_hash"]:
            raise programs.Refused(f"rebuild: {rebuilt}")
        self.each(lambda i: self.tablets[i].sync())
        for tablet, status in zip(self.tablets, self.each(lambda i: self.tablets[i].json("status"))):
            scope = self.office.command("fsck", "--scope", tablet.device)
            if scope["state_hash"] != status["state_hash"]:
                raise programs.Refused(f"{tablet.folder.name} folds {status['state_hash']}, the office {scope}")
            heads = {d["id"]: d["head"] for d in self.office.command("devices")["devices"]}
            if heads[tablet.device] != status["operations"]:
                raise programs.Refused(f"{tablet.folder.name} has {status['operations']}, the office {heads}")

    def play(self):
        verified = 0
        number = 0
        while self.kills < self.options.count:
            number += 1
            begun = time.monotonic()
            self.prepare(number)
            told = self.kill_server() if self.options.victim == "server" else self.kill_tablets()
            if told:
                self.hold_promises(told)
            self.operations = [s["operations"] for s in self.each(lambda i: self.tablets[i].sync())]
            if self.options.verbose:
                print(f"round {number}: {self.kills} kills, {time.monotonic() - begun:.1f} s", flush=True)
            if self.kills // 10 > verified:
                verified = self.kills // 10
                self.verify()
            if self.missed > 3 * self.options.count:
                raise programs.Refused("most kills come too late: the victims end before")
        self.verify()
        if self.office.end() != 0:
            raise programs.Refused("SIGTERM did not end the server cleanly")


def play(options, folder):
    begun = time.monotonic()
    with contextlib.closing(Rounds(options, folder)) as told:
        told.play()
    each = (time.monotonic() - begun) / told.kills
    return (f"{told.kills} kills of the {options.victim} ({each:.1f} s each), {len(told.wanted)} findings and "
            f"{told.photo_bytes >> 20} MiB of photos there once")


def main():
    parser = rounds.options_of(__doc__)
    parser.add_argument("--victim", required=True, choices=("server", "tablet"))
    parser.add_argument("--count", type=int, default=rounds.from_environment("ZHICHA_KILLS", 30))
    return rounds.run(parser.parse_args(), play)


if __name__ == "__main__":
    sys.exit(main())
