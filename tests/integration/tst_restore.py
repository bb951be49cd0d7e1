#!/usr/bin/env python3
"""Restore drills with the real programs. Goal: after a restore from a backup that is older than what tablets delivered,
and after a total loss without any backup, everything that tablets hold comes back, the break is stated on both sides, and
no official number is issued before an officer ends the reconciliation. Method: two tablets and an office work; a backup
is taken in between; tablets deliver more, a third tablet is enrolled after the backup, the office decides and reviews;
then its folder is gone. What the lost office said of every check is compared with what the restored one says."""
import os
import pathlib
import shutil
import tempfile
import unittest

import programs

BINARIES = os.environ["ZHICHA_BIN"]
PHOTO_BYTES = 120_000


class Restore(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="zhicha-restore-")
        cls.addClassCleanup(cls.temporary.cleanup)
        day = cls("day")
        day.folder = pathlib.Path(cls.temporary.name) / "day"
        day.folder.mkdir()
        day.made = 0
        cls.lost = day.day()

    def setUp(self):
        if self._testMethodName == "day":
            return
        temporary = tempfile.TemporaryDirectory(prefix="zhicha-restore-")
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        self.made = 1000
        # Each drill has its own copy of the tablets as they were when the server went.
        self.root_key, self.port, self.backup, self.checks, self.before, self.numbers_before = self.lost
        self.tablets = []
        for name in ("t1", "t2", "t3"):
            for part in (name, f"{name}.pin"):
                source = self.backup.parent / part
                (shutil.copytree if source.is_dir() else shutil.copy)(source, self.folder / part)
            tablet = programs.Tablet(BINARIES, self.folder / name)
            tablet.device = self.devices[name]
            self.tablets.append(tablet)

    devices = {}

    def tablet(self, name, person, office):
        tablet = programs.Tablet(BINARIES, self.folder / name)
        tablet.device = self.devices[name] = office.enrol(tablet, person)["device"]
        tablet.sync()
        return tablet

    def check(self, tablet, photos=1):
        """A check with a finding and photos, not yet sent. -> its id"""
        check = tablet.json("check", "start", "--site", "s1", "--no-fix-reason", "地下室")["check"]
        files = []
        for _ in range(photos):
            self.made += 1
            path = self.folder / f"photo{self.made}.png"
            path.write_bytes(programs.make_png(self.made, PHOTO_BYTES))
            files += ["--photo", path]
        tablet.json("finding", "add", check, "--severity", "minor", "--text", f"护栏缺失 {self.made}", *files)
        return check

    def said(self, office):
        """What an office says of each check, without what belongs to one life of its log."""
        def told(value):
            if isinstance(value, dict):
                return {k: told(v) for k, v in value.items() if k not in ("log", "received_at", "first_log", "last_log")}
            return [told(v) for v in value] if isinstance(value, list) else value
        return {check["id"]: told(check) for check in office.command("export", "--checks")["checks"]}

    def numbers(self, office):
        return {check: told.get("number") for check, told in self.said(office).items()}

    def back(self, *words):
        """The server's machine is gone, with everything on it but the root key, which lies elsewhere."""
        restored = programs.Office(BINARIES, self.folder / "restored")
        self.addCleanup(restored.close)
        told = restored.json("restore", *words, "--root-key", self.root_key)
        restored.port = self.port
        restored.serve()
        return restored, told

    def all_in_step(self, office, tablets, missing_photos=0):
        """Twice: what one brings, another may still have to pull."""
        for _ in range(2):
            statuses = [tablet.sync() for tablet in tablets]
        for tablet, status in zip(tablets, statuses):
            scope = office.command("fsck", "--scope", tablet.device)
            self.assertEqual(scope["state_hash"], status["state_hash"], tablet.folder.name)
            self.assertEqual(status["parked"], {"photos": 0, "runs": 0})
        fsck = office.command("fsck")
        self.assertTrue(fsck["ok"], fsck)
        self.assertEqual(fsck["missing_photos"], missing_photos)
        rebuilt = office.command("rebuild")
        self.assertTrue(rebuilt["same"], rebuilt)
        self.assertTrue(office.command("fsck")["ok"])

    def day(self):
        """Work before and after a backup, and the loss. -> what the drills need of it"""
        office = programs.make_office(BINARIES, self.folder / "ledger")
        try:
            office.serve()
            first, second = self.tablet("t1", "督查员甲", office), self.tablet("t2", "督查员乙", office)
            early = self.check(first)
            first.sync()
            backup = self.folder / "old.tar"
            office.command("backup", backup)
            third = self.tablet("t3", "督查员丙", office)
            self.check(first, 0)  # in one run with a check that is shared: a colleague has its digests alone
            late = [self.check(tablet, 2) for tablet in (first, second, third)]
            second.json("check", "finish", late[1])
            for tablet in (first, second, third):
                tablet.sync()
            # A colleague joins one of the late checks; the office asks about another and amends a finding.
            second.json("check", "start", "--join", late[0], "--invite", first.json("check", "invite", late[0])["invite"])
            second.sync()
            second.json("finding", "add", late[0], "--severity", "major", "--text", "乙在甲的检查里所见")
            second.sync()
            first.sync()
            finding = self.said(office)[late[0]]["findings"][0]["id"]
            office.json("amend", office.folder, finding, "--text", "护栏缺失，共三处", "--reason", "核对照片")
            office.json("review", office.folder, late[1], "--return", "--question", "请补充数量")
            for tablet in (first, second, third):
                tablet.sync()
            said, numbers = self.said(office), self.numbers(office)
        finally:
            office.close()
        shutil.rmtree(office.folder)
        return office.made["root_key_file"], office.port, backup, [early, *late], said, numbers

    def test_an_older_backup_with_tablets_ahead_of_it(self):
        tablets, before, numbers = self.tablets, self.before, self.numbers_before
        self.assertTrue(all(numbers.values()), numbers)
        restored, told = self.back(self.backup, self.folder / "restored")
        self.assertEqual(told["generation"], 2)
        self.assertTrue(restored.command("reconcile")["open"])
        # Work goes on meanwhile: a check that no server has ever seen gets no number yet.
        fresh = self.check(tablets[0])
        troubles = [t["code"] for t in tablets[0].json("sync")["troubles"]]
        self.assertEqual(troubles, ["bad_proof"], "the break is stated once")
        self.all_in_step(restored, tablets)
        for tablet in tablets:
            self.assertEqual(tablet.json("status")["breaks"], 1)
        after = self.said(restored)
        without_new = {check: told for check, told in after.items() if check != fresh}
        self.assertEqual(without_new, before)
        report = restored.command("reconcile")
        self.assertTrue(report["open"])
        self.assertEqual(report["waiting_numbers"], 1)
        self.assertEqual(report["doubled_numbers"], [])
        self.assertGreater(report["proven_leaves"], report["restored_leaves"])
        self.assertGreater(report["logs_seen"], report["restored_log"])
        self.assertTrue(report["recovered"])
        self.assertIsNone(self.numbers(restored)[fresh] or None)

        restored.call("reconcile", restored.folder, "--end", "--as", "督查员甲", expect=1)  # not a chief
        ended = restored.command("reconcile", "--end")
        self.assertEqual((ended["open"], ended["numbered"]), (False, 1))
        restored.call("reconcile", restored.folder, "--end", expect=1)
        now = self.numbers(restored)
        self.assertEqual({check: number for check, number in now.items() if check != fresh}, numbers)
        self.assertEqual(len(set(now.values())), len(now), "a number is given once")
        self.all_in_step(restored, tablets)

    def test_a_server_lost_with_no_backup_at_all(self):
        tablets, before = self.tablets, self.before
        first = tablets[0]
        note = self.folder / "key.note"
        first.json("key-note", note)
        first.call("key-note", note, expect=1)  # what is there is not written over
        for bad in (b"", b"x" * 100, note.read_bytes()[:-1], note.read_bytes() + b"\0"):
            spoilt = self.folder / "spoilt.note"
            spoilt.write_bytes(bad)
            programs.Office(BINARIES, self.folder / "refused").call(
                "restore", "--from-tablets", self.folder / "refused", "--root-key",
                self.root_key, "--note", spoilt, expect=1)
        restored, told = self.back("--from-tablets", self.folder / "restored", "--note", note)
        self.assertTrue(told["password"])
        self.all_in_step(restored, tablets)
        after = self.said(restored)
        self.assertEqual(after, before)
        report = restored.command("reconcile")
        self.assertEqual((report["restored_log"], report["waiting_numbers"]), (0, 0))
        restored.command("reconcile", "--end")
        self.all_in_step(restored, tablets)
        # A person, a tablet and a check that come now get the next number.
        fourth = self.tablet("t4", "督查员丁", restored)
        fresh = self.check(fourth)
        fourth.sync()
        numbers = self.numbers(restored)
        self.assertEqual(len(set(numbers.values())), len(numbers))
        self.assertTrue(numbers[fresh])

    def test_a_tablet_that_is_lost_too_comes_back_through_a_colleague(self):
        first, second, third = self.tablets
        note = self.folder / "key.note"
        second.json("key-note", note)
        shutil.rmtree(first.folder)
        restored, _ = self.back("--from-tablets", self.folder / "restored", "--note", note)
        self.all_in_step(restored, (second, third), missing_photos=2)  # they lay on the lost tablet alone
        after = self.said(restored)
        # The check of the lost tablet that a colleague had joined is there with all its words.
        joined = self.checks[1]
        self.assertEqual([f["text"] for f in after[joined]["findings"]], [f["text"] for f in self.before[joined]["findings"]])
        self.assertTrue(restored.command("fsck")["holes"] > 0, "what nobody saw is a labelled hole")


if __name__ == "__main__":
    unittest.main(verbosity=2)
