#!/usr/bin/env python3
"""Hands on the files. Goal: a row of the ledger edited by hand is found by fsck, and no damaged file crashes a program or
makes it say something wrong. Method: as an attacker would, the triggers are dropped and one value is changed in a copy
of the folder, every column of every table in turn and at random places from a seed (rows changed, added, removed,
swapped), the triggers put back; a sound ledger reports nothing; bits are flipped at places from a seed in ledger.db and in a tablet's
store.db."""
import collections
import concurrent.futures
import contextlib
import json
import os
import pathlib
import random
import shutil
import sqlite3
import tempfile
import unittest

import programs
import tampering

BINARIES = os.environ["ZHICHA_BIN"]
SEED = int(os.environ.get("ZHICHA_SEED", "1"))
EDITS = int(os.environ.get("ZHICHA_EDITS", "200"))
FLIPS = int(os.environ.get("ZHICHA_FLIPS", "100"))

class Tampering(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="zhicha-tampering-")
        cls.folder = pathlib.Path(cls.temporary.name)
        cls.office = programs.make_office(BINARIES, cls.folder / "ledger").serve()
        first, second = (programs.Tablet(BINARIES, cls.folder / f"tablet{n}") for n in (1, 2))
        cls.office.enrol(first, "王督查")
        cls.office.enrol(second, "李督查", team="督查二组")
        first.sync()
        second.sync()
        photo = cls.folder / "photo.png"
        photo.write_bytes(programs.make_png(3, 3000))
        check = first.json("check", "start", "--site", "s1", "--item", "i1", "--no-fix-reason", "室内")["check"]
        first.json("finding", "add", check, "--item", "i1", "--severity", "major", "--text", "护栏缺失", "--photo", photo)
        first.json("check", "answer", check, "--item", "i1", "--question", "satisfied", "--value", "no")
        first.sync()
        second.json("check", "start", "--join", check)  # of another team: an alarm, no scope
        second.sync()
        other = cls.office.command("devices")["devices"]
        assert other and cls.office.command("fsck")["ok"]
        cls.office.json("user", "add", cls.office.folder, "--name", "审核员", "--role", "reviewer")
        assert cls.office.end() == 0
        cls.tablet = first
        cls.export = cls.office.command("export", "--checks")
        cls.state = first.json("status")

    @classmethod
    def tearDownClass(cls):
        cls.office.close()
        cls.temporary.cleanup()

    def copy(self, name):
        target = self.folder / name
        shutil.copytree(self.office.folder, target)
        self.addCleanup(shutil.rmtree, target, True)
        return target

    @staticmethod
    def tables(database):
        """{table: ([column], [key column])}, without the console's lists, drafts and counters: nothing is decided by
        them, and `rebuild` makes the lists anew."""
        names = [r[0] for r in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
                 if r[0] not in ("drafts", "sign_in_failures") and
                 (not r[0].startswith("console_") or r[0] == "console_sessions")]
        info = {name: list(database.execute(f"PRAGMA table_info({name})")) for name in names}
        return {name: ([c[1] for c in columns], [c[1] for c in columns if c[5]]) for name, columns in info.items()}

    def fsck(self, folder):
        """The problems that fsck (or whoever opens the folder) names."""
        answer = self.office.call("fsck", folder, "--json", expect=None)
        self.assertIn(answer.code, (0, 1), str(answer))
        problems = answer.json.get("problems", [])
        if answer.code == 1:
            problems = problems or [answer.json]
            self.assertTrue(answer.json.get("problems") or answer.json.get("code"), str(answer))
        self.assertEqual(answer.code == 1, bool(problems), str(answer))
        return problems

    def found(self, folder):
        return bool(self.fsck(folder))

    @staticmethod
    @contextlib.contextmanager
    def by_hand(folder):
        """The database as a careful attacker edits it: no trigger or constraint in the way, all of them back after."""
        database = sqlite3.connect(folder / "ledger.db", isolation_level=None)
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("PRAGMA ignore_check_constraints = ON")
        triggers = database.execute("SELECT name, sql, tbl_name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _, _ in triggers:
            database.execute(f"DROP TRIGGER {name}")
        database.execute("BEGIN")
        try:
            yield database
            database.execute("COMMIT")
            left = {row[0] for row in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
            for _, sql, table in triggers:
                if table in left:
                    database.execute(sql)
        finally:
            database.close()

    def edit(self, folder, sql, values=()):
        with self.by_hand(folder) as database:
            return database.execute(sql, values).rowcount

    def test_fsck_finds_every_row_edited_by_hand(self):
        print(f"seed {SEED}")
        dice = random.Random(SEED)
        self.assertEqual(self.fsck(self.copy("sound")), [])
        missed, touched, made = [], collections.Counter(), 0
        while made < EDITS:
            folder = self.copy(f"edited{made}")
            with contextlib.closing(sqlite3.connect(folder / "ledger.db")) as database:
                tables = self.tables(database)
            table = dice.choice(list(tables))
            columns, keys = tables[table]
            try:
                with self.by_hand(folder) as database:
                    done = tampering.Hand(database, dice, table, columns, keys).edit()
            except sqlite3.Error:
                done = None  # the type or a unique index refuses this one even to an attacker
            if done:
                made += 1
                touched[table, done[0]] += 1
                if not self.found(folder):
                    missed.append((table, *done))
            shutil.rmtree(folder)
        print(f"{made} edits: {dict(collections.Counter(how for (_, how), n in touched.items() for _ in range(n)))}")
        self.assertEqual({table for table, _ in touched}, set(tables))
        self.assertEqual(missed, [])

    def test_fsck_finds_an_edit_of_every_column(self):
        dice = random.Random(SEED)
        with contextlib.closing(sqlite3.connect(self.office.folder / "ledger.db")) as database:
            places = [(table, keys, columns, column) for table, (columns, keys) in self.tables(database).items()
                      for column in columns if database.execute(f"SELECT 1 FROM {table}").fetchone()]
        self.assertGreater(len(places), 60)
        missed = []
        for number, (table, keys, columns, column) in enumerate(places):
            folder = self.copy(f"column{number}")
            with self.by_hand(folder) as database:
                done = tampering.Hand(database, dice, table, columns, keys).update(column)
            self.assertIsNotNone(done, (table, column))
            if not self.found(folder):
                missed.append((table, *done))
            shutil.rmtree(folder)
        self.assertEqual(missed, [])

    def test_fsck_names_table_row_column_and_what_helps(self):
        folder = self.copy("named")
        self.edit(folder, "UPDATE operations SET everyone = 1 WHERE kind = 'finding.record'")
        self.edit(folder, "UPDATE users SET role = 'administrator' WHERE name = '审核员'")
        problems = {(p["table"], p["column"]): p for p in self.fsck(folder)}
        self.assertEqual(set(problems), {("operations", "everyone"), ("users", "")})
        self.assertEqual(problems["operations", "everyone"]["do"], "rebuild")
        self.assertIn("--accept-tables", problems["users", ""]["do"])
        rebuilt = self.office.json("rebuild", folder)
        self.assertEqual((rebuilt["same"], rebuilt["placed"]), (True, 1))
        self.assertEqual([p["table"] for p in self.fsck(folder)], ["users"])
        self.office.json("user", "add", folder, "--name", "另一个", "--role", "reviewer")  # seals its own row alone
        self.assertEqual([p["table"] for p in self.fsck(folder)], ["users"])
        self.office.json("rebuild", folder, "--accept-tables")
        self.assertEqual(self.fsck(folder), [])

    def test_a_row_removed_together_with_its_seal_is_found(self):
        folder = self.copy("unsealed")
        with self.by_hand(folder) as database:
            database.execute("DELETE FROM alarms")
            database.execute("DELETE FROM row_seals WHERE table_name = 'alarms'")
        self.assertEqual([p["table"] for p in self.fsck(folder)], ["alarms"])

    def make_old(self, folder):
        """The folder as it was before there were seals: a ledger of version 1, secrets of four parts."""
        with self.by_hand(folder) as database:
            later = [row[0] for row in database.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND (name IN ('row_seals', 'table_seals', 'accounts', "
                "'security_keys', 'sign_in_failures', 'drafts', 'audit', 'withdrawn') OR (name LIKE 'console@_%' ESCAPE '@' AND name NOT "
                "LIKE 'console@_%@_text@_%' ESCAPE '@'))")]
            for table in later:
                database.execute(f"DROP TABLE {table}")
            for index in ("photos_device", "leaves_forks", "operations_health", "scopes_entity", "operations_erasures", "operations_without_body"):
                database.execute(f"DROP INDEX {index}")
            database.execute("PRAGMA user_version = 1")

    def test_a_ledger_older_than_the_seals_is_sealed_once_and_never_again(self):
        folder = self.copy("older")
        secrets = (folder / "server.keys").read_bytes()
        self.assertEqual((secrets[:2], secrets[-1:]), (b"P\x85", b"\x02"))
        self.make_old(folder)
        (folder / "server.keys").write_bytes(b"P\x84" + secrets[2:-1])
        self.assertEqual(self.fsck(folder), [])
        self.assertEqual((folder / "server.keys").read_bytes(), secrets)
        self.edit(folder, "UPDATE users SET role = 'administrator'")
        self.assertTrue(self.found(folder))
        self.make_old(folder)  # whoever holds the database alone cannot have it sealed anew
        self.assertEqual({p["table"] for p in self.fsck(folder)},
                         {"accounts", "alarms", "console_sessions", "enrol_codes", "photo_keys", "security_keys", "settings",
                          "users"})

    def test_a_ledger_sealed_before_the_console_gets_the_seals_of_its_new_tables_alone(self):
        folder = self.copy("before-the-console")
        secrets = (folder / "server.keys").read_bytes()
        with self.by_hand(folder) as database:
            later = [row[0] for row in database.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND (name IN ('accounts', 'security_keys', "
                "'sign_in_failures', 'drafts', 'audit', 'withdrawn') OR (name LIKE 'console@_%' ESCAPE '@' AND name NOT LIKE "
                "'console@_%@_text@_%' ESCAPE '@'))")]
            for table in later:
                database.execute(f"DROP TABLE {table}")
                database.execute("DELETE FROM row_seals WHERE table_name = ?", (table,))
                database.execute("DELETE FROM table_seals WHERE table_name = ?", (table,))
            for index in ("photos_device", "leaves_forks", "operations_health", "scopes_entity", "operations_erasures", "operations_without_body"):
                database.execute(f"DROP INDEX {index}")
            database.execute("UPDATE users SET role = 'administrator' WHERE name = (SELECT max(name) FROM users)")
            database.execute("PRAGMA user_version = 2")
        (folder / "server.keys").write_bytes(secrets[:-1] + b"\x01")
        self.assertEqual({p["table"] for p in self.fsck(folder)}, {"users"})  # what was edited before stays found
        self.assertEqual((folder / "server.keys").read_bytes(), secrets)

    def test_an_invented_row_is_found(self):
        folder = self.copy("invented")
        with contextlib.closing(sqlite3.connect(folder / "ledger.db")) as database:
            columns = self.tables(database)["operations"][0]
            last = database.execute("SELECT max(log) FROM operations").fetchone()[0]
        rest = ", ".join(c for c in columns if c not in ("log", "seq"))
        self.edit(folder, f"INSERT INTO operations(log, seq, {rest}) SELECT {last + 1}, seq + 1000, {rest} FROM "
                          f"operations WHERE log = {last}")
        self.assertTrue(self.found(folder))

    def test_a_photo_changed_on_the_disk_is_found(self):
        folder = self.copy("photo")
        file = next(f for f in (folder / "photos").rglob("*") if f.is_file() and f.stat().st_size > 1000)
        content = bytearray(file.read_bytes())
        content[-100] ^= 1
        file.write_bytes(content)
        self.assertTrue(self.found(folder))

    def flips(self, path):
        dice = random.Random(SEED)
        size = path.stat().st_size
        return [(dice.randrange(size), 1 << dice.randrange(8)) for _ in range(FLIPS)]

    @staticmethod
    def flip(path, flip):
        with open(path, "r+b") as file:
            file.seek(flip[0])
            byte = file.read(1)[0]
            file.seek(flip[0])
            file.write(bytes([byte ^ flip[1]]))

    def test_flipped_bits_in_the_ledger_give_the_right_answer_or_an_error(self):
        wrong = []

        def one(job):
            number, flip = job
            folder = self.folder / f"flipped{number}"
            shutil.copytree(self.office.folder, folder)
            self.flip(folder / "ledger.db", flip)
            exported = self.office.call("export", folder, "--checks", "--json", expect=None)
            found = self.found(folder)
            if exported.code == 0 and exported.json != self.export and not found:
                wrong.append(flip)
            shutil.rmtree(folder)
            return found
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            found = list(pool.map(one, enumerate(self.flips(self.office.folder / "ledger.db"))))
        print(f"{sum(found)} of {len(found)} flips found; the others changed no answer")
        self.assertEqual(wrong, [])

    def test_flipped_bits_in_a_tablets_store_give_the_right_answer_or_an_error(self):
        wrong = []
        told = {k: v for k, v in self.state.items() if k != "line"}

        def one(job):
            number, flip = job
            copy = programs.Tablet(BINARIES, self.folder / f"store{number}")
            shutil.copytree(self.tablet.folder, copy.folder, dirs_exist_ok=True)
            self.flip(copy.folder / "store.db", flip)
            status = copy.call("status", "--json", expect=None)
            if status.code == 0:
                if {k: v for k, v in status.json.items() if k != "line"} != told:
                    wrong.append((flip, status.out))
            elif "code" not in status.json["error"]:
                wrong.append((flip, status.out))
            shutil.rmtree(copy.folder)
            return status.code
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            codes = list(pool.map(one, enumerate(self.flips(self.tablet.folder / "store.db"))))
        print(f"{sum(codes)} of {len(codes)} flips refused by name; the others changed no answer")
        self.assertEqual(wrong, [])

    def test_a_damaged_key_of_a_store_is_an_error(self):
        for number, flip in enumerate(self.flips(self.tablet.folder / "store.key")[:10]):
            copy = programs.Tablet(BINARIES, self.folder / f"key{number}")
            shutil.copytree(self.tablet.folder, copy.folder, dirs_exist_ok=True)
            self.flip(copy.folder / "store.key", flip)
            answer = copy.call("status", "--json", expect=None)
            if answer.code == 0:  # Argon2id counts memory in KiB: the lowest bits of that number say nothing
                self.assertEqual(answer.json["state_hash"], self.state["state_hash"])
                continue
            self.assertEqual(answer.code, 1, str(answer))
            self.assertIn(answer.json["error"]["code"], ("wrong_pin", "store_damaged", "store_newer", "invalid_argument"))

    def test_damaged_secrets_of_the_office_are_an_error(self):
        for number, flip in enumerate(self.flips(self.office.folder / "server.keys")[:20]):
            folder = self.copy(f"secrets{number}")
            self.flip(folder / "server.keys", flip)
            answer = self.office.call("fsck", folder, "--json", expect=None)
            self.assertIn(answer.code, (0, 1, 2), str(answer))
            if answer.code == 0:  # inside the certificate's own text
                self.assertTrue(json.loads(answer.out)["ok"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
