#!/usr/bin/env python3
"""What the server answers fits the description that it serves. Goal: a program written from openapi.json alone reads every
list and every thing in them; a token gets the same answers as its scopes say. Method: a real office with items, reports,
a request, a step, points, a paper, a check with a finding and a conflict; every GET of the description is asked with the
ids that the lists hold, by whoever may, and each answer is held against its schema by another implementation (jsonschema)."""
import json
import os
import pathlib
import unittest
import uuid

import jsonschema

import programs
from tst_console_api import Browser, open_office

BINARIES = os.environ["ZHICHA_BIN"]
LEDGER = {
    "units": [{"id": "o1", "name": "描述县", "group": "county", "vice_mayor": "李志远"}, {"id": "o2", "name": "描述局", "group": "department", "vice_mayor": "王海"}],
    "sites": [{"id": "os", "name": "描述现场", "unit": "o1", "lat": 34.77, "lon": 111.2, "radius_m": 100}],
    "items": [{"id": f"oi{n}", "number": f"督〔2026〕{300 + n}号", "title": f"描述事项{n}", "source": n, "kind": "general", "lead": "o1", "cooperating": ["o2"],
               "issued_on": "2026-07-01", "due_on": due, "responsible_person": "赵", "supervisor": "钱", **more}
              for n, (due, more) in enumerate((("2026-09-30", {"completed_on": "2026-09-20", "awarded": 18.25, "content": "内容"}), ("2026-10-15", {}),
                                               ("2027-03-31", {"extensions": [{"approved_on": "2026-08-01", "approved_by": "李志远", "new_due_on": "2027-04-30"}]})), 1)],
    "reports": [{"id": "or1", "item": "oi2", "unit": "o1", "due_on": "2026-08-01", "submitted_on": "2026-08-03", "returned_on": "2026-08-04", "resubmit_due_on": "2026-08-10", "resubmitted_on": None}],
    "events": [{"id": "oe1", "unit": "o1", "rule": "commendation.city", "on": "2026-09-01", "item": "oi1", "document": "文"}],
    "ladder": [{"item": "oi2", "step": 1, "on": "2026-10-20"}],
    "published_rankings": [{"month": "2026-08", "published_on": "2026-09-02", "winners": ["o1"]}]}


