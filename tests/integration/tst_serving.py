#!/usr/bin/env python3
"""Commands while serving, the clean stop, backup and restore. Goal: a command does the same whoever holds the folder; a
stop loses no request; a restored folder goes on where the tablets are. Method: two copies of one ledger get the same
commands, one of them served; a request is held open over SIGTERM; a backup is taken in the middle of uploads and restored
into a new folder, which then serves the same tablets."""
import collections
import os
import pathlib
import re
import shutil
import socket
import ssl
import tempfile
import threading
import unittest

import programs

BINARIES = os.environ["ZHICHA_BIN"]
IDS = [f"01a20d87-0000-7000-8000-00000000000{n}" for n in range(5)]


class Serving(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="zhicha-serving-")
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)

    def office(self, name="ledger"):
        office = programs.make_office(BINARIES, self.folder / name)
        self.addCleanup(office.close)
        return office

    def tablet(self, office, name, person):
        tablet = programs.Tablet(BINARIES, self.folder / name)
        tablet.device = office.enrol(tablet, person)["device"]
        tablet.sync()
        return tablet

    def record(self, tablet, photos, size=700_000):
        """A check with a finding and photos. -> digests"""
        digests, words = [], []
        for number in range(photos):
            photo = programs.make_png(f"{tablet.folder.name} {number} {size}", size)
            path = self.folder / f"{tablet.folder.name}-{number}.png"
            path.write_bytes(photo)
            words += ["--photo", path]
            digests.append(programs.sha256(photo))
        check = tablet.json("check", "start", "--site", "s1", "--no-fix-reason", "室内")["check"]
        tablet.json("finding", "add", check, "--severity", "minor", "--text", "围挡破损", *words)
        return digests

    def test_commands_are_the_same_while_serving(self):
        served = self.office()
        other = programs.Office(BINARIES, self.folder / "copy")
        shutil.copytree(served.folder, other.folder)
        served.serve()
        city = self.folder / "ledger.city.json"
        commands = [("user", "add", None, "--name", "王督查", "--role", "inspector", "--id", IDS[0], "--team", "一组"),
                    ("user", "add", None, "--name", "王督查", "--role", "inspector", "--id", IDS[0], "--team", "一组"),
                    ("user", "add", None, "--name", "李审核", "--role", "nonsense"), ("users", None), ("import", None, city),
                    ("export", None), ("export", None, "--checks"), ("conflicts", None), ("devices", None),
                    ("void", None, "s2", "--reason", "重复"), ("export", None), ("void", None, "s2", "--reason", "误", "--undo"),
                    ("close", None, IDS[4], "--reason", "r"), ("decide", None, IDS[4], "text", "--value", "v", "--reason", "r"),
                    ("revoke", None, IDS[4], "--cut", "x", "--reason", "r"), ("import", None, self.folder / "none.json"),
                    ("export", None, "--nonsense"), ("fsck", None, "--scope", "x")]
        for words in commands:
            answers = []
            for office in (served, other):
                said = office.call(*(office.folder if word is None else word for word in words), "--json", expect=None)
                answers.append((said.code, re.sub(r'"operation":"[0-9a-f]{64}"', "", said.out), said.err.replace(str(office.folder), "DIR")))
                # An operation has random bytes and a time, so its digest is another one in each ledger.
            self.assertEqual(answers[0], answers[1], words)
        for office in (served, other):
            self.assertTrue(office.command("fsck")["ok"])
            self.assertTrue(office.command("rebuild")["same"])

    def test_sigterm_finishes_a_running_request(self):
        office = self.office().serve()
        tablet = self.tablet(office, "tablet", "王督查")
        # {"device": 16 bytes} asks for a challenge; one byte is held back until the server is stopping.
        body = b"\xa1\x66device\x50" + bytes.fromhex(tablet.device.replace("-", ""))
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with context.wrap_socket(socket.create_connection(("127.0.0.1", office.port), programs.PATIENCE_S)) as link:
            link.sendall(b"POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/cbor\r\nContent-Length: " +
                         str(len(body)).encode() + b"\r\nExpect: 100-continue\r\n\r\n")
            self.assertIn(b"100", link.recv(1000))  # the server has the head and waits for the body
            link.sendall(body[:-1])
            office.process.terminate()
            office.wait_for(lambda line: "stopping" in line)
            link.sendall(body[-1:])
            answer = link.recv(4000)
            self.assertTrue(answer.startswith(b"HTTP/1.1 200"), answer)
        self.assertEqual(office.ended(), 0)
        with self.assertRaises(OSError):
            socket.create_connection(("127.0.0.1", office.port), 5)
        self.assertTrue(office.command("fsck")["ok"])

    def test_a_second_serve_of_one_folder_is_refused(self):
        office = self.office().serve()
        self.assertEqual(office.call("serve", office.folder, "--listen", "127.0.0.1:0", expect=1).code, 1)
        self.assertTrue(office.command("fsck")["ok"])

    def backed_up(self):
        """An office with two tablets; a backup made while the second one uploads. -> office, tablets, digests, file"""
        office = self.office().serve()
        first, second = self.tablet(office, "first", "王督查"), self.tablet(office, "second", "李督查")
        wanted = self.record(first, 2)
        first.sync()
        self.record(second, 3)
        before = len(office.lines)
        upload = threading.Thread(target=second.sync)
        upload.start()
        office.wait_for(lambda line: '"PATCH"' in line and '"status":204' in line, after=before)
        during = office.command("backup", self.folder / "during.tar")
        upload.join()
        self.assertGreaterEqual(during["photos"], len(wanted))
        return office, first, second, during

    def test_a_backup_made_while_serving_restores(self):
        office, _, _, during = self.backed_up()
        self.assertTrue(office.command("fsck")["ok"])
        restored = programs.Office(BINARIES, self.folder / "restored")
        told = restored.json("restore", self.folder / "during.tar", restored.folder, "--root-key",
                             office.made["root_key_file"])
        self.assertEqual((told["generation"], told["photos"]), (2, during["photos"]))
        fsck = restored.command("fsck")
        self.assertTrue(fsck["ok"], fsck)
        self.assertEqual(fsck["photos"], during["photos"])
        stored = [programs.sha256(f.read_bytes()) for f in (restored.folder / "photos").rglob("*") if f.is_file()]
        present = {photo for _, photo, _, there in restored.photos_of_checks() if there}
        self.assertLessEqual(present, set(stored))

    def test_tablets_that_delivered_everything_go_on_after_a_restore(self):
        office, first, second, _ = self.backed_up()
        first.sync()
        backup = self.folder / "whole.tar"
        office.command("backup", backup)
        before = collections.Counter(office.photos_of_checks())
        self.assertEqual(office.end(), 0)
        restored = programs.Office(BINARIES, self.folder / "restored")
        self.addCleanup(restored.close)
        for key in ("nothing", "ledger.city.json"):
            restored.call("restore", backup, self.folder / "refused", "--root-key", self.folder / key, expect=1)
        restored.json("restore", backup, restored.folder, "--root-key", office.made["root_key_file"])
        restored.call("restore", backup, restored.folder, "--root-key", office.made["root_key_file"], expect=1)
        restored.port = office.port  # where the tablets look
        restored.serve()
        self.assertEqual(collections.Counter(restored.photos_of_checks()), before)
        for tablet in (first, second):
            tablet.sync()
            self.record(tablet, 1, 5000)
            status = tablet.sync()
            scope = restored.command("fsck", "--scope", tablet.device)
            self.assertEqual(scope["state_hash"], status["state_hash"])
        fsck = restored.command("fsck")
        self.assertTrue(fsck["ok"], fsck)
        self.assertEqual(fsck["missing_photos"], 0)
        after = collections.Counter(restored.photos_of_checks())
        self.assertEqual(len(after), len(before) + 2)
        self.assertEqual(set(after.values()), {1})


if __name__ == "__main__":
    unittest.main(verbosity=2)
