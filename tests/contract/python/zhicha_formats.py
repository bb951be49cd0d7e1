"""The bytes of docs/FORMATS.md: digests, signatures, ids, operations, the tree, runs, checkpoints, leaves."""

import base64
import hashlib
import os
import re
import uuid
from dataclasses import dataclass

import nacl.exceptions
import nacl.signing

import strict_cbor
from strict_cbor import Refused

MAX_OPERATION = 65536
MAX_RUN_OPERATIONS = 500
MAX_RUN_BYTES = 524288
SUITE = 1


class BadSignature(ValueError):
    pass


class BadProof(ValueError):
    pass


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def tagged(tag: str, *parts: bytes) -> bytes:
    return sha256(tag.encode() + b"\0" + b"".join(parts))


# Signatures


def purpose_message(purpose: str, content: bytes) -> bytes:
    return b"zhicha/v1/" + purpose.encode() + b"\0" + content


def sign_for(key: nacl.signing.SigningKey, purpose: str, content: bytes) -> bytes:
    return key.sign(purpose_message(purpose, content)).signature


def verify_raw(public_key: bytes, message: bytes, signature: bytes) -> None:
    try:
        nacl.signing.VerifyKey(public_key).verify(message, signature)
    except (nacl.exceptions.BadSignatureError, nacl.exceptions.ValueError, ValueError) as error:
        raise BadSignature("a signature does not verify") from error


def verify_for(public_key: bytes, purpose: str, content: bytes, signature: bytes) -> None:
    verify_raw(public_key, purpose_message(purpose, content), signature)


# Ids


def derived(content: list) -> bytes:
    raw = bytearray(tagged("zhicha/v1/id", strict_cbor.encode(content))[:16])
    raw[6] = raw[6] & 0x0F | 0x80
    raw[8] = raw[8] & 0x3F | 0x80
    return bytes(raw)


def code_id(ledger: bytes, kind: str, code: str) -> bytes:
    return derived([ledger, kind, code])


def answer_id(ledger: bytes, check: bytes, item, question: str) -> bytes:
    return derived([ledger, "answer", check, item, question])


def attestation_id(ledger: bytes, check: bytes, clause: int) -> bytes:
    return derived([ledger, "attestation", check, clause])


def new_id(now_ms: int) -> bytes:
    raw = bytearray(now_ms.to_bytes(6, "big") + os.urandom(10))
    raw[6] = raw[6] & 0x0F | 0x70
    raw[8] = raw[8] & 0x3F | 0x80
    return bytes(raw)


# Operations


def operation_digest(envelope: bytes, body_digest: bytes) -> bytes:
    return tagged("zhicha/v1/op", sha256(envelope), body_digest)


def _exactly(value, required: dict, optional: dict) -> dict:
    """The value is a map with the required keys, perhaps the optional ones, each passing its check."""
    if not isinstance(value, dict):
        raise Refused("a map is missing")
    for key, fits in {**required, **optional}.items():
        if key not in value:
            if key in required:
                raise Refused(f"{key} is missing")
        elif not fits(value[key]):
            raise Refused(f"{key} has the wrong shape")
    if set(value) - set(required) - set(optional):
        raise Refused("unknown key")
    return value


def _int(v):
    return isinstance(v, int) and not isinstance(v, bool)


def _text(v):
    return isinstance(v, str)


def _fixed(size):
    return lambda v: isinstance(v, bytes) and len(v) == size


def _base(v):
    return (
        isinstance(v, dict)
        and len(v) > 0
        and "" not in v
        and all(
            isinstance(seen, list) and all(_fixed(32)(d) for d in seen) and all(a < b for a, b in zip(seen, seen[1:]))
            for seen in v.values()
        )
    )


def decode_envelope(data: bytes) -> dict:
    if len(data) > MAX_OPERATION:
        raise Refused("too large")
    envelope = _exactly(
        strict_cbor.decode(data),
        {
            "t": lambda v: isinstance(v, dict),
            "id": _fixed(16),
            "seq": lambda v: _int(v) and v >= 1,
            "kind": _text,
            "anchor": lambda v: isinstance(v, dict),
            "device": _fixed(16),
        },
        {"base": _base, "actor": _fixed(16)},
    )
    _exactly(
        envelope["t"],
        {
            "est": _int,
            "boot": _text,
            "wall": _int,
            "mono_us": _int,
            "offset_min": lambda v: _int(v) and -(2**31) <= v < 2**31,
        },
        {"gnss": _int},
    )
    _exactly(envelope["anchor"], {"root": _fixed(32), "size": _int, "generation": _int}, {})
    return envelope


