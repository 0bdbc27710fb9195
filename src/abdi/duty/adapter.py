"""The reference gateway: how a program turns our signed message into WhatsApp or a text message.

It is meant to be read and to be run: `abdi gateway-adapter --secret FILE`, behind a proxy that
speaks https. It checks the signature, hands each message on once by its key, and says by
`receipt_for` what became of it. docs/gateway-messages.md is the format in words. The standard
library is enough; nothing of Django is loaded.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

FRESH_SECONDS: Final = 300
LARGEST: Final = 100_000
LONGEST_LENGTH: Final = 6
FIELDS: Final = ("key", "channel", "to", "title", "text", "link", "severity", "receipt")
Handing = Callable[[dict[str, str]], str]


class Adapter:
    """Takes messages; `known` is a file of keys that were handed on, `hand_on` the provider's call.

    `hand_on` gets the message and returns the provider's own number for it. It is asked again
    for a key whose first asking ended in an error, so it should pass the key on to the provider.
    """

    def __init__(self, known: Path, hand_on: Handing, now: Callable[[], float] = time.time) -> None:
        self.known = known
        self.hand_on = hand_on
        self.now = now
        self.gate = threading.Lock()

    def take(self, secret: bytes, headers: Mapping[str, str], body: bytes) -> int:
        """Take one message; returns the HTTP status: 202 taken, 200 known, 401, 422, 502."""
        if not is_signed(secret, headers, body, self.now()):
            return 401
        message = message_in(body)
        if message is None:
            return 422
        with self.gate:
            if message["key"] in self._keys():
                return 200
            try:
                self.hand_on(message)
            except OSError:
                return 502
            with self.known.open("a", encoding="utf-8") as file:
                file.write(message["key"] + "\n")
        return 202

    def _keys(self) -> set[str]:
        return set(self.known.read_text(encoding="utf-8").split()) if self.known.exists() else set()


def is_signed(secret: bytes, headers: Mapping[str, str], body: bytes, now: float) -> bool:
    """Whether Abdi sent this body within the last five minutes.

    Abdi-Signature is the HMAC-SHA-256 of Abdi-Time, a full stop and the body.
    """
    named = {name.lower(): value for name, value in headers.items()}
    moment = named.get("abdi-time", "")
    if not (moment.isascii() and moment.isdigit()) or abs(now - int(moment)) > FRESH_SECONDS:
        return False
    return hmac.compare_digest(_mark(secret, moment, body), named.get("abdi-signature", ""))


def message_in(body: bytes) -> dict[str, str] | None:
    """The message of a body; None where a field is missing or is no text."""
    try:
        found: Any = json.loads(body)
    except ValueError:
        return None
    if not isinstance(found, dict) or not all(isinstance(found.get(one), str) for one in FIELDS):
        return None
    return {one: found[one] for one in FIELDS}


def receipt_for(
    secret: bytes, key: str, state: str, now: float, problem: str = ""
) -> tuple[dict[str, str], bytes]:
    """Headers and body of a receipt: `state` is sent, delivered, read or failed.

    POST it to the address that came as `receipt` with the message.
    """
    body = json.dumps({"key": key, "state": state, "problem": problem}).encode()
    moment = str(int(now))
    headers = {
        "Content-Type": "application/json",
        "Abdi-Time": moment,
        "Abdi-Signature": _mark(secret, moment, body),
    }
    return headers, body


def _mark(secret: bytes, moment: str, body: bytes) -> str:
    return "sha256=" + hmac.new(secret, moment.encode() + b"." + body, hashlib.sha256).hexdigest()


# ------------------------------------------------------------------ as a program


def serve(port: int, secret: bytes, folder: Path) -> ThreadingHTTPServer:
    """A server on this machine that takes messages and keeps them in `folder/outbox.jsonl`.

    Put the call of your provider in the place of `keep`; the rest can stay. Port 0: any free one.
    """

    def keep(message: dict[str, str]) -> str:
        with (folder / "outbox.jsonl").open("a", encoding="utf-8") as outbox:
            outbox.write(json.dumps(message) + "\n")
        return message["key"]

    adapter = Adapter(folder / "keys.txt", keep)

    class Door(BaseHTTPRequestHandler):
        """One message a request."""

        def log_message(self, *_words: object) -> None:
            """Numbers of people do not belong in a log."""

        def do_POST(self) -> None:
            """Take the message of the body."""
            length = self.headers.get("Content-Length", "")
            size = int(length) if length.isdecimal() and len(length) <= LONGEST_LENGTH else LARGEST
            status = 413
            if size < LARGEST:
                status = adapter.take(secret, dict(self.headers), self.rfile.read(size))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

    return ThreadingHTTPServer(("127.0.0.1", port), Door)


def main(words: list[str]) -> int:
    """`abdi gateway-adapter --secret FILE [--port 9000] [--folder DIR]`."""
    parser = argparse.ArgumentParser(prog="abdi gateway-adapter")
    parser.add_argument("--secret", type=Path, required=True, help="file with the secret")
    parser.add_argument("--port", type=int, default=9000)
    parser.add_argument("--folder", type=Path, default=Path(), help="where messages are kept")
    asked = parser.parse_args(words)
    secret = asked.secret.read_text(encoding="utf-8").strip().encode()
    server = serve(asked.port, secret, asked.folder)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
    return 0
