"""A link between tablet and office that does to one exchange what networks do. Plain HTTP over loopback, so that it sees
what it passes on; the office never learns that there is a link."""
import gzip
import random
import socket
import struct
import threading
import time

ANSWER_S = 60


def read_message(source):
    """Head and body of one HTTP message with Content-Length; None at the end of the connection."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = source.recv(65536)
        if not piece:
            return None
        data += piece
    head, body = data.split(b"\r\n\r\n", 1)
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
    if head.startswith(b"HTTP/") and (b" 204 " in head[:16] or b" 304 " in head[:16]):
        length = 0
    return head + b"\r\n\r\n", body, length


def read_rest(source, body, length):
    while len(body) < length:
        piece = source.recv(65536)
        if not piece:
            return None
        body += piece
    return body


def endpoint_of(head):
    """`POST operations`, `PATCH blobs`, …"""
    method, target, _ = head.split(b"\r\n", 1)[0].split(b" ", 2)
    path = target.split(b"?")[0].decode().removeprefix("/api/v1/")
    return f"{method.decode()} {path.split('/')[0] if path.startswith('blobs') else path}"


def page(status, body=b"<html><body>login</body></html>"):
    return (f"HTTP/1.1 {status} x\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
            .encode() + body)


class Cut(Exception):
    """The connection ends here."""


class Link:
    """Owner: the test. Threads: one a connection. `arm` sets one fault for the next exchange with an endpoint (any
    endpoint: None); `struck` says that it was met."""

    def __init__(self, upstream, seed):
        self.upstream, self.dice = upstream, random.Random(seed)
        self.other = None  # another office, for a name that leads elsewhere
        self.fault, self.wanted, self.struck = None, None, threading.Event()
        self.answers, self.requests = {}, []  # the last answer of each endpoint; the last requests
        self.body_bytes = 0  # of PATCH, as they came from the tablet
        self.cut_every = None  # ends the connection after so many body bytes
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def arm(self, fault, endpoint=None):
        self.struck.clear()
        self.fault, self.wanted = fault, endpoint

    def disarm(self):
        self.fault = None

    def _accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def close(self):
        self.listener.close()

    def _serve(self, tablet):
        with tablet:
            tablet.settimeout(ANSWER_S)
            try:
                while self._one(tablet):
                    pass
            except (OSError, Cut):
                pass

    def _one(self, tablet):
        message = read_message(tablet)
        if message is None:
            return False
        head, body, length = message
        endpoint = endpoint_of(head)
        if endpoint.startswith("PATCH"):
            body = self._patch_body(tablet, head, body, length)
        else:
            body = read_rest(tablet, body, length)
        if body is None:
            return False
        fault, self_struck = None, self.fault
        if self_struck and (self.wanted in (None, endpoint)):
            fault = self_struck
            self.struck.set()
            if fault[0] != "loss":
                self.fault = None
        answer = self._answer(tablet, endpoint, head, body, fault)
        tablet.sendall(answer)
        return b"connection: close" not in answer.split(b"\r\n\r\n")[0].lower()

    def _patch_body(self, tablet, head, body, length):
        """Counts what the tablet sends of photos; where the link is cut every so often, passes on what came until then."""
        self.body_bytes += len(body)
        while len(body) < length:
            if self.cut_every and len(body) >= self.cut_every:
                with self._connect() as office:
                    office.sendall(head + body)
                    office.shutdown(socket.SHUT_WR)
                    office.recv(1)  # until the office has noticed
                raise Cut
            wanted = min(65536, self.cut_every - len(body)) if self.cut_every else 65536
            piece = tablet.recv(wanted)
            if not piece:
                return None
            self.body_bytes += len(piece)
            body += piece
        return body

    def _connect(self, port=None):
        office = socket.create_connection(("127.0.0.1", port or self.upstream), timeout=ANSWER_S)
        office.settimeout(ANSWER_S)
        return office

    def _ask(self, head, body, port=None):
        """The office's whole answer, over a connection of its own."""
        with self._connect(port) as office:
            office.sendall(head + body)
            message = read_message(office)
            if message is None:
                raise Cut
            answer_head, answer_body, length = message
            if head.startswith(b"HEAD "):
                length = 0
            answer_body = read_rest(office, answer_body, length)
            if answer_body is None:
                raise Cut
            return answer_head + answer_body

    def _answer(self, tablet, endpoint, head, body, fault):
        if fault is None:
            answer = self._ask(head, body)
            self.answers[endpoint] = answer
            self.requests = [*self.requests[-5:], (head, body)]
            return answer
        return getattr(self, "_" + fault[0])(tablet, endpoint, head, body, *fault[1:])

    # The faults. Each answers what the tablet gets, or cuts.
    def _drop(self, *_):
        raise Cut

    def _reset(self, tablet, *_):
        tablet.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise Cut

    def _half_open(self, tablet, *_):
        tablet.settimeout(None)
        tablet.recv(1)  # until the tablet gives up
        raise Cut

    def _delay(self, _tablet, _endpoint, head, body, seconds):
        time.sleep(seconds)
        return self._ask(head, body)

    def _loss(self, _tablet, _endpoint, head, body, share):
        if self.dice.random() < share / 2:
            raise Cut
        answer = self._ask(head, body)
        if self.dice.random() < share / 2:
            raise Cut
        return answer

    def _duplicate(self, _tablet, _endpoint, head, body):
        self._ask(head, body)
        return self._ask(head, body)

    def _reorder(self, _tablet, _endpoint, head, body):
        """Older requests arrive after this one."""
        answer = self._ask(head, body)
        for old_head, old_body in reversed(self.requests):
            self._ask(old_head, old_body)
        return answer

    def _slow(self, _tablet, _endpoint, head, body):
        with self._connect() as office:
            for byte in (head + body)[:400]:
                office.sendall(bytes([byte]))
                time.sleep(0.002)
            office.sendall((head + body)[400:])
            message = read_message(office)
            if message is None:
                raise Cut
            answer_head, answer_body, length = message
            return answer_head + (read_rest(office, answer_body, 0 if head.startswith(b"HEAD ") else length) or b"")

    def _cut_request(self, _tablet, _endpoint, head, body, place):
        with self._connect() as office:
            office.sendall((head + body)[:self._place(len(head + body), place)])
            office.shutdown(socket.SHUT_WR)
            office.recv(1)
        raise Cut

    def _cut_answer(self, tablet, _endpoint, head, body, place):
        answer = self._ask(head, body)
        tablet.sendall(answer[:self._place(len(answer), place)])
        raise Cut

    def _truncate(self, _tablet, _endpoint, head, body):
        """Looks whole: the length was made to fit."""
        answer_head, answer_body = self._ask(head, body).split(b"\r\n\r\n", 1)
        half = answer_body[:len(answer_body) // 2]
        lines = [line for line in answer_head.split(b"\r\n") if not line.lower().startswith(b"content-length")]
        return b"\r\n".join([*lines, b"Content-Length: %d" % len(half)]) + b"\r\n\r\n" + half

    def _after_commit(self, _tablet, _endpoint, head, body):
        self._ask(head, body)
        raise Cut

    def _captive(self, *_):
        return page(200)

    def _bad_gateway(self, *_):
        return page(502)

    def _compressed(self, _tablet, _endpoint, head, body):
        answer_head, answer_body = self._ask(head, body).split(b"\r\n\r\n", 1)
        packed = gzip.compress(answer_body)
        lines = [line for line in answer_head.split(b"\r\n") if not line.lower().startswith(b"content-length")]
        return (b"\r\n".join([*lines, b"Content-Encoding: gzip", b"Content-Length: %d" % len(packed)]) + b"\r\n\r\n" +
                (b"" if head.startswith(b"HEAD ") else packed))

    def _wrong_clock(self, _tablet, _endpoint, head, body, years):
        answer = bytearray(self._ask(head, body))
        at = answer.find(b"dtime\x1b")
        if at >= 0:
            now = int.from_bytes(answer[at + 6:at + 14], "big") + years * 365 * 24 * 3600 * 1000
            answer[at + 6:at + 14] = max(now, 1).to_bytes(8, "big")
        return bytes(answer)

    def _stale(self, _tablet, endpoint, head, body):
        return self.answers.get(endpoint) or self._ask(head, body)

    def _elsewhere(self, _tablet, _endpoint, head, body):
        return self._ask(head, body, self.other)

    @staticmethod
    def _place(length, place):
        """A share of the whole, or a byte of it."""
        return min(length - 1, int(length * place)) if isinstance(place, float) else min(length - 1, place)
