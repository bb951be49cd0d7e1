#!/usr/bin/env python3
"""What networks do to one exchange of a sync, with the real programs and a link of ours between them. Goal: whatever
happens to whichever request, nothing is lost, nothing counts as received that is not, and the next sync puts it right; a
link that is cut every 64 KiB costs at most a tenth of a photo again. Method: --faults: a finding with a photo is
recorded, one sync meets one fault at one endpoint; --cuts: the exchange of POST /operations is cut at a byte, on the way
there or back; --photo: a photo over a link that is cut again and again. After each, what the tablet was told is held
against the office, then a sync without faults must leave nothing. The man in the middle stands in tst_wrong_peer.py."""
import contextlib
import os
import random
import sys

import http_link
import rounds
from rounds import programs

ENDPOINTS = ("POST operations", "GET checkpoints/proof", "GET changes", "HEAD blobs", "POST blobs", "PATCH blobs")
PHOTO_BYTES = 40_000


def faults(long):
    """Name and what the link is told; those that take long only in the long form."""
    quick = [("drop",), ("reset",), ("duplicate",), ("reorder",), ("delay", 1), ("loss", 0.3), ("slow",),
             ("cut_request", 0.5), ("cut_answer", 0.5), ("truncate",), ("after_commit",), ("captive",), ("bad_gateway",),
             ("compressed",), ("wrong_clock", 10), ("wrong_clock", -10), ("stale",), ("elsewhere",)]
    return [*quick, ("delay", 30), ("half_open",)] if long else quick


class Rounds:
    def __init__(self, options, folder):
        self.options, self.folder, self.dice = options, folder, random.Random(options.seed)
        self.office = programs.make_office(options.bin, folder / "ledger")
        self.office.serve("--tls", "off")
        self.elsewhere = programs.make_office(options.bin, folder / "elsewhere")
        self.elsewhere.serve("--tls", "off")
        self.link = http_link.Link(self.office.port, options.seed)
        self.link.other = self.elsewhere.port
        self.tablet = programs.Tablet(options.bin, folder / "tablet")
        code = self.office.command("enrol-code", "--inspector", "督查员甲")
        told = self.tablet.json("enrol", "--server", f"http://127.0.0.1:{self.link.port}", "--code", code["code"],
                                "--fingerprint", code["fingerprint"])
        self.device = told["device"]
        self.tablet.sync()
        self.check = self.tablet.json("check", "start", "--site", "s1", "--no-fix-reason", "地下室")["check"]
        self.number, self.findings, self.met = 0, {}, 0

    def close(self):
        self.link.close()
        self.office.close()
        self.elsewhere.close()

    def finding(self, size=PHOTO_BYTES):
        self.number += 1
        photo = self.folder / "photo.png"
        photo.write_bytes(programs.make_png(f"{self.options.seed} {self.number}", size))
        made = self.tablet.json("finding", "add", self.check, "--severity", "minor", "--text", f"第 {self.number} 处",
                                "--photo", photo)
        self.findings[made["finding"]] = programs.sha256(photo.read_bytes())

    def hold(self, where):
        """Nothing counts as received that is not at the office."""
        sequence, photos = programs.acknowledged(self.tablet.json("status"))
        head = {d["id"]: d["head"] for d in self.office.command("devices")["devices"]}[self.device]
        present = {digest for _, digest, _, there in self.office.photos_of_checks() if there}
        if head < sequence:
            raise programs.Refused(f"{where}: {sequence} acknowledged, the office has {head}")
        for digest, (_, delivered) in photos.items():
            if delivered and digest not in present:
                raise programs.Refused(f"{where}: a delivered photo is not at the office")

    def straight(self, where):
        self.link.disarm()
        status = self.tablet.call("sync", "--json", expect=None)
        # A fault may have left the tablet waiting for somebody; asking again is what somebody does.
        if status.code != 0:
            raise programs.Refused(f"{where}: without a fault the sync does not go on: {status}")
        if status.json["pending"] != {"operations": 0, "photos": 0} or status.json["troubled"]:
            raise programs.Refused(f"{where}: something is left: {status}")

    def everything_is_there(self):
        there = {}
        for check in self.office.command("export", "--checks")["checks"]:
            for finding in check["findings"]:
                there[finding["id"]] = [photo["sha256"] for photo in finding["photos"] if photo["present"]]
        if there != {finding: [digest] for finding, digest in self.findings.items()}:
            raise programs.Refused(f"findings differ: {there} {self.findings}")
        fsck = self.office.command("fsck")
        if not fsck["ok"] or fsck["missing_photos"]:
            raise programs.Refused(f"fsck: {fsck}")

    def one(self, where, fault, endpoint):
        self.finding()
        self.link.arm(fault, endpoint)
        ended = self.tablet.call("sync", "--json", expect=None)
        if ended.code not in (0, 1):
            raise programs.Refused(f"{where}: {ended}")
        self.met += self.link.struck.is_set()
        if self.options.verbose:
            print(where, "met" if self.link.struck.is_set() else "not met", "exit", ended.code, flush=True)
        self.hold(where)
        self.straight(where)

    def all_faults(self):
        combinations = [(fault, endpoint) for fault in faults(self.options.long) for endpoint in ENDPOINTS]
        self.dice.shuffle(combinations)
        for fault, endpoint in combinations[:self.options.faults]:
            self.one(f"{fault} at {endpoint}", fault, endpoint)

    def all_cuts(self):
        """A cut at a byte of the exchange that carries the records."""
        places = [(side, byte) for side in ("cut_request", "cut_answer") for byte in range(2048)]
        self.dice.shuffle(places)
        for side, byte in places[:self.options.cuts]:
            self.one(f"{side} at byte {byte}", (side, byte), "POST operations")

    def photo_again_and_again(self, size):
        self.finding(size)
        self.link.cut_every, self.link.body_bytes, tries = 64 * 1024, 0, 0
        while tries < 2 * size // self.link.cut_every + 20:
            tries += 1
            if self.tablet.call("sync", "--json", expect=None).code == 0:
                break
        self.link.cut_every = None
        sent = self.link.body_bytes
        if not size <= sent <= size * 1.1:
            raise programs.Refused(f"a photo of {size} bytes cost {sent} over {tries} cuts")
        self.straight("a photo over a link that is cut")
        return sent, tries


def play(options, folder):
    with contextlib.closing(Rounds(options, folder)) as told:
        told.all_faults()
        told.all_cuts()
        sent, tries = told.photo_again_and_again(options.photo)
        told.everything_is_there()
        if options.faults and told.met == 0:
            raise programs.Refused("no fault was met: this tests nothing")
    return (f"{told.met} of {options.faults + options.cuts} faults and cuts were met, a photo of {options.photo} bytes cost "
            f"{sent} over {tries} connections, {len(told.findings)} findings there once")


def main():
    parser = rounds.options_of(__doc__)
    parser.add_argument("--faults", type=int, default=rounds.from_environment("ZHICHA_NETWORK_FAULTS", 14))
    parser.add_argument("--cuts", type=int, default=rounds.from_environment("ZHICHA_CUTS", 8))
    parser.add_argument("--photo", type=int, default=rounds.from_environment("ZHICHA_CUT_PHOTO", 1_000_000), help="bytes")
    parser.add_argument("--long", action="store_true", default="ZHICHA_LONG" in os.environ, help="waits of 30 s too")
    return rounds.run(parser.parse_args(), play)


if __name__ == "__main__":
    sys.exit(main())
