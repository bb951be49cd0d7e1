"""The office of a demo's city: its accounts, made by the real commands and at the real console, and who may sign in.

The administrator walks through the first-run page's steps, the security officer confirms every role, and each person
replaces the password that was given once and enrols an authenticator. DATA.accounts.json keeps what a person at the
demo needs (readable by its owner alone); nothing of it is known to the server but hashes and sealed secrets.
"""
import json
import os
import pathlib
import unicodedata

from console_client import Console, Refused, certificate_fingerprint, certificate_of

PASSWORD = "demo-office-2026"
WORDS = {"administrator": "系统管理员", "security": "安全管理员", "auditor": "审计员", "chief": "主任", "reviewer": "审核员",
         "team_lead": "组长"}
OFFICERS = {"security": "许静", "auditor": "陈立军"}
STAFF = (("赵明远", "chief", ()), ("林晓东", "reviewer", ()), ("孙立", "team_lead", ("--team", "督查一组")))


def padded(text, width):
    """Filled up to so many columns of a terminal, in which a Chinese character takes two."""
    return text + " " * (width - sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text))


class Office:
    """Owner: the story. `run` is zhicha-server, `made` what `init` printed."""

    def __init__(self, run, data, port, made):
        self.run, self.data, self.port, self.made = run, pathlib.Path(data), port, made
        self.pem = certificate_of(port)
        self.people = []  # [{name, role, password, secret}], as the accounts file
        self.consoles = {}

    def open(self):
        """Everybody's account, every role in force, the first run done. Inspectors are there by then."""
        admin = self._enter(self.made["administrator"], "administrator", self.made["password"])
        admin.post("/first-run/root_key", {"kept_offline": True, "second_copy": True})
        admin.post("/first-run/ledger", {"confirmed": True})
        given = admin.post("/first-run/officers", {role: {"name": name} for role, name in OFFICERS.items()})["passwords"]
        for officer in given:
            self._enter(officer["name"], officer["role"], officer["password"])
        passwords = {name: self.run("user", "add", self.data, "--name", name, "--role", role, *more, "--json")["password"]
                     for name, role, more in STAFF}
        self._confirm_roles(self.consoles[OFFICERS["security"]])
        for name, role, _ in STAFF:
            self._enter(name, role, passwords[name])
        admin.post("/first-run/import", {"empty": True})  # the story's import was there before
        admin.post("/first-run/tablet", {"skip": True})
        self._keep()

    def desk_as_reviewer(self):
        """Signs in once more, as anybody would with what the accounts file says, and reads the work desk."""
        person = next(p for p in self.people if p["role"] == "reviewer")
        again = self.consoles[person["name"]]
        session = again.enter(person["name"], person["password"])
        if session["opens_on"] != "desk":
            raise Refused(f"the reviewer's console opens on {session['opens_on']}")
        return again.get("/desk")

    def told(self, tablets):
        """The last words of a demo. `tablets`: [(inspector, PIN, store)]."""
        accounts = self._file()
        lines = ["", "谁能登录 · Who can sign in", "",
                 f"  控制台 Console   https://localhost:{self.port}",
                 "  证书指纹 Certificate SHA-256（浏览器会问是否信任它 · your browser asks whether to trust it）",
                 f"    {certificate_fingerprint(self.pem)}", "",
                 f"  口令 Password    {PASSWORD}（每个账号都是 · of every account）", ""]
        lines += [f"    {padded(p['name'], 15)}{padded(WORDS[p['role']], 12)}{padded(p['role'], 15)}TOTP {p['secret']}"
                  for p in self.people]
        lines += ["", "  第二步要 6 位数字：把 TOTP 密钥输进任一动态口令软件，或者运行 · The second step asks for six digits:",
                  "  type the TOTP secret into any authenticator, or run",
                  f"    python3 tools/console_client.py code {accounts} 林晓东",
                  "  先看 林晓东：工作台上有一次检查待审 · Begin with 林晓东: one check waits on the work desk",
                  "", "  平板 Tablets（zhicha 的窗口或 zhicha-field · in zhicha's window or with zhicha-field）"]
        lines += [f"    {padded(name, 15)}口令 PIN {pin}   {store}" for name, pin, store in tablets]
        lines += ["  再登记一台 · one more: administrator → 平板 → 登记新平板，或 · or:",
                  f"    build/release/bin/zhicha-server enrol-code {self.data} --inspector 王督查",
                  f"  以上都在 · all of this is kept in {accounts}", ""]
        return "\n".join(lines)

    def _enter(self, name, role, given):
        console = Console(self.port, self.pem)
        console.enter_first(name, given, PASSWORD)
        self.consoles[name] = console
        self.people.append({"name": name, "role": role, "password": PASSWORD, "secret": console.secret})
        return console

    @staticmethod
    def _confirm_roles(security):
        for person in security.get("/people?limit=200")["rows"]:
            for grant in person["roles"]:
                if grant["state"] == "waiting":
                    security.post(f"/people/roles/{grant['id']}/confirm", {})

    def _file(self):
        return pathlib.Path(f"{self.data}.accounts.json")

    def _keep(self):
        with open(os.open(self._file(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
            json.dump(self.people, out, ensure_ascii=False, indent=1)
