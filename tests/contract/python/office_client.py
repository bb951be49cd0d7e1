"""The network half of the contract client, written from docs/PROTOCOL.md: trust, enrolment, sessions, operations, pages,
photos. Standard library and PyNaCl only."""

import base64
import hashlib
import http.client
import json
import ssl
import time
import urllib.parse

import strict_cbor
import zhicha_client as z


class Problem(Exception):
    """An RFC 9457 answer."""

    def __init__(self, status, document):
        super().__init__(f"{status} {document.get('code')}: {document.get('detail')}")
        self.status, self.document, self.code = status, document, document.get("code")


def spki_digest(certificate_der: bytes) -> bytes:
    """SHA-256 of the SubjectPublicKeyInfo: the last element but none of a certificate's outermost parts is walked to."""

    def read(data, at):
        length = data[at + 1]
        head = 2
        if length & 0x80:
            count = length & 0x7F
            length = int.from_bytes(data[at + 2:at + 2 + count], "big")
            head += count
        return at + head, at + head + length

    body, _ = read(certificate_der, 0)
    at, _ = read(certificate_der, body)  # into tbsCertificate
    if certificate_der[at] == 0xA0:  # version
        at = read(certificate_der, at)[1]
    for _ in range(5):  # serial, algorithm, issuer, validity, subject
        at = read(certificate_der, at)[1]
    end = read(certificate_der, at)[1]
    return hashlib.sha256(certificate_der[at:end]).digest()


