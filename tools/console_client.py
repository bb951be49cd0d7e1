#!/usr/bin/env python3
"""The office's console as a program uses it: docs/CONSOLE_API.md over HTTPS, both factors included. Standard library only.

    tools/console_client.py code ACCOUNTS.json NAME     the six digits that NAME's authenticator would show now
    tools/console_client.py certificate PORT            the fingerprint of the certificate that is served there

ACCOUNTS.json is what tools/demo.py wrote beside a demo's ledger: [{"name", "role", "password", "secret"}].
Sources: RFC 4226 and 6238 (one-time codes), docs/CONSOLE_API.md §1 and §2.
"""
import base64
import hashlib
import hmac
import http.client
import json
import pathlib
import ssl
import struct
import sys
import time
import uuid

BASE = "/api/v1/console"
STEP_S = 30


class Refused(Exception):
    """The console said no."""


def one_time_code(secret, counter):
    """Six digits of RFC 6238 with SHA-1; `secret` in base32."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.new(key, struct.pack(">Q", counter), hashlib.sha1).digest()
    start = mac[19] & 15
    return f"{(struct.unpack('>I', mac[start:start + 4])[0] & 0x7fffffff) % 1000000:06d}"


def certificate_of(port):
    """The certificate that the server of this machine shows, PEM."""
    return ssl.get_server_certificate(("127.0.0.1", port))


def certificate_fingerprint(pem):
    """SHA-256 over the certificate, in pairs of digits as browsers show it."""
    digits = hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest().upper()
    return ":".join(digits[at:at + 2] for at in range(0, len(digits), 2))


class Console:
    """One person at the console of this machine's server. `pem`: the only certificate that is trusted."""

    def __init__(self, port, pem):
        self.port, self.cookie, self.csrf, self.secret, self.last = port, "", "", "", 0
        self.context = ssl.create_default_context(cadata=pem)
        self.context.check_hostname = False  # it is the very certificate that counts, not a name in it

    def ask(self, method, path, body=None):
        headers = {"Cookie": self.cookie, "X-CSRF": self.csrf, "Sec-Fetch-Site": "same-origin",
                   "Content-Type": "application/json"}
        if method == "POST":
            headers["Idempotency-Key"] = uuid.uuid4().hex
        link = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=120, context=self.context)
        try:
            link.request(method, BASE + path, None if body is None else json.dumps(body), headers)
            answer = link.getresponse()
            text = answer.read()
        finally:
            link.close()
        if cookie := answer.getheader("Set-Cookie"):
            self.cookie = cookie.split(";")[0]
        parsed = json.loads(text) if text else {}
        if answer.status >= 300:
            raise Refused(f"{method} {path}: {answer.status} {text.decode('utf-8', 'replace')}")
        self.csrf = parsed.get("csrf", self.csrf)
        return parsed

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, body):
        return self.ask("POST", path, body)

    def code(self):
        """A code counts once. The oldest that the server still takes comes first, so that the person who reads the
        authenticator next finds theirs unused."""
        now = int(time.time() // STEP_S)
        while self.last >= now + 1:  # all three of this moment are used
            time.sleep(1)
            now = int(time.time() // STEP_S)
        self.last = max(now - 1, self.last + 1)
        return one_time_code(self.secret, self.last)

    def enter_first(self, name, given, chosen):
        """The first time: the password given once is replaced, and an authenticator is enrolled."""
        state = self.post("/session", {"name": name, "password": given})["state"]
        if state != "password_change":
            raise Refused(f"{name} is asked for {state}, not for a new password")
        self.post("/session/password", {"old": given, "new": chosen})
        self.secret = self.post("/session/second-factors/totp", {})["secret"]
        return self._full(self.post("/session/second-factors/totp", {"code": self.code()}))

    def enter(self, name, password):
        """Every other time."""
        self.cookie = self.csrf = ""
        self.post("/session", {"name": name, "password": password})
        return self._full(self.post("/session/second-factor", {"totp": self.code()}))

    @staticmethod
    def _full(session):
        if session["state"] != "full":
            raise Refused(f"signed in as far as {session['state']}")
        return session


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "certificate" and sys.argv[2].isdigit():
        print(certificate_fingerprint(certificate_of(int(sys.argv[2]))))
        return 0
    if len(sys.argv) != 4 or sys.argv[1] != "code":
        print(__doc__.split("\n\n")[1].strip(), file=sys.stderr)
        return 2
    people = json.loads(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8"))
    for person in people:
        if person["name"] == sys.argv[3]:
            now = time.time()
            print(one_time_code(person["secret"], int(now // STEP_S)))
            print(f"还有 {STEP_S - int(now) % STEP_S} 秒有效，每个只能用一次 · a code for once, for this many seconds",
                  file=sys.stderr)
            return 0
    print("没有这个账号 · no such account: " + "、".join(p["name"] for p in people), file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
