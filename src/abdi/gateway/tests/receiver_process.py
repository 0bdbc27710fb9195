"""A program that is told of changes, in a process of its own: `python receiver_process.py FOLDER`.

It speaks https as hook.example with a certificate of its own, writes every request to seen.jsonl
and every effect, once by key, to effects.txt. What it answers stands in the file `mode`.
"""

from __future__ import annotations

import datetime as dt
import json
import ssl
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

FOLDER = Path(sys.argv[1])
STATUS = {"ok": 200, "fail": 500, "away": 302}


def certify() -> Path:
    """A certificate for hook.example, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "hook.example")])
    since = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    names = x509.SubjectAlternativeName([x509.DNSName("hook.example")])
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(since)
        .not_valid_after(since + dt.timedelta(days=365 * 200))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path = FOLDER / "both.pem"
    pem = serialization.Encoding.PEM
    path.write_bytes(signed.public_bytes(pem) + key.private_bytes(pem, *form))
    return path


class Receiver(BaseHTTPRequestHandler):
    """Notes what comes and does each thing once."""

    def log_message(self, *_words: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        """Write the request down, act once by key, answer as the mode says."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        status = STATUS[(FOLDER / "mode").read_text().strip()]
        line = {"headers": dict(self.headers), "body": body, "path": self.path}
        with (FOLDER / "seen.jsonl").open("a") as seen:
            seen.write(json.dumps(line) + "\n")
        effects, key = FOLDER / "effects.txt", self.headers["Abdi-Key"]
        known = effects.read_text().split() if effects.exists() else []
        if status == STATUS["ok"] and key not in known:
            effects.write_text("\n".join([*known, key]))
        self.send_response(status)
        self.send_header("Location", "https://127.0.0.1/")
        self.send_header("Content-Length", "0")
        self.end_headers()


if __name__ == "__main__":
    (FOLDER / "mode").write_text("ok")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certify())
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    (FOLDER / "port.new").write_text(str(server.server_address[1]))
    (FOLDER / "port.new").rename(FOLDER / "port")
    server.serve_forever()
