#!/usr/bin/env python3
"""Whoever answers is not the office. Goal: a captive portal acknowledges nothing, whatever it says; a man in the middle
with a key of his own gets nothing but GET /keys, not one word of the inspector. Method: a small HTTPS server stands on the
office's port, once with a key that the office's note does not list and once, worse, with the office's own key."""
import http.server
import os
import pathlib
import re
import ssl
import tempfile
import threading
import unittest

import programs

BINARIES = os.environ["ZHICHA_BIN"]
TEXT = "桥头排水沟堵塞"


class Impostor:
    """Answers everything with a portal's page; remembers what it was sent."""

    def __init__(self, port, secrets, keys_answer=None):
        """`secrets`: the server.keys of some ledger, whose certificate and key are used."""
        pem = secrets.read_bytes()
        parts = re.findall(rb"-----BEGIN [A-Z ]+-----.*?-----END [A-Z ]+-----\n", pem, re.S)
        with tempfile.NamedTemporaryFile(suffix=".pem") as file:
            file.write(b"".join(parts))
            file.flush()
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(file.name)
        self.seen = seen = []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                seen.append((self.command, self.path, body, self.headers.get("Authorization")))
                said = "<html><body>请登录 · please sign in</body></html>".encode()
                kind = "text/html"
                if keys_answer and self.path.endswith("/keys"):
                    said, kind = keys_answer, "application/cbor"
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            do_GET = do_POST = do_PATCH = do_HEAD = answer

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass  # the tablet hangs up on us; that is what is tested

        self.server = Server(("127.0.0.1", port), Handler)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


class WrongPeer(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="zhicha-peer-")
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        self.office = programs.make_office(BINARIES, self.folder / "ledger")
        self.addCleanup(self.office.close)
        self.office.serve()

    def enrolled_tablet(self):
        tablet = programs.Tablet(BINARIES, self.folder / "tablet")
        self.office.enrol(tablet, "王督查")
        tablet.sync()
        photo = self.folder / "photo.png"
        photo.write_bytes(programs.make_png(5, 3000))
        check = tablet.json("check", "start", "--site", "s1", "--no-fix-reason", "室内")["check"]
        tablet.json("finding", "add", check, "--severity", "minor", "--text", TEXT, "--photo", photo)
        return tablet

    def stand_in(self, secrets, **options):
        self.assertEqual(self.office.end(), 0)
        impostor = Impostor(self.office.port, secrets, **options)
        self.addCleanup(impostor.close)
        return impostor

    def foreign_secrets(self):
        programs.Office(BINARIES, self.folder / "foreign").json("init", self.folder / "foreign")
        return self.folder / "foreign" / "server.keys"

    def goes_on_with_the_office(self, impostor, tablet):
        impostor.close()
        self.office.serve()
        tablet.sync()
        self.assertIn(TEXT, self.office.call("export", self.office.folder, "--checks").out)

    def waiting(self, tablet):
        status = tablet.json("status")
        self.assertEqual([o["stage"] for o in status["operations_list"] if o["stage"] == "acknowledged"], [])
        return status["pending"]

    def test_a_man_in_the_middle_gets_nothing_but_get_keys(self):
        tablet = self.enrolled_tablet()
        before = self.waiting(tablet)
        impostor = self.stand_in(self.foreign_secrets())
        answer = tablet.call("sync", "--json", expect=1)
        self.assertIn(answer.json["error"]["code"], ("wrong_server", "network_down"))
        self.assertTrue(impostor.seen, "the tablet did not even ask")
        self.assertEqual({(method, path, body, token) for method, path, body, token in impostor.seen},
                         {("GET", "/api/v1/keys", b"", None)})
        self.assertEqual(self.waiting(tablet), before)
        self.goes_on_with_the_office(impostor, tablet)

    def test_an_enrolment_with_a_man_in_the_middle_tells_no_code(self):
        code = self.office.command("enrol-code", "--inspector", "王督查")
        impostor = self.stand_in(self.foreign_secrets())
        tablet = programs.Tablet(BINARIES, self.folder / "tablet")
        answer = tablet.call("enrol", "--server", code["server"], "--code", code["code"], "--fingerprint",
                             code["fingerprint"], "--json", expect=1)
        self.assertIn("code", answer.json["error"])
        self.assertEqual({(method, path) for method, path, _, _ in impostor.seen}, {("GET", "/api/v1/keys")})
        self.assertFalse(any(code["code"].encode() in body for _, _, body, _ in impostor.seen))

    def test_a_portal_with_the_offices_own_key_acknowledges_nothing(self):
        tablet = self.enrolled_tablet()
        before = self.waiting(tablet)
        impostor = self.stand_in(self.office.folder / "server.keys")
        answer = tablet.call("sync", "--json", expect=1)
        self.assertIn("code", answer.json["error"])
        self.assertTrue(impostor.seen)
        self.assertEqual(self.waiting(tablet), before)
        self.goes_on_with_the_office(impostor, tablet)

    def test_a_wrong_fingerprint_enrols_nowhere(self):
        code = self.office.command("enrol-code", "--inspector", "王督查")
        tablet = programs.Tablet(BINARIES, self.folder / "tablet")
        tablet.call("enrol", "--server", code["server"], "--code", code["code"], "--fingerprint", "0" * 64, expect=1)
        self.assertEqual(self.office.command("devices")["devices"], [])
        tablet.json("enrol", "--server", code["server"], "--code", code["code"], "--fingerprint", code["fingerprint"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
