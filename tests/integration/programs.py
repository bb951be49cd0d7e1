"""The two programs as a test drives them: real processes, real sockets, a port that the system chose.

Nothing here sleeps: whoever waits, waits for a line that a program printed or for its end.
"""
import hashlib
import json
import os
import pathlib
import random
import re
import signal
import struct
import subprocess
import tempfile
import threading
import zlib

PATIENCE_S = 120  # for one answer on a machine that does much else; only a hang is cut by it


class Refused(AssertionError):
    """A program ended with another exit code than the test expected."""


class Answer:
    def __init__(self, line, code, out, err):
        self.line, self.code, self.out, self.err = line, code, out, err

    @property
    def json(self):
        return json.loads(self.out)

    def __str__(self):
        return f"{' '.join(map(str, self.line))}: exit {self.code}\n{self.out}{self.err}"


class Program:
    def __init__(self, path, before=(), env=None):
        self.path, self.before, self.env = str(path), [str(w) for w in before], {**os.environ, **(env or {})}

    def line(self, words):
        return [self.path, *self.before, *map(str, words)]

    def start(self, *words):
        return subprocess.Popen(self.line(words), env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True)

    def call(self, *words, expect=0):
        """Runs to the end; `expect` None takes any exit code, but never death by a signal."""
        done = subprocess.run(self.line(words), env=self.env, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              errors="replace", timeout=PATIENCE_S, check=False)
        answer = Answer(self.line(words), done.returncode, done.stdout, done.stderr)
        if done.returncode < 0 or done.returncode > 128 or (expect is not None and done.returncode != expect):
            raise Refused(f"expected exit {expect}: {answer}")
        return answer

    def json(self, *words, expect=0):
        return self.call(*words, "--json", expect=expect).json


class Office(Program):
    """zhicha-server on one data folder; `serve` in the background when asked."""

    def __init__(self, binaries, folder, env=None):
        super().__init__(pathlib.Path(binaries) / "zhicha-server", env=env)
        self.folder, self.port, self.process, self.reader = pathlib.Path(folder), 0, None, None
        self.lines, self.changed, self.watch = [], threading.Condition(), None

    def command(self, name, *words, expect=0):
        return self.json(name, self.folder, *words, expect=expect)

    def serve(self, *more):
        """Returns once it serves. The port stays the same over restarts, since tablets remember it."""
        self.lines = []
        self.process = self.start("serve", self.folder, "--listen", f"127.0.0.1:{self.port}", *more)
        self.reader = threading.Thread(target=self._read, args=(self.process,), daemon=True)
        self.reader.start()
        serving = self.wait_for(lambda line: "serving " in line)
        self.url = re.search(r"serving (\S+)", serving).group(1)
        self.port = int(self.url.rsplit(":", 1)[1])
        return self

    def _read(self, process):
        for line in process.stderr:
            with self.changed:
                self.lines.append(line)
                if self.watch:
                    self.watch(line)
                self.changed.notify_all()
        with self.changed:
            self.lines.append(None)
            self.changed.notify_all()

    def wait_for(self, wanted, after=0):
        """The first line that fits, of those already there (past the first `after`) or still to come."""
        seen = after
        with self.changed:
            while True:
                for line in self.lines[seen:]:
                    if line is None:
                        raise Refused("the server ended:\n" + "".join(x for x in self.lines if x))
                    if wanted(line):
                        return line
                seen = len(self.lines)
                if not self.changed.wait(PATIENCE_S):
                    raise Refused("the server says nothing any more:\n" + "".join(x for x in self.lines if x))

    def end(self, number=signal.SIGTERM):
        """Ends it by a signal and returns the exit code."""
        self.process.send_signal(number)
        return self.ended()

    def ended(self):
        code = self.process.wait(PATIENCE_S)
        self.reader.join(PATIENCE_S)
        self.process.stdout.close()
        self.process.stderr.close()
        self.process = None
        return code

    def close(self):
        if self.process:
            self.end(signal.SIGKILL)

    def enrol(self, tablet, name, team="督查一组", called=None):
        if name not in {p["name"] for p in self.command("users")["persons"]}:
            self.json("user", "add", self.folder, "--name", name, "--role", "inspector", "--team", team)
        code = self.command("enrol-code", "--inspector", name)
        return tablet.json("enrol", "--server", code["server"], "--code", code["code"], "--fingerprint",
                           code["fingerprint"], *(("--name", called) if called else ()))

    def photos_of_checks(self):
        """[(check, sha256, size, present)] of everything that the export names."""
        found = []
        for check in self.command("export", "--checks")["checks"]:
            parts = [check, *check["answers"], *check["findings"], *check["notes"], *check["replies"]]
            found += [(check["id"], p["sha256"], p["size"], p["present"]) for part in parts
                      for p in part.get("photos", [])]
        return found


