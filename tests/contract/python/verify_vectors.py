#!/usr/bin/env python3
"""Checks a client that was written from docs/FORMATS.md against tests/vectors: what the C++ made must decode, verify and
come out the same here, and what it refuses must be refused here.

usage: verify_vectors.py SOURCE_FOLDER        exit 0 if all agree
"""

import json
import pathlib
import sys
import uuid

import kind_table
import strict_cbor
import zhicha_client as z


class Suite:
    def __init__(self, source: pathlib.Path):
        self.folder = source / "tests" / "vectors"
        self.kinds, self.reserved = kind_table.read_kinds((source / "docs" / "FORMATS.md").read_text(encoding="utf-8"))
        self.checks = 0
        self.failures = []

    def load(self, name):
        return json.loads((self.folder / name).read_text(encoding="utf-8"))

    def same(self, what, got, expected):
        self.checks += 1
        if got != expected:
            self.failures.append(f"{what}: got {got!r}, expected {expected!r}")

    def refused(self, what, action):
        self.checks += 1
        try:
            action()
        except (z.Refused, z.BadSignature, z.BadProof):
            return
        self.failures.append(f"{what}: accepted")


def raw(text):
    return bytes.fromhex(text)


def idb(text):
    return uuid.UUID(text).bytes


def typed(value):
    """The value of a vector's typed JSON."""
    (kind, content), = value.items()
    if kind == "int":
        return int(content)
    if kind == "bytes":
        return raw(content)
    if kind == "array":
        return [typed(v) for v in content]
    if kind == "map":
        return {key: typed(v) for key, v in content}
    return content


def check_cbor(s):
    v = s.load("cbor.json")
    for case in v["accepted"]:
        s.same("cbor decode", strict_cbor.decode(raw(case["bytes"])), typed(case["value"]))
        s.same("cbor encode", strict_cbor.encode(typed(case["value"])).hex(), case["bytes"])
    for case in v["refused"]:
        s.refused(f"cbor {case['why']}", lambda case=case: strict_cbor.decode(raw(case["bytes"])))


def envelope_of(decoded):
    envelope = dict(decoded)
    envelope["device"], envelope["id"] = idb(decoded["device"]), idb(decoded["id"])
    envelope["anchor"] = {**decoded["anchor"], "root": raw(decoded["anchor"]["root"])}
    envelope["base"] = {name: [raw(d) for d in seen] for name, seen in decoded["base"].items()}
    if not envelope["base"]:
        del envelope["base"]
    if "actor" in decoded:
        envelope["actor"] = idb(decoded["actor"])
    return envelope


def check_operations(s):
    v = s.load("operations.json")
    ledger_id = idb(v["ledger"])
    ledger = z.Ledger(bytes(32), s.kinds)
    s.same("one operation of every kind", {op["kind"] for op in v["operations"]}, set(s.kinds))
    s.same("reserved names are not kinds", s.reserved & set(s.kinds), set())
    for op in v["operations"]:
        envelope_bytes, body_bytes, what = raw(op["envelope"]), raw(op["body"]), op["kind"]
        envelope = z.decode_envelope(envelope_bytes)
        salt, fields = z.decode_body(body_bytes)
        expected = envelope_of(op["decoded"]["envelope"])
        s.same(f"{what} envelope", envelope, expected)
        s.same(f"{what} fields", fields, typed(op["decoded"]["fields"]))
        s.same(f"{what} salt", salt.hex(), op["decoded"]["salt"])
        s.same(f"{what} envelope made", strict_cbor.encode(expected).hex(), op["envelope"])
        s.same(f"{what} body made", strict_cbor.encode([salt, fields]).hex(), op["body"])
        s.same(f"{what} body digest", z.sha256(body_bytes).hex(), op["body_digest"])
        s.same(f"{what} d", z.operation_digest(envelope_bytes, z.sha256(body_bytes)).hex(), op["d"])
        s.same(f"{what} problem", ledger.operation_problem(envelope, fields, ledger_id), None)
    for op in v["undecodable"]:
        s.refused(f"operation {op['why']}", lambda op=op: (z.decode_envelope(raw(op["envelope"])), z.decode_body(raw(op["body"]))))
    for name, fine in (("without_effect", False), ("fine_all_the_same", True)):
        for op in v[name]:
            envelope = z.decode_envelope(raw(op["envelope"]))
            _, fields = z.decode_body(raw(op["body"]))
            s.same(f"operation {op['why']}", ledger.operation_problem(envelope, fields, ledger_id) is None, fine)


