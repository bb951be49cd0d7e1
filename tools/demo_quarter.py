#!/usr/bin/env python3
"""Plays a quarter of a city's supervision ledger: by default 200 items, 40 units, August to October 2026.

Everything is done by the real programs as their people do it: the office registers, asks for reports, returns and accepts
them, climbs the ladder, issues all eight papers and publishes three rankings at the console; clerks hand in, ask for
extensions, withdrawals and transfers; vice mayors and the mayor sign; inspectors check on the spot with zhicha-field. The
server's clock is turned from day to day by libfaketime, as a calendar is; nothing else about the programs is other than
in service. What is done is drawn from a seed and counted here; in the end the ledger file that `export` prints must say
the same, and `assess` and `due` on that file the same as the console.
"""
import argparse
import datetime
import hashlib
import json
import os
import pathlib
import random
import subprocess
import sys
import time
from collections import Counter

from console_client import Refused
from demo_clock import Clock, FakedOffice, FakedTablet
from quarter_plan import END, MONTHS, Plan

STARTED = time.monotonic()
PAPERS = ("supervision_notice", "urging_notice", "circular", "criticism", "interview_notice", "accountability_request",
          "supervision_report", "monthly_ranking")
STEP_PAPERS = {"circular": "circular", "criticism_and_media": "criticism", "interview": "interview_notice",
               "accountability": "accountability_request"}
VICE_MAYORS = ("李志远", "王海", "周敏")
INSPECTORS = ("王督查", "李督查")


def say(text):
    print(f"quarter [{time.monotonic() - STARTED:5.1f} s] {text}", flush=True)


class Failed(Exception):
    pass


