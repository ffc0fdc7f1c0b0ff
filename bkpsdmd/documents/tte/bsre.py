"""Signing by the national certificate authority, through the office's BSrE client server.

The shape is that of its published interface, version 2: one POST with the PDFs in
base64, NIK and passphrase of the signer, and the account of the office as basic
authentication. NIK and passphrase leave the portal here and stand in no log.

Nothing is sent twice by itself. What could not be sent at all may be tried again at
once; where the paper was sent and no answer came, BSrE may have signed it: that is told
apart (`TteUncertainError`), and whatever it made then is not what the portal issues.
"""

from __future__ import annotations

import base64
import binascii
import http.client
import json
import logging
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.views.decorators.debug import sensitive_variables

from bkpsdmd.documents.tte.penyedia import (
    Penanda,
    TteRefusedError,
    TteUnavailableError,
    TteUncertainError,
)

logger = logging.getLogger(__name__)

PATH = "/api/v2/sign/pdf"
# Answers of a server or of what stands before it that cannot work just now.
DOWN = {502, 503, 504}
MAX_ANSWER_BYTES = 200_000_000
PUTUS = (
    "Layanan BSrE menerima naskah ini tetapi tidak menjawab. Coba lagi beberapa menit "
    "kemudian; yang terbit tetap satu."
)
MATI = (
    "Layanan tanda tangan BSrE tidak dapat dihubungi. Naskah tetap menunggu; coba lagi "
    "nanti, atau minta pengelola mengubah cara tanda tangannya."
)


@dataclass(frozen=True)
class TteBsre:
    """See `penyedia.Penyedia`. `alamat` is the root of the client server."""

    alamat: str
    pengguna: str
    sandi: str = field(repr=False)
    batas_detik: int

    @sensitive_variables("body", "penanda")
    def sign(self, pdfs: Sequence[bytes], penanda: Penanda) -> list[bytes]:
        if not penanda.nik:
            raise TteRefusedError(
                "NIK Anda belum tercatat di data pegawai, padahal BSrE mengenali orang "
                "dari NIK. Minta pengelola mengisinya."
            )
        if not penanda.frasa_sandi:
            raise TteRefusedError("Isi frasa sandi BSrE Anda.", kolom="frasa_sandi")
        body = {
            "nik": penanda.nik,
            "passphrase": penanda.frasa_sandi,
            # The box stands on the page already.
            "signatureProperties": [
                {
                    "tampilan": "INVISIBLE",
                    "location": penanda.tempat,
                    "reason": penanda.jabatan,
                }
            ],
            "file": [base64.b64encode(pdf).decode() for pdf in pdfs],
        }
        status, content = self._send(json.dumps(body).encode())
        return self._read(status, content, pdfs)

    @sensitive_variables("body")
    def _send(self, body: bytes) -> tuple[int, bytes]:
        connection = self._connect()
        try:
            try:
                connection.connect()
            except (OSError, ssl.SSLError) as error:
                logger.warning("BSrE cannot be reached: %s", type(error).__name__)
                raise TteUnavailableError(MATI) from None
            try:
                connection.request("POST", self._path, body, self._headers)
                response = connection.getresponse()
                return response.status, response.read(MAX_ANSWER_BYTES)
            except (OSError, http.client.HTTPException) as error:
                logger.warning("BSrE gave no answer: %s", type(error).__name__)
                raise TteUncertainError(PUTUS) from None
        finally:
            connection.close()

    def _read(self, status: int, content: bytes, pdfs: Sequence[bytes]) -> list[bytes]:
        if status in DOWN:
            logger.warning("BSrE answered with status %d", status)
            raise TteUncertainError(PUTUS)
        try:
            answer: Any = json.loads(content)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            logger.error("BSrE answered with status %d and no JSON", status)
            raise TteUncertainError(PUTUS)
        if status != 200:
            raise self._refusal(status, answer)
        try:
            signed = [base64.b64decode(text, validate=True) for text in answer["file"]]
        except (KeyError, TypeError, binascii.Error):
            signed = []
        if len(signed) != len(pdfs) or not all(
            # An update appended to what was sent: nothing before it may have changed.
            after.startswith(before) and len(after) > len(before)
            for before, after in zip(pdfs, signed, strict=False)
        ):
            logger.error("BSrE gave back something else than it was sent")
            raise TteRefusedError(
                "Layanan BSrE mengembalikan berkas lain dari yang dikirim. Naskah tidak "
                "diterbitkan; laporkan kepada pranata komputer."
            )
        return signed

    def _refusal(self, status: int, answer: dict[str, Any]) -> TteRefusedError:
        said = str(answer.get("error") or answer.get("message") or "")[:150]
        logger.warning("BSrE refused with status %d", status)
        if status in {401, 403}:
            return TteRefusedError(
                "BSrE menolak akun portal. Minta pranata komputer memeriksa "
                "BSRE_PENGGUNA dan BSRE_SANDI."
            )
        if "passphrase" in said.lower():
            return TteRefusedError("Frasa sandi BSrE salah.", kolom="frasa_sandi")
        return TteRefusedError(f"BSrE menolak: {said or 'tanpa keterangan'}.")

    def _connect(self) -> http.client.HTTPConnection:
        parts = urlsplit(self.alamat)
        host = parts.hostname or ""
        if parts.scheme == "https":
            return http.client.HTTPSConnection(
                host,
                parts.port,
                timeout=self.batas_detik,
                context=ssl.create_default_context(),
            )
        return http.client.HTTPConnection(host, parts.port, timeout=self.batas_detik)

    @property
    def _path(self) -> str:
        return urlsplit(self.alamat).path.rstrip("/") + PATH

    @property
    def _headers(self) -> dict[str, str]:
        account = base64.b64encode(f"{self.pengguna}:{self.sandi}".encode()).decode()
        return {
            "Authorization": f"Basic {account}",
            "Content-Type": "application/json",
            "Accept": "application/json",
        }
