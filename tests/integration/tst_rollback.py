#!/usr/bin/env python3
"""A tablet's store put back, copied, revoked. Goal: an older image catches up by itself and says so; a copy that records on
its own is a fork that both sides state and that loses nothing; what a revoked tablet recorded counts once it is readmitted.
Method: folders of real stores are copied and put back."""
import os
import shutil
import unittest

import programs

BINARIES = os.environ["ZHICHA_BIN"]


class Rollback(unittest.TestCase):
    def setUp(self):
        programs.set_up(self, BINARIES)
        self.check = self.tablet.json("check", "start", "--site", "s1", "--no-fix-reason", "地下室")["check"]
        self.tablet.sync()

    def note(self, text, tablet=None):
        (tablet or self.tablet).json("check", "note", self.check, "--text", text)

    def put_back(self, image):
        shutil.rmtree(self.tablet.folder)
        shutil.copytree(image, self.tablet.folder)

    def in_step(self):
        return programs.in_step(self, self.office, self.tablet)[0]

    def kinds(self):
        return [o["kind"] for o in self.tablet.json("status")["operations_list"]]

    def standing(self):
        return next(d for d in self.office.command("devices")["devices"] if d["id"] == self.tablet.device)

    def test_an_older_image_catches_up_and_says_so(self):
        image = self.folder / "image"
        shutil.copytree(self.tablet.folder, image)
        for number in range(3):
            self.note(f"记 {number}")
            self.tablet.sync()
        whole = self.kinds()
        self.put_back(image)
        self.assertLess(len(self.kinds()), len(whole))
        self.in_step()
        self.assertEqual(self.kinds(), [*whole, "device.rollback"])
        self.assertEqual(self.standing()["standing"], "trusted")
        self.note("之后")
        self.in_step()
        self.assertEqual(self.kinds().count("device.rollback"), 1)

    def test_an_image_with_a_half_cut_run_catches_up(self):
        self.note("一")
        self.note("二")
        image = self.folder / "image"
        shutil.copytree(self.tablet.folder, image)  # recorded, not yet cut into a run
        self.note("三")
        self.tablet.sync()
        self.put_back(image)
        self.in_step()
        self.assertEqual(self.kinds()[-1], "device.rollback")

    def test_a_copy_that_records_on_its_own_is_a_fork_and_loses_nothing(self):
        copy = programs.Tablet(BINARIES, self.folder / "copy")
        shutil.rmtree(copy.folder)
        shutil.copytree(self.tablet.folder, copy.folder)
        self.note("原机所记")
        self.note("副本所记", copy)
        self.tablet.sync()
        copy.call("sync", "--json", expect=None)
        self.assertEqual(self.standing()["standing"], "disputed")
        self.assertIn("fork", {alarm["what"] for alarm in self.office.command("devices")["alarms"]})
        outcomes = {o.get("outcome") for o in copy.json("status")["operations_list"]}
        self.assertIn("fork", outcomes)
        fsck = self.office.command("fsck")
        self.assertTrue(fsck["ok"], fsck)

    def test_a_revoked_tablet_is_readmitted(self):
        self.note("停用前")
        self.tablet.sync()
        head = self.standing()["head"]
        self.office.command("revoke", self.tablet.device, "--cut", head, "--reason", "丢失")
        self.note("停用后")
        self.tablet.call("sync", "--json", expect=None)
        last = self.tablet.json("status")["operations_list"][-1]
        self.assertEqual(last["outcome"], "ineffective:past_cut")
        self.office.command("readmit", self.tablet.device, "--upto", str(head + 1), "--reason", "已找回")
        self.note("找回后")
        self.tablet.call("sync", "--json", expect=None)
        notes = [n["text"] for c in self.office.command("export", "--checks")["checks"] for n in c["notes"]]
        self.assertIn("停用后", notes)


if __name__ == "__main__":
    unittest.main(verbosity=2)