def decode_body(data: bytes):
    if len(data) > MAX_OPERATION:
        raise Refused("too large")
    body = strict_cbor.decode(data)
    if not isinstance(body, list) or len(body) != 2 or not _fixed(16)(body[0]) or not isinstance(body[1], dict):
        raise Refused("a body is [salt, fields]")
    return body[0], body[1]


# The tree


def leaf_hash(data: bytes) -> bytes:
    return sha256(b"\0" + data)


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right)


def tree_root(leaves: list) -> bytes:
    if not leaves:
        return sha256(b"")
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(tree_root(leaves[:split]), tree_root(leaves[split:]))


def check_inclusion(leaf: bytes, index: int, size: int, proof: list, root: bytes) -> None:
    if not 0 <= index < size:
        raise BadProof("no such leaf")
    fn, sn, r = index, size - 1, leaf
    for p in proof:
        if sn == 0:
            raise BadProof("the proof is too long")
        if fn & 1 or fn == sn:
            r = node_hash(p, r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node_hash(r, p)
        fn, sn = fn >> 1, sn >> 1
    if sn != 0 or r != root:
        raise BadProof("the leaf is not included")


def check_consistency(first: int, first_root: bytes, second: int, second_root: bytes, proof: list) -> None:
    if not 0 <= first <= second:
        raise BadProof("the older tree is the smaller one")
    if first == second or first == 0:
        expected = second_root if first == second else sha256(b"")
        if proof or first_root != expected:
            raise BadProof("an empty proof of something else")
        return
    path = list(proof)
    if first & (first - 1) == 0:
        path.insert(0, first_root)
    if not path:
        raise BadProof("the proof is empty")
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            raise BadProof("the proof is too long")
        if fn & 1 or fn == sn:
            fr, sr = node_hash(c, fr), node_hash(c, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, c)
        fn, sn = fn >> 1, sn >> 1
    if sn != 0 or fr != first_root or sr != second_root:
        raise BadProof("the trees are not consistent")


# Runs


@dataclass
class Element:
    """One operation of a run: envelope and body as far as they are here, and always d."""

    d: bytes
    envelope: bytes | None = None
    body: bytes | None = None


@dataclass
class Run:
    ledger: bytes
    suite: int
    device: bytes
    first: int
    last: int
    before: bytes
    h: bytes
    elements: list
    signature: bytes

    def signed_content(self) -> bytes:
        return strict_cbor.encode([self.ledger, self.suite, self.device, self.first, self.last, self.before, self.h])


def _element(data: bytes) -> Element:
    value = strict_cbor.decode(data)
    if _fixed(32)(value):
        return Element(value)
    if isinstance(value, list) and len(value) == 2 and all(isinstance(part, bytes) for part in value):
        envelope, body = value
        if len(envelope) + len(body) > MAX_OPERATION:
            raise Refused("an operation is too large")
        return Element(operation_digest(envelope, sha256(body)), envelope, body)
    if isinstance(value, list) and len(value) == 3 and isinstance(value[0], bytes) and value[1] is None:
        if not _fixed(32)(value[2]) or len(value[0]) > MAX_OPERATION:
            raise Refused("a withheld operation has the wrong shape")
        return Element(operation_digest(value[0], value[2]), value[0])
    raise Refused("an element is [envelope, body], [envelope, null, H(body)] or d")


def chain_next(before: bytes, d: bytes) -> bytes:
    return tagged("zhicha/v1/chain", before, d)


def chain_start(ledger: bytes, suite: int, device: bytes, public_key: bytes) -> bytes:
    return tagged("zhicha/v1/chain-start", strict_cbor.encode([ledger, suite, device, public_key]))


def decode_run(data: bytes) -> Run:
    """Decodes and follows the chain; the signature is verify_run's."""
    if len(data) > MAX_RUN_BYTES:
        raise Refused("a run is too large")
    parts = strict_cbor.decode(data)
    checks = [_fixed(16), _int, _fixed(16), _int, _fixed(32), lambda v: isinstance(v, list), _fixed(32), _fixed(64)]
    if not isinstance(parts, list) or len(parts) != 8 or not all(fits(v) for fits, v in zip(checks, parts)):
        raise Refused("a run has another shape")
    ledger, suite, device, first, before, encoded, h, signature = parts
    if not 1 <= suite <= 255 or first < 1 or not 1 <= len(encoded) <= MAX_RUN_OPERATIONS:
        raise Refused("the head of a run is none")
    last = first + len(encoded) - 1
    if last >= 2**63 - 1 or not all(isinstance(e, bytes) for e in encoded):
        raise Refused("the elements of a run are none")
    elements = [_element(e) for e in encoded]
    head = before
    for element in elements:
        head = chain_next(head, element.d)
    if head != h:
        raise BadProof("the operations do not lead to the head")
    return Run(ledger, suite, device, first, last, before, h, elements, signature)


# Checkpoints and leaves


@dataclass
class Checkpoint:
    ledger: bytes
    generation: int
    size: int
    root: bytes
    time: int


def strict_base64(text: str) -> bytes:
    raw = base64.b64decode(text, validate=True)
    if base64.b64encode(raw).decode() != text:
        raise Refused("base64 in another form")
    return raw


_NUMBER = "(0|[1-9][0-9]*)"
_BODY = re.compile(
    rf"zhicha\.log/([0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})/{_NUMBER}\n{_NUMBER}\n([A-Za-z0-9+/]{{43}}=)\ntime {_NUMBER}\n"
)


def _signature_line(line: str):
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != "\u2014" or not parts[1]:
        raise Refused("a line is no signature")
    try:
        raw = strict_base64(parts[2])
    except ValueError as error:
        raise Refused("a signature is no base64") from error
    if len(raw) < 5:
        raise Refused("a signature is too short")
    return parts[1], raw


def open_checkpoint(note: str, log_key: bytes) -> Checkpoint:
    raw = note.encode()
    if len(raw) > 4096 or "\n\n" not in note:
        raise Refused("no checkpoint")
    body, rest = note.split("\n\n", 1)
    body += "\n"
    match = _BODY.fullmatch(body)
    if match is None or (rest and not rest.endswith("\n")):
        raise Refused("a checkpoint has four lines, then signatures")
    generation, size, time = int(match[2]), int(match[3]), int(match[5])
    if max(generation, size, time) >= 2**63:
        raise Refused("a number is out of range")
    name = body.split("\n", 1)[0]
    key_hash = sha256(name.encode() + b"\n\x01" + log_key)[:4]
    verified = False
    for line in rest.split("\n")[:-1]:
        signer, signature = _signature_line(line)
        if signer == name and len(signature) == 68 and signature[:4] == key_hash:
            verify_raw(log_key, body.encode(), signature[4:])
            verified = True
    if not verified:
        raise BadSignature("not signed by the log key")
    return Checkpoint(uuid.UUID(match[1]).bytes, generation, size, strict_base64(match[4]), time)


@dataclass
class Leaf:
    ledger: bytes
    device: bytes
    first: int
    last: int
    h: bytes
    log: int
    received_at: int

    def data(self) -> bytes:
        return strict_cbor.encode(
            [self.ledger, self.device, self.first, self.last, self.h, self.log, self.received_at]
        )


def decode_leaf(data: bytes) -> Leaf:
    parts = strict_cbor.decode(data)
    checks = [_fixed(16), _fixed(16), _int, _int, _fixed(32), _int, _int]
    if not isinstance(parts, list) or len(parts) != 7 or not all(fits(v) for fits, v in zip(checks, parts)):
        raise Refused("a leaf has another shape")
    return Leaf(*parts)


def check_receipt(receipt, checkpoint: Checkpoint) -> Leaf:
    """Returns the leaf if it stands at its index under the (verified) checkpoint."""
    if not isinstance(receipt, list) or len(receipt) != 3 or not isinstance(receipt[0], bytes) or not _int(receipt[1]):
        raise Refused("a receipt is [leaf, index, proof]")
    data, index, proof = receipt
    if not isinstance(proof, list) or len(proof) > 64 or not all(_fixed(32)(d) for d in proof):
        raise Refused("a proof is a list of digests")
    leaf = decode_leaf(data)
    if leaf.ledger != checkpoint.ledger:
        raise BadProof("the leaf is of another ledger")
    check_inclusion(leaf_hash(data), index, checkpoint.size, proof, checkpoint.root)
    return leaf
