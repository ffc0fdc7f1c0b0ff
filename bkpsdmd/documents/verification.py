"""Is this paper genuine? Asked by anybody, with the code on it or with the file itself.

The code is random (80 bits): it cannot be guessed, and it tells nothing. What is answered
names no person.
"""

from __future__ import annotations

import hashlib
import io
import secrets
from typing import Any

import qrcode
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from qrcode.image.svg import SvgPathImage

from bkpsdmd.documents.models import DokumenTerbit, Naskah
from bkpsdmd.documents.shapes import Periksa
from bkpsdmd.documents.tte.validation import TandaTanganPdf, check_signatures
from bkpsdmd.exceptions import DomainError

# Crockford's letters: no I, L, O, U, so that nothing reads as something else.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 16, 4
_READ_AS = str.maketrans("ILO", "110")
MAX_FILE_BYTES = 20_000_000
# Guessing is hopeless; this keeps one address from keeping the server busy.
TRIES, TRIES_SECONDS = 30, 600


def make_kode() -> str:
    """Return a new code, in groups."""
    return group_kode("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def make_periksa() -> Periksa:
    """Return a new code with what `build_periksa` says of it."""
    return build_periksa(make_kode())


def build_periksa(kode: str) -> Periksa:
    """Return a code with the address and picture that lead to its page.

    Without ALAMAT_PORTAL nobody could follow the picture: it is left out.
    """
    base = settings.ALAMAT_PORTAL.rstrip("/")
    if not base:
        return {"kode": kode, "alamat": "", "qr": ""}
    url = base + reverse("documents:periksa-kode", args=[kode])
    return {
        "kode": kode,
        "alamat": base + reverse("documents:periksa"),
        "qr": draw_qr(url),
    }


def draw_qr(text: str) -> str:
    """Return the QR code as SVG, one path, without a border of its own."""
    code = qrcode.QRCode(
        error_correction=qrcode.constants.ERROR_CORRECT_M,
        border=0,
        image_factory=SvgPathImage,
    )
    code.add_data(text)
    buffer = io.BytesIO()
    code.make_image().save(buffer)
    return buffer.getvalue().decode()


def group_kode(letters: str) -> str:
    return "-".join(letters[n : n + GROUP] for n in range(0, len(letters), GROUP))


def normalize_kode(typed: str) -> str:
    """Return a typed code as it is stored; what cannot be one becomes ""."""
    letters = "".join(c for c in typed.upper() if c.isalnum()).translate(_READ_AS)
    if len(letters) != LENGTH or set(letters) - set(ALPHABET):
        return ""
    return group_kode(letters)


def find_by_kode(typed: str) -> DokumenTerbit | None:
    kode = normalize_kode(typed)
    return _papers().filter(kode_periksa=kode).first() if kode else None


def find_by_file(file: Any) -> DokumenTerbit | None:
    """Return the paper that has exactly these bytes. Raises DomainError when too large."""
    if file.size > MAX_FILE_BYTES:
        raise DomainError("Berkas lebih dari 20 MB.", kolom="berkas")
    return _papers().filter(sha256=_digest(file)).first()


def find_unsigned(typed: str = "", file: Any = None) -> Naskah | None:
    """Return the numbered paper that nobody has signed, or that was given up.

    Asked by its code, or by the file as it was before the signature.
    """
    papers = Naskah.objects.exclude(kode_periksa="").select_related("nomor", "dokumen")
    if file is not None:
        return papers.filter(sha256=_digest(file)).first()
    kode = normalize_kode(typed)
    return papers.filter(kode_periksa=kode).first() if kode else None


def list_tanda_tangan(file: Any) -> list[TandaTanganPdf]:
    """Return the signatures inside a PDF, oldest first."""
    file.seek(0)
    return check_signatures(file.read())


def _papers() -> Any:
    # Papers without a code are for the office alone: nobody outside asks about them.
    return DokumenTerbit.objects.exclude(kode_periksa="").select_related(
        "nomor", "akhir__pengganti"
    )


def is_stored_file_intact(dokumen: DokumenTerbit) -> bool:
    """Compare the stored file with its checksum."""
    try:
        with dokumen.berkas.storage.open(str(dokumen.berkas.name), "rb") as file:
            return _digest(file) == dokumen.sha256
    except FileNotFoundError:
        return False


def _digest(file: Any) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def count_try(ip: str | None) -> bool:
    """Count a question from this address; False when there were too many."""
    key = f"documents.periksa:{ip}"
    cache.add(key, 0, TRIES_SECONDS)
    try:
        return cache.incr(key) <= TRIES
    except ValueError:  # it ran out between the two
        return True
