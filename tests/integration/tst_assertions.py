#!/usr/bin/env python3
"""A leader's signature by security key can be checked by somebody else. Goal: what a key signed of a request is the digest
of the word that stands in the ledger; another program, written from docs/FORMATS.md "Assertions" alone, agrees; nothing
but that touch by that person's key counts; without a key it is on the server's word and says so. Method: a real office and
a software authenticator (ES256) behind the console's interface; every part of its answer is bent once."""
import base64
import hashlib
import json
import os
import unittest
import uuid

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

import programs
from tst_console_api import open_office

LEDGER = {
    "units": [{"id": "a1", "name": "签名县", "group": "county", "vice_mayor": "李志远"}, {"id": "a2", "name": "签名局", "group": "department", "vice_mayor": "李志远"}],
    "items": [{"id": f"ai{n}", "number": f"督〔2026〕{500 + n}号", "title": f"签名事项{n}", "source": 3, "kind": "general", "lead": "a1", "cooperating": [],
               "issued_on": "2026-11-01", "due_on": "2027-03-31", "responsible_person": "赵", "supervisor": "钱"} for n in range(1, 6)]}


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def raw(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def tagged(domain, *parts):
    return hashlib.sha256(domain.encode() + b"\0" + b"".join(parts)).digest()


class Key:
    """An authenticator with one ES256 key, somebody's finger on it."""

    def __init__(self, host):
        self.secret, self.id, self.count, self.host = ec.generate_private_key(ec.SECP256R1()), os.urandom(20), 0, host

    def data(self, flags):
        self.count += 1
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    @staticmethod
    def client(kind, challenge, origin):
        return json.dumps({"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": False}).encode()

    def register(self, challenge, origin):
        numbers = self.secret.public_key().public_numbers()
        cose = bytes.fromhex("a5010203262001215820") + numbers.x.to_bytes(32, "big") + bytes.fromhex("225820") + numbers.y.to_bytes(32, "big")
        data = self.data(0x41) + bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cose
        attestation = bytes.fromhex("a363666d74646e6f6e656761747453746d74a0686175746844617461") + b"\x58" + bytes([len(data)]) + data
        return {"name": "密钥 A", "id": b64(self.id), "client_data_json": b64(self.client("webauthn.create", challenge, origin)), "attestation_object": b64(attestation)}

    def touch(self, challenge, origin, flags=0x05):
        client, data = self.client("webauthn.get", challenge, origin), self.data(flags)
        signature = self.secret.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return {"id": b64(self.id), "client_data_json": b64(client), "authenticator_data": b64(data), "signature": b64(signature)}


def check(row):
    """Only from docs/FORMATS.md: what this key signed is this statement."""
    statement = tagged("zhicha/v1/statement", raw(row["statement"]))
    assert statement.hex() in row["covers"], "the statement is not covered"
    challenge = tagged("zhicha/v1/challenge", *(bytes.fromhex(one) for one in row["covers"]))
    client = json.loads(raw(row["client_data_json"]))
    assert client["type"] == "webauthn.get" and raw(client["challenge"]) == challenge and client["origin"] == row["origin"], client
    data = raw(row["authenticator_data"])
    assert data[:32] == hashlib.sha256(row["rp_id"].encode()).digest() and data[32] & 1, "another host, or nobody touched it"
    assert row["algorithm"] == -7
    point = raw(row["public_key"])
    key = ec.EllipticCurvePublicNumbers(int.from_bytes(point[:32], "big"), int.from_bytes(point[32:], "big"), ec.SECP256R1()).public_key()
    key.verify(raw(row["signature"]), data + hashlib.sha256(raw(row["client_data_json"])).digest(), ec.ECDSA(hashes.SHA256()))


class Assertions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        open_office(cls, LEDGER, (("王颖", "reviewer", ()), ("何静", "unit_clerk", ("--unit", "a1")), ("李志远", "vice_mayor", ()), ("郑国安", "mayor", ())))
        cls.origin = f"https://localhost:{cls.office.port}"
        cls.key = Key("localhost")
        leader = cls.people["vice_mayor"]
        status, asked = leader.ask("POST", "/session/second-factors/key-challenge", {})
        assert status == 200, asked
        status, answer = leader.ask("POST", "/session/second-factors/keys", cls.key.register(asked["challenge"], cls.origin))
        assert status == 201, answer

    def item(self, n):
        return next(row["id"] for row in self.people["reviewer"].ask("GET", "/items?limit=200")[1]["rows"] if row["title"] == f"签名事项{n}")

    def filed(self, n, what="extension", **more):
        """A request that waits for the vice mayor."""
        body = {"item": self.item(n), "what": what, "ground": "用地移交推迟", **({"new_due_on": "2027-05-31"} if what == "extension" else {}), **more}
        status, made = self.people["unit_clerk"].op("/requests", body)
        self.assertEqual(status, 200, made)
        status, passed = self.people["reviewer"].op(f"/requests/{made['request']}/sign", {})
        self.assertEqual((status, passed["by"]), (200, "server"), passed)
        return made["request"]

    def challenge(self, request, body=None):
        status, asked = self.people["vice_mayor"].ask("POST", f"/requests/{request}/sign/challenge", body or {})
        self.assertEqual(status, 200, asked)
        self.assertEqual([one["id"] for one in asked["allow"]], [b64(self.key.id)])
        return asked

    def sign(self, request, webauthn, **more):
        return self.people["vice_mayor"].op(f"/requests/{request}/sign", {"webauthn": webauthn, **more})

    def words(self, request):
        return self.people["reviewer"].ask("GET", f"/requests/{request}")[1]["words"]

    def test_1_what_was_touched_is_checked_by_somebody_else(self):
        request = self.filed(1)
        asked = self.challenge(request, {"opinion": "同意延期，抓紧办理"})
        self.assertEqual(self.challenge(request, {"opinion": "同意延期，抓紧办理"})["challenge"], asked["challenge"], "the same words, the same digest")
        self.assertNotEqual(self.challenge(request)["challenge"], asked["challenge"], "other words")
        status, done = self.sign(request, self.key.touch(asked["challenge"], self.origin), opinion="同意延期，抓紧办理")
        self.assertEqual((status, done.get("by"), done.get("state")), (200, "key", "granted"), done)
        status, page = self.people["mayor"].ask("GET", f"/requests/{request}/assertions")
        self.assertEqual((status, len(page["rows"])), (200, 1), page)
        row = page["rows"][0]
        self.assertTrue(row["verifies"])
        check(row)
        self.assertIn("同意延期，抓紧办理".encode(), raw(row["statement"]))
        self.assertIn(uuid.UUID(request).bytes, raw(row["statement"]))
        self.assertEqual([word["by"] for word in self.words(request)], ["server", "key"])
        history = self.people["reviewer"].ask("GET", f"/items/{self.item(1)}/operations")[1]["rows"]
        self.assertEqual({op["fields"]["by"] for op in history if op["kind"] == "request.sign"}, {"key", "server"})
        self.assertTrue(all("assertion" not in op["fields"] for op in history))
        # And every part that somebody would bend is seen.
        for name in ("statement", "client_data_json", "authenticator_data", "signature", "public_key"):
            bent = bytearray(raw(row[name]))
            bent[len(bent) // 2] ^= 1
            with self.assertRaises((AssertionError, InvalidSignature, ValueError), msg=name):
                check({**row, name: b64(bytes(bent))})
        self.assertTrue(self.office.command("fsck")["ok"])

    def test_2_nothing_but_that_touch_counts(self):
        request = self.filed(2)
        asked = self.challenge(request)
        other = self.challenge(self.filed(3))
        good = self.key.touch(asked["challenge"], self.origin)
        stranger = Key("localhost")
        for what, webauthn in (("another request", self.key.touch(other["challenge"], self.origin)),
                               ("another page", self.key.touch(asked["challenge"], "https://evil.example")),
                               ("nobody touched it", self.key.touch(asked["challenge"], self.origin, flags=0)),
                               ("another key", stranger.touch(asked["challenge"], self.origin)),
                               ("another key under this name", {**stranger.touch(asked["challenge"], self.origin), "id": b64(self.key.id)}),
                               ("cut", {**good, "signature": b64(raw(good["signature"])[:-3])}),
                               ("empty", {**good, "authenticator_data": ""})):
            status, refused = self.sign(request, webauthn)
            self.assertEqual((status, refused["code"]), (401, "bad_credentials"), (what, refused))
        status, refused = self.sign(request, good, opinion="另有意见")
        self.assertEqual(refused["code"], "bad_credentials", "other words than were touched")
        for hostile in ("x", 7, [], {}, {"id": 7}, {**good, "id": "!"}, {**good, "client_data_json": None}):
            status, refused = self.sign(request, hostile)
            self.assertIn(status, (400, 401), (hostile, refused))
        # Whoever has a key here and does not touch it says so; then it is on the server's word.
        status, refused = self.people["vice_mayor"].op(f"/requests/{request}/sign", {})
        self.assertEqual((status, refused["code"], refused["reason"]), (409, "not_now", "touch_needed"))
        self.assertEqual([word["by"] for word in self.words(request)], ["server"])
        status, done = self.people["vice_mayor"].op(f"/requests/{request}/sign", {"without_key": True})
        self.assertEqual((status, done.get("by")), (200, "server"), done)
        self.assertEqual(self.people["reviewer"].ask("GET", f"/requests/{request}/assertions")[1]["rows"], [])
        # A touch counts once: its count has been seen.
        status, late = self.sign(request, good)
        self.assertEqual(status, 403, late)

    def test_3_one_touch_covers_both_words_of_a_transfer(self):
        unit = next(row["id"] for row in self.people["reviewer"].ask("GET", "/lookup/units?limit=200")[1]["rows"] if row["name"] == "签名局")
        request = self.filed(4, "transfer", to=unit)
        asked = self.challenge(request)
        self.assertEqual(len(asked["words"]), 2)
        status, done = self.sign(request, self.key.touch(asked["challenge"], self.origin))
        self.assertEqual((status, done.get("state"), sorted(done["as"])), (200, "granted", ["vice_mayor", "vice_mayor_to"]), done)
        rows = self.people["reviewer"].ask("GET", f"/requests/{request}/assertions")[1]["rows"]
        self.assertEqual(len({row["statement"] for row in rows}), 2)
        for row in rows:
            check(row)

    def test_4_it_outlives_a_crash_a_rebuild_and_a_backup(self):
        request = self.filed(5)
        asked = self.challenge(request)
        status, done = self.sign(request, self.key.touch(asked["challenge"], self.origin))
        self.assertEqual(status, 200, done)
        self.office.close()
        self.office.json("rebuild", self.office.folder)
        self.assertTrue(self.office.json("fsck", self.office.folder)["ok"])
        self.office.serve()
        rows = self.people["reviewer"].ask("GET", f"/requests/{request}/assertions")[1]["rows"]
        self.assertEqual(len(rows), 1)
        check(rows[0])

    def test_5_whose_business_it_is(self):
        request = self.filed(3) if not self.people["reviewer"].ask("GET", f"/requests?item={self.item(3)}")[1]["rows"] else self.people["reviewer"].ask("GET", f"/requests?item={self.item(3)}")[1]["rows"][0]["id"]
        for role in ("unit_clerk", "mayor", "reviewer"):
            status, refused = self.people[role].ask("POST", f"/requests/{request}/sign/challenge", {})
            self.assertEqual((status, refused["code"]), (403, "not_yours"), role)
        status, refused = self.people["vice_mayor"].ask("POST", f"/requests/{uuid.uuid4()}/sign/challenge", {})
        self.assertEqual(status, 403, refused)
        status, refused = self.people["reviewer"].ask("GET", f"/requests/{uuid.uuid4()}/assertions")
        self.assertEqual(status, 404, refused)


if __name__ == "__main__":
    unittest.main()