class Tablet(Program):
    def __init__(self, binaries, folder, pin="平板口令-284617"):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.pin_file = self.folder.parent / f"{self.folder.name}.pin"
        self.pin_file.write_text(pin + "\n", encoding="utf-8")
        super().__init__(pathlib.Path(binaries) / "zhicha-field", ["--store", self.folder],
                         {"ZHICHA_PIN_FILE": str(self.pin_file)})

    def sync(self):
        """To the end: nothing may be left to send."""
        status = self.json("sync")
        if status["pending"] != {"operations": 0, "photos": 0} or status["troubled"]:
            raise Refused(f"after a sync something still waits: {status}")
        return status


def in_step(case, office, tablet):
    """After a sync office and tablet have folded the same, and fsck has nothing to say. -> the tablet's status, fsck's answer"""
    status = tablet.sync()
    scope = office.command("fsck", "--scope", tablet.device)
    case.assertEqual(scope["state_hash"], status["state_hash"])
    fsck = office.command("fsck")
    case.assertTrue(fsck["ok"], fsck)
    return status, fsck


def acknowledged(status):
    """What this tablet was told: the last operation with a receipt, digest -> (bytes at the office, delivered)."""
    seqs = [o["seq"] for o in status["operations_list"] if o["stage"] == "acknowledged"]
    photos = {p["sha256"]: (p["at_office"], p["state"] == "delivered") for p in status["photos"]
              if p["kind"] == "original"}
    return max(seqs, default=0), photos


def make_png(seed, size_bytes):
    """A picture of 8 × 8 points whose file is about that large: the rest is a private chunk of random bytes."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    dice = random.Random(seed)
    rows = b"".join(b"\0" + dice.randbytes(24) for _ in range(8))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)) +
            chunk(b"zhRn", dice.randbytes(max(size_bytes - 300, 0))) + chunk(b"IDAT", zlib.compress(rows)) +
            chunk(b"IEND", b""))


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def sample_city():
    """A small ledger file: two units, two sites, two items."""
    def item(number, title, lead):
        return {"id": f"i{number}", "number": f"督〔2026〕{number}号", "title": title, "source": 1, "kind": "general",
                "lead": lead, "cooperating": [], "issued_on": "2026-09-01", "due_on": "2026-12-20",
                "responsible_person": "张三", "supervisor": "李四"}
    return {"units": [{"id": "u1", "name": "市交通运输局", "group": "department", "vice_mayor": "副市长甲"},
                      {"id": "u2", "name": "湖滨区", "group": "county", "vice_mayor": "副市长乙"}],
            "sites": [{"id": "s1", "name": "黄河大桥南引道", "unit": "u1", "lat": 34.7736, "lon": 111.2, "radius_m": 150},
                      {"id": "s2", "name": "湖滨公园改造工地", "unit": "u2", "lat": 34.7785, "lon": 111.1993,
                       "radius_m": 200}],
            "items": [item(1, "南引道排水改造", "u1"), item(2, "公园西门开放", "u2")],
            "events": [], "reports": [], "ladder": [], "published_rankings": []}


def make_office(binaries, folder, env=None):
    """A ledger with the sample city, not yet served."""
    office = Office(binaries, folder, env)
    office.made = office.json("init", office.folder)
    city = office.folder.parent / f"{office.folder.name}.city.json"
    city.write_text(json.dumps(sample_city(), ensure_ascii=False), encoding="utf-8")
    office.command("import", city)
    return office


def set_up(case, binaries):
    """For setUp of a test: `folder`, an `office` that serves, a `tablet` that is enrolled there and in step."""
    temporary = tempfile.TemporaryDirectory(prefix=f"zhicha-{type(case).__name__.lower()}-")
    case.addCleanup(temporary.cleanup)
    case.folder = pathlib.Path(temporary.name)
    case.office = make_office(binaries, case.folder / "ledger")
    case.addCleanup(case.office.close)
    case.office.serve()
    case.tablet = Tablet(binaries, case.folder / "tablet")
    case.tablet.device = case.office.enrol(case.tablet, "督查员甲")["device"]
    case.tablet.sync()