class OpenApi(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        open_office(cls, LEDGER, (("主任", "chief", ()), ("何静", "unit_clerk", ("--unit", "o1")), ("沈审", "auditor", ()), ("赵安", "security", ())))
        cls.people["administrator"] = Browser(cls.office)
        cls.people["administrator"].sign_in(cls.office.made["administrator"], cls.office.made["password"], "春眠不觉晓处处闻啼鸟-甲")
        cls.play()
        status, cls.api = cls.fetch(Browser(cls.office), "/api/v1/openapi.json")
        assert status == 200
        cls.resolver = jsonschema.RefResolver("", cls.api)

    @classmethod
    def play(cls):
        """One of everything that the ledger file does not bring."""
        chief, clerk = cls.people["chief"], cls.people["unit_clerk"]
        item = next(row["id"] for row in chief.ask("GET", "/items?limit=200")[1]["rows"] if row["title"] == "描述事项2")
        for path, body in ((f"/items/{item}/reports", {"unit": cls.unit(chief), "what": "progress", "due_on": "2027-01-01"}),
                           ("/papers", {"kind": "supervision_notice", "subject": "督〔2026〕302号"}),
                           ("/paper-drafts", {"kind": "supervision_notice", "subject": "督〔2026〕302号"})):
            status, answer = chief.op(path, body)
            assert status == 200, answer
        other = next(row["id"] for row in chief.ask("GET", "/items?limit=200")[1]["rows"] if row["title"] == "描述事项3")
        status, answer = clerk.op("/requests", {"item": other, "what": "withdrawal", "ground": "条件不具备"})
        assert status == 200, answer
        tablet = programs.Tablet(BINARIES, cls.folder / "tablet")
        cls.office.enrol(tablet, "周文博")
        tablet.sync()
        check = tablet.json("check", "start", "--site", "os", "--item", "oi2", "--no-fix-reason", "室内")["check"]
        tablet.json("check", "answer", check, "--item", "oi2", "--question", "carried_out", "--value", "partly")
        photo = cls.folder / "photo.png"
        photo.write_bytes(programs.make_png("x", 3000))
        tablet.json("finding", "add", check, "--item", "oi2", "--severity", "major", "--text", "围挡破损", "--photo", photo)
        for clause in range(1, 7):
            tablet.json("check", "attest", check, "--clause", clause, "--said", "kept")
        tablet.json("check", "sign", check)
        tablet.json("check", "finish", check)
        tablet.sync()
        admin, security = cls.people["administrator"], cls.people["security"]
        scopes = [scope["name"] for scope in admin.ask("GET", "/tokens")[1]["scopes"]]
        status, token = admin.ask("POST", "/tokens", {"name": "看板", "purpose": "试", "days": 2, "scopes": scopes})
        assert status == 201, token
        status, _ = security.ask("POST", f"/tokens/{token['id']}/confirm", {})
        assert status == 200
        cls.token = token["token"]

    @classmethod
    def unit(cls, chief):
        return next(row["id"] for row in chief.ask("GET", "/lookup/units?limit=200")[1]["rows"] if row["name"] == "描述县")

    @classmethod
    def fetch(cls, who, path, headers=()):
        link, answer = who.raw("GET", path, None, headers)
        data, kind = answer.read(), answer.getheader("Content-Type") or ""
        link.close()
        return answer.status, json.loads(data) if "json" in kind else data

    def hold(self, path, answer):
        schema = next(iter(self.api["paths"][path]["get"]["responses"]["200"]["content"].values()))["schema"]
        wrong = [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in jsonschema.Draft202012Validator(schema, resolver=self.resolver).iter_errors(answer)]
        self.assertEqual(wrong, [], f"{path}: {json.dumps(answer, ensure_ascii=False)[:600]}")

    def values(self, who):
        """What stands for the parameters of a path, from the lists."""
        def first(path, key="id"):
            status, page = who.ask("GET", path)
            return [row[key] for row in page["rows"]] if status == 200 else []
        photos = [photo["digest"] for check in first("/checks?view=all") for photo in who.ask("GET", f"/checks/{check}")[1]["photos_list"]]
        return {"item": first("/items?limit=200"), "request": first("/requests"), "paper": first("/papers"), "draft": first("/paper-drafts"), "check": first("/checks?view=all"), "finding": first("/findings"),
                "conflict": first("/conflicts"), "month": ["2026-08", "2026-11"], "unit": [self.unit(self.people["chief"])], "device": first("/devices"),
                "photo": photos, "what": ["units", "sites", "items"], "page": ["1"]}

    def test_1_the_description_is_openapi(self):
        self.assertEqual(self.api["openapi"], "3.1.0")
        for name, schema in self.api["components"]["schemas"].items():
            jsonschema.Draft202012Validator.check_schema(schema)
            self.assertTrue(name)

    def test_2_every_answer_fits_its_schema(self):
        held = {}
        for role, who in self.people.items():
            values = self.values(who)
            for path, methods in self.api["paths"].items():
                operation = methods.get("get")
                if not operation or not path.startswith("/api/v1/console/"):
                    continue
                content = operation["responses"].get("200", {}).get("content", {})
                if not any("json" in kind for kind in content):
                    continue
                names = [p["name"] for p in operation.get("parameters", ()) if p["in"] == "path"]
                targets = [path]
                for name in names:
                    targets = [target.replace("{" + name + "}", value) for target in targets for value in values.get(name, ())[:8]]
                needed = [f"{p['name']}={p['example']}" for p in operation.get("parameters", ()) if p["in"] == "query" and p.get("required")]
                for target in ("?".join(filter(None, (target, "&".join(needed)))) for target in targets):
                    status, answer = who.ask("GET", target.removeprefix("/api/v1/console"))
                    if status == 200:
                        with self.subTest(role=role, path=path):
                            self.hold(path, answer)
                        held[path] = held.get(path, 0) + 1
                    elif status != 204:
                        # A page that a code opens knows no session.
                        refused = (401,) if "/outside/" in target else (403, 404)
                        self.assertIn(status, refused, (role, target, answer))
                        jsonschema.Draft202012Validator({"$ref": "#/components/schemas/Problem"}, resolver=self.resolver).validate(answer)
        for path in ("items", "items/{item}", "items/{item}/operations", "requests", "requests/{request}", "escalation", "point-rules", "rankings", "rankings/{month}", "rankings/{month}/trend",
                     "rankings/{month}/units/{unit}", "checks", "checks/{check}", "checks/{check}/track", "checks/{check}/feed", "findings", "findings/{finding}", "geo/sites", "geo/tracks", "geo/findings",
                     "papers", "papers/{paper}", "paper-drafts", "paper-drafts/{draft}", "tokens", "session", "head", "desk", "people", "devices", "audit", "photos/{photo}", "health", "lookup/{what}"):
            self.assertIn("/api/v1/console/" + path, held, "nobody was shown it")

    def test_3_a_token_reads_the_same(self):
        headers = {"Authorization": f"Bearer {self.token}"}.items()
        stranger, seen = Browser(self.office), 0
        for path, methods in self.api["paths"].items():
            operation = methods.get("get")
            if not operation or "{" in path or not any("token" in way for way in operation["security"]):
                continue
            status, answer = self.fetch(stranger, path, headers)
            self.assertEqual(status, 200, (path, answer))
            with self.subTest(path=path):
                self.hold(path, answer)
            seen += 1
        self.assertGreater(seen, 9)
        status, answer = self.fetch(stranger, "/api/v1/console/people", headers)
        self.assertEqual((status, answer["code"]), (403, "not_yours"))
        status, answer = self.fetch(stranger, "/api/v1/console/items", {"Authorization": f"Bearer zhicha_{uuid.uuid4().hex}"}.items())
        self.assertEqual((status, answer["code"]), (401, "signed_out"))


if __name__ == "__main__":
    unittest.main()