class Quarter:
    def __init__(self, options):
        self.options = options
        self.plan = Plan(options.items, options.units, options.checks, random.Random(options.seed))
        self.data = pathlib.Path(options.data)
        self.clock = Clock(self.data.parent / f"{self.data.name}.clock")
        self.clock.turn_to(self.plan.days[0])
        self.office = FakedOffice(options.bin, self.data, options.port, self.clock)
        self.done, self.papers = Counter(), Counter()
        self.item_ids, self.requests, self.unit_ids = {}, {}, {}
        self.tablets = []

    # ---- opening

    def open(self):
        say(f"1 the office: {len(self.plan.units)} units, their vice mayors, {len(self.plan.clerks)} clerks, two tablets")
        self.office.make()
        file = self.data.parent / f"{self.data.name}.city.json"
        file.write_text(json.dumps({"units": self.plan.units, "sites": self.plan.sites}, ensure_ascii=False), encoding="utf-8")
        self.office.command("import", file)
        self.office.serve()
        people = [("赵明远", "chief"), ("林晓东", "reviewer"), ("市长", "mayor"), *((name, "vice_mayor") for name in VICE_MAYORS)]
        for name, role in people:
            self.office.add(name, role)
        for clerk, unit in self.plan.clerks.items():
            self.office.add(clerk, "unit_clerk", "--unit", unit)
        admin = self.office.administrator()
        self.unit_ids = {ref["code"]: ref["id"] for ref in admin.get("/lookup/units?limit=200")["rows"]}
        for number, name in enumerate(INSPECTORS, 1):
            self.office.command("user", "add", "--name", name, "--role", "inspector", split=True)
            tablet = FakedTablet(self.options.bin, self.data.parent / f"{self.data.name}.tablet{number}", self.clock)
            tablet.enrol(self.office.command("enrol-code", "--inspector", name))
            self.tablets.append(tablet)

    def at(self, name):
        return self.office.console(name)

    # ---- one day

    def play(self):
        for number, day in enumerate(self.plan.days):
            self.clock.turn_to(day)
            self.office.new_day()
            before = self.done.copy()
            for act in (self.publish, self.register, self.ask_reports, self.hand_in, self.judge_reports, self.file_requests,
                        self.sign_requests, self.complete, self.climb, self.enter_points, self.check_on_site, self.receive_papers):
                act(day)
            news = ", ".join(f"{what} {n}" for what, n in (self.done - before).items())
            say(f"  {day} ({number + 1}/{len(self.plan.days)}): {news or 'nothing due'}")

    def register(self, day):
        items = self.plan.items_of(day)
        for start in range(0, len(items), 100):
            rows = [item.draft for item in items[start:start + 100]]
            answer = self.at("林晓东").post("/items/batch", {"rows": rows})
            for item, made in zip(items[start:start + 100], answer["items"]):
                item.id, item.number = made["item"], made["number"]
                self.done["registered"] += 1
        for item in items[:2]:
            self.issue("supervision_notice", item.number)

    def ask_reports(self, day):
        for item in self.plan.items_of(day):
            for what, due in item.reports_asked:
                made = self.at("林晓东").post(f"/items/{item.id}/reports", {"unit": self.unit_ids[item.lead], "what": what, "due_on": str(due)})
                item.reports.append({"id": made["report"], "due": due, "state": "awaited"})
                self.done["reports asked"] += 1

    def clerk_of(self, unit):
        return next(clerk for clerk, own in self.plan.clerks.items() if own == unit)

    def hand_in(self, day):
        """Clerks come to the console once a week."""
        if day.weekday() != 0:
            return
        for item in self.plan.open_items(day):
            for report in item.reports:
                if report["state"] in ("awaited", "returned") and item.hands_in(report, day):
                    self.at(self.clerk_of(item.lead)).post(f"/items/{item.id}/reports/{report['id']}/submit",
                                                           {"text": f"{item.title}：已完成 {item.progress(day)}%，存在的问题和下一步打算见附件。"})
                    self.done["reports handed in late" if day > report["due"] else "reports handed in"] += 1
                    report["state"] = "again" if report["state"] == "returned" else "handed_in"

    def judge_reports(self, day):
        for item in self.plan.open_items(day):
            for report in item.reports:
                path = f"/items/{item.id}/reports/{report['id']}"
                if report["state"] == "handed_in" and item.is_returned:
                    report["due"] = day + datetime.timedelta(days=item.return_days)
                    self.at("林晓东").post(path + "/return", {"reason": "没有写清责任人和完成时间", "resubmit_due_on": str(report["due"])})
                    report["state"] = "returned"
                    self.done["reports returned"] += 1
                elif report["state"] in ("handed_in", "again"):
                    self.at("林晓东").post(path + "/accept", {})
                    report["state"] = "accepted"
                    self.done["reports accepted"] += 1

    def file_requests(self, day):
        for item in self.plan.open_items(day):
            if item.request and not item.request_id and day >= item.request_on:
                body = {"item": item.id, "what": item.request, "ground": item.ground}
                if item.request == "extension":
                    body["new_due_on"] = str(item.new_due)
                elif item.request == "transfer":
                    body["to"] = self.unit_ids[item.transfer_to]
                elif item.request == "exemption":
                    body.update({"from": str(item.due), "until": str(item.due + datetime.timedelta(days=20))})
                item.request_id = self.at(self.clerk_of(item.lead)).post("/requests", body)["request"]
                self.done[f"{item.request} asked"] += 1

    def sign_requests(self, _day):
        """Office, vice mayors, mayor: each what waits for them, until nothing does."""
        for name in ("林晓东", *VICE_MAYORS, "市长"):
            if not any(item.request_id and not item.granted for item in self.plan.items):
                return
            for row in self.at(name).get("/requests?state=mine&limit=200")["rows"]:
                answer = self.at(name).post(f"/requests/{row['id']}/sign", {"opinion": "同意。"})
                self.done["signatures"] += 1
                if answer["state"] == "granted":
                    item = next(one for one in self.plan.items if one.request_id == row["id"])
                    item.grant()
                    self.done[f"{item.request} granted"] += 1

    def complete(self, day):
        for item in self.plan.open_items(day):
            if item.completes(day):
                log = self.at("林晓东").get(f"/items/{item.id}")["log"]
                self.at("林晓东").post(f"/items/{item.id}/complete", {"on": str(day), "awarded": item.award, "base": {"log": log}})
                item.completed_on = day
                self.done["completed"] += 1

    def climb(self, day):
        """What the notice makes due that day: the paper, then the record of the step with its number."""
        due = self.at("林晓东").get("/escalation")
        for action in due["actions"]:
            item = next(one for one in self.plan.items if one.id == action["item"]["id"])
            if action["action"] == "urge":
                if item.number not in self.plan.urged and self.papers["urging_notice"] < self.options.papers:
                    self.plan.urged.add(item.number)
                    self.issue("urging_notice", item.number)
                continue
            kind = STEP_PAPERS[action["action"]]
            number = self.issue(kind, item.number) if self.papers[kind] < self.options.papers else f"三政督办〔2026〕{100 + self.done['steps']}号"
            body = {"step": action["step"], "on": str(day), "document": number}
            if action["commitment"]:
                body.update({"commitment": "二十日内办结。", "commitment_due_on": str(day + datetime.timedelta(days=20))})
            self.at("林晓东").post(f"/items/{item.id}/steps", body)
            item.step = action["step"]
            self.done["steps"] += 1
            self.done[f"step {action['step']}"] += 1

    def enter_points(self, day):
        for item, rule in self.plan.points_of(day):
            self.at("林晓东").post(f"/items/{item.id}/events", {"unit": self.unit_ids[item.lead], "rule": rule, "on": str(day),
                                                              "document": f"市政府督查〔2026〕{self.done['points'] + 1}号"})
            self.done["points"] += 1

    def publish(self, day):
        for month in MONTHS:
            if day > month.last and month.name not in self.plan.published:
                chief = self.at("赵明远")
                figures = chief.get(f"/rankings/{month.name}")["figures"]
                chief.post(f"/rankings/{month.name}/publish", {"figures": figures})
                self.plan.published[month.name] = figures
                self.issue("monthly_ranking", month.name)
                self.done["rankings published"] += 1

    def issue(self, kind, subject):
        body = {"kind": kind, "subject": subject}
        if kind == "interview_notice":
            body.update({"meeting_at": "下周一上午九时", "meeting_place": "市政府第二会议室"})
        number = self.at("赵明远").post("/papers", body)["number"]
        self.papers[kind] += 1
        self.done["papers"] += 1
        return number

    def receive_papers(self, day):
        if day.weekday() != 0 or not self.done["papers"]:
            return
        waiting = {to["id"] for paper in self.at("赵明远").get("/papers?state=issued&limit=200")["rows"] for to in paper["to"]}
        for clerk, unit in self.plan.clerks.items():
            # A month's ranking goes to every unit; those that have nothing else sign for it when they next come.
            if self.unit_ids[unit] not in waiting or not self.office.is_in(clerk):
                continue
            for paper in self.at(clerk).get("/papers?state=issued&limit=200")["rows"]:
                self.at(clerk).post(f"/papers/{paper['id']}/receipts", {"unit": self.unit_ids[unit]})
                self.done["receipts"] += 1

    def check_on_site(self, day):
        for number, (item, site) in enumerate(self.plan.checks_of(day)):
            tablet = self.tablets[number % len(self.tablets)]
            tablet.sync()
            check = tablet.run("check", "start", "--site", site, "--item", item.id, "--no-fix-reason", "室内，收不到卫星信号")["check"]
            for question, value in (("carried_out", "partly"), ("rectified", "yes"), ("satisfied", "yes")):
                tablet.run("check", "answer", check, "--item", item.id, "--question", question, "--value", value)
            tablet.run("finding", "add", check, "--item", item.id, "--severity", "major", "--text", f"{item.title}：进度滞后，现场只有两人施工")
            tablet.run("check", "tally", check, "--satisfied", 8, "--neutral", 2, "--dissatisfied", 1)
            for clause in range(1, 7):
                tablet.run("check", "attest", check, "--clause", clause, "--said", "kept")
            tablet.run("check", "sign", check)
            tablet.run("check", "finish", check)
            tablet.sync()
            self.office.command("review", check, "--accept")
            self.done["checks accepted"] += 1
            if self.papers["supervision_report"] < self.options.papers:
                self.issue("supervision_report", item.number)

    # ---- the end

    def compare(self):
        """The exported file says what was counted here; what is computed from it says what the console shows."""
        self.clock.turn_to(END)
        self.office.new_day()
        file = self.data.parent / f"{self.data.name}.ledger.json"
        file.write_text(self.office.raw("export"), encoding="utf-8")
        ledger = json.loads(file.read_text(encoding="utf-8"))
        counted = Counter()
        for item in ledger["items"]:
            counted["registered"] += 1
            counted["completed"] += "completed_on" in item
            for name, key in (("extension granted", "extensions"), ("transfer granted", "transfers"), ("exemption granted", "exemptions")):
                counted[name] += len(item.get(key, []))
            counted["withdrawal granted"] += "withdrawal" in item
        counted.update({"reports asked": len(ledger["reports"]), "steps": len(ledger["ladder"]), "points": len(ledger["events"]),
                        "rankings published": len(ledger["published_rankings"]), "papers": len(ledger["papers"])})
        for what, n in counted.items():
            if self.done[what] != n:
                raise Failed(f"{what}: played {self.done[what]}, the ledger file says {n}")
        if missing := [kind for kind in PAPERS if not self.papers[kind]]:
            raise Failed(f"no paper of these kinds was issued: {missing}")
        self.compare_figures(file)
        self.compare_due(file)
        found = self.office.command("fsck")
        if not found["ok"]:
            raise Failed(f"fsck: {found['problems'][:3]}")
        say(f"  {sum(counted.values())} facts counted twice; fsck finds nothing")
        return counted

    def compare_figures(self, file):
        chief = self.at("赵明远")
        for month in MONTHS:
            printed = self.office.figures("assess", file, "--as-of", month.last, "--json")
            shown = chief.get(f"/rankings/{month.name}")
            if hashlib.sha256(printed.removesuffix("\n").encode()).hexdigest() != shown["figures"]:
                raise Failed(f"{month.name}: the console's figures are not those of assess")
            rows = {row["unit"]["code"]: row for row in shown["rows"]}
            moved = {one["unit"]["code"] for one in shown["difference"]}
            for unit in json.loads(printed)["units"]:
                row = rows[unit["id"]]
                same = all(row[field] == unit[field] for field in ("items", "earned", "total", "efficacy", "item_score", "merits", "demerits", "score", "rank"))
                if same == (unit["id"] in moved):
                    raise Failed(f"{month.name} {unit['id']}: the page says {row}, assess {unit}")
            say(f"  {month.name}: {len(rows)} units as assess computes them; {len(moved)} differ from what was published, and are said to")

    def compare_due(self, file):
        printed = json.loads(self.office.figures("due", file, "--as-of", END, "--json"))
        shown = self.at("林晓东").get(f"/escalation?as_of={END}")
        codes = {item["id"]: item["number"] for item in json.loads(file.read_text(encoding="utf-8"))["items"]}
        ours = sorted((codes[a["item"]], a["action"], a["since"], a["overdue_workdays"]) for a in printed["actions"])
        theirs = sorted((a["item"]["number"], a["action"], a["since"], a["overdue_workdays"]) for a in shown["actions"])
        if ours != theirs:
            raise Failed(f"due says {ours}, the console {theirs}")
        say(f"  {len(ours)} actions due on {END}: the same at the console and by due")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, help="folder of the two programs")
    parser.add_argument("--data", required=True, help="folder of the ledger, which is made anew")
    parser.add_argument("--port", required=True, type=int)
    parser.add_argument("--items", type=int, default=200)
    parser.add_argument("--units", type=int, default=40)
    parser.add_argument("--checks", type=int, default=12)
    parser.add_argument("--papers", type=int, default=6, help="of each kind at most, beside the rankings")
    parser.add_argument("--seed", type=int, default=2019)
    options = parser.parse_args()
    quarter = Quarter(options)
    try:
        quarter.open()
        say(f"2 {MONTHS[0].name} to {MONTHS[-1].name}, {len(quarter.plan.days)} days on which something is done")
        quarter.play()
        say("3 the figures: what was played, the exported file, assess and due, the console")
        quarter.compare()
    except (Failed, Refused, subprocess.SubprocessError) as failure:
        print(f"quarter: FAILED: {failure}", file=sys.stderr)
        return 1
    finally:
        quarter.office.stop()
    say("played: " + ", ".join(f"{what} {n}" for what, n in sorted(quarter.done.items())))
    say("papers: " + ", ".join(f"{kind} {quarter.papers[kind]}" for kind in PAPERS))
    quarter.office.keep_accounts()
    print(f"quarter: everything agrees; who can sign in stands in {quarter.office.accounts_file}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
