"""A clock that a demo turns, and the real programs under it.

libfaketime (Debian's package faketime) stands before the programs and adds an offset to the wall clock, read from a file;
monotonic time is left alone, so that time-outs are what they are. Nothing in the programs knows of it.
"""
import datetime
import email.utils
import http.client
import json
import os
import pathlib
import re
import ssl
import subprocess
import time

import console_client
from console_client import Console, Refused, certificate_of

LIBRARIES = "/usr/lib"
PASSWORD = "demo-office-2026"
SHANGHAI_H = 8
PIN = "280617"


def library():
    found = sorted(pathlib.Path(LIBRARIES).glob("*/faketime/libfaketimeMT.so.1"))
    if not found:
        raise Refused("libfaketime is not installed (Debian's package faketime)")
    return str(found[0])


class Clock:
    """Owner: the demo. `file` holds the offset in seconds."""

    def __init__(self, file):
        self.file, self.offset = pathlib.Path(file).resolve(), 0
        self.env = {"LD_PRELOAD": library(), "FAKETIME_TIMESTAMP_FILE": str(self.file), "FAKETIME_CACHE_DURATION": "1",
                    "DONT_FAKE_MONOTONIC": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}

    def turn_to(self, day, hour=9):
        wanted = datetime.datetime(day.year, day.month, day.day, hour - SHANGHAI_H, tzinfo=datetime.timezone.utc)
        self.offset = int(wanted.timestamp() - time.time())
        self.file.write_text(f"{self.offset:+d}\n", encoding="utf-8")

    def now(self):
        return time.time() + self.offset


class FakedProgram:
    def __init__(self, path, clock, env=None):
        self.path, self.clock = str(path), clock
        self.env = {**os.environ, **clock.env, **(env or {})}

    def call(self, *words):
        done = subprocess.run([self.path, *map(str, words)], env=self.env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Refused(f"exit {done.returncode}: {self.path} {' '.join(map(str, words))}\n{done.stdout}{done.stderr}")
        return done.stdout


class FakedConsole(Console):
    """One person, signed in once a day, with an authenticator that goes by the demo's clock."""

    def __init__(self, port, pem, clock, name):
        super().__init__(port, pem)
        self.clock, self.name, self.is_in = clock, name, False

    def code(self):
        now = int(self.clock.now() // console_client.STEP_S)
        while self.last >= now + 1:
            time.sleep(1)
            now = int(self.clock.now() // console_client.STEP_S)
        self.last = max(now - 1, self.last + 1)
        return console_client.one_time_code(self.secret, self.last)

    def ask(self, method, path, body=None):
        """A second factor that is no longer fresh is given again, as the page asks for it."""
        try:
            return super().ask(method, path, body)
        except Refused as refused:
            if "needs_second_factor" not in str(refused) or path.startswith("/session"):
                raise
        super().ask("POST", "/session/second-factor", {"totp": self.code()})
        return super().ask(method, path, body)


class FakedOffice(FakedProgram):
    def __init__(self, binaries, data, port, clock):
        super().__init__(pathlib.Path(binaries) / "zhicha-server", clock)
        self.data, self.port, self.process = pathlib.Path(data), port, None
        self.given, self.consoles = {}, {}
        self.accounts_file = pathlib.Path(f"{data}.accounts.json")

    def make(self):
        self.made = json.loads(self.call("init", self.data, "--json"))

    def serve(self):
        log = pathlib.Path(f"{self.data}.server.log")
        with log.open("w", encoding="utf-8") as out:
            self.process = subprocess.Popen([self.path, "serve", str(self.data), "--listen", f"127.0.0.1:{self.port}"], env=self.env,
                                            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=out)
        while not (found := re.search(r"serving https://127\.0\.0\.1:(\d+)", log.read_text(encoding="utf-8"))):
            if self.process.poll() is not None:
                raise Refused(f"the server did not start; see {log}")
            time.sleep(0.1)
        self.port = int(found.group(1))
        self.pem = certificate_of(self.port)
        self.context = ssl.create_default_context(cadata=self.pem)
        self.context.check_hostname = False

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait()
            self.process = None

    def command(self, name, *words, split=False):
        """`split`: the folder stands behind the second word (user add DIR)."""
        line = [name, words[0], self.data, *words[1:]] if split else [name, self.data, *words]
        return json.loads(self.call(*line, "--json"))

    def raw(self, name, *words):
        return self.call(name, self.data, *words)

    def figures(self, name, file, *words):
        return self.call(name, file, *words)

    def add(self, name, role, *more):
        self.given[name] = (self.command("user", "add", "--name", name, "--role", role, *more, split=True)["password"], role)

    def administrator(self):
        self.given[self.made["administrator"]] = (self.made["password"], "administrator")
        return self.console(self.made["administrator"])

    def console(self, name):
        """Signed in today."""
        console = self.consoles.get(name)
        if console is None:
            console = self.consoles[name] = FakedConsole(self.port, self.pem, self.clock, name)
            console.enter_first(name, self.given[name][0], PASSWORD)
        elif not console.is_in:
            console.enter(name, PASSWORD)
        console.is_in = True
        return console

    def is_in(self, name):
        return name in self.consoles and self.consoles[name].is_in

    def new_day(self):
        """Once the server's own clock shows it: the library looks into its file now and then."""
        self.wait_for_clock()
        for console in self.consoles.values():
            console.is_in = False

    def wait_for_clock(self):
        for _ in range(600):
            link = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=120, context=self.context)
            link.request("GET", "/healthz")
            shown = email.utils.parsedate_to_datetime(link.getresponse().getheader("Date")).timestamp()
            link.close()
            if abs(shown - self.clock.now()) < 3:
                return
            time.sleep(0.1)
        raise Refused("the server's clock does not follow")

    def keep_accounts(self):
        people = [{"name": name, "role": self.given[name][1], "password": PASSWORD, "secret": console.secret}
                  for name, console in self.consoles.items()]
        with open(os.open(self.accounts_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
            json.dump(people, out, ensure_ascii=False, indent=1)


class FakedTablet(FakedProgram):
    def __init__(self, binaries, folder, clock):
        folder.mkdir(parents=True)
        pin = folder.parent / f"{folder.name}.pin"
        pin.write_text(PIN + "\n", encoding="utf-8")
        super().__init__(pathlib.Path(binaries) / "zhicha-field", clock, {"ZHICHA_PIN_FILE": str(pin)})
        self.folder = folder

    def run(self, *words):
        return json.loads(self.call("--store", self.folder, *words, "--json"))

    def enrol(self, code):
        self.run("enrol", "--server", code["server"], "--code", code["code"], "--fingerprint", code["fingerprint"])
        self.sync()

    def sync(self):
        self.run("sync")
