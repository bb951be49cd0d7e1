#!/usr/bin/env python3
"""The outbox by USB with the real programs. Goal: what a tablet without a network recorded arrives whole, its receipts
come back and count as over the network, each step may be repeated, and no altered, cut, foreign or made-up file changes
anything. Method: a field day whose tablet never syncs after its enrolment; the files are then spoilt in every way."""
import collections
import os
import random
import unittest

import programs

BINARIES = os.environ["ZHICHA_BIN"]
PHOTO_BYTES = 150_000


class Courier(unittest.TestCase):
    def setUp(self):
        programs.set_up(self, BINARIES)

    def record(self, number):
        photo = programs.make_png(number, PHOTO_BYTES)
        path = self.folder / f"photo{number}.png"
        path.write_bytes(photo)
        check = self.tablet.json("check", "start", "--site", "s1", "--no-fix-reason", "地下室")["check"]
        self.tablet.json("finding", "add", check, "--severity", "minor", "--text", f"第 {number} 处", "--photo", path)
        return programs.sha256(photo)

    def state(self):
        fsck = self.office.command("fsck")
        self.assertTrue(fsck["ok"], fsck)
        return fsck["state_hash"], fsck["operations"], fsck["photos"]

    def refused(self, program, *words):
        said = program.call(*words, "--json", expect=1).json
        return said.get("error", said)["code"]

    def test_there_and_back_again_and_twice(self):
        wanted = [self.record(1), self.record(2)]
        outbox, receipts = self.folder / "out.box", self.folder / "receipts"
        told = self.tablet.json("export-outbox", outbox)
        self.assertEqual(told["operations"], 6)
        self.assertEqual(self.refused(self.tablet, "export-outbox", outbox), "already_done")
        for text in ("护栏", "第 1 处", "督查员甲"):
            self.assertNotIn(text.encode(), outbox.read_bytes(), "the file is sealed")
        taken = self.office.command("import-outbox", outbox, receipts)
        self.assertEqual((taken["stored"], taken["refused"]), (taken["runs"], 0))
        self.assertEqual(taken["photos"], taken["photos_taken"])
        there = collections.Counter(photo for _, photo, _, present in self.office.photos_of_checks() if present)
        self.assertEqual(there, collections.Counter(wanted))
        # Again, with the folder not served: nothing new, and the same word back.
        before = self.state()
        self.assertEqual(self.office.end(), 0)
        again = self.office.command("import-outbox", outbox, self.folder / "receipts2")
        self.assertEqual((again["stored"], again["photos_taken"]), (taken["runs"], 0))
        self.assertEqual(self.state(), before)
        self.office.serve()

        self.record(3)  # the tablet goes on meanwhile
        back = self.tablet.json("import-receipts", receipts)
        self.assertEqual(back["acknowledged"], 6)
        self.assertEqual(back["photos_delivered"], 2)
        self.assertEqual(back["pending"]["operations"], 3)
        self.assertEqual(self.refused(self.tablet, "import-receipts", receipts), "already_done")
        self.assertEqual(self.refused(self.tablet, "import-receipts", self.folder / "receipts2"), "already_done")
        status = self.tablet.sync()  # and over the network everything is in step
        scope = self.office.command("fsck", "--scope", self.tablet.device)
        self.assertEqual(scope["state_hash"], status["state_hash"])
        self.assertTrue(all(o["outcome"] in ("applied", "duplicate") for o in
                            self.tablet.json("status")["operations_list"]))

    def test_a_revoked_tablet_delivers_and_reads_nothing(self):
        self.record(1)
        outbox, receipts = self.folder / "out.box", self.folder / "receipts"
        self.tablet.json("export-outbox", outbox)
        self.office.command("revoke", self.tablet.device, "--cut", "0", "--reason", "丢失")
        taken = self.office.command("import-outbox", outbox, receipts)
        self.assertEqual(taken["stored"], taken["runs"])
        back = self.tablet.json("import-receipts", receipts)
        self.assertEqual((back["pages"], back["acknowledged"]), (0, 3))

    def test_spoilt_files_change_nothing(self):
        self.record(1)
        outbox = self.folder / "out.box"
        self.tablet.json("export-outbox", outbox)
        whole = outbox.read_bytes()
        other = programs.make_office(BINARIES, self.folder / "other")
        spoilt = self.folder / "spoilt"
        dice = random.Random(20261130)

        def spoil(number):
            """One byte anywhere, a cut anywhere, something behind, two pieces exchanged."""
            data = bytearray(whole)
            if number % 4 == 0:
                data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
            elif number % 4 == 1:
                del data[dice.randrange(len(data)):]
            elif number % 4 == 2:
                data += dice.randbytes(dice.randrange(1, 100))
            else:
                at = 17 + 4 + int.from_bytes(whole[17:21], "little")
                pieces = []
                while at < len(whole):
                    length = 4 + int.from_bytes(whole[at:at + 4], "little")
                    pieces.append(whole[at:at + length])
                    at += length
                dice.shuffle(pieces)
                data = bytearray(whole[:17 + 4 + int.from_bytes(whole[17:21], "little")] + b"".join(pieces))
            return bytes(data)

        for number in range(24):
            data = spoil(number)
            if data == whole:
                continue
            spoilt.write_bytes(data)
            code = self.refused(self.office, "import-outbox", self.office.folder, spoilt, self.folder / "never")
            self.assertIn(code, ("bad_encoding", "bad_signature"), number)
            self.assertFalse((self.folder / "never").exists())
        self.state()
        self.assertEqual(self.refused(other, "import-outbox", other.folder, outbox, self.folder / "never"), "bad_signature")
        for bad in (b"", b"zhicha/courier/1\n", dice.randbytes(5000), b"zhicha/courier/1\n" + dice.randbytes(5000)):
            spoilt.write_bytes(bad)
            self.refused(self.office, "import-outbox", self.office.folder, spoilt, self.folder / "never")
            self.refused(self.tablet, "import-receipts", spoilt)
        self.refused(self.office, "import-outbox", self.office.folder, self.folder / "none", self.folder / "never")

        receipts = self.folder / "receipts"
        self.office.command("import-outbox", outbox, receipts)
        answer = receipts.read_bytes()
        other_tablet = programs.Tablet(BINARIES, self.folder / "tablet2")
        self.office.enrol(other_tablet, "督查员乙")
        self.assertEqual(self.refused(other_tablet, "import-receipts", receipts), "bad_signature")
        for number in range(12):
            data = bytearray(answer)
            if number % 2:
                data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
            else:
                del data[dice.randrange(len(data)):]
            spoilt.write_bytes(data)
            self.assertIn(self.refused(self.tablet, "import-receipts", spoilt), ("bad_encoding", "bad_signature"))
        self.assertEqual(self.tablet.json("import-receipts", receipts)["acknowledged"], 3)


if __name__ == "__main__":
    unittest.main(verbosity=2)
