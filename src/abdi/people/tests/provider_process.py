"""A small OpenID provider in a process of its own, for tests: `python provider_process.py PORT`.

Real keys, codes that work once, PKCE checked. Who signs in stands in the query as `login_as`
(`sub|email|verified`); `spoil` names one thing to do wrong.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

KEY = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig"})
OTHER = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig"})
CODES: dict[str, dict[str, str]] = {}
SECRET = "rahasia-uji"


class Provider(BaseHTTPRequestHandler):
    """Discovery, keys, authorisation, token."""

    def log_message(self, *_words: object) -> None:
        """Say nothing."""

    def _json(self, body: object, status: int = 200) -> None:
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_GET(self) -> None:
        """Discovery, keys, and a person who says yes at once."""
        here = f"http://127.0.0.1:{self.server.server_address[1]}"
        parts = urlsplit(self.path)
        if parts.path == "/.well-known/openid-configuration":
            names = {
                "authorization_endpoint": "auth",
                "token_endpoint": "token",
                "jwks_uri": "keys",
            }
            self._json({"issuer": here, **{key: f"{here}/{to}" for key, to in names.items()}})
        elif parts.path == "/keys":
            self._json({"keys": [KEY.as_dict(private=False)]})
        elif parts.path == "/auth":
            asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
            code = secrets.token_urlsafe(16)
            CODES[code] = asked
            back = {"code": code, "state": asked["state"]}
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri']}?{urlencode(back)}")
            self.end_headers()

    def do_POST(self) -> None:
        """A code for an id token, once."""
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        given = {key: values[0] for key, values in parse_qs(text).items()}
        asked = CODES.pop(given.get("code", ""), None)
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            asked is None
            or given.get("client_secret") != SECRET
            or asked["code_challenge"] != challenge
            or asked["redirect_uri"] != given.get("redirect_uri")
        ):
            self._json({"error": "invalid_grant"}, 400)
            return
        self._json({"id_token": self._token(asked), "token_type": "Bearer"})

    def _token(self, asked: dict[str, str]) -> str:
        sub, email, verified = asked["login_as"].split("|")
        spoil, now = asked.get("spoil", ""), int(time.time())
        claims = {
            "iss": f"http://127.0.0.1:{self.server.server_address[1]}",
            "aud": "someone-else" if spoil == "aud" else asked["client_id"],
            "sub": sub,
            "email": email,
            "email_verified": verified == "1",
            "nonce": "other" if spoil == "nonce" else asked["nonce"],
            "iat": now,
            "exp": now - 3600 if spoil == "exp" else now + 300,
        }
        if spoil == "iss":
            claims["iss"] = "http://127.0.0.1:1"
        key = OTHER if spoil == "key" else KEY
        return jwt.encode({"alg": "RS256", "kid": "k1"}, claims, key)


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Provider).serve_forever()
