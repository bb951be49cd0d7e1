"""A client of a Zhicha ledger, written from docs/FORMATS.md alone.

Ledger verifies what an office shows (key note, checkpoints, proofs, runs). Device is one person on one tablet: its chain,
its operations, its runs. Nothing here opens a socket; what PROTOCOL.md adds stands on top of the two.
"""

import os

import nacl.signing

import kind_table
import strict_cbor
from strict_cbor import Refused
from zhicha_formats import (  # the formats are part of what a client offers
    BadProof,
    BadSignature,
    Checkpoint,
    Element,
    Leaf,
    MAX_OPERATION,
    MAX_RUN_BYTES,
    MAX_RUN_OPERATIONS,
    Run,
    SUITE,
    _BODY,
    _NUMBER,
    _base,
    _element,
    _exactly,
    _fixed,
    _int,
    _signature_line,
    _text,
    answer_id,
    attestation_id,
    chain_next,
    chain_start,
    check_consistency,
    check_inclusion,
    check_receipt,
    code_id,
    decode_body,
    decode_envelope,
    decode_leaf,
    decode_run,
    derived,
    leaf_hash,
    new_id,
    node_hash,
    open_checkpoint,
    operation_digest,
    purpose_message,
    sha256,
    sign_for,
    strict_base64,
    tagged,
    tree_root,
    verify_for,
    verify_raw,
)


class Ledger:
    """What an office may be believed: everything hangs on the fingerprint that the enrolment showed."""

    def __init__(self, fingerprint: bytes, kinds: dict):
        self.fingerprint = fingerprint
        self.kinds = kinds
        self.note = None
        self.checkpoint = None  # the last one known

    def accept_note(self, data: bytes) -> dict:
        parts = strict_cbor.decode(data)
        if len(data) > 65536 or not isinstance(parts, list) or len(parts) != 3 or not _fixed(32)(parts[0]):
            raise Refused("a signed key note has 3 parts")
        root, payload, signature = parts
        if not isinstance(payload, bytes) or not _fixed(64)(signature):
            raise Refused("a signed key note has other parts")
        if sha256(root) != self.fingerprint:
            raise BadSignature("the root key is not the one of the enrolment")
        verify_for(root, "keys", payload, signature)
        note = self._payload(payload)
        if self.note is None or note["serial"] > self.note["serial"]:
            self.note = note
        return note

    @staticmethod
    def _payload(payload: bytes) -> dict:
        names = ["ledger", "name", "serial", "issued_at", "generation", "log_key", "server_device", "server_key", "sealing_key"]
        checks = [_fixed(16), _text, _int, _int, _int, _fixed(32), _fixed(16), _fixed(32), _fixed(32)]
        parts = strict_cbor.decode(payload)
        if not isinstance(parts, list) or len(parts) != 10 or not all(fits(v) for fits, v in zip(checks, parts)):
            raise Refused("a key note has other parts")
        lists = parts[9]
        if not isinstance(lists, list) or len(lists) != 2 or any(not isinstance(x, list) or len(x) > 64 for x in lists):
            raise Refused("a key note lists TLS keys and past keys")
        tls, past = lists
        past_checks = [_int, _fixed(32), _fixed(16), _fixed(32)]
        if not all(_fixed(32)(k) for k in tls) or not all(
            isinstance(p, list) and len(p) == 4 and all(fits(v) for fits, v in zip(past_checks, p)) for p in past
        ):
            raise Refused("a listed key has another shape")
        note = dict(zip(names, parts))
        note["tls_keys"] = tls
        note["past"] = [dict(zip(["generation", "log_key", "server_device", "server_key"], p)) for p in past]
        return note

    def accept_checkpoint(self, text: str, proof: list | None = None) -> Checkpoint:
        """Verifies; with a proof also that it continues the last one known, and keeps it."""
        checkpoint = open_checkpoint(text, self.note["log_key"])
        if checkpoint.ledger != self.note["ledger"]:
            raise BadProof("a checkpoint of another ledger")
        if self.checkpoint is not None and proof is not None:
            if checkpoint.generation != self.checkpoint.generation:
                raise BadProof("a checkpoint of another generation")
            check_consistency(self.checkpoint.size, self.checkpoint.root, checkpoint.size, checkpoint.root, proof)
        if self.checkpoint is None or proof is not None:
            self.checkpoint = checkpoint
        return checkpoint

    def operation_problem(self, envelope: dict, fields: dict, ledger: bytes | None = None):
        """Why a decoded operation can have no effect by its own bytes; None if nothing speaks against it."""
        ledger = ledger if ledger is not None else self.note["ledger"]
        kind = self.kinds.get(envelope["kind"])
        if kind is None:
            return "kind not yet interpreted"
        problem = kind_table.body_problem(kind, fields)
        if problem:
            return problem
        if set(envelope.get("base", {})) != kind.merged() & set(fields):
            return "the base does not name exactly the merged fields written"
        if kind.id_role == "derived":
            if kind.entity == "answer":
                expected = answer_id(ledger, fields["check"], fields.get("item"), fields["question"])
            else:
                expected = attestation_id(ledger, fields["check"], fields["clause"])
            if expected != envelope["id"]:
                return "the id is not the one derived from the body"
        return None


def verify_run(run: Run, public_key: bytes) -> None:
    verify_for(public_key, "run", run.signed_content(), run.signature)


class Device:
    """One person on one tablet: makes operations onto its own chain and cuts them into signed runs."""

    def __init__(self, ledger: bytes, device: bytes, seed: bytes):
        self.ledger = ledger
        self.id = device
        self.key = nacl.signing.SigningKey(seed)
        self.public_key = bytes(self.key.verify_key)
        self.seq = 0
        self.head = chain_start(ledger, SUITE, device, self.public_key)
        self.anchor = {"generation": 0, "size": 0, "root": bytes(32)}
        self._first = 1
        self._before = self.head
        self._waiting = []

    def make(self, kind: str, entity: bytes, fields: dict, time: dict, base: dict | None = None, salt: bytes | None = None):
        """Appends one operation; returns its d. `time` is the map t; `base` names every merged field written."""
        envelope = {
            "device": self.id,
            "seq": self.seq + 1,
            "kind": kind,
            "id": entity,
            "anchor": self.anchor,
            "t": time,
        }
        if base:
            envelope["base"] = {name: sorted(set(seen)) for name, seen in base.items()}
        envelope_bytes = strict_cbor.encode(envelope)
        body = strict_cbor.encode([salt if salt is not None else os.urandom(16), fields])
        if len(envelope_bytes) + len(body) > MAX_OPERATION:
            raise ValueError("an operation takes at most 64 KiB")
        decode_envelope(envelope_bytes)
        decode_body(body)
        d = operation_digest(envelope_bytes, sha256(body))
        self.seq += 1
        self.head = chain_next(self.head, d)
        self._waiting.append(strict_cbor.encode([envelope_bytes, body]))
        return d

    def cut_run(self) -> bytes:
        """Signs what was made since the last cut."""
        content = strict_cbor.encode([self.ledger, SUITE, self.id, self._first, self.seq, self._before, self.head])
        signature = sign_for(self.key, "run", content)
        run = strict_cbor.encode(
            [self.ledger, SUITE, self.id, self._first, self._before, self._waiting, self.head, signature]
        )
        if not 1 <= len(self._waiting) <= MAX_RUN_OPERATIONS or len(run) > MAX_RUN_BYTES:
            raise ValueError("a run holds 1 to 500 operations and at most 512 KiB")
        self._first, self._before, self._waiting = self.seq + 1, self.head, []
        return run
