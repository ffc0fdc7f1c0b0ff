"""Reading the signatures of a PDF: is it as it was signed, and whose certificate was it?"""

from __future__ import annotations

import datetime as dt
import io
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from asn1crypto import pem
from asn1crypto.x509 import Certificate
from django.conf import settings
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import (
    PdfSignatureStatus,
    SignatureCoverageLevel,
)
from pyhanko_certvalidator import ValidationContext

from bkpsdmd.documents.models import SertifikatTte

logger = logging.getLogger(__name__)


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


def check_signatures(pdf: bytes) -> list[TandaTanganPdf]:
    """Return the signatures of a PDF, oldest first; none of what is no readable PDF.

    Certificates we know are those of the portal and those in `TTE_AKAR`; the network is
    never asked.
    """
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        signatures = list(reader.embedded_regular_signatures)
    except (PdfError, ValueError, KeyError, IndexError, TypeError, RecursionError):
        return []
    roots = list(_load_roots())
    found = []
    for signature in signatures:
        context = ValidationContext(
            trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail"
        )
        try:
            status = validate_pdf_signature(signature, context)
            utuh = bool(status.intact and status.valid and _is_covered(status))
            dikenal = bool(status.trusted)
        except (
            SignatureValidationError,
            PdfError,
            ValueError,
            KeyError,
            TypeError,
        ) as e:
            logger.info("signature unreadable: %s", type(e).__name__)
            utuh = dikenal = False
        found.append(
            TandaTanganPdf(
                jabatan=str(signature.sig_object.get("/Name", "")),
                penerbit=_name(signature.signer_cert),
                waktu=signature.self_reported_timestamp,
                is_utuh=utuh,
                is_dikenal=dikenal,
            )
        )
    return found


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


def _load_roots() -> Iterable[Certificate]:
    for text in SertifikatTte.objects.values_list("pem", flat=True):
        yield from _read_pem(text.encode())
    if settings.TTE_AKAR:
        for path in sorted(Path(settings.TTE_AKAR).glob("*.pem")):
            yield from _read_pem(path.read_bytes())


def _read_pem(content: bytes) -> Iterable[Certificate]:
    for _, _, der in pem.unarmor(content, multiple=True):
        yield Certificate.load(der)
