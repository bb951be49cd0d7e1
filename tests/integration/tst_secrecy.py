#!/usr/bin/env python3
"""What a locked store gives away. Goal: without the PIN (tablet) or the key file (server) nothing is readable and no
command runs. Method: words and photo bytes that were put in are searched in every file of the folder, at rest and while
the programs hold it open; wrong secrets are tried."""
import os
import pathlib
import shutil
import tempfile
import unittest

import programs

BINARIES = os.environ["ZHICHA_BIN"]
TEXT, NOTE, PERSON = "桥头排水沟堵塞积水", "门卫称负责人下午返回", "欧阳督查"


def hits(folder, needles):
    """(file, needle) for each needle that stands in a file of the folder as it is."""
    found = []
    for file in sorted(p for p in pathlib.Path(folder).rglob("*") if p.is_file()):
        content = file.read_bytes()
        found += [(file.name, needle) for needle in needles if needle in content]
    return found


class Secrecy(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="zhicha-secrecy-")
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def field_day(self, office):
        """One check with a finding, a note and a photo, delivered. -> tablet, check, what must not be readable."""
        self.addCleanup(office.close)
        office.serve()
        tablet = programs.Tablet(BINARIES, self.folder / "tablet")
        office.enrol(tablet, PERSON)
        tablet.sync()
        photo = programs.make_png(7, 200_000)
        (self.folder / "photo.png").write_bytes(photo)
        check = tablet.json("check", "start", "--site", "s1", "--no-fix-reason", "室内")["check"]
        tablet.json("finding", "add", check, "--severity", "major", "--text", TEXT, "--photo", self.folder / "photo.png")
        tablet.json("check", "note", check, "--text", NOTE)
        needles = [t.encode() for t in (TEXT, NOTE, PERSON, "黄河大桥南引道", "finding.record", "SQLite format 3")]
        needles += [photo[at:at + 32] for at in (0, 1000, 100_000, 199_000)]
        return tablet, check, needles

    def test_a_tablets_store_without_its_pin(self):
        tablet, check, needles = self.field_day(programs.make_office(BINARIES, self.folder / "ledger"))
        self.assertEqual(hits(tablet.folder, needles), [])
        tablet.sync()
        self.assertEqual(hits(tablet.folder, needles), [])
        before = tablet.json("status")["operations"]
        right = tablet.pin_file.read_text(encoding="utf-8")
        for wrong in ("平板口令-284618\n", "0\n", right.strip() + "x\n"):
            tablet.pin_file.write_text(wrong, encoding="utf-8")
            for words in (["status"], ["sites"], ["check", "note", check, "--text", "x"], ["sync"]):
                answer = tablet.call(*words, "--json", expect=1)
                self.assertEqual(answer.json["error"]["code"], "wrong_pin")
                for secret in (TEXT, NOTE, PERSON):
                    self.assertNotIn(secret, answer.out + answer.err)
        tablet.pin_file.write_text(right, encoding="utf-8")
        self.assertEqual(tablet.json("status")["operations"], before)

    def test_a_folder_with_a_key_file(self):
        key = self.folder / "office.key"
        office = programs.make_office(BINARIES, self.folder / "ledger", {"ZHICHA_KEY_FILE": str(key)})
        tablet, _, needles = self.field_day(office)
        tablet.sync()
        self.assertEqual(hits(office.folder, needles), [], "while it is served, its journal included")
        self.assertEqual(office.end(), 0)
        self.assertEqual(hits(office.folder, needles + [b"PRIVATE KEY"]), [])
        self.assertIn(TEXT, office.call("export", office.folder, "--checks").out)

        without = programs.Program(office.path)
        other = self.folder / "other.key"
        other.write_text("another secret of enough length\n", encoding="utf-8")
        for words in (["export", office.folder, "--checks"], ["fsck", office.folder], ["serve", office.folder],
                      ["backup", office.folder, self.folder / "b.tar"]):
            for more in ([], ["--key-file", other], ["--key-file", self.folder / "nothing"]):
                answer = without.call(*words, *more, expect=None)
                self.assertIn(answer.code, (1, 2), str(answer))
                self.assertEqual(answer.out.strip(), "")
        self.assertIn(TEXT, without.call("export", office.folder, "--checks", "--key-file", key).out)

    def test_a_backup_of_a_folder_with_a_key_file(self):
        key = self.folder / "office.key"
        office = programs.make_office(BINARIES, self.folder / "ledger", {"ZHICHA_KEY_FILE": str(key)})
        tablet, _, needles = self.field_day(office)
        tablet.sync()
        (self.folder / "kept").mkdir()
        office.command("backup", self.folder / "kept" / "b.tar")
        self.assertEqual(hits(self.folder / "kept", needles + [b"PRIVATE KEY"]), [])

    def test_a_folder_without_a_key_file_refuses_one(self):
        office = programs.make_office(BINARIES, self.folder / "ledger")
        key = self.folder / "k"
        key.write_text("a secret of enough length\n", encoding="utf-8")
        office.call("fsck", office.folder, "--key-file", key, expect=2)

    def test_a_tablets_store_copied_without_its_key_file(self):
        tablet, _, _ = self.field_day(programs.make_office(BINARIES, self.folder / "ledger"))
        copy = programs.Tablet(BINARIES, self.folder / "copy")
        shutil.copy(tablet.folder / "store.db", copy.folder)
        self.assertEqual(copy.call("status", "--json", expect=1).json["error"]["code"], "not_found")


if __name__ == "__main__":
    unittest.main(verbosity=2)
