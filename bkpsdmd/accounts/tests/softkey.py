"""A passkey in software: makes and uses keys as a browser would, for the client tests."""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestedCredentialData, AuthenticatorData

ORIGIN = "https://testserver"


class SoftKey:
    """One key on one device, for one account."""

    def __init__(self, *, origin: str = ORIGIN, is_verifying: bool = True) -> None:
        self.origin = origin
        self.id = os.urandom(16)
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.user_handle = b""
        flag = AuthenticatorData.FLAG
        self.flags = flag.UP | (flag.UV if is_verifying else flag(0))

    def make(self, options: dict[str, Any]) -> str:
        """Answer `navigator.credentials.create()`."""
        asked = options["publicKey"]
        self.user_handle = websafe_decode(asked["user"]["id"])
        attested = AttestedCredentialData.create(
            b"\0" * 16, self.id, ES256.from_cryptography_key(self.private.public_key())
        )
        data = AuthenticatorData.create(
            self._rp_hash(asked["rp"]["id"]),
            self.flags | AuthenticatorData.FLAG.AT,
            1,
            attested,
        )
        told = cbor.encode({"fmt": "none", "attStmt": {}, "authData": bytes(data)})
        return self._pack(
            {
                "clientDataJSON": self._client_data("webauthn.create", asked),
                "attestationObject": told,
            },
            {"credProps": {"rk": True}},
        )

    def use(self, options: dict[str, Any]) -> str:
        """Answer `navigator.credentials.get()`."""
        asked = options["publicKey"]
        client_data = self._client_data("webauthn.get", asked)
        data = bytes(
            AuthenticatorData.create(self._rp_hash(asked["rpId"]), self.flags, 2)
        )
        signed = data + hashlib.sha256(client_data).digest()
        return self._pack(
            {
                "clientDataJSON": client_data,
                "authenticatorData": data,
                "signature": self.private.sign(signed, ec.ECDSA(hashes.SHA256())),
                "userHandle": self.user_handle,
            }
        )

    def _rp_hash(self, rp_id: str) -> bytes:
        return hashlib.sha256(rp_id.encode()).digest()

    def _client_data(self, kind: str, asked: dict[str, Any]) -> bytes:
        told = {"type": kind, "challenge": asked["challenge"], "origin": self.origin}
        return json.dumps(told).encode()

    def _pack(
        self, response: dict[str, bytes], results: dict[str, Any] | None = None
    ) -> str:
        key = websafe_encode(self.id)
        return json.dumps(
            {
                "type": "public-key",
                "id": key,
                "rawId": key,
                "response": {
                    name: websafe_encode(value) for name, value in response.items()
                },
                "clientExtensionResults": results or {},
            }
        )
