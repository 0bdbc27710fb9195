"""An authenticator made of software: it answers challenges as a phone would."""

from __future__ import annotations

import json
import secrets

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

FLAGS = AuthenticatorData.FLAG
THERE = FLAGS.UP | FLAGS.UV


class SoftKey:
    """One passkey; `origin` is the site it believes to be on."""

    def __init__(self, origin: str, host: str = "localhost") -> None:
        self.origin, self.host = origin, host
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.handle = ""

    def _said(self, kind: str, challenge: str) -> CollectedClientData:
        return CollectedClientData.create(kind, challenge, self.origin)

    def make(self, options: dict) -> str:
        """The answer to a challenge for a new passkey."""
        asked = options["publicKey"]
        self.handle = asked["user"]["id"]
        said = self._said("webauthn.create", asked["challenge"])
        public = ES256.from_cryptography_key(self.private.public_key())
        data = AuthenticatorData.create(
            sha256(self.host.encode()),
            THERE | FLAGS.AT,
            0,
            AttestedCredentialData.create(b"\0" * 16, self.id, public),
        )
        response = {
            "clientDataJSON": websafe_encode(said),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        }
        return self._sent(response)

    def prove(self, options: dict, flags: int = THERE) -> str:
        """The answer to a challenge to come in."""
        said = self._said("webauthn.get", options["publicKey"]["challenge"])
        data = AuthenticatorData.create(sha256(self.host.encode()), flags, 1)
        response = {
            "clientDataJSON": websafe_encode(said),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(self.private.sign(data + said.hash, ec.ECDSA(SHA256()))),
            "userHandle": self.handle,
        }
        return self._sent(response)

    def _sent(self, response: dict) -> str:
        name = websafe_encode(self.id)
        return json.dumps(
            {
                "id": name,
                "rawId": name,
                "type": "public-key",
                "response": response,
                "clientExtensionResults": {"credProps": {"rk": True}},
            }
        )
