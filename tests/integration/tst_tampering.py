#!/usr/bin/env python3
"""Hands on the files. Goal: a row of the ledger edited by hand is found by fsck, and no damaged file crashes a program or
makes it say something wrong. Method: as an attacker would, the triggers are dropped and one value is changed in a copy
of the folder, every column of every table in turn; bits are flipped at places from a seed in ledger.db and in a tablet's
store.db."""
import concurrent.futures
import json
import os
import pathlib
import random
import shutil
import sqlite3
import tempfile
import unittest

import programs

BINARIES = os.environ["ZHICHA_BIN"]
SEED = int(os.environ.get("ZHICHA_SEED", "1"))
FLIPS = int(os.environ.get("ZHICHA_FLIPS", "100"))

# What fsck has nothing to hold against: who may sign in, open codes, counters and alarms are the office's own and stand in
# no operation; the columns below are copies for finding rows quickly, or what a tablet was answered at the time. Whatever
# else is edited must be found.
UNPROTECTED = {
    ("settings", "*"), ("users", "*"), ("enrol_codes", "*"), ("alarms", "*"), ("photo_keys", "*"),
    ("chains", "person"),  # of the server's own chain, which has none
    ("entities", "type"), ("entities", "check_id"), ("leaves", "new_from"),
    ("operations", "body_digest"), ("operations", "check_id"), ("operations", "everyone"),
    ("operations", "audience_no"), ("operations", "outcome"),
}


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
        names = [r[0] for r in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
        return {name: [r[1] for r in database.execute(f"PRAGMA table_info({name})")] for name in names}

    @staticmethod
    def other_value(value, dice):
        if value is None:
            return dice.randbytes(16)
        if isinstance(value, int):
            return 1 - value if value in (0, 1) else value - 1
        if isinstance(value, bytes):
            at = dice.randrange(len(value)) if value else 0
            return value[:at] + bytes([value[at] ^ 1]) + value[at + 1:] if value else b"\1"
        return value + "1"

    def found(self, folder):
        """Whether fsck (or whoever opens the folder) names a problem."""
        answer = self.office.call("fsck", folder, "--json", expect=None)
        self.assertIn(answer.code, (0, 1), str(answer))
        if answer.code == 1:
            self.assertTrue(answer.json.get("problems") or answer.json.get("code"), str(answer))
        return answer.code == 1

    def edit(self, folder, sql, values=()):
        database = sqlite3.connect(folder / "ledger.db")
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("PRAGMA ignore_check_constraints = ON")
        for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {name}")
        changed = database.execute(sql, values).rowcount
        database.commit()
        database.close()
        return changed

    def edits(self):
        """(table, column, SQL, values): one for each column of each table that has rows, and a row of each deleted."""
        dice = random.Random(SEED)
        database = sqlite3.connect(self.office.folder / "ledger.db")
        for table, columns in self.tables(database).items():
            # A table WITHOUT ROWID has no other name for a row than its key: all columns as they are name it.
            rows = database.execute(f"SELECT * FROM {table}").fetchall()
            if not rows:
                continue
            for column in [*columns, None]:
                row = dice.choice(rows)
                where = " AND ".join(f"{c} IS ?" for c in columns)
                if column is None:
                    yield table, "row deleted", f"DELETE FROM {table} WHERE {where}", list(row)
                    continue
                value = self.other_value(row[columns.index(column)], dice)
                yield table, column, f"UPDATE {table} SET {column} = ? WHERE {where}", [value, *row]
        database.close()

    def test_fsck_finds_every_row_edited_by_hand(self):
        missed, made = set(), 0
        for number, (table, column, sql, values) in enumerate(self.edits()):
            folder = self.copy(f"edited{number}")
            try:
                changed = self.edit(folder, sql, values)
            except sqlite3.Error:
                changed = 0  # the type or a unique index refuses this one even to an attacker
            if changed == 1:
                made += 1
                if not self.found(folder):
                    missed.add((table, column))
            shutil.rmtree(folder)
        self.assertGreaterEqual(made, 40)
        print(f"{made} edits; not found: {sorted(missed)}")
        surprising = {(t, c) for t, c in missed if (t, c) not in UNPROTECTED and (t, "*") not in UNPROTECTED}
        self.assertEqual(surprising, set())

    def test_an_invented_row_is_found(self):
        folder = self.copy("invented")
        database = sqlite3.connect(folder / "ledger.db")
        columns = self.tables(database)["operations"]
        last = database.execute("SELECT max(log) FROM operations").fetchone()[0]
        database.close()
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
