"""Signing with the portal's own certificate, which it makes itself where there is none.

The key lies in a file outside the database (`TTE_P12`), readable by the portal alone and
locked with a passphrase from the settings. The certificate, which is public, is also
kept in the database: what was signed with a lost key can still be checked.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import logging
import os
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import cast

from asn1crypto import pem
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils import timezone
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter

from bkpsdmd.documents.models import SertifikatTte, get_kantor
from bkpsdmd.documents.tte.penyedia import Penanda, TteUnavailableError

logger = logging.getLogger(__name__)

KEY_BITS = 3072
YEARS = 10
# A certificate that ends sooner than this signs no more papers: they would outlive it.
LEAST_DAYS = 30


class KeySigner(signers.SimpleSigner):
    """pyHanko's signer with the key kept open.

    The original opens the key, and checks its numbers, twice for each paper: that takes
    ten times as long as the signature.
    """

    @cached_property
    def _key(self) -> PrivateKeyTypes:
        return serialization.load_der_private_key(self.signing_key.dump(), None)

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        mechanism = self.get_signature_mechanism_for_digest(digest_algorithm)
        if (
            not isinstance(self._key, rsa.RSAPrivateKey)
            or mechanism.signature_algo != "rsassa_pkcs1v15"
            or digest_algorithm != "sha256"
        ):
            # An office may bring a key of another kind.
            return self.sign_raw(data, digest_algorithm)
        if dry_run:  # only the length counts
            return bytes(self._key.key_size // 8)
        return self._key.sign(data, PKCS1v15(), hashes.SHA256())


class TteLokal:
    """See `penyedia.Penyedia`."""

    def sign(self, pdfs: Sequence[bytes], penanda: Penanda) -> list[bytes]:
        signer = load_signer()
        remember(signer)
        return [_sign_one(pdf, signer, penanda) for pdf in pdfs]


def _sign_one(pdf: bytes, signer: signers.SimpleSigner, penanda: Penanda) -> bytes:
    metadata = signers.PdfSignatureMetadata(
        field_name=f"TandaTangan{penanda.urutan}",
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        name=penanda.jabatan,
        location=penanda.tempat,
    )
    # Invisible: the box is part of the page already. A drawn stamp would bring a font
    # that is not embedded, and the file would be PDF/A no more.
    output = signers.PdfSigner(metadata, signer=signer).sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    )
    return bytes(output.getbuffer())


def load_signer() -> signers.SimpleSigner:
    """Return the portal's key and certificate, made now where there is none yet.

    Raises TteUnavailableError where the file cannot be opened with the passphrase.
    """
    path = Path(settings.TTE_P12)
    if not path.exists():
        _create(path)
    return _load(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _load(path: Path, changed_ns: int) -> signers.SimpleSigner:
    signer = signers.SimpleSigner.load_pkcs12(str(path), passphrase=_passphrase())
    if signer is None:
        logger.error("the signing certificate %s cannot be opened", path.name)
        raise TteUnavailableError(
            "Sertifikat tanda tangan portal tidak dapat dibuka. Minta pranata komputer "
            "memeriksa TTE_P12 dan TTE_P12_SANDI."
        )
    end: dt.datetime = cast(Certificate, signer.signing_cert).not_valid_after
    if end < timezone.now() + dt.timedelta(days=LEAST_DAYS):
        raise TteUnavailableError(
            "Sertifikat tanda tangan portal habis masa berlakunya. Minta pranata "
            "komputer menggantinya (lihat panduan operasi)."
        )
    return KeySigner(
        signing_cert=signer.signing_cert,
        signing_key=signer.signing_key,
        cert_registry=signer.cert_registry,
    )


def remember(signer: signers.SimpleSigner) -> None:
    """Keep the public part for good: signatures made with it stay checkable."""
    certificate = cast(Certificate, signer.signing_cert)
    der = certificate.dump()
    SertifikatTte.objects.get_or_create(
        sidik=hashlib.sha256(der).hexdigest(),
        defaults={
            "subjek": certificate.subject.human_friendly[:300],
            "mulai": certificate.not_valid_before,
            "selesai": certificate.not_valid_after,
            "pem": pem.armor("CERTIFICATE", der).decode(),
        },
    )


def _create(path: Path) -> None:
    """Make key and certificate; whoever is second takes those of the first."""
    kantor = get_kantor()
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    now = timezone.now()
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _fit(kantor.nama_instansi)),
            x509.NameAttribute(
                NameOID.ORGANIZATIONAL_UNIT_NAME, _fit(kantor.nama_perangkat_daerah)
            ),
            x509.NameAttribute(NameOID.COMMON_NAME, _fit(kantor.nama_portal)),
        ]
    )
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(minutes=5))
        .not_valid_after(now + dt.timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    content = pkcs12.serialize_key_and_certificates(
        b"portal",
        key,
        certificate,
        None,
        serialization.BestAvailableEncryption(_passphrase()),
    )
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_bytes(content)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    logger.info("made a signing certificate for the portal: %s", path.name)


def _fit(text: str) -> str:
    return text[:64]  # the most X.509 allows in one part of a name


def _passphrase() -> bytes:
    if settings.TTE_P12_SANDI:
        return settings.TTE_P12_SANDI.encode()
    return (
        hashlib.sha256(f"tte-p12:{settings.SECRET_KEY}".encode()).hexdigest().encode()
    )
