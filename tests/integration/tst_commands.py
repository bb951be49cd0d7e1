#!/usr/bin/env python3
"""The fixed command line. Goal: every command has --help, prints one JSON value with --json, and ends 0, 1 or 2 as
written. Method: the lists of commands are read from what the programs themselves print."""
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import programs

BINARIES = os.environ["ZHICHA_BIN"]
LATER_SERVER = ("bundle", "fork")
LATER_FIELD = ("assignments", "open", "check report")
# The command line of design 2; a command that vanishes from the overview must fail here.
SERVER = {"init", "serve", "user", "enrol-code", "import", "export", "assess", "due", "bundle", "fsck", "rebuild", "backup",
          "restore", "import-outbox", "key", "review", "close", "conflicts", "decide", "amend", "void", "revoke",
          "readmit", "fork", "paper"}
FIELD = {"enrol", "sync", "status", "sites", "assignments", "open", "check start", "check invite", "check answer", "check tally",
         "check reply", "check note", "check attest", "check sign", "check report", "check finish", "finding add",
         "finding amend", "finding void", "void", "site propose", "export-outbox"}


class Commands(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="zhicha-commands-")
        cls.folder = pathlib.Path(cls.temporary.name)
        cls.office = programs.make_office(BINARIES, cls.folder / "ledger").serve()
        cls.tablet = programs.Tablet(BINARIES, cls.folder / "tablet")

    @classmethod
    def tearDownClass(cls):
        cls.office.close()
        cls.temporary.cleanup()

    def refused(self, program, *words, code):
        """Exit 1, the code in JSON, words in both languages for people."""
        answer = program.call(*words, "--json", expect=1)
        said = answer.json.get("error", answer.json)
        self.assertEqual(said["code"], code, str(answer))
        self.assertRegex(answer.err, "[\u4e00-\u9fff]")
        self.assertRegex(answer.err, "[a-z]{4}")

    def test_every_command_of_the_server_has_help(self):
        listed = set(re.findall(r"^  ([a-z-]+) ", self.office.call("--help").out, re.M))
        self.assertLessEqual(SERVER, listed)
        for name in listed:
            answer = self.office.call(name, "--help")
            self.assertIn(f"zhicha-server {name}", answer.out)

    def test_every_command_of_the_tablet_has_help(self):
        overview = self.tablet.call("--help").out
        listed = set(re.findall(r"^  ([a-z-]+(?: [a-z]+)?)  ", overview, re.M))
        self.assertLessEqual(FIELD, listed)
        for name in listed:
            self.assertIn(f"zhicha-field --store DIR {name}", self.tablet.call(*name.split(), "--help").out)

    def test_what_comes_later_says_so_in_one_line(self):
        for program, names in ((self.office, LATER_SERVER), (self.tablet, LATER_FIELD)):
            for name in names:
                answer = program.call(*name.split(), "x", "y", expect=1)
                self.assertEqual(answer.err.count("\n"), 1, str(answer))
                self.assertIn("later version", answer.err)
        self.refused(self.office, "init", self.folder / "other", "--suite", "2", code="not_yet")
        for option in ("--database", "--blobs"):
            self.refused(self.office, "serve", self.folder / "other", option, "x", code="not_yet")

    def test_wrong_usage_exits_2(self):
        for words in ([], ["nonsense"], ["export"], ["export", self.office.folder, "--nonsense"],
                      ["enrol-code", self.office.folder], ["user", "remove", self.office.folder],
                      ["serve", self.office.folder, "--listen", "nonsense"],
                      ["revoke", self.office.folder, "x", "--cut", "many", "--reason", "r"]):
            self.office.call(*words, expect=2)
        for words in ([], ["nonsense"], ["check"], ["check", "start", "--nonsense"], ["check", "note", "current"],
                      ["check", "tally", "current", "--satisfied", "x", "--neutral", "0", "--dissatisfied", "0"],
                      ["sync", "surplus"]):
            self.tablet.call(*words, expect=2)

    def test_what_is_refused_exits_1_and_says_why(self):
        self.refused(self.office, "export", self.folder / "nothing", code="not_found")
        self.refused(self.office, "init", self.office.folder, code="already_done")
        self.refused(self.office, "serve", self.office.folder, code="store_locked")
        self.refused(self.office, "import", self.office.folder, self.folder / "nothing.json", code="not_found")
        self.refused(self.office, "void", self.office.folder, "s9", "--reason", "r", code="not_found")
        self.refused(programs.Tablet(BINARIES, self.folder / "fresh"), "status", code="not_found")
        for code in ("p1", "p2"):
            self.office.json("user", "add", self.office.folder, "--name", "赵一", "--code", code, "--role", "inspector")
        self.refused(self.office, "enrol-code", self.office.folder, "--inspector", "赵一", code="ambiguous")

    def test_an_answer_that_cannot_be_written_is_no_success(self):
        """Standard output is full: the command's work stands, but nobody may take the empty answer for one."""
        office = programs.make_office(BINARIES, self.folder / "mute-ledger").serve()
        self.addCleanup(office.close)
        tablet = programs.Tablet(BINARIES, self.folder / "mute")
        office.enrol(tablet, "督查员甲")
        for program, words in ((office, ("fsck", office.folder, "--json")), (office, ("--help",)),
                               (office, ("fsck", "--help")), (tablet, ("status", "--json")), (tablet, ("--help",))):
            with open("/dev/full", "wb") as full:
                done = subprocess.run(program.line(words), env=program.env, stdin=subprocess.DEVNULL, stdout=full,
                                      stderr=subprocess.PIPE, text=True, timeout=programs.PATIENCE_S, check=False)
            self.assertEqual(done.returncode, 1, f"{words}: {done.stderr}")
            self.assertIn("could not be written whole", done.stderr, words)

    def test_figures_of_a_file_and_of_a_folder(self):
        golden = pathlib.Path(__file__).parents[1] / "unit/shared/rules/golden"
        file = golden / "reasons.ledger.json"
        for command, words in (("assess", ["--commend", "midyear"]), ("due", [])):
            expected = json.loads((golden / f"reasons.{command}.json").read_text("utf-8"))
            for way in ([], ["--json"]):
                printed = self.office.call(command, file, "--as-of", expected["as_of"], *words, *way).out
                self.assertEqual(json.loads(printed), expected)
        # A folder's figures are those of what export prints of it, also through the server that holds it.
        exported = self.folder / "exported.json"
        exported.write_text(self.office.call("export", self.office.folder).out, "utf-8")
        for command in ("assess", "due"):
            of_folder = self.office.call(command, self.office.folder, "--as-of", "2026-06-30", "--json").out
            self.assertEqual(of_folder, self.office.call(command, exported, "--as-of", "2026-06-30", "--json").out)
            self.assertTrue(json.loads(of_folder))
        explained = self.office.call("assess", file, "--as-of", "2024-06-28", "--explain").json
        self.assertEqual(explained["rules"]["id"], "sanmenxia-2019-21")

    def test_a_whole_ledger_file_goes_in_and_comes_out(self):
        golden = pathlib.Path(__file__).parents[1] / "unit/shared/rules/golden"
        for name, words in (("reasons", ["--commend", "midyear"]), ("months", [])):
            folder = self.folder / name
            self.office.call("init", folder)
            file = golden / f"{name}.ledger.json"
            planned = self.office.json("import", folder, file, "--dry-run")
            self.assertEqual(planned["events"]["new"], len(json.loads(file.read_text("utf-8"))["events"]))
            self.office.call("import", folder, file)
            for command, given in (("assess", words), ("due", [])):
                expected = json.loads((golden / f"{name}.{command}.json").read_text("utf-8"))
                if "commended" not in expected:
                    given = []
                printed = self.office.call(command, folder, "--as-of", expected["as_of"], *given).out
                self.assertEqual(json.loads(printed), expected)
            before = self.office.json("fsck", folder)
            again = self.office.json("import", folder, file)
            counts = [rows for rows in again.values() if isinstance(rows, dict)]
            self.assertTrue(counts)
            self.assertFalse([c for c in counts if c["new"] or c.get("changed") or c.get("removed")])
            self.assertEqual(self.office.json("fsck", folder), before)
        events = json.loads((golden / "reasons.ledger.json").read_text("utf-8"))["events"]
        self.office.call("void", self.folder / "reasons", events[0]["id"], "--reason", "登错")
        self.assertNotIn(events[0]["id"], [e["id"] for e in self.office.call("export", self.folder / "reasons").json["events"]])

    def test_figures_are_refused_whole(self):
        broken = self.folder / "broken.json"
        broken.write_text('{"units":[],"items":[{"id":"i1","number":"","title":"","source":1,"kind":"general","lead":"u9"}]}')
        for command in ("assess", "due"):
            answer = self.office.call(command, broken, "--as-of", "2026-06-30", "--json", expect=1)
            self.assertEqual(answer.json["detail"], 'items[0].lead: unknown unit "u9"')
            self.assertNotIn("as_of", answer.json)
            self.assertEqual(self.office.call(command, broken, "--as-of", "2026-06-30", expect=1).out, "")
            for words in (["--as-of", "2026-02-30"], [], ["--as-of", "2026-01-01", "--commend", "weekly"]):
                self.office.call(command, broken, *words, expect=2)
            self.refused(self.office, command, self.folder / "nothing", "--as-of", "2026-01-01", code="not_found")
            answer = self.office.call(command, broken, "--as-of", "2026-06-30", "--rules", broken, "--json", expect=1)
            self.assertIn("broken.json: format: missing", answer.json["detail"])
        calendar = self.folder / "2027.csv"
        calendar.write_text("date,kind,name\n2027-01-01,rest,\n")
        golden = pathlib.Path(__file__).parents[1] / "unit/shared/rules/golden/reasons.ledger.json"
        without = self.office.call("due", golden, "--as-of", "2027-02-01")
        self.assertIn("undetermined", json.loads(without.out))
        self.assertIn("2027", without.err)
        self.assertNotIn("undetermined", self.office.call("due", golden, "--as-of", "2027-02-01", "--calendar", calendar).json)

    def test_every_command_prints_json(self):
        office, folder = self.office, self.office.folder
        first, second = self.tablet, programs.Tablet(BINARIES, self.folder / "second")
        device = office.enrol(first, "钱二")["device"]
        office.enrol(second, "孙三")
        first.sync()
        second.sync()
        self.assertEqual({s["code"] for s in first.json("sites")["sites"]}, {"s1", "s2"})
        self.assertIn("site", first.json("site", "propose", "--name", "新工地", "--lat", "34.7", "--lon", "111.2"))
        check = first.json("check", "start", "--site", "s1", "--item", "i1", "--no-fix-reason", "室内")["check"]
        first.json("check", "answer", check, "--item", "i1", "--question", "satisfied", "--value", "partly")
        first.json("check", "tally", check, "--satisfied", "3", "--neutral", "1", "--dissatisfied", "0")
        first.json("check", "note", check, "--text", "门卫不在")
        first.json("check", "attest", check, "--clause", "1", "--said", "kept")
        finding = first.json("finding", "add", check, "--severity", "minor", "--text", "路灯不亮")["finding"]
        first.json("finding", "amend", finding, "--text", "两盏路灯不亮", "--reason", "复看")
        first.json("finding", "void", finding, "--reason", "看错")
        first.json("finding", "void", finding, "--reason", "没看错", "--undo")
        first.json("check", "sign", check)
        first.json("check", "finish", check)
        first.sync()
        invite = first.json("check", "invite", check, "--minutes", "5")["invite"]
        second.call("check", "start", "--join", check, "--invite", "xyz", expect=2)
        self.assertEqual(second.json("check", "start", "--join", check, "--invite", invite)["check"], check)
        second.json("check", "finish", "current")  # the check joined is the current one
        second.sync()
        self.assertNotIn("join_waits", [alarm["what"] for alarm in office.command("devices")["alarms"]])
        self.assertIn("state_hash", first.json("status"))
        office.command("amend", finding, "--severity", "major", "--reason", "照片可见")
        office.command("void", finding, "--reason", "重复")
        office.command("void", finding, "--reason", "并非重复", "--undo")
        question = office.command("review", check, "--return", "--question", "几盏？")["questions"][0]["id"]
        first.sync()
        first.json("check", "reply", check, "--question", question, "--text", "两盏")
        first.sync()
        self.assertEqual(office.command("review", check, "--accept")["state"], "accepted")
        self.assertEqual(office.command("conflicts")["conflicts"], [])
        for name in ("users", "devices", "export", "fsck", "rebuild"):
            self.assertIsInstance(office.command(name), dict)
        office.command("backup", self.folder / "backup.tar")
        head = office.command("devices")["devices"][0]["head"]
        office.command("revoke", device, "--cut", 1, "--reason", "遗失")
        office.command("readmit", device, "--upto", head, "--reason", "找回")
        other = second.json("check", "start", "--site", "s2", "--no-fix-reason", "室内")["check"]
        second.sync()
        self.assertIsInstance(office.command("close", other, "--reason", "平板遗失"), dict)
        plain = office.call("export", folder).out
        self.assertEqual(json.loads(plain), office.command("export"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
