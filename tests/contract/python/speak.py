#!/usr/bin/env python3
"""Speaks docs/PROTOCOL.md with the real server over TLS: trusts, enrols, signs in, sends, pulls, uploads a photo through a
cut, and is refused where it should be.

usage: speak.py SOURCE_FOLDER SERVER_PROGRAM       exit 0 if everything is as the documents say
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import uuid

import kind_table
import office_client
import zhicha_client as z


class Spoken:
    def __init__(self):
        self.checks = 0
        self.failures = []

    def same(self, what, got, expected):
        self.checks += 1
        if got != expected:
            self.failures.append(f"{what}: {got!r} instead of {expected!r}")

    def refused(self, what, code, work):
        try:
            work()
        except office_client.Problem as problem:
            self.same(what, problem.code, code)
            self.same(f"{what}: words in both languages",
                      all(problem.document.get(k) for k in ("what", "safe", "next", "who", "what_en", "next_en")), True)
            return
        self.same(what, "no refusal", code)


def command(server, *words):
    done = subprocess.run([server, *map(str, words), "--json"], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def answer_checks(said, office, folder, server, device):
    """A check with one answer and one photo, as a second implementation would record it."""
    ledger = office.ledger.note["ledger"]
    kinds = office.ledger.kinds
    check, photo_id = z.new_id(int(time.time() * 1000)), z.new_id(int(time.time() * 1000))
    site = z.code_id(ledger, "site", "s1")
    item = z.code_id(ledger, "item", "i1")
    # Smallest valid JPEG head and end: kept as evidence byte for byte, whatever it shows.
    photo = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + os.urandom(5000) + b"\xff\xd9"
    heads = {}

    def make(kind, entity, fields):
        base = {name: [] for name in kinds[kind].merged() & set(fields)}
        d = device.make(kind, entity, fields, office_client.time_now(), base)
        heads[device.seq] = device.head
        return d

    make("check.start", check, {"site": site, "items": [item], "no_fix_reason": "室内"})
    make("answer.give", z.answer_id(ledger, check, item, "carried_out"),
         {"check": check, "item": item, "question": "carried_out", "value": "partly", "note": "护栏未装"})
    make("photo.add", photo_id, {"check": check, "sha256": z.sha256(photo), "size": len(photo), "type": "image/jpeg",
                                 "how_taken": "public", "origin": "camera", "to": check, "rank": "m"})
    run = device.cut_run()
    first = office.send([run], device, heads)
    said.same("outcomes", first["runs"][0]["outcomes"], ["applied"] * 3)
    again = office.send([run], device, heads)
    said.same("a repeated run has the same outcomes", again["runs"][0]["outcomes"], first["runs"][0]["outcomes"])
    said.same("and the same leaf", again["runs"][0]["receipts"][0][:2], first["runs"][0]["receipts"][0][:2])
    said.same("the next sequence", again["next"], device.seq + 1)

    offset, end = office.upload(photo, cut_after=1500)
    said.same("the upload went on after a cut and ended", (0 <= offset <= len(photo), end), (True, len(photo)))
    pulled = [(e["kind"], f) for _, run_ in office.pull(device.id) for e, f in office_client.operations(run_)]
    received = [f for kind, f in pulled if kind == "photos.received" and f["check"] == check]
    said.same("photos.received was pulled", [f["digests"] for f in received], [[z.sha256(photo)]])
    said.same("the check has an official number", len([1 for k, f in pulled if k == "check.number" and f["check"] == check]), 1)
    exported = [c for c in command(server, "export", folder, "--checks")["checks"] if c["id"] == str(uuid.UUID(bytes=check))]
    said.same("the export shows the answer", [(a["question"], a["value"], a["note"]) for a in exported[0]["answers"]],
              [("carried_out", "partly", "护栏未装")])
    said.same("and the photo", [(p["sha256"], p["present"]) for p in exported[0]["photos"]], [(z.sha256(photo).hex(), True)])

    # What is refused, and that refusing loses nothing.
    late = z.Device(ledger, device.id, bytes(device.key))
    late.seq, late.head, late._first, late._before = device.seq + 5, device.head, device.seq + 6, device.head
    late.make("check.finish", z.new_id(1), {"check": check}, office_client.time_now())
    gap = office.cbor("POST", "/operations", [late.cut_run()])["runs"][0]
    said.same("a gap is answered with the next sequence", (gap["status"], gap["next"]), ("gap", device.seq + 1))
    stranger = z.Device(ledger, device.id, os.urandom(32))
    stranger.make("check.finish", z.new_id(1), {"check": check}, office_client.time_now())
    refused = office.cbor("POST", "/operations", [stranger.cut_run()])["runs"][0]
    said.same("another key's signature", (refused["status"], refused["code"]), ("refused", "bad_signature"))
    said.refused("a photo that no operation names", "not_found", lambda: office.upload(b"\xff\xd8" + os.urandom(40)))
    token, office.token = office.token, "00"
    said.refused("a token that nobody issued", "session_expired", lambda: office.cbor("GET", "/changes"))
    office.token = token
    said.refused("a cursor that nobody gave", "invalid_argument", lambda: office.cbor("GET", "/changes?after=zz"))


def main():
    source, server = pathlib.Path(sys.argv[1]), sys.argv[2]
    kinds, _ = kind_table.read_kinds((source / "docs" / "FORMATS.md").read_text(encoding="utf-8"))
    said = Spoken()
    with tempfile.TemporaryDirectory() as base:
        folder = pathlib.Path(base) / "ledger"
        command(server, "init", folder)
        command(server, "import", folder, source / "tools" / "sample_city.json")
        serving = subprocess.Popen([server, "serve", folder, "--listen", "127.0.0.1:0"], stderr=subprocess.PIPE, text=True)
        try:
            line = next(line for line in serving.stderr if "serving " in line)
            url = line.split("serving ")[1].split()[0]
            code = command(server, "enrol-code", folder, "--inspector", "王督查")
            said.same("the code names this server", code["server"], url)
            office = office_client.Office(url, bytes.fromhex(code["fingerprint"]), kinds)
            note = office.trust()
            device = z.Device(note["ledger"], z.new_id(int(time.time() * 1000)), os.urandom(32))
            said.refused("a code that was never given", "bad_code", lambda: office.enrol(device, "00000000", os.urandom(32), "x"))
            box = os.urandom(32)
            office.enrol(device, code["code"], box, "合同测试")
            again = office.enrol(device, code["code"], box, "合同测试")
            said.same("the same code with the same keys repeats its answer", again["name"], "王督查")
            other = z.Device(note["ledger"], z.new_id(int(time.time() * 1000)), os.urandom(32))
            said.refused("the code for another device", "bad_code", lambda: office.enrol(other, code["code"], box, "y"))
            office.sign_in(device)
            answer_checks(said, office, folder, server, device)
            said.same("fsck", command(server, "fsck", folder)["problems"], [])
        finally:
            serving.terminate()
            serving.stderr.read()
            said.same("a clean stop", serving.wait(60), 0)
    for failure in said.failures:
        print("FAIL", failure)
    print(f"{said.checks} checks, {len(said.failures)} failed")
    return 1 if said.failures else 0


if __name__ == "__main__":
    sys.exit(main())
