#!/usr/bin/env python3
"""The console's interface on a real server over TLS. Goal: nothing is served without both factors, the right role and the
right page; a decision is an operation that reaches the tablet and comes back; what a tablet brings is told live. Method: an
office signs in with codes of our own RFC 6238, a tablet records a check, and each rule is broken once."""
import base64
import hashlib
import hmac
import http.client
import json
import os
import pathlib
import ssl
import struct
import tempfile
import time
import unittest
import uuid

import programs

BINARIES = os.environ["ZHICHA_BIN"]
BASE = "/api/v1/console"


def one_time_code(secret, at=None):
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    counter = int((time.time() if at is None else at) // 30)
    mac = hmac.new(key, struct.pack(">Q", counter), hashlib.sha1).digest()
    start = mac[19] & 15
    return f"{(struct.unpack('>I', mac[start:start + 4])[0] & 0x7fffffff) % 1000000:06d}"


class Browser:
    """One person at one browser: cookie, CSRF, answers as (status, JSON)."""

    def __init__(self, office):
        self.port, self.cookie, self.csrf, self.secret, self.used = office.port, "", "", "", set()
        self.context = ssl.create_default_context()
        self.context.check_hostname, self.context.verify_mode = False, ssl.CERT_NONE

    def raw(self, method, path, body=None, headers=()):
        link = http.client.HTTPSConnection("localhost", self.port, timeout=programs.PATIENCE_S, context=self.context)
        link.request(method, path, body, dict(headers))
        return link, link.getresponse()

    def ask(self, method, path, body=None, key=None, **more):
        headers = {"Cookie": self.cookie, "X-CSRF": self.csrf, "Sec-Fetch-Site": "same-origin", **more}
        if body is not None:
            headers["Content-Type"] = "application/json"
        if key:
            headers["Idempotency-Key"] = key
        link, answer = self.raw(method, BASE + path, None if body is None else json.dumps(body), headers.items())
        data = answer.read()
        cookie = answer.getheader("Set-Cookie")
        if cookie:
            self.cookie = cookie.split(";")[0]
        link.close()
        self.headers = answer.headers
        parsed = json.loads(data) if data and "json" in (answer.getheader("Content-Type") or "") else data
        if isinstance(parsed, dict) and "csrf" in parsed:
            self.csrf = parsed["csrf"]
        return answer.status, parsed

    def op(self, path, body):
        return self.ask("POST", path, body, key=uuid.uuid4().hex)

    def code(self):
        """A code counts once: the next step's is taken, which the server's window still covers."""
        for ahead in (0, 30, -30):
            code = one_time_code(self.secret, time.time() + ahead)
            if code not in self.used:
                self.used.add(code)
                return code
        raise programs.Refused("no code is left in this window")

    def sign_in(self, name, password, new):
        status, session = self.ask("POST", "/session", {"name": name, "password": password})
        assert (status, session["state"]) == (200, "password_change"), session
        status, session = self.ask("POST", "/session/password", {"old": password, "new": new})
        assert (status, session["state"]) == (200, "second_factor_setup"), session
        status, totp = self.ask("POST", "/session/second-factors/totp", {})
        assert status == 200 and totp["qr"].startswith("<svg"), totp
        self.secret = totp["secret"]
        status, session = self.ask("POST", "/session/second-factors/totp", {"code": self.code()})
        assert (status, session["state"]) == (200, "full"), session
        return session


def open_office(case, ledger, roles):
    """Gives the class an office with that ledger that serves, and `people`: one of each (name, role, options) signed in."""
    temporary = tempfile.TemporaryDirectory(prefix="zhicha-office-")
    case.addClassCleanup(temporary.cleanup)
    case.folder = pathlib.Path(temporary.name)
    case.office = programs.make_office(BINARIES, case.folder / "ledger")
    file = case.folder / "ledger.json"
    file.write_text(json.dumps(ledger, ensure_ascii=False), encoding="utf-8")
    case.office.command("import", file)
    passwords = {name: case.office.json("user", "add", case.office.folder, "--name", name, "--role", role, *more)["password"] for name, role, more in roles}
    case.office.serve()
    case.addClassCleanup(case.office.close)
    case.people = {}
    for name, role, _ in roles:
        case.people[role] = Browser(case.office)
        case.people[role].sign_in(name, passwords[name], "春眠不觉晓处处闻啼鸟-" + role)


class ConsoleApi(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="zhicha-console-")
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.folder = pathlib.Path(cls.temporary.name)
        cls.office = programs.make_office(BINARIES, cls.folder / "ledger")
        cls.passwords = {name: cls.office.json("user", "add", cls.office.folder, "--name", name, "--role", role)["password"]
                         for name, role in (("林晓东", "reviewer"), ("何静", "unit_clerk"), ("沈审", "auditor"),
                                            ("赵安", "security"))}  # she comes last: from then on she confirms
        cls.office.serve()
        cls.addClassCleanup(cls.office.close)
        cls.tablet = programs.Tablet(BINARIES, cls.folder / "tablet")
        cls.office.enrol(cls.tablet, "周文博")
        cls.tablet.sync()
        cls.reviewer, cls.clerk, cls.security, cls.auditor = (Browser(cls.office) for _ in range(4))
        for browser, name in ((cls.reviewer, "林晓东"), (cls.clerk, "何静"), (cls.security, "赵安"), (cls.auditor, "沈审")):
            browser.session = browser.sign_in(name, cls.passwords[name], "春眠不觉晓处处闻啼鸟-" + str(len(name)))

    def record(self, finish=True):
        check = self.tablet.json("check", "start", "--site", "s1", "--no-fix-reason", "室内")["check"]
        photo = self.folder / "photo.png"
        photo.write_bytes(programs.make_png(check, 3000))
        finding = self.tablet.json("finding", "add", check, "--severity", "major", "--text", "围挡破损", "--photo", photo)
        if finish:
            self.tablet.json("check", "finish", check)
        self.tablet.sync()
        return check, finding["finding"]

    def listed(self, path, wanted):
        """The list's ids, asked for until the wanted one is there: lists follow the log within moments."""
        until = time.monotonic() + programs.PATIENCE_S
        while True:
            status, page = self.reviewer.ask("GET", path)
            self.assertEqual(status, 200, page)
            ids = [row["id"] for row in page["rows"]]
            if wanted in ids or time.monotonic() > until:
                return ids

    def without(self, path, gone):
        until = time.monotonic() + programs.PATIENCE_S
        while True:
            ids = [row["id"] for row in self.reviewer.ask("GET", path)[1]["rows"]]
            if gone not in ids or time.monotonic() > until:
                return ids

    def test_a_session_is_shown_with_its_rail(self):
        self.assertEqual(self.reviewer.session["entries"], ["desk", "checks", "conflicts", "findings", "rectifications", "items", "requests", "escalation", "ranking", "papers", "erasures"])
        self.assertEqual(self.reviewer.session["opens_on"], "desk")
        self.assertEqual(self.auditor.session["entries"], ["tokens", "audit"])
        self.assertEqual(self.clerk.session["entries"], ["rectifications", "items", "requests", "ranking", "papers"])
        self.assertEqual(self.clerk.session["opens_on"], "items")
        status, nobody = Browser(self.office).ask("GET", "/session")
        self.assertEqual((status, nobody["state"]), (200, "none"))
        self.assertNotIn("csrf", nobody)

    def test_without_session_role_or_page_nothing_is_served(self):
        stranger = Browser(self.office)
        for path in ("/checks", "/desk", "/head", "/devices", "/people", "/audit", "/events", "/tiles", "/drafts/a/b"):
            self.assertEqual(stranger.ask("GET", path)[1]["code"], "signed_out", path)
        for browser, path in ((self.clerk, "/checks"), (self.auditor, "/checks"), (self.security, "/findings"),
                              (self.reviewer, "/audit"), (self.reviewer, "/people"), (self.auditor, "/devices")):
            status, problem = browser.ask("GET", path)
            self.assertEqual((status, problem["code"]), (403, "not_yours"), path)
            self.assertTrue(problem["needed"] and problem["what"] and problem["request"])
        draft = {"x": 1}
        self.assertEqual(self.reviewer.ask("PUT", "/drafts/note/1", draft, **{"X-CSRF": "0" * 32})[1]["code"], "bad_csrf")
        self.assertEqual(self.reviewer.ask("PUT", "/drafts/note/1", draft, **{"Sec-Fetch-Site": "cross-site"})[1]["code"],
                         "bad_csrf")
        self.assertEqual(self.reviewer.ask("PUT", "/drafts/note/1", draft, Origin="https://evil.example")[1]["code"],
                         "bad_csrf")
        self.assertEqual(self.reviewer.ask("PUT", "/drafts/note/1", draft)[0], 200)
        self.assertEqual(self.reviewer.ask("GET", "/drafts/note/1")[1]["content"], draft)
        self.assertEqual(self.clerk.ask("GET", "/drafts/note/1")[0], 204)

    def test_a_check_is_reviewed_amended_and_reviewed_again(self):
        check, finding = self.record()
        self.assertIn(check, self.listed("/checks?view=todo", check))
        for _ in range(100):  # the index that counts photos is folded beside the ledger, a few times a second
            status, one = self.reviewer.ask("GET", f"/checks/{check}?view=todo")
            if one["photos"]["arrived"] == 1:
                break
            time.sleep(0.1)
        self.assertEqual((status, one["may"]["accept"]), (200, True), one)
        self.assertTrue(1 <= one["position"]["at"] <= one["position"]["of"], one["position"])
        self.assertEqual((one["photos"]["declared"], one["photos"]["arrived"]), (1, 1))
        self.assertEqual(one["findings"][0]["text"], "围挡破损")
        key, body = uuid.uuid4().hex, {"verdict": "accept", "base": {"log": one["log"]}}
        status, done = self.reviewer.ask("POST", f"/checks/{check}/reviews", body, key=key)
        self.assertEqual((status, done["state"], done["outcome"]), (200, "accepted", "applied"), done)
        self.assertNotIn(check, self.without("/checks?view=todo", check))
        # It has left the view: it has no place there, and never one past the end.
        self.assertNotIn("position", self.reviewer.ask("GET", f"/checks/{check}?view=todo")[1])
        again = self.reviewer.ask("POST", f"/checks/{check}/reviews", body, key=key)
        self.assertEqual(again, (200, done))
        body["verdict"] = "return"
        self.assertEqual(self.reviewer.ask("POST", f"/checks/{check}/reviews", body, key=key)[1]["code"], "key_reused")
        _, detail = self.reviewer.ask("GET", f"/findings/{finding}")
        amend = {"text": "围挡破损约 3 米", "reason": "量过", "base": detail["writes"]}
        status, amended = self.reviewer.op(f"/findings/{finding}/amend", amend)
        self.assertEqual((status, amended["outcome"]), (200, "applied"), amended)
        status, late = self.reviewer.op(f"/findings/{finding}/amend", amend)
        self.assertEqual((status, late["code"], late["yours"]), (409, "changed_meanwhile", amend["text"]))
        self.assertEqual(self.reviewer.ask("GET", f"/checks/{check}")[1]["state"], "changed_after_acceptance")
        status, stale = self.reviewer.op(f"/checks/{check}/reviews", {"verdict": "accept", "base": {"log": one["log"]}})
        self.assertEqual((status, stale["code"]), (409, "changed_meanwhile"))

    def test_a_returned_check_reaches_the_tablet_and_comes_back(self):
        check, _ = self.record()
        log = self.reviewer.ask("GET", f"/checks/{check}")[1]["log"]
        question = {"verdict": "return", "base": {"log": log}, "questions": [{"text": "哪一段围挡？"}]}
        status, done = self.reviewer.op(f"/checks/{check}/reviews", question)
        self.assertEqual((status, done["state"]), (200, "returned"), done)
        self.assertEqual(self.reviewer.op(f"/checks/{check}/comments", {"text": "请看照片 1"})[0], 200)
        self.tablet.sync()
        asked = done["questions"][0]["id"]
        self.tablet.json("check", "reply", check, "--question", asked, "--text", "东侧第二段")
        self.tablet.sync()
        _, one = self.reviewer.ask("GET", f"/checks/{check}")
        self.assertEqual((one["state"], one["replies"][0]["text"]), ("replied", "东侧第二段"))
        entries = self.reviewer.ask("GET", f"/checks/{check}/feed")[1]["entries"]
        kinds = [entry["kind"] for entry in entries]
        review, reply = (next(e for e in entries if e["kind"] == kind) for kind in ("review", "reply"))
        self.assertEqual((review["actor"]["name"], review["text"]), ("林晓东", "return"))
        self.assertEqual([(q["id"], q["text"]) for q in review["questions"]], [(asked, "哪一段围挡？")])
        self.assertEqual(reply["question"], asked)
        self.assertNotIn(reply["device"], reply["device_name"])
        self.assertEqual([kinds.count(kind) for kind in ("review", "comment", "reply")], [1, 1, 1], kinds)

    def test_what_changes_is_told_live(self):
        link, stream = self.reviewer.raw("GET", BASE + "/events", headers={"Cookie": self.reviewer.cookie}.items())
        self.addCleanup(link.close)
        self.assertEqual((stream.status, stream.getheader("Content-Type")), (200, "text/event-stream"))
        lines = iter(lambda: stream.readline().decode(), "")
        self.assertIn("event: hello\n", (next(lines), next(lines)))
        check, _ = self.record(finish=False)
        heard = set()
        for line in lines:
            if line.startswith("data: ") and "changes" in line:
                heard |= {(c["kind"], c["id"]) for c in json.loads(line[6:])["changes"]}
            if ("check", check) in heard:
                break
        self.assertIn(("check", check), heard)

    def test_originals_are_the_bytes_and_stay_inside(self):
        check, _ = self.record()
        digest = self.reviewer.ask("GET", f"/checks/{check}")[1]["photos_list"][0]["digest"]
        status, data = self.reviewer.ask("GET", f"/photos/{digest}/original")
        self.assertEqual((status, programs.sha256(data)), (200, digest))
        self.assertEqual(self.reviewer.headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(self.security.ask("GET", f"/photos/{digest}/original")[1]["code"], "not_yours")
        self.assertEqual(self.reviewer.ask("GET", "/photos/" + "0" * 64)[0], 404)
        _, trail = self.auditor.ask("GET", "/audit?act=photo_read")
        self.assertIn(("林晓东", "ok"), [(row["actor"]["name"], row["result"]) for row in trail["rows"]])

    def test_failures_lock_and_answers_are_equal(self):
        for name in ("何静", "没有这个人"):
            browser = Browser(self.office)
            answers = [browser.ask("POST", "/session", {"name": name, "password": "错的口令"})[1] for _ in range(5)]
            self.assertEqual([a["code"] for a in answers], ["bad_credentials"] * 4 + ["locked"])
            self.assertIn("until", answers[-1])

    def test_hostile_input_is_refused_in_words(self):
        _, one = self.record()
        cases = [("POST", "/checks/search", b"[]"), ("POST", "/checks/search", b"{"), ("POST", "/checks/search", b"[" * 50000),
                 ("POST", "/checks/search", b'{"text":1e999}'), ("POST", "/checks/search", b'{"text":5}'),
                 ("POST", "/findings/search", b'{"unit":["x"]}'), ("POST", "/checks/search", b'{"view":null}'), ("POST", "/checks/search", "{\"a\":\"\ud800\"}".encode("utf-8", "surrogatepass"))]
        for method, path, body in cases:
            link, answer = self.reviewer.raw(method, BASE + path, body, {"Cookie": self.reviewer.cookie, "X-CSRF": self.reviewer.csrf,
                                             "Content-Type": "application/json"}.items())
            self.assertIn(answer.status, (400, 413), body[:20])
            link.close()
        for path in ("/checks?limit=0", "/checks?limit=201", "/checks?after=zzz", "/checks?unit=1", "/checks?view=x",
                     "/checks?from=2026-13-01", "/findings?sev=x", "/checks?sort=x"):
            status, problem = self.reviewer.ask("GET", path)
            self.assertEqual((status, problem["code"]), (400, "invalid_argument"), path)
        for path in ("/checks/x", "/findings/x", "/conflicts/x", f"/conflicts/{one}.nothing", "/tiles/none/1/0/0"):
            self.assertEqual(self.reviewer.ask("GET", path)[0], 404, path)
        self.assertEqual(self.reviewer.op(f"/findings/{one}/amend", {"reason": "r", "text": "x"})[0], 400)
        self.assertEqual(self.reviewer.ask("POST", f"/findings/{one}/void", {"reason": "r"})[0], 400)  # no key

    def test_pages_carry_a_strict_policy(self):
        for path in ("/", "/checks", "/findings?unit=1"):
            link, answer = self.reviewer.raw("GET", path)
            policy = answer.getheader("Content-Security-Policy")
            self.assertIn("script-src 'self'", policy)
            self.assertNotIn("unsafe", policy)
            self.assertEqual(answer.getheader("Referrer-Policy"), "no-referrer")
            link.close()


if __name__ == "__main__":
    unittest.main()
