"""Reading the signatures of a PDF, and nothing of Django: this runs as a process of its own.

Whoever asks `/periksa/` may send any file. A page of zeros in a stream unpacks to
gigabytes, a thousand signatures are compared with each other for hours, and the library
has a fault now and then. So the reading ends with its process: at a limit of memory and
of time the kernel ends it, and the portal says that nothing could be read.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import logging
import resource
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from asn1crypto import pem
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import (
    PdfSignatureStatus,
    SignatureCoverageLevel,
)
from pyhanko_certvalidator import ValidationContext

# Three sign a paper; a file with far more was made to keep us busy.
MOST_SIGNATURES = 20
MEMORY_BYTES = 700_000_000
CPU_SECONDS = 8
MOST_LETTERS = 200


@dataclass(frozen=True)
class TandaTanganPdf:
    """One signature of a file. `is_utuh`: nothing was changed after it but signatures."""

    jabatan: str
    penerbit: str
    waktu: dt.datetime | None
    is_utuh: bool
    is_dikenal: bool

    @property
    def is_sah(self) -> bool:
        return self.is_utuh and self.is_dikenal


def read_signatures(pdf: bytes, roots: Sequence[str]) -> list[TandaTanganPdf]:
    """Return the signatures of a PDF, oldest first; none of what is no readable PDF.

    `roots` are the certificates we know, in PEM; the network is never asked.
    """
    known = [certificate for text in roots for certificate in _read_pem(text)]
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        signatures = list(reader.embedded_regular_signatures)
    except Exception:
        # A stranger's file may trip the library anywhere: it has no readable signature.
        return []
    if len(signatures) > MOST_SIGNATURES:
        return []
    return [_read_one(signature, known) for signature in signatures]


def _read_one(
    signature: EmbeddedPdfSignature, known: Sequence[Certificate]
) -> TandaTanganPdf:
    utuh = dikenal = False
    jabatan, penerbit, waktu = "", "", None
    try:
        context = ValidationContext(
            trust_roots=list(known), allow_fetching=False, revocation_mode="soft-fail"
        )
        status = validate_pdf_signature(signature, context)
        jabatan = str(signature.sig_object.get("/Name", ""))[:MOST_LETTERS]
        penerbit = _name(signature.signer_cert)[:MOST_LETTERS]
        waktu = signature.self_reported_timestamp
        utuh = bool(status.intact and status.valid and _is_covered(status))
        dikenal = bool(status.trusted)
    except Exception:
        # There is one, but it cannot be read: not valid, whatever the cause.
        utuh = dikenal = False
    return TandaTanganPdf(jabatan, penerbit, waktu, utuh, dikenal)


def _is_covered(status: PdfSignatureStatus) -> bool:
    """Tell whether the signature covers the file, or all but further signatures."""
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return True
    level = status.modification_level
    return (
        status.coverage == SignatureCoverageLevel.ENTIRE_REVISION
        and level is not None
        and level <= ModificationLevel.FORM_FILLING
    )


def _name(certificate: Certificate | None) -> str:
    if certificate is None:
        return ""
    issuer = certificate.issuer.native
    return str(issuer.get("common_name") or issuer.get("organization_name") or "")


def _read_pem(text: str) -> Iterable[Certificate]:
    for _, _, der in pem.unarmor(text.encode(), multiple=True):
        yield Certificate.load(der)


def main() -> None:
    """Read certificates (one line of JSON) and PDF from stdin, write JSON to stdout."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    logging.disable()
    roots = json.loads(sys.stdin.buffer.readline())
    found = read_signatures(sys.stdin.buffer.read(), roots)
    json.dump([asdict(one) for one in found], sys.stdout, default=dt.datetime.isoformat)


if __name__ == "__main__":
    main()
