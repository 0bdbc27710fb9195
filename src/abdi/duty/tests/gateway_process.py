"""The other side of a call, in a process of its own: `python gateway_process.py FOLDER`.

It speaks https as hook.example with a certificate of its own. Below /wa it is the reference gateway
(abdi.duty.adapter): checks the signature by the secret in the file `secret`, hands each message on
once by its key to the file `handed.jsonl`. Below /push it is a push service that keeps what it gets
in `pushed.jsonl`. What it answers stands in the file `mode`: ok, fail, gone. While there is a file
`hold`, it keeps its answer back.
"""

from __future__ import annotations

import base64
import json
import ssl
import sys
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from abdi.duty.adapter import Adapter
from abdi.duty.tests.certificate import certify

FOLDER = Path(sys.argv[1])
STATUS = {"ok": 201, "fail": 500, "gone": 410}


def hand_on(message: dict[str, str]) -> str:
    """What a provider of WhatsApp would do: here a line in a file."""
    with (FOLDER / "handed.jsonl").open("a") as handed:
        handed.write(json.dumps(message) + "\n")
    return "ref-" + message["key"]


def now() -> float:
    """The time on the wall, or what a test that plays with time wrote down."""
    played = FOLDER / "clock"
    return float(played.read_text()) if played.exists() else time.time()


class Server(BaseHTTPRequestHandler):
    """Answers as the mode says, and keeps what came."""

    adapter = Adapter(FOLDER / "keys.txt", hand_on, now)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        """A message for the gateway or for a device."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        mode = (FOLDER / "mode").read_text().strip()
        line = {"headers": dict(self.headers), "body": base64.b64encode(body).decode()}
        line["path"] = self.path
        with (FOLDER / "seen.jsonl").open("a") as seen:
            seen.write(json.dumps(line) + "\n")
        status = STATUS[mode]
        if self.path.startswith("/wa") and mode == "ok":
            secret = (FOLDER / "secret").read_text().encode()
            status = self.adapter.take(secret, dict(self.headers), body)
        while (FOLDER / "hold").exists():
            time.sleep(0.01)
        with suppress(OSError):  # who asked may be dead
            self.answer(status)

    def answer(self, status: int) -> None:
        """No words, only the status."""
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()


if __name__ == "__main__":
    (FOLDER / "mode").write_text("ok")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certify(FOLDER))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    (FOLDER / "port.new").write_text(str(server.server_address[1]))
    (FOLDER / "port.new").rename(FOLDER / "port")
    server.serve_forever()
