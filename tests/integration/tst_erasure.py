#!/usr/bin/env python3
"""Bodies and photos erased by two officers, with the two programs. Goal: the text and the picture are in no file of the
office any more, whatever is sent again, whatever a kill cut short and whatever is rebuilt; fsck, receipts and tablets
agree; who holds it drops it. Method: a marked text, every file of the data folder searched for it byte by byte."""
import os
import shutil
import signal
import subprocess
import unittest

import programs

BINARIES = os.environ["ZHICHA_BIN"]
SECRET = "举报人张三，电话一三八零零一三八零零零"
PHOTO_BYTES = 30_000


class Erasure(unittest.TestCase):
    def setUp(self):
        programs.set_up(self, BINARIES)
        for name, role in (("审核员丙", "reviewer"), ("主任戊", "chief"), ("安全丁", "security")):
            self.office.json("user", "add", self.office.folder, "--name", name, "--role", role)
        self.check = self.tablet.json("check", "start", "--site", "s1", "--no-fix-reason", "地下室")["check"]
        self.picture = programs.make_png(7, PHOTO_BYTES)
        path = self.folder / "photo.png"
        path.write_bytes(self.picture)
        self.finding = self.tablet.json("finding", "add", self.check, "--severity", "minor", "--text",
                                        f"护栏缺失，{SECRET}", "--photo", path)["finding"]
        self.tablet.json("finding", "amend", self.finding, "--text", f"护栏缺失三处，{SECRET}", "--reason", "补充")
        self.kept = self.tablet.json("finding", "add", self.check, "--severity", "minor", "--text", "井盖破损")["finding"]
        self.tablet.sync()
        self.photo = programs.sha256(self.picture)

    def ask(self, *more):
        return self.office.command("erase", "ask", self.check, "--entities", self.finding, "--reason", "含举报人信息",
                                   "--as", "审核员丙", *more)["erasure"]

    def confirm(self, erasure):
        return self.office.command("erase", "confirm", erasure, "--as", "安全丁")

    def holding(self, folder, *wanted):
        """Files under the folder that hold any of these bytes."""
        wanted = [w.encode() if isinstance(w, str) else w for w in wanted]
        return [str(p.relative_to(folder)) for p in sorted(folder.rglob("*")) if p.is_file()
                and any(w in p.read_bytes() for w in wanted)]

    def nothing_left(self):
        # A piece from the middle of the picture, so that neither header nor trailer is taken for it.
        piece = self.picture[len(self.picture) // 2:][:64]
        self.assertEqual(self.holding(self.office.folder, SECRET, "举报人张三", piece), [])

    def in_step(self):
        return programs.in_step(self, self.office, self.tablet)[1]

    def texts(self):
        return [f["text"] for c in self.office.command("export", "--checks")["checks"] for f in c["findings"]]

    def test_text_and_picture_are_in_no_file_and_every_proof_holds(self):
        image = self.folder / "image"
        shutil.copytree(self.tablet.folder, image)
        self.assertEqual(len(self.holding(self.office.folder, SECRET)) > 0, True)
        before = self.office.command("fsck")
        erasure = self.ask("--photos", self.photo)
        self.assertEqual(len(self.texts()), 2)
        told = self.confirm(erasure)
        self.assertTrue(told["finished"], told)
        self.assertEqual((told["operations"], told["photos"]), (2, 2))  # the preview goes with its photo
        self.nothing_left()
        self.assertEqual(self.texts(), ["井盖破损"])
        fsck = self.in_step()
        self.assertEqual(fsck["operations"], before["operations"] + 2)
        listed = self.office.command("erase", "list", self.check)["erasures"]
        self.assertEqual([(e["asked_by"], e["erased_by"], e["reason"]) for e in listed],
                         [("审核员丙", "安全丁", "含举报人信息")])
        # The tablet as it was before the erasure is put back: it holds the text, sends what it has, and drops it.
        shutil.rmtree(self.tablet.folder)
        shutil.copytree(image, self.tablet.folder)
        self.in_step()
        self.assertEqual(self.texts(), ["井盖破损"])
        rebuilt = self.office.command("rebuild")
        self.assertTrue(rebuilt["same"], rebuilt)
        self.assertEqual(rebuilt["placed"], 0)
        self.in_step()
        self.nothing_left()
        # A backup made now holds none of it either, and a fresh office from it is whole.
        backup = self.folder / "after.tar"
        self.office.command("backup", backup)
        self.assertNotIn(SECRET.encode(), backup.read_bytes())

    def test_one_officer_erases_nothing(self):
        erasure = self.office.command("erase", "ask", self.check, "--entities", self.finding, "--reason", "x", "--as",
                                      "主任戊")["erasure"]
        for words in (("--as", "主任戊"), (), ("--as", "审核员丙"), ("--as", "督查员甲")):
            self.office.command("erase", "confirm", erasure, *words, expect=1)
        self.assertEqual(len(self.texts()), 2)
        self.confirm(erasure)
        self.assertEqual(self.texts(), ["井盖破损"])

    def test_a_kill_anywhere_between_the_operation_and_the_deletion_is_made_good(self):
        erasure = self.ask("--photos", self.photo)
        self.assertEqual(self.office.end(), 0)
        image = self.folder / "image"
        shutil.copytree(self.office.folder, image)
        cut_short = 0
        for call, number in (("pwrite64", 4), ("pwrite64", 12), ("pwrite64", 25), ("pwrite64", 60), ("pwrite64", 120),
                             ("unlinkat", 1), ("unlinkat", 2), ("ftruncate", 1), ("fdatasync", 1), ("fdatasync", 3)):
            with self.subTest(call=call, number=number):
                shutil.rmtree(self.office.folder)
                shutil.copytree(image, self.office.folder)
                line = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e",
                        f"inject={call}:signal=KILL:when={number}", "--", self.office.path, "erase",
                        self.office.folder, "confirm", erasure, "--as", "安全丁", "--json"]
                subprocess.run([str(w) for w in line], env=self.office.env, stdin=subprocess.DEVNULL,
                               capture_output=True, timeout=programs.PATIENCE_S, check=False)
                said = self.office.command("erase", "list", self.check)["erasures"][0]
                if "erased_on" not in said:
                    self.assertEqual(len(self.texts()), 2)  # nothing of it happened
                    self.confirm(erasure)
                elif self.office.command("fsck", expect=None)["ok"]:
                    self.nothing_left()  # it was done, only the answer was cut off
                else:
                    cut_short += 1
                    self.office.json("erase", self.office.folder, "--finish")
                self.nothing_left()
                fsck = self.office.command("fsck")
                self.assertTrue(fsck["ok"], fsck)
        self.assertGreater(cut_short, 1)
        self.office.serve()
        self.in_step()

    def test_a_restored_backup_forgets_again_once_a_tablet_shows_the_erasure(self):
        root_key = self.folder / "root.key"
        shutil.copy(self.office.made["root_key_file"], root_key)
        backup = self.folder / "before.tar"
        self.office.command("backup", backup)
        self.confirm(self.ask("--photos", self.photo))
        self.tablet.sync()
        port = self.office.port
        self.office.end(signal.SIGKILL)
        self.office = programs.Office(BINARIES, self.folder / "restored")
        self.addCleanup(self.office.close)
        self.office.json("restore", backup, self.office.folder, "--root-key", root_key)
        self.office.port = port
        self.office.serve()
        self.assertEqual(len(self.texts()), 2)  # the backup was made before
        for _ in range(2):
            self.tablet.sync()
        self.assertEqual(self.texts(), ["井盖破损"])
        self.assertEqual(self.office.end(), 0)
        self.office.serve()
        self.nothing_left()
        self.in_step()

    def test_what_is_withheld_stays_here_and_goes_to_no_colleague(self):
        self.office.command("withhold", self.check, "--entities", self.finding, "--reason", "涉密", "--as", "审核员丙")
        colleague = programs.Tablet(BINARIES, self.folder / "colleague")
        self.office.enrol(colleague, "督查员乙")
        colleague.sync()
        colleague.json("check", "start", "--join", self.check)
        colleague.sync()
        colleague.sync()
        self.assertEqual(len(self.texts()), 2)
        self.assertTrue(self.office.command("fsck")["ok"])
        seen = colleague.json("status")
        self.assertEqual(seen["parked"], {"photos": 0, "runs": 0})


if __name__ == "__main__":
    unittest.main(verbosity=2)