def check_ids(s):
    v = s.load("ids.json")
    ledger, check = idb(v["ledger"]), idb(v["check"])
    for case in v["codes"]:
        s.same("id of a code", z.code_id(ledger, case["type"], case["code"]), idb(case["id"]))
    for case in v["answers"]:
        item = idb(case["item"]) if case["item"] else None
        s.same("id of an answer", z.answer_id(ledger, check, item, case["question"]), idb(case["id"]))
    for case in v["attestations"]:
        s.same("id of an attestation", z.attestation_id(ledger, check, case["clause"]), idb(case["id"]))


def check_chain(s):
    v = s.load("chain.json")
    head = z.chain_start(idb(v["ledger"]), v["suite"], idb(v["device"]), raw(v["public_key"]))
    heads = [head.hex()]
    for d in v["operations"]:
        head = z.chain_next(head, raw(d))
        heads.append(head.hex())
    s.same("heads", heads, v["heads"])


def check_runs(s):
    v = s.load("runs.json")
    key = raw(v["public_key"])
    for case in v["runs"]:
        run, what = z.decode_run(raw(case["bytes"])), case["name"]
        z.verify_run(run, key)
        s.same(f"run {what} bounds", [run.first, run.last], [case["first"], case["last"]])
        s.same(f"run {what} heads", [run.before.hex(), run.h.hex()], [case["before"], case["h"]])
        s.same(f"run {what} content", run.signed_content().hex(), case["signed_content"])
        s.same(f"run {what} signature", run.signature.hex(), case["signature"])
        forms = ["digest" if e.envelope is None else "withheld" if e.body is None else "whole" for e in run.elements]
        s.same(f"run {what} forms", forms, [e["form"] for e in case["elements"]])
        s.same(f"run {what} d", [e.d.hex() for e in run.elements], [e["d"] for e in case["elements"]])
    for case in v["refused"]:
        s.refused(f"run {case['why']}", lambda case=case: z.verify_run(z.decode_run(raw(case["bytes"])), key))


def check_device_makes_the_same_run(s):
    """The sample chain again, operation by operation, signed here: the same bytes as the C++ signed."""
    run = z.decode_run(raw(s.load("runs.json")["runs"][0]["bytes"]))
    signatures = s.load("signatures.json")
    device = z.Device(run.ledger, run.device, raw(signatures["seed"]))
    for element in run.elements:
        envelope = z.decode_envelope(element.envelope)
        salt, fields = z.decode_body(element.body)
        device.anchor = envelope["anchor"]
        d = device.make(envelope["kind"], envelope["id"], fields, envelope["t"], envelope.get("base"), salt)
        s.same("operation made here", d.hex(), element.d.hex())
    s.same("run made here", device.cut_run().hex(), s.load("runs.json")["runs"][0]["bytes"])


def check_signatures(s):
    v = s.load("signatures.json")
    key = z.nacl.signing.SigningKey(raw(v["seed"]))
    s.same("public key", bytes(key.verify_key).hex(), v["public_key"])
    for case in v["purposes"]:
        s.same(f"signature {case['purpose']}", z.sign_for(key, case["purpose"], raw(v["content"])).hex(), case["signature"])
        for other in v["purposes"]:
            if other is not case:
                s.refused(
                    f"{case['purpose']} for {other['purpose']}",
                    lambda case=case, other=other: z.verify_for(
                        raw(v["public_key"]), other["purpose"], raw(v["content"]), raw(case["signature"])
                    ),
                )