class Office:
    """One office as a tablet sees it. Nothing but GET /keys is sent before the note lists the peer's key."""

    def __init__(self, url: str, fingerprint: bytes, kinds: dict):
        self.url = urllib.parse.urlsplit(url)
        self.ledger = z.Ledger(fingerprint, kinds)
        self.token = None
        self.peer = None

    def _connect(self):
        if self.url.scheme == "http":
            return http.client.HTTPConnection(self.url.hostname, self.url.port, timeout=60)
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE  # trust comes from the note, below
        return http.client.HTTPSConnection(self.url.hostname, self.url.port, timeout=60, context=context)

    def request(self, method, path, body=None, headers=None, trusted=True):
        connection = self._connect()
        connection.connect()
        if self.url.scheme == "https":
            self.peer = spki_digest(connection.sock.getpeercert(binary_form=True))
            if trusted and self.peer not in self.ledger.note["tls_keys"]:
                connection.close()
                raise z.BadSignature("the peer's key is not listed in the note")
        head = {"Content-Type": "application/cbor", **(headers or {})}
        if self.token:
            head["Authorization"] = "Bearer " + self.token
        connection.request(method, path, body, head)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        if answer.status >= 400:
            try:
                document = json.loads(content or b"{}")
            except ValueError:
                document = {}
            raise Problem(answer.status, document)
        return answer, content

    def cbor(self, method, path, value=None):
        body = None if value is None else strict_cbor.encode(value)
        answer, content = self.request(method, "/api/v1" + path, body)
        if answer.status != 200 or answer.getheader("Content-Type") != "application/cbor":
            raise z.Refused("not an answer of this protocol")
        return strict_cbor.decode(content)

    def trust(self):
        _, content = self.request("GET", "/api/v1/keys", trusted=False)
        note = self.ledger.accept_note(content)
        if self.peer is not None and self.peer not in note["tls_keys"]:
            raise z.BadSignature("the note does not list the peer's key")
        return note

    def enrol(self, device: z.Device, code: str, box_key: bytes, name: str):
        content = strict_cbor.encode(
            [self.ledger.note["ledger"], code, device.id, device.public_key, box_key, self.ledger.fingerprint])
        answer = self.cbor("POST", "/devices", {
            "code": code, "device": device.id, "sign_key": device.public_key, "box_key": box_key, "name": name,
            "signature": z.sign_for(device.key, "enrol", content)})
        checkpoint = self.ledger.accept_checkpoint(answer["checkpoint"])
        device.anchor = {"generation": checkpoint.generation, "size": checkpoint.size, "root": checkpoint.root}
        return answer

    def sign_in(self, device: z.Device):
        challenge = self.cbor("POST", "/sessions", {"device": device.id})["challenge"]
        content = strict_cbor.encode([self.ledger.note["ledger"], device.id, challenge])
        answer = self.cbor("POST", "/sessions", {"device": device.id, "challenge": challenge,
                                                 "signature": z.sign_for(device.key, "session", content)})
        self.token = answer["token"]
        return answer

    def send(self, runs: list, device: z.Device, heads: dict):
        """Sends encoded runs; verifies everything that an acknowledgement takes. `heads`: own h by sequence."""
        answer = self.cbor("POST", "/operations", runs)
        known = self.ledger.checkpoint
        newest = self.ledger.accept_checkpoint(answer["checkpoint"])
        for run in answer["runs"]:
            for receipt in run.get("receipts", []):
                leaf = z.check_receipt(receipt, newest)
                if leaf.device != device.id or heads.get(leaf.last) != leaf.h:
                    raise z.BadProof("a receipt of another chain")
        if newest.size > known.size:
            proof = self.cbor("GET", f"/checkpoints/proof?from={known.size}&to={newest.size}")["proof"]
            self.ledger.accept_checkpoint(answer["checkpoint"], proof)
        return answer

    def pull(self, own: bytes):
        """Every page; answers the verified runs as (log, Run). Keys of other devices come from the runs themselves."""
        keys = {self.ledger.note["server_device"]: self.ledger.note["server_key"]}
        out, cursor = [], ""
        while True:
            page = self.cbor("GET", "/changes" + (f"?after={cursor}" if cursor else ""))
            self.ledger.accept_checkpoint(page["checkpoint"])
            for log, data in page["runs"]:
                run = z.decode_run(data)
                z.verify_run(run, keys[run.device])
                if run.device == own:
                    raise z.Refused("the own chain is not sent back")
                out.append((log, run))
                if run.device == self.ledger.note["server_device"]:
                    for envelope, fields in operations(run):
                        if envelope["kind"] == "device.enrol":
                            keys[envelope["id"]] = fields["sign_key"]
            cursor = page["cursor"]
            if not page["more"]:
                return out

    def upload(self, photo: bytes, cut_after=None):
        """tus. With `cut_after` the first PATCH sends only so many bytes and goes away."""
        digest = hashlib.sha256(photo).hexdigest()
        tus = {"Tus-Resumable": "1.0.0"}
        metadata = "sha256 " + base64.b64encode(digest.encode()).decode()
        self.request("POST", "/api/v1/blobs", b"", {**tus, "Upload-Length": str(len(photo)), "Upload-Metadata": metadata})
        if cut_after is not None:
            connection = self._connect()
            connection.putrequest("PATCH", "/api/v1/blobs/" + digest)
            for name, value in {**tus, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream",
                                "Content-Length": str(len(photo)), "Authorization": "Bearer " + self.token}.items():
                connection.putheader(name, value)
            connection.endheaders(photo[:cut_after])
            connection.close()
        answer, _ = self.request("HEAD", "/api/v1/blobs/" + digest, None, tus)
        offset = int(answer.getheader("Upload-Offset"))
        if offset < len(photo):
            answer, _ = self.request("PATCH", "/api/v1/blobs/" + digest, photo[offset:],
                                     {**tus, "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"})
        return offset, int(answer.getheader("Upload-Offset"))


def operations(run: z.Run):
    """(envelope, fields) of every operation whose body is here."""
    for element in run.elements:
        if element.envelope is not None and element.body is not None:
            yield z.decode_envelope(element.envelope), z.decode_body(element.body)[1]


def time_now() -> dict:
    now = int(time.time() * 1000)
    return {"wall": now, "offset_min": 480, "est": now, "mono_us": time.monotonic_ns() // 1000, "boot": "contract"}
