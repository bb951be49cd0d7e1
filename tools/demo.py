#!/usr/bin/env python3
"""Plays the field day as far as it is built: two tablets, one office, a day without a network.

Uses the real programs through their fixed command line and nothing else. Writes DATA.manifest.json (digests of files,
typed texts, what was decided), has tools/check_manifest.py compare it with what the ledger holds, signs in at the
console and compares what waits on the work desk. Its last words are who can sign in with what.
"""
import argparse
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import time

from console_client import Refused
from demo_office import Office

STARTED = time.monotonic()
INSPECTORS = {"王督查": "280617", "李督查": "371942"}  # their PINs, as the lock page's pad takes them


def say(text):
    print(f"demo [{time.monotonic() - STARTED:5.1f} s] {text}", flush=True)


class Failed(Exception):
    pass


class Program:
    """One of the two programs; answers the JSON that a command prints."""

    def __init__(self, path, before=(), env=None):
        self.path, self.before, self.env = path, list(before), {**os.environ, **(env or {})}

    def __call__(self, *words, expect=0, parse=True):
        line = [str(self.path), *self.before, *map(str, words)]
        done = subprocess.run(line, env=self.env, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode != expect:
            raise Failed(f"exit {done.returncode}, not {expect}: {' '.join(line)}\n{done.stdout}{done.stderr}")
        return json.loads(done.stdout) if parse and done.stdout.strip() else done.stdout


class Tablet(Program):
    def __init__(self, binary, folder, pin):
        folder.mkdir(parents=True)
        pin_file = folder.parent / f"{folder.name}.pin"
        pin_file.write_text(pin + "\n", encoding="utf-8")
        super().__init__(binary, ["--store", folder], {"ZHICHA_PIN_FILE": str(pin_file)})

    def run(self, *words, **options):
        return self(*words, "--json", **options)

    def sync(self):
        self.run("sync")
        status = self.run("status")
        pending = status["pending"]
        if pending["operations"] or pending["photos"]:
            raise Failed(f"after a sync something still waits: {pending}")
        return status


class Story:
    def __init__(self, options):
        self.options = options
        self.bin = pathlib.Path(options.bin)
        self.data = pathlib.Path(options.data)
        self.photos = sorted(p for p in pathlib.Path(options.inputs).rglob("*")
                             if p.suffix.lower() in (".jpg", ".jpeg", ".png"))
        self.logs = sorted(pathlib.Path(options.inputs).rglob("*.nmea"))
        if not self.photos or not self.logs:
            raise Failed(f"no photos or no receiver log under {options.inputs}")
        self.office = Program(self.bin / "zhicha-server")
        made = pathlib.Path(options.made or f"{options.data}.init.json")
        if not made.is_file():
            raise Failed(f"{made} is missing: what `zhicha-server init --json` printed")
        self.staff = Office(self.office, self.data, options.port, json.loads(made.read_text(encoding="utf-8")))
        self.tablets = pathlib.Path(str(self.data) + ".tablets")
        self.manifest = {"texts": {}, "photos": [], "checks": {}, "answers": [], "tally": None,
                         "to_review": []}

    def command(self, name, *words, **options):
        return self.office(name, self.data, *words, "--json", **options)

    def take(self, photo):
        content = photo.read_bytes()
        self.manifest["photos"].append({"name": photo.name, "size": len(content),
                                        "sha256": hashlib.sha256(content).hexdigest()})
        return photo

    def play(self):
        first, second = self.open_office()
        check, finding = self.first_day(first)
        self.join(second, check)
        self.disagree(first, second, finding)
        self.review(first, check)
        self.afternoon(second)
        self.more_logs(first)
        self.finish(first, second)
        self.at_the_console()

    def open_office(self):
        say("1 the office: units, sites and items; two inspectors of one team; a code for each tablet")
        ledger = self.tablets.parent / f"{self.data.name}.city.json"
        ledger.write_text(json.dumps(sample_city(self.options.site), ensure_ascii=False, indent=1), encoding="utf-8")
        self.command("import", ledger)
        again = self.command("import", ledger)
        if again["items"]["new"] or again["items"]["changed"]:
            raise Failed("the same file imported twice is not the same ledger")
        tablets = []
        for number, (name, pin) in enumerate(INSPECTORS.items(), 1):
            self.office("user", "add", self.data, "--name", name, "--role", "inspector", "--team", "督查一组", "--json")
            code = self.command("enrol-code", "--inspector", name)
            tablet = Tablet(self.bin / "zhicha-field", self.tablets / f"tablet{number}", pin)
            tablet.run("enrol", "--server", code["server"], "--code", code["code"], "--fingerprint", code["fingerprint"])
            tablet.sync()
            tablets.append(tablet)
        say(f"  two tablets are enrolled and know {len(tablets[0].run('sites')['sites'])} sites")
        self.staff.open()
        say(f"  {len(self.staff.people)} accounts at the console, each with an authenticator; every role is confirmed")
        return tablets

    def first_day(self, tablet):
        say("2 the field, no network: arrival by the receiver's log, answers, findings, photos, tally, attestation")
        texts = self.manifest["texts"]
        started = tablet.run("check", "start", "--site", "s1", "--item", "i1", "--nmea", self.logs[0])
        check = started["check"]
        photos = iter(self.photos)
        for question, value, note in (("carried_out", "partly", "桥面已铺，护栏未装"), ("rectified", "no", "上次问题仍在"),
                                      ("satisfied", "yes", "")):
            words = ["check", "answer", check, "--item", "i1", "--question", question, "--value", value]
            words += ["--note", note] if note else []
            tablet.run(*words)
            self.manifest["answers"].append({"question": question, "value": value, "note": note})
        texts["finding"] = "桥头排水沟堵塞，积水约 5 厘米；𠮷 字也要存得下"
        words = ["finding", "add", check, "--item", "i1", "--severity", "major", "--text", texts["finding"],
                 "--how-taken", "public"]
        for photo in self.photos[:-2]:
            words += ["--photo", self.take(next(photos))]
        finding = tablet.run(*words)["finding"]
        tablet.run("check", "tally", check, "--satisfied", 11, "--neutral", 2, "--dissatisfied", 1)
        tablet.run("check", "tally", check, "--satisfied", 12, "--neutral", 2, "--dissatisfied", 1)
        self.manifest["tally"] = {"satisfied": 12, "neutral": 2, "dissatisfied": 1}
        for clause in range(1, 7):
            tablet.run("check", "attest", check, "--clause", clause, "--said", "kept")
        texts["note"] = "门卫称负责人下午返回"
        tablet.run("check", "note", check, "--text", texts["note"])
        tablet.run("check", "sign", check)
        tablet.run("check", "finish", check)
        waiting = tablet.run("status")["pending"]
        say(f"  recorded on the tablet: {waiting['operations']} operations and {waiting['photos']} photos wait")
        if not waiting["operations"] or not waiting["photos"]:
            raise Failed("nothing waits, though nothing was sent")
        tablet.sync()
        say("  back in range: everything is at the office, with receipts")
        self.manifest["checks"]["main"] = check
        return check, finding

    def join(self, tablet, check):
        say("3 a second inspector joins the check, adds a finding, signs on a chain of their own")
        texts = self.manifest["texts"]
        tablet.run("check", "start", "--join", check)
        texts["second_finding"] = "施工围挡破损两处"
        tablet.run("finding", "add", check, "--severity", "minor", "--text", texts["second_finding"],
                   "--photo", self.take(self.photos[-1]), "--how-taken", "disclosed")
        tablet.sync()
        tablet.run("check", "sign", check)
        tablet.run("check", "finish", check)
        tablet.sync()

    def disagree(self, first, second, finding):
        say("4 both correct the same finding without knowing of each other: a conflict, decided by the office")
        first.sync()
        second.sync()
        first.run("finding", "amend", finding, "--severity", "critical", "--reason", "积水已到路面")
        second.run("finding", "amend", finding, "--severity", "minor", "--reason", "水已退")
        first.sync()
        second.sync()
        conflicts = self.command("conflicts")["conflicts"]
        if len(conflicts) != 1 or conflicts[0]["field"] != "severity":
            raise Failed(f"one conflict over severity was expected: {conflicts}")
        self.command("decide", finding, "severity", "--value", "critical", "--reason", "照片可见水已上路面")
        self.manifest["severity"] = {finding: "critical"}
        first.sync()
        second.sync()

    def review(self, tablet, check):
        say("5 the office sends the check back with a question; the answer comes; it is accepted")
        answer = self.command("review", check, "--return", "--question", "积水处是否有警示标志？")
        question = answer["questions"][0]["id"]
        tablet.sync()
        self.manifest["texts"]["reply"] = "已设锥桶三个，无警示牌"
        tablet.run("check", "reply", check, "--question", question, "--text", self.manifest["texts"]["reply"])
        tablet.sync()
        state = self.command("review", check, "--accept")["state"]
        if state != "accepted":
            raise Failed(f"the check is {state}, not accepted")

    def afternoon(self, tablet):
        say("6 a second check by the other inspector: it is left for a person to review at the console")
        texts = self.manifest["texts"]
        where = ("--nmea", self.logs[1]) if len(self.logs) > 1 else ("--no-fix-reason", "室内，收不到卫星信号")
        check = tablet.run("check", "start", "--site", "s2", "--item", "i2", *where)["check"]
        for question, value, note in (("carried_out", "partly", "步道、绿化已建成，西门未开"), ("rectified", "no", "坐凳缺失仍在"),
                                      ("satisfied", "partly", "")):
            words = ["check", "answer", check, "--item", "i2", "--question", question, "--value", value]
            tablet.run(*words, *(("--note", note) if note else ()))
        texts["afternoon"] = "健身步道约 40 米路面破损，雨后湿滑"
        tablet.run("finding", "add", check, "--item", "i2", "--severity", "major", "--text", texts["afternoon"],
                   "--photo", self.take(self.photos[-2]), "--how-taken", "public")
        tablet.run("check", "tally", check, "--satisfied", 6, "--neutral", 4, "--dissatisfied", 5)
        for clause in range(1, 7):
            words = ("explain", "--note", "公园管理员到场约 5 分钟，未随行、未介绍") if clause == 4 else ("kept",)
            tablet.run("check", "attest", check, "--clause", clause, "--said", *words)
        tablet.run("check", "sign", check)
        tablet.run("check", "finish", check)
        tablet.sync()
        self.manifest["checks"]["afternoon"] = check
        self.manifest["to_review"].append(check)

    def more_logs(self, tablet):
        """Each further receiver log opens a check of its own, so that real ones are replayed through the product too."""
        for log in self.logs[2:]:
            say(f"  another check from {log.name}")
            started = tablet.run("check", "start", "--site", "s2", "--nmea", log)
            tablet.run("check", "finish", started["check"])
            self.manifest["checks"][log.name] = started["check"]
            self.manifest["to_review"].append(started["check"])
        tablet.sync()

    def finish(self, first, second):
        say("7 what the ledger holds: fsck, the same state on every side, rebuild, backup while serving")
        for number, tablet in enumerate((first, second), 1):
            tablet.sync()
            status = tablet.run("status")
            device = status.get("device") or device_of(self.command("devices"), number)
            scope = self.command("fsck", "--scope", device)
            if scope["state_hash"] != status["state_hash"]:
                raise Failed(f"tablet {number} folds {status['state_hash']}, the office {scope['state_hash']}")
        rebuilt = self.command("rebuild")
        backup = pathlib.Path(str(self.data) + ".backup.tar")
        backup.unlink(missing_ok=True)
        copied = self.command("backup", backup)
        say(f"  {rebuilt['operations']} operations folded again to the same state; backup of {copied['photos']} photos")
        manifest = pathlib.Path(str(self.data) + ".manifest.json")
        manifest.write_text(json.dumps(self.manifest, ensure_ascii=False, indent=1), encoding="utf-8")
        checker = pathlib.Path(__file__).with_name("check_manifest.py")
        done = subprocess.run([sys.executable, checker, "--bin", self.bin, "--data", self.data, "--manifest", manifest])
        if done.returncode != 0:
            raise Failed("the ledger does not hold what was put in")

    def name_the_stores(self):
        """The window's lock page knows people by its own list; zhicha-field keeps none."""
        people = {f"tablet{number}": {"name": name} for number, name in enumerate(INSPECTORS, 1)}
        (self.tablets / "people.json").write_text(json.dumps({"people": people, "last": "tablet1"}, ensure_ascii=False),
                                                  encoding="utf-8")

    def at_the_console(self):
        say("8 the reviewer signs in at the console over HTTPS and reads the work desk")
        desk = self.staff.desk_as_reviewer()
        figures = {figure["kind"]: figure["count"] for figure in desk["figures"]}
        wanted = {"to_review": len(self.manifest["to_review"]), "conflicts": 0}
        if {kind: figures.get(kind) for kind in wanted} != wanted:
            raise Failed(f"the work desk shows {figures}, the manifest says {wanted}")
        rows = [row.get("check", row["id"]) for group in desk["groups"] if group["kind"] == "to_review" for row in group["rows"]]
        if not rows or not set(rows) <= set(self.manifest["to_review"]):
            raise Failed(f"the work desk lists {rows}, to be reviewed are {self.manifest['to_review']}")
        say(f"  {len(self.manifest['to_review'])} waiting, no conflict: as the manifest says")
        say("9 not yet in: sealed assignments and draws, reports on the tablet; orders, papers and the ranking: ./run --demo --quarter")


def device_of(listed, number):
    """Tablets in the order in which they were enrolled."""
    return [d["id"] for d in listed["devices"]][number - 1]


def sample_city(site):
    """The city of tools/sample_city.json, its first site where the first receiver log leads to."""
    city = json.loads(pathlib.Path(__file__).with_name("sample_city.json").read_text(encoding="utf-8"))
    if site:
        city["sites"][0]["lat"], city["sites"][0]["lon"] = map(float, site.split(","))
    return city


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, help="folder of the two programs")
    parser.add_argument("--data", required=True, help="data folder of a ledger that is being served")
    parser.add_argument("--port", required=True, type=int, help="where that server listens on 127.0.0.1")
    parser.add_argument("--made", help="what `zhicha-server init --json` printed (default: DATA.init.json)")
    parser.add_argument("--inputs", required=True, help="folder with photos and receiver logs")
    parser.add_argument("--site", help="LAT,LON of the site that the first log leads to, where it is another than the city's")
    options = parser.parse_args()
    try:
        story = Story(options)
        story.play()
    except (Failed, Refused) as failure:
        print(f"demo: FAILED: {failure}", file=sys.stderr)
        return 1
    say("everything arrived, once, byte for byte")
    story.name_the_stores()
    print(story.staff.told([(name, pin, story.tablets / f"tablet{number}")
                            for number, (name, pin) in enumerate(INSPECTORS.items(), 1)]), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