def check_tree(s):
    v = s.load("tree.json")
    leaves, size = [], v["size"]
    for case in v["leaves"]:
        leaf = z.decode_leaf(raw(case["data"]))
        s.same("leaf", [leaf.device, leaf.first, leaf.last, leaf.h.hex(), leaf.log, leaf.received_at],
               [idb(case["device"]), case["first"], case["last"], case["h"], case["log"], case["received_at"]])
        s.same("leaf made", leaf.data().hex(), case["data"])
        leaves.append(z.leaf_hash(raw(case["data"])))
        s.same("leaf hash", leaves[-1].hex(), case["hash"])
    s.same("roots", [z.tree_root(leaves[:n]).hex() for n in range(size + 1)], v["roots"])
    checkpoint = z.Checkpoint(idb(v["ledger"]), 1, size, raw(v["roots"][size]), 0)
    for case in v["receipts"]:
        receipt = strict_cbor.decode(raw(case["bytes"]))
        s.same("receipt", [receipt[1], [d.hex() for d in receipt[2]]], [case["index"], case["proof"]])
        z.check_receipt(receipt, checkpoint)
        s.refused("receipt at another index", lambda r=receipt: z.check_receipt([r[0], (r[1] + 1) % size, r[2]], checkpoint))
    for case in v["consistency"]:
        first, second, proof = case["from"], case["to"], [raw(d) for d in case["proof"]]
        z.check_consistency(first, raw(v["roots"][first]), second, raw(v["roots"][second]), proof)
        s.refused("rewritten log", lambda f=first, t=second, p=proof: z.check_consistency(f, bytes(32), t, raw(v["roots"][t]), p))


def check_checkpoint(s):
    v = s.load("checkpoint.json")
    key = raw(v["public_key"])
    expected = z.Checkpoint(idb(v["ledger"]), v["generation"], v["size"], raw(v["root"]), v["time"])
    for note in v["accepted"]:
        s.same("checkpoint", z.open_checkpoint(note, key), expected)
    for case in v["refused"]:
        s.refused(f"checkpoint: {case['why']}", lambda case=case: z.open_checkpoint(case["note"], key))
    note = v["accepted"][0].encode()
    for bit in range(0, len(note) * 8):
        bent = bytearray(note)
        bent[bit // 8] ^= 1 << bit % 8
        try:
            text = bent.decode()
        except UnicodeDecodeError:
            continue
        s.refused(f"checkpoint bit {bit}", lambda text=text: z.open_checkpoint(text, key))


def check_key_note(s):
    v = s.load("key_note.json")
    ledger = z.Ledger(raw(v["fingerprint"]), s.kinds)
    note, e = ledger.accept_note(raw(v["bytes"])), v["note"]
    s.same("fingerprint", z.sha256(raw(v["root_key"])).hex(), v["fingerprint"])
    for name in ("name", "serial", "issued_at", "generation"):
        s.same(f"note {name}", note[name], e[name])
    for name in ("log_key", "server_key", "sealing_key"):
        s.same(f"note {name}", note[name].hex(), e[name])
    s.same("note ids", [note["ledger"], note["server_device"]], [idb(e["ledger"]), idb(e["server_device"])])
    s.same("note tls", [k.hex() for k in note["tls_keys"]], e["tls_keys"])
    s.same("note past", [[p["generation"], p["log_key"].hex(), p["server_device"], p["server_key"].hex()] for p in note["past"]],
           [[p["generation"], p["log_key"], idb(p["server_device"]), p["server_key"]] for p in e["past"]])
    for case in v["refused"]:
        s.refused(f"key note: {case['why']}", lambda case=case: ledger.accept_note(raw(case["bytes"])))
    checkpoint = s.load("checkpoint.json")
    s.same("checkpoint under the note", ledger.accept_checkpoint(checkpoint["accepted"][0]).size, checkpoint["size"])


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    suite = Suite(pathlib.Path(sys.argv[1]))
    for check in (check_cbor, check_operations, check_ids, check_chain, check_runs, check_device_makes_the_same_run,
                  check_signatures, check_tree, check_checkpoint, check_key_note):
        before = suite.checks
        check(suite)
        print(f"{check.__name__}: {suite.checks - before} checks")
    for failure in suite.failures[:50]:
        print("FAILED", failure, file=sys.stderr)
    print(f"{suite.checks} checks, {len(suite.failures)} failed")
    return 1 if suite.failures else 0


if __name__ == "__main__":
    sys.exit(main())
